#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/format.hpp"

namespace omnisim::reports {

namespace {

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, std::string Row::*name, std::string_view wanted) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.*name == wanted; });
  return found == rows.end() ? nullptr : &*found;
}

/// The first of the best, or the last of the worst, so that a tie still has two ends.
const PatternResult* extreme(const CompareResult& result, std::string_view metric, Better better,
                             bool want_best) {
  const PatternResult* found = nullptr;
  double found_mean = 0;
  for (const PatternResult& pattern : result.patterns) {
    const Estimate* estimate = find_estimate(pattern.metrics, metric);
    if (estimate == nullptr || is_flawless(pattern)) continue;
    const double ahead = better == Better::low ? found_mean - estimate->mean : estimate->mean - found_mean;
    if (found == nullptr || (want_best ? ahead > 0 : ahead <= 0)) {
      found = &pattern;
      found_mean = estimate->mean;
    }
  }
  return found;
}

std::string in_words(const PatternResult& pattern, std::string_view metric) {
  const Estimate* estimate = find_estimate(pattern.metrics, metric);
  if (estimate == nullptr) return "nothing measured";
  const std::string heading = unit_heading(estimate->unit);
  return estimate_text(*estimate) + (heading.empty() ? "" : " " + heading);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

/// The two ends of one metric's ranking, and whether the seeds can tell them apart.
struct Ends {
  const PatternResult* best = nullptr;
  const PatternResult* worst = nullptr;
  double best_mean = 0;
  double worst_mean = 0;
  Estimate difference;  ///< worst − best

  bool any() const { return best != nullptr && worst != nullptr; }
  bool apart() const {
    return best != worst && (difference.n < 2 ? best_mean != worst_mean : is_clear(difference));
  }
};

Ends ends_of(const CompareResult& result, std::string_view metric) {
  const auto headline = std::find_if(headlines().begin(), headlines().end(),
                                     [&](const Headline& row) { return row.metric == metric; });
  Ends ends;
  if (headline == headlines().end()) return ends;
  ends.best = best_by(result, *headline);
  ends.worst = worst_by(result, *headline);
  if (!ends.any()) return ends;
  ends.best_mean = find_estimate(ends.best->metrics, metric)->mean;
  ends.worst_mean = find_estimate(ends.worst->metrics, metric)->mean;
  ends.difference = paired_difference(result, ends.worst->pattern, ends.best->pattern, metric);
  return ends;
}

std::string compare_headline(const CompareResult& result) {
  const auto flawless = std::count_if(result.patterns.begin(), result.patterns.end(), is_flawless);
  if (result.patterns.empty()) return "No pattern was run.";
  if (static_cast<std::size_t>(flawless) == result.patterns.size()) {
    return "No pattern lost anything: no unit oversold, no record wrong, no account misstated.";
  }
  const Ends ends = ends_of(result, "oversell.units");
  if (!ends.any()) return "Oversell was not measured.";
  if (ends.best == ends.worst) {
    return fmt::format("{} oversold {} a run.", name_of(*ends.best), in_words(*ends.best, "oversell.units"));
  }
  if (ends.worst_mean == 0) return "No pattern oversold a unit.";
  if (!ends.apart()) {
    return fmt::format("These seeds tell no pattern from another by oversell: {} at best, {} at worst.",
                       in_words(*ends.best, "oversell.units"), in_words(*ends.worst, "oversell.units"));
  }
  const std::string worst =
      fmt::format("{} with {}", in_words(*ends.worst, "oversell.units"), name_of(*ends.worst));
  std::vector<std::string> leaders;
  for (const PatternResult& pattern : result.patterns) {
    if (is_best(result, headlines().front(), pattern)) leaders.push_back(name_of(pattern));
  }
  if (leaders.size() > 1) {
    return fmt::format(
        "{} oversell least, and these seeds do not tell them apart: {} a run at best, against {}.",
        joined(leaders), in_words(*ends.best, "oversell.units"), worst);
  }
  return fmt::format("{} oversells least: {} a run, against {}.", name_of(*ends.best),
                     in_words(*ends.best, "oversell.units"), worst);
}

void add_oversell(const CompareResult& result, std::vector<std::string>& points) {
  const Ends ends = ends_of(result, "oversell.units");
  if (!ends.any() || !ends.apart() || ends.difference.n < 2) return;
  std::string text =
      fmt::format("On the same customers and the same failures, {} oversold {} more units a run than {}",
                  name_of(*ends.worst), estimate_text(ends.difference), name_of(*ends.best));
  if (ends.best_mean > 0) {
    const double times = ends.worst_mean / ends.best_mean;
    text += fmt::format(": {} times as many", grouped_text(times, times < 10 ? 1 : 0));
  }
  points.push_back(text + ".");
}

void add_undersell(const CompareResult& result, std::vector<std::string>& points) {
  const Ends oversell = ends_of(result, "oversell.units");
  const Ends undersell = ends_of(result, "undersell.units");
  if (!oversell.any() || !undersell.any() || undersell.worst_mean == 0) return;
  const bool same = undersell.worst == oversell.best;
  points.push_back(fmt::format("Caution has a price, too: {} turned away {} although stock was there{}.",
                               name_of(*undersell.worst), in_words(*undersell.worst, "undersell.units"),
                               same ? ", the most of all"
                                    : fmt::format("; {} turned away {}", name_of(*oversell.best),
                                                  in_words(*oversell.best, "undersell.units"))));
}

void add_drift(const CompareResult& result, std::vector<std::string>& points) {
  const Ends ends = ends_of(result, "drift.book.abs_mean");
  if (!ends.any() || ends.worst_mean == 0) return;
  if (!ends.apart()) {
    points.push_back(fmt::format("A stock record was wrong by {} on average, whatever the pattern.",
                                 in_words(*ends.worst, "drift.book.abs_mean")));
    return;
  }
  points.push_back(fmt::format("A stock record was wrong by {} on average with {}, and by {} with {}.",
                               in_words(*ends.best, "drift.book.abs_mean"), name_of(*ends.best),
                               in_words(*ends.worst, "drift.book.abs_mean"), name_of(*ends.worst)));
}

void add_close(const CompareResult& result, std::vector<std::string>& points) {
  const Ends ends = ends_of(result, "close.misstatement");
  if (!ends.any() || ends.worst_mean == 0) return;
  const auto told = [](const PatternResult& pattern) {
    std::string text = in_words(pattern, "close.misstatement") + " misstated";
    if (const Estimate* accuracy = find_estimate(pattern.metrics, "close.accuracy")) {
      text += fmt::format(" (accuracy {})", value_text(accuracy->mean, "1"));
    }
    return text;
  };
  if (!ends.apart()) {
    points.push_back(
        fmt::format("At the close {} at worst, with {}.", told(*ends.worst), name_of(*ends.worst)));
    return;
  }
  points.push_back(fmt::format("{} closed the period with {}; {} with {}.", name_of(*ends.best),
                               told(*ends.best), name_of(*ends.worst), told(*ends.worst)));
}

void add_invariants(const CompareResult& result, std::vector<std::string>& points) {
  std::vector<std::string> broken;
  std::int64_t promises = 0;
  std::int64_t findings = 0;
  for (const PatternResult& pattern : result.patterns) {
    for (const InvariantCount& count : pattern.invariants) {
      promises += count.promised ? 1 : 0;
      if (count.held_runs == count.runs) continue;
      if (count.promised) broken.push_back(fmt::format("{} by {}", count.id, name_of(pattern)));
      findings += count.promised ? 0 : 1;
    }
  }
  if (!broken.empty()) {
    points.push_back("A promised invariant was broken, which is a bug: " + joined(broken) + ".");
  } else if (promises > 0) {
    std::string text = "Every invariant that a pattern promises held in every run";
    if (findings > 0) text += fmt::format("; {} that no pattern promised did not", findings);
    points.push_back(text + ".");
  }
}

void add_reference(const CompareResult& result, std::vector<std::string>& points) {
  std::vector<std::string> names;
  for (const PatternResult& pattern : result.patterns) {
    if (is_flawless(pattern)) names.push_back(name_of(pattern));
  }
  if (names.empty() || names.size() == result.patterns.size()) return;
  points.push_back(joined(names) + " lost nothing at all: the zero that the others are measured from.");
}

}  // namespace

