#include "sim/arrivals.hpp"

#include <algorithm>
#include <cmath>

namespace omnisim::sim {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;
std::int64_t hour_of_epoch(Time t) {
  return to_us(t) >= 0 ? to_us(t) / hour_us : -((-to_us(t) + hour_us - 1) / hour_us);
}

}  // namespace

Arrivals::Arrivals(double per_day, const std::vector<double>& hour_weights,
                   std::vector<RateMultiplier> multipliers)
    : multipliers_(std::move(multipliers)) {
  double sum = 0;
  for (std::size_t h = 0; h < 24; ++h)
    sum += hour_weights.empty() ? 1.0 : hour_weights[h % hour_weights.size()];
  for (std::size_t h = 0; h < 24; ++h) {
    const double weight = hour_weights.empty() ? 1.0 : hour_weights[h % hour_weights.size()];
    per_second_[h] = sum > 0 ? per_day * weight / sum / 3600.0 : 0;
    if (per_second_[h] > 0) silent_ = false;
  }
}

double Arrivals::rate_at(Time t) const {
  double rate = per_second_[static_cast<std::size_t>(((hour_of_epoch(t) % 24) + 24) % 24)];
  for (const RateMultiplier& m : multipliers_) {
    if (t >= m.from && t < m.to) rate *= m.factor;
  }
  return rate;
}

Time Arrivals::segment_end(Time t) const {
  Time end{Duration{(hour_of_epoch(t) + 1) * hour_us}};
  for (const RateMultiplier& m : multipliers_) {
    if (m.from > t) end = std::min(end, m.from);
    if (m.to > t) end = std::min(end, m.to);
  }
  return end;
}

Time Arrivals::next(Time after, Stream& stream) const {
  if (silent_) return Time::max();
  // The integrated rate up to the next arrival is exponential with mean 1; walk the segments until it is used
  // up.
  double budget = -std::log1p(-stream.uniform());
  Time t = after;
  constexpr int most_segments = 24 * 366 * 100;
  for (int i = 0; i < most_segments; ++i) {
    const Time end = segment_end(t);
    const double rate = rate_at(t);
    const double segment = rate * to_seconds(end - t);
    if (segment > budget) return t + from_seconds(budget / rate);
    budget -= segment;
    t = end;
  }
  return Time::max();
}

}  // namespace omnisim::sim
