// `omnisim test`: scenarios with what they expect, run and judged. One scenario is a row of cases, for each
// of its patterns one of each kind.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/run_once.hpp"
#include "harness/test/golden.hpp"

namespace omnisim::harness {

/// What is to be run: the scenario under every pattern that its `expect` names, and under its own.
struct ScenarioTest {
  std::string file;
  std::string name;
  std::string skipped;  ///< why it cannot be run; empty where it can
  std::vector<Plan> plans;
  std::size_t expectations = 0;  ///< over all patterns
  std::string golden_file;
  std::optional<Golden> golden;
};

enum class CaseResult { passed, failed, skipped };

struct Case {
  std::string kind;  ///< "invariants", "rest", "expectations" or "golden"
  CaseResult result = CaseResult::passed;
  std::vector<std::string> lines = {};  ///< what is wrong, or why it was skipped: first the one that matters
};

/// The run of a scenario under one pattern.
struct PatternTest {
  std::string pattern;
  std::string again;   ///< the command that shows it again
  double seconds = 0;  ///< wall time of the run
  int exit_code = 0;   ///< 0, 1, 3 or 4
  std::vector<Case> cases;
  GoldenDifference difference;
};

struct ScenarioReport {
  const ScenarioTest* test = nullptr;
  std::vector<PatternTest> patterns;
  std::string golden_note;  ///< what became of the golden result; may be empty
};

struct SuiteReport {
  std::vector<ScenarioReport> scenarios;  ///< in the order of the tests
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t runs = 0;
  int exit_code = 0;  ///< by the worst run: 130, 3, 4, 1 or 0
};

struct SuiteOptions {
  std::size_t jobs = 1;
  bool accept = false;  ///< write golden results, of scenarios that broke nothing and came to rest
  std::function<std::string(const std::string& file, const std::string& pattern)> run_command;
  std::function<void(std::size_t finished, std::size_t all)> progress;
  std::function<void(const ScenarioReport&)> finished;  ///< in the order of the tests, as soon as may be (at
                                                        ///< the end where golden results are written)
};

/// The scenarios of files and folders; golden results are read unless they are to be written anew. Throws
/// BadInput with what is wrong in all of them.
std::vector<ScenarioTest> collect_tests(const std::vector<std::string>& paths, bool with_golden);

/// The result depends on the tests alone, bit for bit but for the seconds; not on the number of jobs.
SuiteReport run_suite(const std::vector<ScenarioTest>& tests, const SuiteOptions& options,
                      const std::atomic<bool>& interrupt);

}  // namespace omnisim::harness
