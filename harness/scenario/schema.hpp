// The JSON Schemas (draft-07) of scenario and pattern files, made of the same descriptions that read them.
// They serve editors; `scenarios/schema/` holds them, and a test holds that it is up to date.
#pragma once

#include <string>

namespace omnisim::harness {

std::string scenario_schema();
std::string pattern_schema();

}  // namespace omnisim::harness
