#include "harness/scenario/expectation.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace omnisim::harness {
namespace {

constexpr std::string_view plus_minus = "\xC2\xB1";  // ±

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Longer signs first, or "<=" would read as "<".
constexpr std::array comparisons = {std::pair{std::string_view("=="), Comparison::equal},
                                    std::pair{std::string_view("!="), Comparison::not_equal},
                                    std::pair{std::string_view("<="), Comparison::less_equal},
                                    std::pair{std::string_view(">="), Comparison::greater_equal},
                                    std::pair{std::string_view("<"), Comparison::less},
                                    std::pair{std::string_view(">"), Comparison::greater}};

}  // namespace

bool Expectation::holds(double value) const {
  switch (comparison) {
    case Comparison::equal:
      return std::abs(value - number) <= tolerance;
    case Comparison::not_equal:
      return value != number;
    case Comparison::less:
      return value < number;
    case Comparison::less_equal:
      return value <= number;
    case Comparison::greater:
      return value > number;
    case Comparison::greater_equal:
      return value >= number;
  }
  return false;
}

std::optional<Expectation> parse_expectation(std::string_view text, std::string& problem) {
  const std::size_t sign = text.find_first_of("=!<>");
  Expectation expectation;
  if (sign == std::string_view::npos) {
    problem = "no comparison in it";
    return std::nullopt;
  }
  expectation.metric = std::string(trimmed(text.substr(0, sign)));
  std::string_view rest = text.substr(sign);
  bool known = false;
  for (const auto& [name, comparison] : comparisons) {
    if (!rest.starts_with(name)) continue;
    expectation.comparison = comparison;
    rest.remove_prefix(name.size());
    known = true;
    break;
  }
  if (!known || expectation.metric.empty()) {
    problem = known ? "no metric before the comparison" : "an unknown comparison";
    return std::nullopt;
  }
  if (const std::size_t tolerance = rest.find(plus_minus); tolerance != std::string_view::npos) {
    const auto width = number_of(rest.substr(tolerance + plus_minus.size()));
    if (expectation.comparison != Comparison::equal || !width || *width < 0) {
      problem = "a tolerance goes with == and is a number, at least 0";
      return std::nullopt;
    }
    expectation.tolerance = *width;
    rest = rest.substr(0, tolerance);
  }
  const auto number = number_of(rest);
  if (!number) {
    problem = "the right side is no number";
    return std::nullopt;
  }
  expectation.number = *number;
  return expectation;
}

}  // namespace omnisim::harness
