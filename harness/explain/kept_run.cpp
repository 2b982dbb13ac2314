#include "harness/explain/kept_run.hpp"

#include "harness/output.hpp"
#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {

KeptRun load_kept_run(const std::string& folder) {
  const std::string file = folder + "/run.json";
  const Json run = parse_json(read_file(file), file);
  if (!run.is_object() || !run.contains("fingerprint") || !run.contains("seed") ||
      !run["fingerprint"].is_string() || !run["seed"].is_number_unsigned())
    throw BadInput(Problem{file, "/", "is no run", "a file that omnisim run --out wrote"});
  KeptRun kept{folder, run["fingerprint"], run["seed"], {}, {}};
  kept.scenario = load_scenario(folder + "/scenario.resolved.json", {});
  kept.plan = make_plan(kept.scenario, pattern_for(kept.scenario, {}));
  return kept;
}

void check_same(const KeptRun& kept, const std::string& fingerprint) {
  if (fingerprint == kept.fingerprint) return;
  throw BadInput(Problem{kept.folder + "/run.json", "/fingerprint",
                         "is " + kept.fingerprint + ", and the same run now has " + fingerprint,
                         "a run of this version of the program: run it again"});
}

}  // namespace omnisim::harness
