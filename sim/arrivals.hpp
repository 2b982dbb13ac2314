// Arrivals of a non-homogeneous Poisson process whose rate is piecewise constant by hour of day or week,
// times bounded multipliers (seasons, promotions). Exact by inversion of the integrated rate, so one draw
// makes one arrival.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace omnisim::sim {

struct RateMultiplier {
  Time from, to;
  double factor = 1;
};

class Arrivals {
 public:
  /// `per_day` arrivals on an ordinary day, spread by 24 weights of a day, or by 168 of a week that begins on
  /// Monday at 0 h UTC (then `per_day` is the week's mean); empty: flat. `weekday_weights`: 7 from Monday,
  /// relative to their mean, on top of 24 hours; empty: all alike. Multipliers that overlap are multiplied.
  Arrivals(double per_day, const std::vector<double>& hour_weights,
           const std::vector<RateMultiplier>& multipliers = {},
           const std::vector<double>& weekday_weights = {});
  /// The next arrival after `after`; `Time::max()` where the rate is zero for ever.
  Time next(Time after, Stream& stream) const;
  double rate_at(Time t) const;  ///< per second

 private:
  /// From this time on the rate is times `factor`.
  struct Step {
    Time from;
    double factor = 1;
  };
  Time segment_end(Time t) const;  ///< the rate is constant on [t, segment_end)
  std::vector<Step>::const_iterator step_after(Time t) const;
  static constexpr std::size_t week = 168;
  std::array<double, week> per_second_{};
  std::vector<Step> steps_;  ///< ascending; before the first one the factor is 1
  bool silent_ = true;
};

}  // namespace omnisim::sim
