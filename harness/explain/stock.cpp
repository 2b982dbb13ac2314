// When the record of an item was not its shelf.
#include <fmt/format.h>

#include <algorithm>

#include "harness/explain/explain.hpp"

namespace omnisim::harness {
namespace {

constexpr std::size_t findings_max = 20;

core::Duration length(const Apart& it, Time end) { return std::min(it.to, end) - it.from; }

Finding finding_of(const Case& of, const Apart& it) {
  const core::Directory& names = of.chronicle.directory;
  const Time end = of.plan.scenario.estate.calendar.to;
  const std::string what =
      fmt::format("the record of {} at {} said {} {} than there were, for {}", names.item(it.sku).code.view(),
                  names.node(it.node).code.view(), units_text(std::abs(it.each)),
                  it.each > 0 ? "more" : "fewer", span_text(length(it, end)));
  if (!it.unseen.empty()) {
    const Letter& letter = of.chronicle.letters[it.unseen.front()];
    Finding finding = finding_of_delay(of, letter, it.to, what);
    finding.at = it.from;
    return finding;
  }
  Finding finding{.at = it.from, .stage = Stage::source_capture, .what = what, .because = {}, .instead = {}};
  using enum world::FactKind;
  if (it.began_with == stock_stolen || it.began_with == stock_damaged || it.began_with == stock_found) {
    finding.because = it.began_with == stock_found ? "units turned up, and nobody saw it"
                                                   : "units were stolen or broken, and nobody saw it";
    finding.instead = "cycle counts";
    return finding;
  }
  const std::vector<std::string> wrong = distortions_text(of, "", it.from, it.from);
  finding.stage = wrong.empty() ? Stage::orchestration_timing : Stage::transformation;
  finding.because = wrong.empty() ? "what was said was not acted on, or acted on twice" : wrong.front();
  return finding;
}

/// What was there and what was on record once each step was done.
void add_levels(std::vector<Step>& steps, const std::vector<Level>& levels, SkuId sku, NodeId node) {
  auto next = levels.begin();
  std::optional<std::int64_t> truth, believed;
  for (Step& step : steps) {
    for (; next != levels.end() && next->at <= step.at; ++next) {
      if (next->sku != sku || next->node != node) continue;
      truth = next->truth;
      believed = next->believed;
    }
    step.truth = truth;
    step.believed = believed;
  }
}

}  // namespace

Explanation explain_stock(const Case& of, const Ending& end, SkuId sku, NodeId node) {
  const core::Directory& names = of.chronicle.directory;
  Explanation it;
  it.subject = fmt::format("{}{}", names.item(sku).code.view(),
                           node.is_none() ? "" : fmt::format(" at {}", names.node(node).code.view()));
  const auto concerns = [&](NodeId at) { return node.is_none() || at.is_none() || at == node; };
  for (const KeptFact& fact : of.chronicle.facts) {
    const bool has = std::any_of(fact.lines.begin(), fact.lines.end(),
                                 [&](const core::Line& line) { return line.sku == sku; });
    if (has && concerns(fact.fact.node)) it.steps.push_back({fact.fact.at, "world", fact_text(fact, names)});
  }
  for (const core::Movement& move : end.core.movements()) {
    if (move.sku != sku || !concerns(move.node)) continue;
    it.steps.push_back(
        {end.log.read(move.cause).now, "core",
         fmt::format("{} at {}: {} → {}", move.quantity_each, names.node(move.node).code.view(),
                     name_of(move.from), name_of(move.to))});
  }
  std::stable_sort(it.steps.begin(), it.steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  if (!node.is_none()) add_levels(it.steps, of.chronicle.levels, sku, node);
  std::vector<Apart> apart;
  const Time last = of.plan.scenario.estate.calendar.to;
  for (const Apart& each : of.chronicle.apart) {
    if (each.sku == sku && concerns(each.node) && each.from < last) apart.push_back(each);
  }
  const auto weight = [&](const Apart& a) { return length(a, last).count() * std::abs(a.each); };
  std::stable_sort(apart.begin(), apart.end(),
                   [&](const Apart& a, const Apart& b) { return weight(a) > weight(b); });
  if (apart.empty()) {
    it.verdict = "The record was never apart from the shelf for a minute.";
    return it;
  }
  for (std::size_t i = 0; i < std::min(apart.size(), findings_max); ++i)
    it.findings.push_back(finding_of(of, apart[i]));
  const Finding cause = it.findings.front();
  it.parted = cause.at;
  it.verdict = fmt::format("Apart {} times for more than a minute; worst: {}: {}, because {}.", apart.size(),
                           name_of(cause.stage), cause.what, cause.because);
  sort_findings(it.findings);
  return it;
}

}  // namespace omnisim::harness
