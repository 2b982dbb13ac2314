// When a store is open: intervals of a week by the clock on its wall. A place without any is always open.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "models/params_stores.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

class OpeningHours {
 public:
  OpeningHours() = default;
  explicit OpeningHours(const StoreParams& store);

  bool open(sim::Time now) const;
  /// The first moment from `now` on at which it is open.
  sim::Time next_open(sim::Time now) const;
  /// When work of `length` that is taken up at `now` is done: it rests while the store is closed.
  sim::Time done(sim::Time now, sim::Duration length) const;

 private:
  using Interval = std::pair<sim::Duration, sim::Duration>;  ///< [from, to) since Monday 0 h, local
  /// How far into its week the store is.
  sim::Duration into_week(sim::Time now) const;

  std::vector<Interval> week_;  ///< ascending, none overlaps another
  sim::Duration offset_{};
};

/// 0 for "mon" to 6 for "sun"; 7 for any other text.
std::size_t weekday_number(std::string_view name);

}  // namespace omnisim::models
