// A whole RunResult as one line of JSON and back, bit for bit: how a finished run comes home from its
// process, and how a comparison that was interrupted finds it again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/run_once.hpp"

namespace omnisim::harness {

std::string to_line(const Outcome& outcome);
/// Throws nlohmann::json::exception where `line` is not what to_line wrote.
Outcome from_line(std::string_view line);

}  // namespace omnisim::harness
