// Time in the core: microseconds since the Unix epoch, UTC, as a 64-bit integer. The core never reads a
// clock; every entry point takes `now` from its host.
#pragma once

#include <chrono>
#include <cstdint>

namespace omnisim::core {

using Time = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

/// Civil day of business, counted in days since 1970-01-01 in the ledger's zone.
using BusinessDay = std::chrono::sys_days;

constexpr Time time_from_us(std::int64_t us) { return Time{Duration{us}}; }
constexpr std::int64_t to_us(Time t) { return t.time_since_epoch().count(); }

}  // namespace omnisim::core
