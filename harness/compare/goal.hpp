// When a comparison has seen enough: its means are known precisely enough, or its best pattern is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/compare/selection.hpp"
#include "harness/compare/summarise.hpp"

namespace omnisim::harness {

struct Goal {
  std::optional<double> precision;   ///< share of the mean: 0.05
  std::vector<std::string> metrics;  ///< … of these
  std::string select;                ///< the metric by which the best is chosen; empty: none is
  SelectionRule rule = {};           ///< its first stage is the comparison's
  std::size_t seeds_max = 0;         ///< where to stop in any case

  bool any() const { return precision.has_value() || !select.empty(); }
  /// The metrics that decide whether it is reached.
  std::vector<std::string> looked_at() const {
    std::vector<std::string> all = metrics;
    if (!select.empty()) all.push_back(select);
    return all;
  }
};

/// What the runs so far say; `first_seeds` is the first stage. A pattern that nobody can build is not ranked,
/// nor one of which a run has no such metric.
std::optional<reports::Precision> precision_of(const Goal& goal, const std::vector<PatternRuns>& patterns);
std::optional<reports::Selection> selection_of(const Goal& goal, const std::vector<PatternRuns>& patterns,
                                               std::size_t first_seeds);

/// Nothing more has to be run for it.
bool is_reached(const Goal& goal, const std::vector<PatternRuns>& patterns, std::size_t first_seeds);

}  // namespace omnisim::harness
