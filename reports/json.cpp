#include "reports/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/format.hpp"

namespace omnisim::reports {

namespace {

using Json = nlohmann::ordered_json;

/// Whole numbers as integers, so that 3 units read "3" and not "3.0"; minus zero as zero.
Json number(double value) {
  constexpr double exact_max = 9007199254740992.0;  // 2^53
  if (std::abs(value) <= exact_max && value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}

Json simulated(Time from, Time to) {
  const double seconds = static_cast<double>((to - from).count()) / 1e6;
  return {{"from", time_text(from)}, {"to", time_text(to)}, {"seconds", number(seconds)}};
}

Json cost_of(const Cost& cost) {
  return {{"wall_seconds", number(cost.wall_seconds)},
          {"events", cost.events},
          {"canonical_messages", cost.canonical_messages},
          {"peak_rss_bytes", cost.peak_rss_bytes}};
}

Json metrics_of(const std::vector<Metric>& metrics) {
  Json json = Json::object();
  for (const Metric& metric : metrics) {
    if (std::isfinite(metric.value)) json[metric.name] = number(metric.value);
  }
  return json;
}

Json estimates_of(const std::vector<Estimate>& estimates, bool together = false) {
  Json json = Json::object();
  for (const Estimate& estimate : estimates) {
    if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.half_width)) continue;
    json[estimate.metric] = {
        {"mean", number(estimate.mean)}, {"half_width", number(estimate.half_width)}, {"n", estimate.n}};
    if (together) json[estimate.metric]["half_width_together"] = number(estimate.half_width_together);
  }
  return json;
}

Json invariant_of(const Invariant& invariant) {
  Json json = {{"id", invariant.id},
               {"held", invariant.held},
               {"checks", invariant.checks},
               {"promised", invariant.promised}};
  if (!invariant.detail.empty()) json["detail"] = invariant.detail;
  return json;
}

Json expectation_of(const Expectation& expectation) {
  Json json = {{"expect", expectation.expect}, {"held", expectation.held}};
  if (expectation.defined && std::isfinite(expectation.value)) json["value"] = number(expectation.value);
  return json;
}

Json pattern_of(const PatternResult& pattern) {
  Json invariants = Json::array();
  for (const InvariantCount& count : pattern.invariants) {
    Json json = {
        {"id", count.id}, {"promised", count.promised}, {"held_runs", count.held_runs}, {"runs", count.runs}};
    if (!count.detail.empty()) json["detail"] = count.detail;
    invariants.push_back(std::move(json));
  }
  Json json = {{"metrics", estimates_of(pattern.metrics)}, {"invariants", std::move(invariants)}};
  if (!pattern.without.empty()) {
    json["base"] = pattern.base;
    json["without"] = pattern.without;
  }
  for (const WarmUp& warm_up : pattern.warm_up) {
    json["warm_up"][warm_up.series] = {{"hours", number(warm_up.hours)},
                                       {"mean", number(warm_up.mean)},
                                       {"mean_after", number(warm_up.mean_after)}};
  }
  return json;
}

Json precision_of(const Precision& precision) {
  return {{"wanted", precision.wanted},
          {"metrics", precision.metrics},
          {"seeds_max", precision.seeds_max},
          {"reached", precision.open.empty()},
          {"open", precision.open}};
}

Json selection_of(const Selection& selection) {
  Json json = {{"metric", selection.metric},
               {"better", selection.high_is_better ? "high" : "low"},
               {"indifference", number(selection.indifference)},
               {"probability", 0.95},
               {"best", selection.best.empty() ? Json() : Json(selection.best)},
               {"seeds", selection.seeds},
               {"candidates", Json::array()}};
  for (const Selection::Candidate& candidate : selection.candidates) {
    const std::int64_t after = candidate.ruled_out_after;
    json["candidates"].push_back(
        {{"pattern", candidate.pattern}, {"ruled_out_after", after == 0 ? Json() : Json(after)}});
  }
  return json;
}

std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string run_json(const RunResult& result) {
  Json json = {{"schema", "omnisim.run/1"},
               {"scenario", result.scenario},
               {"scenario_hash", result.scenario_hash},
               {"pattern", result.pattern},
               {"seed", result.seed},
               {"version", result.version},
               {"fingerprint", result.fingerprint},
               {"simulated", simulated(result.from, result.to)},
               {"cost", cost_of(result.cost)},
               {"metrics", metrics_of(result.metrics)},
               {"invariants", Json::array()},
               {"expectations", Json::array()}};
  for (const Invariant& invariant : result.invariants) json["invariants"].push_back(invariant_of(invariant));
  for (const Expectation& expectation : result.expectations) {
    json["expectations"].push_back(expectation_of(expectation));
  }
  return text_of(json);
}

std::string compare_json(const CompareResult& result) {
  Json json = {{"schema", "omnisim.compare/1"},
               {"scenario", result.scenario},
               {"scenario_hash", result.scenario_hash},
               {"version", result.version},
               {"simulated", simulated(result.from, result.to)},
               {"seeds", result.seeds},
               {"confidence", 0.95},
               {"patterns", Json::object()},
               {"differences", Json::array()},
               {"failed_runs", Json::array()},
               {"command", result.command}};
  for (const PatternResult& pattern : result.patterns)
    json["patterns"][pattern.pattern] = pattern_of(pattern);
  for (const PairedDifference& pair : result.differences) {
    json["differences"].push_back(
        {{"a", pair.a}, {"b", pair.b}, {"metrics", estimates_of(pair.metrics, true)}});
  }
  if (result.precision) json["precision"] = precision_of(*result.precision);
  if (result.selection) json["selection"] = selection_of(*result.selection);
  for (const FailedRun& run : result.failed_runs) {
    json["failed_runs"].push_back({{"pattern", run.pattern}, {"seed", run.seed}, {"what", run.what}});
  }
  return text_of(json);
}

}  // namespace omnisim::reports
