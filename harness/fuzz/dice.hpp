// What random days are drawn with.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/random.hpp"

namespace omnisim::harness {

using Out = nlohmann::ordered_json;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : stream_(seed) {}
  bool chance(double p) { return stream_.bernoulli(p); }
  std::uint64_t below(std::uint64_t n) { return stream_.below(n); }
  /// low … high, both ends
  std::uint64_t between(std::uint64_t low, std::uint64_t high) { return low + below(high - low + 1); }
  template <class T, std::size_t n>
  const T& one_of(const T (&all)[n]) {
    return all[below(n)];
  }
  double share_up_to(double most) { return static_cast<double>(below(1001)) * most / 1000; }

 private:
  sim::Stream stream_;
};

inline constexpr const char* first_day = "2026-11-16T00:00:00Z";

/// So many minutes after the first day began.
inline std::string time_of(std::uint64_t minutes) {
  return fmt::format("2026-11-{:02}T{:02}:{:02}:00Z", 16 + minutes / 1440, minutes / 60 % 24, minutes % 60);
}

struct Size {
  std::uint64_t days = 0, stores = 0, dcs = 0, items = 0;
  std::vector<std::string> channels{};
};

}  // namespace omnisim::harness
