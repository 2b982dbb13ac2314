#include "harness/audit/record_accuracy.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace omnisim::audit {

std::vector<std::uint8_t> abc_classes(std::span<const std::int64_t> value_sold) {
  std::vector<std::size_t> order(value_sold.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value_sold[a] > value_sold[b]; });
  const std::int64_t all = std::accumulate(value_sold.begin(), value_sold.end(), std::int64_t{0});
  std::vector<std::uint8_t> classes(value_sold.size(), 2);
  std::int64_t before = 0;
  for (const std::size_t item : order) {
    if (value_sold[item] == 0) break;
    if (before * 100 < all * 80)
      classes[item] = 0;
    else if (before * 100 < all * 95)
      classes[item] = 1;
    before += value_sold[item];
  }
  return classes;
}

void RecordAccuracy::add(std::uint8_t abc, std::int32_t booked, std::int32_t truth) {
  ++records_[abc];
  if (std::abs(booked - truth) <= abc_tolerance[abc] * std::abs(truth)) ++right_[abc];
}

}  // namespace omnisim::audit
