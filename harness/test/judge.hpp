// From a run to its cases.
#pragma once

#include "harness/test/suite.hpp"

namespace omnisim::harness {

/// All but `again`.
PatternTest judge(const ScenarioTest& test, const Plan& plan, const Outcome& outcome);
/// Of a run whose process died.
PatternTest judge_dead(const Plan& plan, const std::string& error);

/// Broken or not at rest: a result that nobody should accept.
bool is_unsound(const PatternTest& pattern);

}  // namespace omnisim::harness
