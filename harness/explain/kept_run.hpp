// A run that is on disk, ready to be run once more.
#pragma once

#include <string>

#include "harness/run_once.hpp"

namespace omnisim::harness {

struct KeptRun {
  std::string folder;
  std::string fingerprint;  ///< as run.json has it
  std::uint64_t seed = 1;
  LoadedScenario scenario;
  Plan plan;
};

/// Of a folder that `omnisim run --out` wrote. Throws BadInput where it is none.
KeptRun load_kept_run(const std::string& folder);
/// Throws BadInput where the same scenario and seed now come to something else than what is kept.
void check_same(const KeptRun& kept, const std::string& fingerprint);

}  // namespace omnisim::harness
