// From the runs of a comparison to its result: means, intervals, paired differences on common random numbers.
#pragma once

#include <vector>

#include "harness/run_once.hpp"

namespace omnisim::harness {

/// The runs of one pattern, in the order of seeds.
struct PatternRuns {
  models::PatternParams pattern;
  std::vector<Outcome> runs;
  std::string base = "", without = "";  ///< of an ablation: what it is but for the capability it lacks
};

/// Fills patterns, differences, failed runs, period and currency; the caller adds what it alone knows.
reports::CompareResult summarise(const std::vector<PatternRuns>& patterns);

}  // namespace omnisim::harness
