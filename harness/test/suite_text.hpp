// The result of `omnisim test` for people and for programs: lines, JSON, JUnit XML. Nothing is computed here.
#pragma once

#include <string>

#include "harness/test/suite.hpp"

namespace omnisim::harness {

/// A line for a scenario where all passed or that was skipped; else the line and one for each thing that is
/// wrong, with the command that shows it again.
std::string scenario_text(const ScenarioReport& report);
/// "N passed, N failed", the last line.
std::string total_line(const SuiteReport& report);
/// schema omnisim.test/1
std::string suite_json(const SuiteReport& report);
/// A test suite a scenario, a test case a pattern and kind.
std::string junit_xml(const SuiteReport& report);

}  // namespace omnisim::harness
