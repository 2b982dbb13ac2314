// Ticks of a cadence: files at night, polls every 20 minutes, carrier pick-ups.
#pragma once

#include "sim/time.hpp"

namespace omnisim::models {

/// The first tick strictly after `now`. Cadences below a day start anew at each midnight UTC (plus `offset`);
/// longer ones count from the epoch. `every` zero: `now` itself.
inline sim::Time next_tick(sim::Time now, sim::Duration every, sim::Duration offset = {}) {
  using Day = std::chrono::days;
  if (every.count() <= 0) return now;
  const bool daily = every < Day{1};
  const sim::Time midnight = std::chrono::floor<Day>(now);
  const sim::Time base = (daily ? midnight : sim::Time{}) + offset % every;
  if (now < base) return base;
  const sim::Time tick = base + ((now - base) / every + 1) * every;
  return daily && tick >= midnight + Day{1} ? midnight + Day{1} + offset % every : tick;
}

}  // namespace omnisim::models
