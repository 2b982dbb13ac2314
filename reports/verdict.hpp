#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// What the numbers of a result say, in words. Every sentence is computed; none is written for a pattern.
namespace omnisim::reports {

enum class Better { low, high };

/// The figures that a report leads with, in this order.
struct Headline {
  std::string_view metric;
  std::string_view label;
  Better better;
  bool essential;  ///< shown even where room is short
};
const std::vector<Headline>& headlines();

/// nullptr where the result has no such metric.
const Metric* find_metric(const std::vector<Metric>& metrics, std::string_view name);
const Estimate* find_estimate(const std::vector<Estimate>& estimates, std::string_view name);

/// The mean of (a − b) over seeds, whichever way round the result holds it; nullptr-like `n == 0` where it
/// does not.
Estimate paired_difference(const CompareResult& result, std::string_view a, std::string_view b,
                           std::string_view metric);

/// True where the interval of a difference leaves zero out: the one with which all differences of its table
/// hold at once with 95 %.
bool is_clear(const Estimate& difference);

/// True where a pattern lost nothing at all: no unit oversold, no record wrong, no account misstated. Such a
/// pattern is the zero of the scale, and is not ranked among the others.
bool is_flawless(const PatternResult& pattern);

/// The pattern with the best or the worst mean of a metric, among those that are not flawless; nullptr if
/// none has it.
const PatternResult* best_by(const CompareResult& result, const Headline& headline);
const PatternResult* worst_by(const CompareResult& result, const Headline& headline);

/// Whether the seeds do not tell a pattern from the best by a metric: the 95 % interval of their difference
/// holds zero.
bool is_best(const CompareResult& result, const Headline& headline, const PatternResult& pattern);

/// A pattern's title without what it says in brackets, or its name where it has no title.
std::string name_of(const PatternResult& pattern);

/// The patterns that are compared, without those that only show what a capability is worth.
CompareResult without_ablations(const CompareResult& result);

/// What was asked of the comparison beside figures (a precision, the best pattern), a sentence each.
std::vector<std::string> answers(const CompareResult& result);

struct Verdict {
  std::string headline;             ///< one sentence
  std::vector<std::string> points;  ///< a few more, the weightiest first
};

Verdict verdict(const CompareResult& result);
Verdict verdict(const RunResult& result);

}  // namespace omnisim::reports
