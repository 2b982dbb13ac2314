#include "harness/compare/goal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/compare/statistics.hpp"

namespace omnisim::harness {
namespace {

const reports::Metric* metric_of(const Outcome& run, const std::string& name) {
  const auto& metrics = run.result.metrics;
  const auto found =
      std::find_if(metrics.begin(), metrics.end(), [&](const auto& m) { return m.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

struct Values {
  std::string unit;
  std::vector<double> of_runs;
};

Values values_of(const PatternRuns& pattern, const std::string& name) {
  Values values;
  for (const Outcome& run : pattern.runs) {
    const reports::Metric* metric = metric_of(run, name);
    if (metric == nullptr) continue;
    values.unit = metric->unit;
    values.of_runs.push_back(metric->value);
  }
  return values;
}

/// What is not known well enough of one metric.
void look_at(const std::string& metric, double precision, const std::vector<PatternRuns>& patterns,
             std::vector<std::string>& open) {
  std::vector<std::pair<std::string, reports::Estimate>> estimates;
  double scale = 0;
  for (const PatternRuns& pattern : patterns) {
    const Values values = values_of(pattern, metric);
    if (values.of_runs.empty()) continue;
    estimates.emplace_back(pattern.pattern.name, estimate(metric, values.unit, values.of_runs));
    scale = std::max(scale, std::abs(estimates.back().second.mean));
  }
  for (const auto& [pattern, e] : estimates) {
    if (!is_precise(e, precision, scale))
      open.push_back(fmt::format("{} of {}: {:.4g} ± {:.2g}", metric, pattern, e.mean, e.half_width));
  }
}

}  // namespace

std::optional<reports::Precision> precision_of(const Goal& goal, const std::vector<PatternRuns>& patterns) {
  if (!goal.precision) return std::nullopt;
  reports::Precision result{.wanted = *goal.precision,
                            .metrics = goal.metrics,
                            .seeds_max = static_cast<std::int64_t>(goal.seeds_max),
                            .open = {}};
  for (const std::string& metric : goal.metrics) look_at(metric, *goal.precision, patterns, result.open);
  return result;
}

std::optional<reports::Selection> selection_of(const Goal& goal, const std::vector<PatternRuns>& patterns,
                                               std::size_t first_seeds) {
  if (goal.select.empty()) return std::nullopt;
  reports::Selection result{.metric = goal.select,
                            .unit = "",
                            .high_is_better = goal.rule.high_is_better,
                            .indifference = goal.rule.indifference,
                            .best = "",
                            .seeds = 0,
                            .candidates = {}};
  Replications samples;
  for (const PatternRuns& pattern : patterns) {
    Values values = values_of(pattern, goal.select);
    if (!pattern.pattern.limits || values.of_runs.empty() || values.of_runs.size() != pattern.runs.size())
      continue;
    result.unit = values.unit;
    result.candidates.push_back({pattern.pattern.name, 0});
    samples.push_back(std::move(values.of_runs));
  }
  SelectionRule rule = goal.rule;
  rule.first_runs = first_seeds;
  const SelectionState state = select_best(samples, rule);
  for (std::size_t i = 0; i < samples.size(); ++i)
    result.candidates[i].ruled_out_after = static_cast<std::int64_t>(state.ruled_out[i].value_or(0));
  if (state.best) result.best = result.candidates[*state.best].pattern;
  result.seeds = static_cast<std::int64_t>(state.runs);
  return result;
}

bool is_reached(const Goal& goal, const std::vector<PatternRuns>& patterns, std::size_t first_seeds) {
  const auto precision = precision_of(goal, patterns);
  const auto selection = selection_of(goal, patterns, first_seeds);
  return (!precision || precision->open.empty()) && (!selection || !selection->best.empty());
}

}  // namespace omnisim::harness
