// Inventory record accuracy as a stocktake states it: the share of records within tolerance, by ABC class.
// Class A is the items that make the first 80 % of the value sold at cost, B the next 15 %, C the rest; A
// must be right within 1 %, B within 3 %, C within 5 % (the cycle-counting tolerances of the APICS dictionary
// and of most manuals).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace omnisim::audit {

inline constexpr std::array<double, 3> abc_tolerance{0.01, 0.03, 0.05};

/// Class of each item: 0 = A, 1 = B, 2 = C, by `value_sold` of each. The item that crosses a limit is still
/// in the better class; what sold nothing is C.
std::vector<std::uint8_t> abc_classes(std::span<const std::int64_t> value_sold);

class RecordAccuracy {
 public:
  void add(std::uint8_t abc, std::int32_t booked, std::int32_t truth);
  std::int64_t records(std::size_t abc) const { return records_[abc]; }
  std::int64_t right(std::size_t abc) const { return right_[abc]; }

 private:
  std::array<std::int64_t, 3> records_{}, right_{};
};

}  // namespace omnisim::audit
