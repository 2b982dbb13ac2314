#include "harness/test/suite.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/compare/fork_pool.hpp"
#include "harness/compare/result_json.hpp"
#include "harness/exit_code.hpp"
#include "harness/output.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/test/judge.hpp"

namespace omnisim::harness {
namespace {

struct Job {
  std::size_t test = 0;
  std::size_t plan = 0;
};

/// What has come home of one scenario.
struct Gathered {
  ScenarioReport report;
  Golden now;
  std::size_t missing = 0;  ///< runs that have not ended
};

int severity(int exit_code) {
  constexpr int order[] = {done, not_held, not_at_rest, invariant_broken};
  return static_cast<int>(std::find(std::begin(order), std::end(order), exit_code) - std::begin(order));
}

/// A report's worth of the run: the series of a run are long and no case looks at them.
std::string work(const Plan& plan) {
  Outcome outcome = run_once(plan, {});
  outcome.result.series.clear();
  return to_line(outcome);
}

class Suite {
 public:
  Suite(const std::vector<ScenarioTest>& tests, const SuiteOptions& options)
      : tests_(tests), options_(options), gathered_(tests.size()) {
    for (std::size_t i = 0; i < tests.size(); ++i) {
      gathered_[i].report.test = &tests[i];
      gathered_[i].missing = tests[i].plans.size();
      gathered_[i].report.patterns.resize(tests[i].plans.size());
      for (std::size_t plan = 0; plan < tests[i].plans.size(); ++plan) jobs_.push_back({i, plan});
    }
  }

  SuiteReport run(const std::atomic<bool>& interrupt) {
    if (options_.progress) options_.progress(0, jobs_.size());
    // Golden results are written once all is known: an interrupt leaves the old ones, all of them.
    if (!options_.accept) finish_whole();
    const auto one = [&](std::size_t i) { return work(plan_of(i)); };
    const auto ended = [&](std::size_t i, std::string&& line, const std::string& error) {
      take(i, line, error);
      if (!options_.accept) finish_whole();
      if (options_.progress) options_.progress(report_.runs, jobs_.size());
    };
    const PoolResult pool = run_forked(jobs_.size(), options_.jobs, one, ended, interrupt);
    if (pool.interrupted) {
      report_.exit_code = interrupted;
    } else {
      finish_whole();
    }
    return std::move(report_);
  }

 private:
  const Plan& plan_of(std::size_t job) const { return tests_[jobs_[job].test].plans[jobs_[job].plan]; }

  void take(std::size_t job, const std::string& line, const std::string& error) {
    const ScenarioTest& test = tests_[jobs_[job].test];
    const Plan& plan = plan_of(job);
    Gathered& gathered = gathered_[jobs_[job].test];
    PatternTest& tested = gathered.report.patterns[jobs_[job].plan];
    if (error.empty()) {
      const Outcome outcome = from_line(line);
      tested = judge(test, plan, outcome);
      gathered.now.patterns[plan.pattern.name] = golden_run(outcome.result);
    } else {
      tested = judge_dead(plan, error);
    }
    tested.again = options_.run_command(test.file, plan.pattern.name);
    --gathered.missing;
    ++report_.runs;
  }

  /// Closes every scenario that is whole and whose forerunners are closed.
  void finish_whole() {
    for (; next_ < gathered_.size() && gathered_[next_].missing == 0; ++next_) {
      Gathered& gathered = gathered_[next_];
      if (options_.accept && gathered.report.test->skipped.empty()) accept(gathered);
      for (const PatternTest& pattern : gathered.report.patterns) count(pattern);
      if (options_.finished) options_.finished(gathered.report);
      report_.scenarios.push_back(std::move(gathered.report));
      gathered = {};
    }
  }

  void count(const PatternTest& pattern) {
    for (const Case& judged : pattern.cases) {
      report_.passed += judged.result == CaseResult::passed ? 1 : 0;
      report_.failed += judged.result == CaseResult::failed ? 1 : 0;
    }
    if (severity(pattern.exit_code) > severity(report_.exit_code)) report_.exit_code = pattern.exit_code;
  }

  static void accept(Gathered& gathered) {
    const ScenarioTest& test = *gathered.report.test;
    const auto& patterns = gathered.report.patterns;
    if (std::any_of(patterns.begin(), patterns.end(), is_unsound)) {
      gathered.report.golden_note =
          "golden result not accepted, since a run is broken or did not come to rest";
      return;
    }
    const std::string text = golden_text(test.name, gathered.now);
    std::string before;
    try {
      before = read_file(test.golden_file);
    } catch (const BadInput&) {  // there is none yet
    }
    if (before != text) write_file(test.golden_file, text);
    gathered.report.golden_note = before == text ? "golden result as before" : "golden result accepted";
  }

  const std::vector<ScenarioTest>& tests_;
  const SuiteOptions& options_;
  std::vector<Gathered> gathered_;
  std::vector<Job> jobs_;
  std::size_t next_ = 0;
  SuiteReport report_;
};

}  // namespace

SuiteReport run_suite(const std::vector<ScenarioTest>& tests, const SuiteOptions& options,
                      const std::atomic<bool>& interrupt) {
  return Suite(tests, options).run(interrupt);
}

}  // namespace omnisim::harness
