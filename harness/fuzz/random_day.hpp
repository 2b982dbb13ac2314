// A scenario that nobody thought of: a small estate, a day or three, and faults, drawn by a seed.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {

/// A whole scenario file, its pattern inside, valid always. The same for the same seed and number.
/// `base`: a scenario to put the faults into, instead of a drawn estate.
nlohmann::ordered_json random_day(std::uint64_t seed, std::uint64_t number, const std::optional<Json>& base);

}  // namespace omnisim::harness
