// What a scenario expects of a run: `metric op number`, or `metric == number ± tolerance`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace omnisim::harness {

enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

struct Expectation {
  std::string metric;
  Comparison comparison = Comparison::equal;
  double number = 0;
  double tolerance = 0;

  bool holds(double value) const;
};

/// Nothing, and `problem` says why, where `text` is none.
std::optional<Expectation> parse_expectation(std::string_view text, std::string& problem);

}  // namespace omnisim::harness