const std::vector<Headline>& headlines() {
  static const std::vector<Headline> table = {
      {"oversell.units", "Oversold", Better::low, true},
      {"undersell.units", "Undersold", Better::low, true},
      {"fill.rate", "Fill rate", Better::high, false},
      {"drift.book.abs_mean", "Drift", Better::low, true},
      {"close.accuracy", "Close accuracy", Better::high, true},
      {"close.misstatement", "Misstated", Better::low, true},
  };
  return table;
}

const Metric* find_metric(const std::vector<Metric>& metrics, std::string_view name) {
  return find_row(metrics, &Metric::name, name);
}

const Estimate* find_estimate(const std::vector<Estimate>& estimates, std::string_view name) {
  return find_row(estimates, &Estimate::metric, name);
}

Estimate paired_difference(const CompareResult& result, std::string_view a, std::string_view b,
                           std::string_view metric) {
  for (const PairedDifference& pair : result.differences) {
    const bool same = pair.a == a && pair.b == b;
    const bool turned = pair.a == b && pair.b == a;
    if (!same && !turned) continue;
    const Estimate* found = find_estimate(pair.metrics, metric);
    if (found == nullptr) continue;
    Estimate estimate = *found;
    if (turned) estimate.mean = 0.0 - estimate.mean;
    return estimate;
  }
  return {};
}

