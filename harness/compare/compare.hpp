// A comparison: every plan with every seed, each run a process of its own.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "harness/compare/goal.hpp"
#include "harness/run_once.hpp"

namespace omnisim::harness {

/// One of those that are compared.
struct Contender {
  Plan plan;
  std::string base = "", without = "";  ///< of an ablation: what it is but for the capability it lacks
};

struct CompareOptions {
  std::size_t seeds = 1;  ///< seeds 1 to this; where there is a goal: before it is first looked at
  Goal goal = {};
  std::size_t jobs = 1;
  std::string out;        ///< keeps finished runs, and the files of seed 1; may be empty
  bool resume = false;    ///< runs found in `out` are not run again
  bool look_into = true;  ///< the runs of seed 1 that `out` keeps are made twice, to tell why
  std::string command;    ///< repeats the comparison
  std::function<std::string(const std::string& pattern, std::uint64_t seed)>
      run_command;  ///< repeats one run
  /// `all` grows where a goal asks for more.
  std::function<void(std::size_t finished, std::size_t all)> progress;
};

struct Comparison {
  reports::CompareResult result;
  std::size_t finished = 0, all = 0;  ///< runs; `all` as far as the goal has asked for
  int exit_code = 0;       ///< by the worst run: 130, 3, 4, 1 or 0; 1 where the goal was not reached
  std::string complaints;  ///< what is to be said on standard error
};

/// The result depends on contenders, seeds and goal alone, bit for bit; not on jobs, nor on what was resumed.
Comparison compare_plans(const std::vector<Contender>& contenders, const CompareOptions& options,
                         const std::atomic<bool>& interrupt);

/// What runs that have been made say, without what was asked of them. Contenders and patterns in one order.
reports::CompareResult comparison_of(const std::vector<Contender>& contenders,
                                     const std::vector<PatternRuns>& patterns);

struct Ablation {
  LoadedPattern pattern;
  std::string without;  ///< a capability's name
};

/// For each capability that a pattern has, the pattern without it.
std::vector<Ablation> ablations(const LoadedPattern& pattern);

}  // namespace omnisim::harness
