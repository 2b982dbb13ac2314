#include "models/demand/mix.hpp"

#include <numeric>

namespace omnisim::models {

Mix::Mix(const Choice& ordinary, const std::vector<double>& weights, const Promotions& promotions,
         Seller seller) {
  stages_.push_back({.from = core::Time::min(), .choice = ordinary});
  const double whole = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(whole > 0)) return;
  for (const core::Time from : promotions.changes(seller)) {
    std::vector<double> then = weights;
    promotions.apply(then, seller, from);
    const double volume = std::accumulate(then.begin(), then.end(), 0.0) / whole;
    const bool as_usual = then == weights;
    stages_.push_back(
        {.from = from, .choice = as_usual ? stages_.front().choice : Choice(then), .volume = volume});
  }
}

const Mix::Stage& Mix::at(core::Time now) const {
  std::size_t i = stages_.size() - 1;
  while (stages_[i].from > now) --i;
  return stages_[i];
}

std::vector<sim::RateMultiplier> Mix::volume() const {
  std::vector<sim::RateMultiplier> factors;
  for (std::size_t i = 1; i < stages_.size(); ++i) {
    const core::Time to = i + 1 < stages_.size() ? stages_[i + 1].from : core::Time::max();
    if (stages_[i].volume != 1) factors.push_back({stages_[i].from, to, stages_[i].volume});
  }
  return factors;
}

}  // namespace omnisim::models
