// Ranking and selection: which of several systems has the best mean, with a stated probability of being
// right. The procedure KN of Kim and Nelson (A fully sequential procedure for indifference-zone selection in
// simulation, ACM TOMACS 11(3), 2001): after a first stage, each further run may rule out the systems that
// are clearly worse than another, until one is left. It holds with common random numbers, and for normal data
// whatever the variances: where the best is better than every other by at least the indifference zone, it is
// chosen with probability at least `confidence`; where some are within the zone, one of those is.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace omnisim::harness {

/// values[system][run], the same number of runs each, runs with the same number on the same random numbers.
using Replications = std::vector<std::vector<double>>;

struct SelectionRule {
  double indifference = 1;  ///< > 0, in the metric's unit: a smaller difference is none
  bool high_is_better = false;
  std::size_t first_runs = 10;  ///< ≥ 2: of each system before anything is ruled out
};

struct SelectionState {
  std::optional<std::size_t> best;                    ///< set once it is decided
  std::vector<std::optional<std::size_t>> ruled_out;  ///< by system: after how many runs
  std::size_t runs = 0;                               ///< that it took, or those there are
};

/// What the procedure says of the runs so far; asked again with more of them it goes on, and never takes back
/// what it has said. Undecided while `best` is empty.
SelectionState select_best(const Replications& values, const SelectionRule& rule);

}  // namespace omnisim::harness
