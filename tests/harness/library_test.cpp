// The scenario library: `omnisim test` runs it; this holds that its files say something.
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
/// The bad days, by what they hurt.
constexpr const char* folders[] = {"stock", "orders", "money", "close", "outage", "promotion"};

/// A bad day that says nothing of a pattern would pass there whatever happened.
TEST(Library, every_bad_day_expects_something_of_every_pattern) {
  for (const char* folder : folders) {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(source_folder() / "scenarios" / folder)) {
      if (entry.path().extension() != ".json") continue;
      ++files;
      const Json scenario = Json::parse(read_text(entry.path()), nullptr, true, true);
      for (const char* pattern : patterns)
        EXPECT_TRUE(scenario.at("expect").contains(pattern)) << entry.path() << ": " << pattern;
      EXPECT_EQ(scenario.at("name"), entry.path().stem().string());
      EXPECT_TRUE(read_text(entry.path()).starts_with("// ")) << entry.path() << " begins with what happens";
    }
    EXPECT_GT(files, 0U) << folder;
  }
}

}  // namespace
}  // namespace omnisim::harness
