#include "sim/arrivals.hpp"

#include <algorithm>
#include <iterator>

#include "sim/exact_math.hpp"

namespace omnisim::sim {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;
std::int64_t hour_of_epoch(Time t) {
  return to_us(t) >= 0 ? to_us(t) / hour_us : -((-to_us(t) + hour_us - 1) / hour_us);
}

/// Overlapping multipliers as one factor from each time at which any of them begins or ends.
template <class Step>
std::vector<Step> steps_of(const std::vector<RateMultiplier>& multipliers) {
  std::vector<Time> times;
  for (const RateMultiplier& m : multipliers) times.insert(times.end(), {m.from, m.to});
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  std::vector<Step> steps;
  for (const Time t : times) {
    Step step{.from = t};
    for (const RateMultiplier& m : multipliers) step.factor *= t >= m.from && t < m.to ? m.factor : 1;
    steps.push_back(step);
  }
  return steps;
}

}  // namespace

Arrivals::Arrivals(double per_day, const std::vector<double>& hour_weights,
                   const std::vector<RateMultiplier>& multipliers, const std::vector<double>& weekday_weights)
    : steps_(steps_of<Step>(multipliers)) {
  double sum = 0;
  const std::size_t hours = hour_weights.size() > 24 ? week : 24;
  const auto weight = [&](std::size_t h) {
    return hour_weights.empty() ? 1.0 : hour_weights[h % hour_weights.size()];
  };
  for (std::size_t h = 0; h < hours; ++h) sum += weight(h);
  const std::size_t days = hours / 24;
  double weekdays = 0;
  for (const double w : weekday_weights) weekdays += w / static_cast<double>(weekday_weights.size());
  for (std::size_t h = 0; h < week; ++h) {
    per_second_[h] = sum > 0 ? per_day * static_cast<double>(days) * weight(h % hours) / sum / 3600.0 : 0;
    if (weekdays > 0) per_second_[h] *= weekday_weights[(h / 24) % weekday_weights.size()] / weekdays;
    if (per_second_[h] > 0) silent_ = false;
  }
}

std::vector<Arrivals::Step>::const_iterator Arrivals::step_after(Time t) const {
  return std::upper_bound(steps_.begin(), steps_.end(), t,
                          [](Time time, const Step& step) { return time < step.from; });
}

double Arrivals::rate_at(Time t) const {
  // The epoch was a Thursday, three days after the Monday on which a week begins.
  constexpr auto hours = static_cast<std::int64_t>(week);
  const double rate =
      per_second_[static_cast<std::size_t>(((hour_of_epoch(t) + 72) % hours + hours) % hours)];
  const auto next = step_after(t);
  return next == steps_.begin() ? rate : rate * std::prev(next)->factor;
}

Time Arrivals::segment_end(Time t) const {
  const Time end{Duration{(hour_of_epoch(t) + 1) * hour_us}};
  const auto next = step_after(t);
  return next == steps_.end() ? end : std::min(end, next->from);
}

Time Arrivals::next(Time after, Stream& stream) const {
  if (silent_ || after == Time::max()) return Time::max();
  // The integrated rate up to the next arrival is exponential with mean 1; walk the segments until it is used
  // up.
  double budget = -exact_log(1.0 - stream.uniform());
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
