#include "harness/run_files.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "harness/compare/result_json.hpp"
#include "harness/output.hpp"
#include "harness/scenario/expectation.hpp"
#include "harness/scenario/problem.hpp"
#include "reports/csv.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/ledger.hpp"

namespace omnisim::harness {
namespace {

std::string journal(const reports::RunResult& result, const std::string& title,
                    const std::vector<reports::LedgerEntry>& entries) {
  std::ostringstream out;
  reports::ledger_journal(out, title, result.trial_balance, result.currency, result.currency_decimals,
                          entries);
  return std::move(out).str();
}

std::string repeat_line(const reports::RunResult& result, const Plan& plan) {
  return fmt::format("  seed {}, version {}, scenario hash {}\n  again: {}\n", result.seed, result.version,
                     plan.hash, result.command);
}

}  // namespace

void write_run_files(const std::string& folder, const Plan& plan, const Outcome& outcome) {
  const reports::RunResult& result = outcome.result;
  const std::string of = one_line(
      result.scenario + ", pattern " + result.pattern + ", seed " + std::to_string(result.seed), 200);
  write_files(folder, {{"run.json", reports::run_json(result)},
                       {"scenario.resolved.json", plan.resolved_json},
                       {"report.html", reports::report_html(result)},
                       {"results.jsonl", to_line(outcome) + "\n"},
                       {"metrics.csv", reports::metrics_csv(result)},
                       {"ledger.journal", journal(result, "The ERP's general ledger: " + of, outcome.booked)},
                       {"truth.journal",
                        journal(result, "What it should say, from the world: " + of, outcome.truth)}});
}

std::string describe_breaks(const Outcome& outcome, const Plan& plan) {
  std::string text;
  for (const reports::Invariant& invariant : outcome.result.invariants) {
    if (invariant.held || !invariant.promised) continue;
    text += fmt::format("omnisim: invariant {} is broken under {}: {}\n", invariant.id,
                        outcome.result.pattern, one_line(invariant.detail, 300));
  }
  return text + repeat_line(outcome.result, plan);
}

std::string describe_pending(const Outcome& outcome) {
  std::string text = fmt::format("omnisim: did not come to rest under {}, seed {}; pending:\n",
                                 outcome.result.pattern, outcome.result.seed);
  constexpr std::size_t shown_max = 20;
  for (std::size_t i = 0; i < outcome.pending.size() && i < shown_max; ++i)
    text += "  " + one_line(outcome.pending[i], 300) + "\n";
  if (outcome.pending.size() > shown_max)
    text += fmt::format("  and {} more\n", outcome.pending.size() - shown_max);
  return text;
}

std::string value_with_unit(double value, std::string_view unit) {
  return fmt::format("{}{}{}", value, unit == "1" || unit.empty() ? "" : " ", unit == "1" ? "" : unit);
}

std::string describe_miss(const reports::Expectation& missed) {
  if (!missed.defined) return missed.expect + " does not hold: the run has no such figure";
  std::string text = missed.expect + " does not hold: it is " + value_with_unit(missed.value, missed.unit);
  std::string ignored;
  const auto parsed = parse_expectation(missed.expect, ignored);
  if (parsed && parsed->comparison != Comparison::not_equal && missed.value != parsed->number)
    text += fmt::format(", off by {:.6g}", std::abs(missed.value - parsed->number));
  return text;
}

}  // namespace omnisim::harness
