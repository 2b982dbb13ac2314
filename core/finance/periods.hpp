// Which business day an entry is dated to.
#pragma once

#include <vector>

#include "core/config.hpp"

namespace omnisim::core {

/// The civil day of `at` in a zone `utc_offset_min` minutes east of UTC.
inline BusinessDay day_of(Time at, std::int32_t utc_offset_min) {
  return std::chrono::floor<std::chrono::days>(at + std::chrono::minutes{utc_offset_min});
}

/// The day for something that happened at `occurred_at` and is booked at `now`: its own, unless that lies in
/// a period which is hard-closed by then; in that case the first day of the next period that is still open.
inline BusinessDay posting_day(const std::vector<Period>& periods, std::int32_t utc_offset_min,
                               Time occurred_at, Time now) {
  Time at = occurred_at;
  for (const Period& period : periods) {
    if (at < period.to && at >= period.from && now >= period.hard_close) at = period.to;
  }
  return day_of(at, utc_offset_min);
}

}  // namespace omnisim::core
