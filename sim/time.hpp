// Time in the engine: microseconds since the Unix epoch, UTC, as a 64-bit integer.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace omnisim::sim {

using Time = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

constexpr std::int64_t to_us(Time t) { return t.time_since_epoch().count(); }
constexpr double to_seconds(Duration d) { return static_cast<double>(d.count()) * 1e-6; }
/// Rounds to the nearest microsecond; negative and absurd values are clamped to [0, 100 years].
inline Duration from_seconds(double seconds) {
  constexpr double most = 100.0 * 365.25 * 86400.0;
  if (!(seconds > 0)) return Duration{0};
  return Duration{std::llround((seconds < most ? seconds : most) * 1e6)};
}

}  // namespace omnisim::sim
