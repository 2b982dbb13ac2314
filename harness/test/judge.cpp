#include "harness/test/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/exit_code.hpp"
#include "harness/run_files.hpp"
#include "harness/scenario/problem.hpp"

namespace omnisim::harness {
namespace {

constexpr std::size_t pending_shown = 5;
constexpr std::size_t metrics_shown = 12;

std::string provenance(const Outcome& outcome, const Plan& plan) {
  return fmt::format("seed {}, version {}, scenario hash {}", outcome.result.seed, outcome.result.version,
                     plan.hash);
}

Case invariants_of(const Outcome& outcome, const Plan& plan) {
  Case judged{.kind = "invariants"};
  for (const reports::Invariant& invariant : outcome.result.invariants) {
    if (invariant.held || !invariant.promised) continue;
    judged.lines.push_back(invariant.id + " is broken: " + one_line(invariant.detail, 300));
  }
  if (judged.lines.empty()) return judged;
  judged.result = CaseResult::failed;
  judged.lines.push_back(provenance(outcome, plan));
  return judged;
}

Case rest_of(const Outcome& outcome) {
  Case judged{.kind = "rest"};
  if (outcome.end != RunEnd::pending) return judged;
  judged.result = CaseResult::failed;
  judged.lines.emplace_back(outcome.pending.empty() ? "did not come to rest: events are still due"
                                                    : "did not come to rest; pending:");
  for (std::size_t i = 0; i < std::min(pending_shown, outcome.pending.size()); ++i)
    judged.lines.push_back(one_line(outcome.pending[i], 300));
  if (outcome.pending.size() > pending_shown)
    judged.lines.push_back(fmt::format("and {} more", outcome.pending.size() - pending_shown));
  return judged;
}

Case expectations_of(const Outcome& outcome) {
  Case judged{.kind = "expectations"};
  for (const reports::Expectation& expectation : outcome.result.expectations) {
    if (expectation.held) continue;
    judged.result = CaseResult::failed;
    judged.lines.push_back(describe_miss(expectation));
  }
  return judged;
}

Case golden_of(const ScenarioTest& test, const std::string& pattern, const GoldenDifference& difference) {
  Case judged{.kind = "golden"};
  if (!test.golden || !test.golden->patterns.contains(pattern)) {
    judged.result = CaseResult::skipped;
    judged.lines.emplace_back("there is no golden result (--accept writes it)");
    return judged;
  }
  if (difference.none()) return judged;
  judged.result = CaseResult::failed;
  judged.lines.push_back(
      difference.metrics.empty()
          ? fmt::format("every one of {} metrics is the same, but the events are not (another fingerprint)",
                        difference.compared)
          : fmt::format("{} of {} metrics differ", difference.metrics.size(), difference.compared));
  for (std::string& line : difference_table(difference, metrics_shown))
    judged.lines.push_back(std::move(line));
  return judged;
}

int exit_code_of(const PatternTest& pattern) {
  int code = done;
  for (const Case& judged : pattern.cases) {
    if (judged.result != CaseResult::failed) continue;
    if (judged.kind == "invariants") return invariant_broken;
    code = judged.kind == "rest" ? not_at_rest : std::max<int>(code, not_held);
  }
  return code;
}

}  // namespace

PatternTest judge(const ScenarioTest& test, const Plan& plan, const Outcome& outcome) {
  PatternTest tested;
  tested.pattern = plan.pattern.name;
  tested.seconds = outcome.result.cost.wall_seconds;
  tested.cases.push_back(invariants_of(outcome, plan));
  const bool whole = !outcome.result.fingerprint.empty();  // else it ended where an invariant broke
  if (whole) {
    tested.cases.push_back(rest_of(outcome));
    if (!outcome.result.expectations.empty()) tested.cases.push_back(expectations_of(outcome));
    if (test.golden && test.golden->patterns.contains(tested.pattern))
      tested.difference = differences(*test.golden, tested.pattern, outcome.result);
    tested.cases.push_back(golden_of(test, tested.pattern, tested.difference));
  }
  tested.exit_code = exit_code_of(tested);
  return tested;
}

PatternTest judge_dead(const Plan& plan, const std::string& error) {
  PatternTest tested;
  tested.pattern = plan.pattern.name;
  tested.cases.push_back({"invariants", CaseResult::failed, {one_line(error, 300)}});
  tested.exit_code = invariant_broken;
  return tested;
}

bool is_unsound(const PatternTest& pattern) {
  return pattern.exit_code == invariant_broken || pattern.exit_code == not_at_rest;
}

}  // namespace omnisim::harness
