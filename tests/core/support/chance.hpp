// Reproducible chance for property tests: xorshift64*, seeded by the test.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace omnisim::core::testing {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}

  std::uint64_t draw() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1dULL;
  }
  /// 0 … n − 1.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((draw() >> 32) % n); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace omnisim::core::testing
