// The scenario library: every file in scenarios/ that expects something is run under every pattern that it
// has something to expect of, and must hold it.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* patterns[] = {"ideal",       "nightly-batch",      "point-to-point",
                                    "polling-hub", "event-choreography", "event-orchestrated"};
/// Other tests run these: theory by its estimates, schemas and patterns as what they are.
constexpr const char* other_folders[] = {"schema", "patterns", "theory"};

Json read_scenario(const fs::path& file) { return Json::parse(read_text(file), nullptr, true, true); }

std::vector<fs::path> scenarios() {
  std::vector<fs::path> found;
  const fs::path root = source_folder() / "scenarios";
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator();
       ++entry) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() &&
        std::find(std::begin(other_folders), std::end(other_folders), name) != std::end(other_folders)) {
      entry.disable_recursion_pending();
    } else if (entry->path().extension() == ".json") {
      found.push_back(entry->path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Library, every_scenario_comes_out_as_it_expects) {
  std::size_t held = 0;
  for (const fs::path& file : scenarios()) {
    const Json scenario = read_scenario(file);
    // What needs data that is not in the tree is run where the data is.
    if (scenario.contains("trace")) continue;
    const Json expect = scenario.value("expect", Json::object());
    for (const char* pattern : patterns) {
      if (!expect.contains("*") && !expect.contains(pattern)) continue;
      const ProcessResult run = run_shell(
          "%P run " + file.string() + " --pattern " + std::string(pattern) + " --json", source_folder());
      EXPECT_EQ(run.exit_code, 0) << file << " under " << pattern << "\n" << run.err;
      if (run.exit_code > 1) continue;
      const Json result = Json::parse(run.out);
      for (const Json& expectation : result["expectations"]) {
        EXPECT_TRUE(expectation["held"]) << file << " under " << pattern << ": " << expectation["expect"]
                                         << ", but it is " << expectation["value"];
        ++held;
      }
    }
  }
  EXPECT_GT(held, 0U);
}

/// A small scenario that says nothing of a pattern would pass there whatever happened.
TEST(Library, every_scenario_in_a_folder_expects_something_of_every_pattern) {
  for (const fs::path& file : scenarios()) {
    if (file.parent_path().filename() == "scenarios" || file.parent_path().filename() == "ablation") continue;
    const Json expect = read_scenario(file).value("expect", Json::object());
    for (const char* pattern : patterns) EXPECT_TRUE(expect.contains(pattern)) << file << ": " << pattern;
  }
}

}  // namespace
}  // namespace omnisim::harness
