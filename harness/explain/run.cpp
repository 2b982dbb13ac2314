// The whole run: what went wrong, the most frequent first.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "harness/explain/explain.hpp"
#include "models/faults/defects.hpp"

namespace omnisim::harness {
namespace {

struct Group {
  Finding first;
  std::size_t times = 0;
};

/// Messages that a fault held up, took or repeated, and whether anything came of it.
Endured endured(const Case& of, const sim::FaultSpec& spec, const std::vector<Finding>& findings) {
  Endured it{name_of_fault(spec), {}};
  std::size_t late = 0, lost = 0, twice = 0;
  core::Duration longest{};
  for (const Letter& letter : of.chronicle.letters) {
    if (!is_held_up_by(of, letter, spec)) continue;
    lost += letter.lost;
    twice += letter.copies > 1;
    if (letter.arrived == never || letter.arrived - letter.sent < usual_wait(of, letter)) continue;
    ++late;
    longest = std::max(longest, letter.arrived - letter.sent);
  }
  const bool named = std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
    return f.because.find(it.fault) != std::string::npos;
  });
  std::vector<std::string> parts;
  if (late > 0) parts.push_back(fmt::format("{} messages late, the longest by {}", late, span_text(longest)));
  if (lost > 0) parts.push_back(fmt::format("{} never arrived", lost));
  if (twice > 0) parts.push_back(fmt::format("{} arrived more than once", twice));
  parts.emplace_back(named ? "named above" : "no difference came of it");
  it.outcome = fmt::format("{}", fmt::join(parts, "; "));
  return it;
}

}  // namespace

Explanation explain_run(const Case& of, const Ending& end) {
  Explanation it;
  it.subject = fmt::format("{}, {}, seed {}", end.outcome.result.scenario, end.outcome.result.pattern,
                           end.outcome.result.seed);
  std::vector<Finding> all = findings_of_promises(of, {});
  for (Finding& finding : findings_of_letters(of, end)) all.push_back(std::move(finding));
  for (Finding& finding : findings_of_books(of, end, {})) all.push_back(std::move(finding));
  std::map<std::pair<Stage, std::string>, Group> groups;
  sort_findings(all);
  for (const Finding& finding : all) {
    Group& group = groups[{finding.stage, finding.because}];
    if (group.times++ == 0) group.first = finding;
  }
  // What was only late hurt nobody yet: it comes after what did.
  std::vector<Group> sorted;
  for (auto& [key, group] : groups) sorted.push_back(std::move(group));
  std::stable_sort(sorted.begin(), sorted.end(), [](const Group& a, const Group& b) {
    return std::pair(a.first.only_late, b.times) < std::pair(b.first.only_late, a.times);
  });
  for (Group& group : sorted) {
    if (group.times > 1) group.first.what = fmt::format("{} times, first: {}", group.times, group.first.what);
    it.findings.push_back(std::move(group.first));
  }
  if (of.plan.pattern.faults) {
    for (const sim::FaultSpec& spec : models::with_targets(of.plan.scenario.estate.faults))
      it.endured.push_back(endured(of, spec, it.findings));
  }
  it.verdict = it.findings.empty() ? "What was true and what was recorded never parted: nothing was "
                                     "oversold, lost, refused or booked wrongly."
                                   : fmt::format("Most of it is {}: {}.", name_of(it.findings.front().stage),
                                                 it.findings.front().because);
  return it;
}

}  // namespace omnisim::harness
