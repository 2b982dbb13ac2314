// The values that files write as text: durations, times, money. Exact integers throughout; what cannot be
// held exactly (a tenth of a microsecond, half a penny) is refused, not rounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::harness {

using core::Duration;
using core::Money;
using core::Time;

/// ISO 8601 (`PT15M`, `P1DT2H`, `PT0.5S`; no months or years, whose length varies) or numbers with units from
/// large to small (`2h45min`, `1.5h`, `500ms`, `-90s`). Nothing where `text` is neither, or beyond 100 years.
std::optional<Duration> parse_duration(std::string_view text);
/// The shortest text with units that reads back the same: `2h45min`, `0s`.
std::string format_duration(Duration duration);

/// ISO 8601 with date, time and zone: `2026-11-27T00:00:00Z`, `2026-11-27 01:00:00.5+01:00`. Years 1970 to
/// 2199.
std::optional<Time> parse_time(std::string_view text);
/// Always in UTC with a Z; fractions of a second only where there are any.
std::string format_time(Time time);
/// Without a zone, taken as UTC: `2010-12-01 08:26:00` or `2010-12-01 08:26`. For source files that know no
/// zone.
std::optional<Time> parse_local_time(std::string_view text);

/// Decimals of an ISO 4217 currency; nothing where the code is not one.
std::optional<int> currency_decimals(std::string_view currency);
/// `4.95 EUR`, in `currency` and with at most its decimals.
std::optional<Money> parse_money(std::string_view text, std::string_view currency);
std::string format_money(Money amount, std::string_view currency);

/// A decimal number as an integer scaled by 10^`decimals`: "2.955" with 3 → 2955. Exact, or nothing: no
/// exponent, no more decimals than asked, within 64 bits.
std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals);

}  // namespace omnisim::harness
