#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reports/result.hpp"

/// Numbers and times as people read them. Nothing here depends on a locale.
namespace omnisim::reports {

/// "2026-11-27T00:00:00Z", with the fraction of a second where there is one.
std::string time_text(Time at);

/// "2026-11-27 00:00", for headings.
std::string short_time_text(Time at);

/// "2026-11-27 00:00:03.581", for what happens within seconds.
std::string clock_text(Time at);

/// "1 d 2 h", "12 min", "3.5 s": a span of simulated or wall time.
std::string duration_text(double seconds);

/// "-1234.05" for -123405 minor units of a currency with two decimals. Exact for every int64.
std::string minor_text(std::int64_t amount_minor, int decimals);

/// "-1,234.05": the same with thousands separated.
std::string grouped_minor_text(std::int64_t amount_minor, int decimals);

/// A number with thousands separated: "12,345.60" for decimals = 2.
std::string grouped_text(double value, int decimals);

/// Whether large figures are told in full or in thousands (k) and millions (M), where room is short.
enum class Width { full, compact };

/// A value in its unit: ratios in percent, seconds in the unit that fits; counts and money bare, since the
/// heading names their unit. Never shows 100 % for less than all of it.
std::string value_text(double value, std::string_view unit, Width width = Width::full);

/// "12.3 ± 1.4": as many decimals as the half width is worth (one or two of its digits). Bare
/// where n < 2, or where all seeds agree.
std::string estimate_text(const Estimate& estimate, Width width = Width::full);

/// The same in its parts: "12.3", "± 1.4" and " %". Where estimate_text is bare, the mean has its suffix
/// already and the other two are empty.
struct EstimateParts {
  std::string mean;
  std::string interval;
  std::string suffix;
};
EstimateParts estimate_parts(const Estimate& estimate, Width width = Width::full);

/// What a heading adds to a metric's name: "units", "EUR", or "" where value_text shows the unit itself.
std::string unit_heading(std::string_view unit);

}  // namespace omnisim::reports