bool is_clear(const Estimate& difference) {
  return difference.n >= 2 &&
         std::abs(difference.mean) > std::max(difference.half_width, difference.half_width_together);
}

bool is_flawless(const PatternResult& pattern) {
  for (const std::string_view metric : {"oversell.units", "drift.book.abs_mean", "close.misstatement"}) {
    const Estimate* estimate = find_estimate(pattern.metrics, metric);
    if (estimate == nullptr || estimate->mean != 0) return false;
  }
  return true;
}

const PatternResult* best_by(const CompareResult& result, const Headline& headline) {
  return extreme(result, headline.metric, headline.better, true);
}

const PatternResult* worst_by(const CompareResult& result, const Headline& headline) {
  return extreme(result, headline.metric, headline.better, false);
}

bool is_best(const CompareResult& result, const Headline& headline, const PatternResult& pattern) {
  const PatternResult* best = best_by(result, headline);
  const Estimate* own = find_estimate(pattern.metrics, headline.metric);
  if (best == nullptr || own == nullptr || is_flawless(pattern)) return false;
  if (own->mean == find_estimate(best->metrics, headline.metric)->mean) return true;
  const Estimate behind = paired_difference(result, pattern.pattern, best->pattern, headline.metric);
  return behind.n >= 2 && !is_clear(behind);
}

CompareResult without_ablations(const CompareResult& result) {
  CompareResult rest = result;
  std::erase_if(rest.patterns, [](const PatternResult& pattern) { return !pattern.without.empty(); });
  return rest;
}

