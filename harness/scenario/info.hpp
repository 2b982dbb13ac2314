// What a description (describe.hpp) says about one key of a file.
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "harness/scenario/enums.hpp"
#include "harness/scenario/scenario.hpp"

namespace omnisim::harness {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

enum class Text { any, code, path };        ///< code: 1 to 31 of A-Z a-z 0-9 . _ -
enum class Samples { numbers, durations };  ///< what a distribution is of

/// What is said about one key. `min` and `max` are in the member's unit: seconds for durations, currency
/// units for money, samples for distributions, elements for lists of numbers.
struct Info {
  const char* doc = "";
  bool required = false;
  double min = 0;
  double max = infinity;
  Samples samples = Samples::durations;
  Text text = Text::any;
  std::size_t count_max = 100'000;               ///< lists
  std::span<const std::string_view> words = {};  ///< text: the only ones allowed
};

/// A member that a file may state alone, in place of the whole object.
template <class T>
inline constexpr const char* shorthand = nullptr;
template <>
inline constexpr const char* shorthand<models::TraceParams> = "file";
template <>
inline constexpr const char* shorthand<models::SettlementParams> = "form";

}  // namespace omnisim::harness
