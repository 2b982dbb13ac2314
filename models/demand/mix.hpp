// Which items the customers of one seller want, and how that changes while something is promoted.
#pragma once

#include <vector>

#include "models/choice.hpp"
#include "models/demand/promotions.hpp"
#include "sim/arrivals.hpp"

namespace omnisim::models {

class Mix {
 public:
  /// `ordinary` is drawn from where nothing is promoted; `weights` are what it was made of.
  Mix(const Choice& ordinary, const std::vector<double>& weights, const Promotions& promotions,
      Seller seller);

  bool empty() const { return stages_.front().choice.empty(); }
  /// Item of one line; only where demand is above 0 (`volume`).
  std::uint32_t draw(core::Time now, sim::Stream& stream) const { return at(now).choice.draw(stream); }
  /// Share of an item in the lines of an ordinary day.
  double share(std::uint32_t item) const { return stages_.front().choice.share(item); }
  /// How many lines are wanted, as a factor of an ordinary day.
  std::vector<sim::RateMultiplier> volume() const;

 private:
  struct Stage {
    core::Time from;
    Choice choice;
    double volume = 1;
  };
  const Stage& at(core::Time now) const;
  std::vector<Stage> stages_;  ///< ascending; the first is an ordinary day
};

}  // namespace omnisim::models