std::vector<std::string> answers(const CompareResult& result) {
  std::vector<std::string> told;
  if (const auto& selection = result.selection) {
    const std::string unit = unit_heading(selection->unit);
    const std::string zone =
        value_text(selection->indifference, selection->unit) + (unit.empty() ? "" : " " + unit);
    const std::string among = fmt::format("Of {} patterns that can be built", selection->candidates.size());
    told.push_back(
        selection->best.empty()
            ? fmt::format("{}, the best by {} was not decided within the seeds allowed.", among,
                          selection->metric)
            : fmt::format("{}, {} has the {} {} with probability at least 95 %, where a difference "
                          "below {} does not matter ({} seeds).",
                          among, selection->best, selection->high_is_better ? "highest" : "lowest",
                          selection->metric, zone, selection->seeds));
  }
  if (const auto& precision = result.precision) {
    const std::string wanted = fmt::format("{:g} %", precision->wanted * 100);
    told.push_back(precision->open.empty()
                       ? fmt::format("Every mean of {} is known within {} of itself ({} seeds).",
                                     joined(precision->metrics), wanted, result.seeds.size())
                       : fmt::format("Not known within {} after {} seeds: {}.", wanted, precision->seeds_max,
                                     joined(precision->open)));
  }
  return told;
}

std::string name_of(const PatternResult& pattern) {
  const std::string title = pattern.title.substr(0, pattern.title.find(" ("));
  return title.empty() ? pattern.pattern : title;
}

Verdict verdict(const CompareResult& result) {
  Verdict verdict{compare_headline(result), {}};
  add_oversell(result, verdict.points);
  add_drift(result, verdict.points);
  add_close(result, verdict.points);
  add_undersell(result, verdict.points);
  add_invariants(result, verdict.points);
  add_reference(result, verdict.points);
  if (!result.failed_runs.empty()) {
    verdict.points.push_back(
        fmt::format("Runs that failed, and are left out of every figure: {}.", result.failed_runs.size()));
  }
  return verdict;
}

Verdict verdict(const RunResult& result) {
  Verdict verdict;
  const auto told = [&](std::string_view name) {
    const Metric* metric = find_metric(result.metrics, name);
    if (metric == nullptr) return std::string();
    const std::string heading = unit_heading(metric->unit);
    return value_text(metric->value, metric->unit) + (heading.empty() ? "" : " " + heading);
  };
  const Metric* oversell = find_metric(result.metrics, "oversell.units");
  if (oversell == nullptr) {
    verdict.headline =
        fmt::format("{} ran from {} to {}.", result.scenario, time_text(result.from), time_text(result.to));
  } else if (oversell->value == 0) {
    verdict.headline = fmt::format("{} oversold nothing.", result.pattern);
  } else {
    const std::string rate = told("oversell.rate");
    verdict.headline = fmt::format("{} oversold {}{}.", result.pattern, told("oversell.units"),
                                   rate.empty() ? "" : ", " + rate + " of what it promised");
  }
  if (const std::string drift = told("drift.book.abs_mean"); !drift.empty()) {
    verdict.points.push_back("A stock record was wrong by " + drift + " on average.");
  }
  if (const std::string close = told("close.misstatement"); !close.empty()) {
    const std::string accuracy = told("close.accuracy");
    verdict.points.push_back("The period closed with " + close + " misstated" +
                             (accuracy.empty() ? "." : " (accuracy " + accuracy + ")."));
  }
  if (const std::string undersell = told("undersell.units"); !undersell.empty()) {
    verdict.points.push_back("Refused although stock was there: " + undersell + ".");
  }
  for (const Expectation& expectation : result.expectations) {
    if (expectation.held) continue;
    verdict.points.push_back(
        expectation.defined
            ? fmt::format("Expected {}, but it came to {}.", expectation.expect,
                          value_text(expectation.value, ""))
            : fmt::format("Expected {}, but the run has no such figure.", expectation.expect));
  }
  for (const Invariant& invariant : result.invariants) {
    if (invariant.held) continue;
    verdict.points.push_back(fmt::format("{} did not hold{}{}", invariant.id,
                                         invariant.promised ? ", though this pattern promises it: a bug" : "",
                                         invariant.detail.empty() ? "." : ": " + invariant.detail));
  }
  return verdict;
}

}  // namespace omnisim::reports
