// Distributions as files write them: a number or duration (constant), or an object with `dist`.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "harness/scenario/reader.hpp"
#include "sim/distribution.hpp"

namespace omnisim::harness {

/// Nothing, and complaints, where `value` is none, or where it could give samples outside of `info`'s range.
std::optional<sim::Distribution> read_distribution(const Json& value, const Info& info,
                                                   const std::string& pointer, ReadContext& context);

nlohmann::ordered_json write_distribution(const sim::Distribution& distribution, Samples samples);

}  // namespace omnisim::harness
