// JSON with comments, read without surprises: what nlohmann_json would accept silently (a key said twice, an
// integer beyond 64 bits, endless nesting) is refused, and every refusal has its place.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/problem.hpp"

namespace omnisim::harness {

using Json = nlohmann::json;

inline constexpr std::size_t json_bytes_max = std::size_t{16} << 20U;
inline constexpr std::size_t json_depth_max = 64;

/// The document in `text`; throws BadInput, with `file` as its name.
Json parse_json(std::string_view text, const std::string& file);

/// The bytes of a file of at most `bytes_max`; throws BadInput where it cannot be read or is larger.
std::string read_file(const std::string& file, std::size_t bytes_max = json_bytes_max);

}  // namespace omnisim::harness
