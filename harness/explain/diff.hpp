// The first thing in which two runs part.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "harness/explain/explanation.hpp"
#include "harness/explain/kept_run.hpp"

namespace omnisim::harness {

/// What the one run did and the other did not at the same place in their order; nothing where a run was over.
struct Parting {
  std::optional<Step> a, b;
};

struct RunDifference {
  std::string a, b;  ///< the runs: "last-unit, ideal, seed 1"
  std::vector<std::string>
      settings;                  ///< what was set differently: "/pattern/defaults/every: \"1d\" → \"20m\""
  std::vector<Step> together;    ///< the last steps that are the same
  std::optional<Parting> first;  ///< nothing: the runs are the same
  std::optional<Parting> in_world;  ///< the first fact of the world, where one differs
};

/// Runs both again, each twice, in processes of their own. Nothing if it was interrupted.
std::optional<RunDifference> difference_of(const KeptRun& a, const KeptRun& b,
                                           const std::atomic<bool>& interrupt);

std::string difference_text(const RunDifference& difference);
/// omnisim.difference/1
std::string difference_json(const RunDifference& difference);

}  // namespace omnisim::harness
