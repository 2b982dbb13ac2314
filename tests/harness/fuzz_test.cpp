// `omnisim fuzz`: random days against the invariants.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;

std::string days_wanted() {
  const char* wanted = std::getenv("OMNISIM_FUZZ_DAYS");
  return wanted == nullptr ? "600" : wanted;
}

/// Six shipped patterns, now and then with one capability the other way; OMNISIM_FUZZ_DAYS says how many.
TEST(Fuzz, no_random_day_breaks_what_its_pattern_promises) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "bad").string();
  const ProcessResult told =
      run_shell("%P fuzz --json --runs " + days_wanted() + " --out " + out, source_folder());
  EXPECT_EQ(told.exit_code, 0) << told.out << told.err;
  const Json json = Json::parse(told.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << told.err;
  EXPECT_EQ(json["runs"], std::stoull(days_wanted()));
  EXPECT_GT(json["checks"].get<std::uint64_t>(), json["runs"].get<std::uint64_t>() * 100);
  EXPECT_TRUE(json["bad"].empty()) << json["bad"];
}

/// An ERP that refuses entries, and a core that does not compare: the one shipped scenario whose pattern
/// cannot keep what it promises when faults strike its journal.
TEST(Fuzz, keeps_a_bad_day_as_a_scenario_that_is_bad_again) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "bad").string();
  const ProcessResult told = run_shell(
      "%P fuzz scenarios/ablation/reconciliation.json --json --runs 24 --out " + out, source_folder());
  EXPECT_EQ(told.exit_code, 3) << told.err;
  const Json json = Json::parse(told.out, nullptr, false);
  ASSERT_TRUE(json.is_object());
  ASSERT_FALSE(json["bad"].empty());
  const Json& bad = json["bad"][0];
  EXPECT_NE(bad["what"].get<std::string>().find("money.truth"), std::string::npos) << bad;
  std::string again = bad["command"];
  again.replace(0, std::string("omnisim").size(), "%P");
  const ProcessResult replayed = run_shell(again + " --json", source_folder());
  EXPECT_EQ(replayed.exit_code, 3) << again;
  EXPECT_NE(replayed.err.find("money.truth"), std::string::npos) << replayed.err;
}

TEST(Fuzz, strikes_only_parties_that_its_scenario_has) {
  const ProcessResult told =
      run_shell("%P fuzz scenarios/outage/3pl-silent-day.json --json --runs 60", source_folder());
  const Json json = Json::parse(told.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << told.err;
  for (const Json& bad : json["bad"])
    EXPECT_EQ(bad["what"].get<std::string>().find("there is no"), std::string::npos) << bad;
}

TEST(Fuzz, begins_where_it_is_told_to) {
  const auto days = [](const std::string& options) {
    const ProcessResult told =
        run_shell("%P fuzz scenarios/ablation/reconciliation.json --json " + options, source_folder());
    return Json::parse(told.out, nullptr, false)["bad"];
  };
  const Json all = days("--runs 24");
  ASSERT_FALSE(all.empty());
  const Json again = days("--runs 1 --first " + std::to_string(all[0]["number"].get<std::uint64_t>()));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0]["number"], all[0]["number"]);
  EXPECT_EQ(again[0]["what"], all[0]["what"]);
}

TEST(Fuzz, draws_the_same_days_for_the_same_seed_whatever_the_jobs) {
  const auto checks = [](const std::string& options) {
    const ProcessResult told = run_shell("%P fuzz --json --runs 40 " + options, source_folder());
    return Json::parse(told.out, nullptr, false)["checks"].get<std::uint64_t>();
  };
  EXPECT_EQ(checks("--seed 5 --jobs 1"), checks("--seed 5 --jobs 3"));
  EXPECT_NE(checks("--seed 5"), checks("--seed 6"));
}

TEST(Fuzz, stops_when_its_time_is_over_and_refuses_what_is_no_time) {
  const ProcessResult told = run_shell("%P fuzz --for 1s --json", source_folder());
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_GT(Json::parse(told.out)["runs"], 0);
  for (const char* wrong : {"--for soon", "--for 0s", "--runs 0", "--seed x", "nowhere.json"}) {
    const ProcessResult refused = run_shell("%P fuzz " + std::string(wrong), source_folder());
    EXPECT_EQ(refused.exit_code, 2) << wrong;
    EXPECT_EQ(refused.out, "") << wrong;
    EXPECT_NE(refused.err, "") << wrong;
  }
}

}  // namespace
}  // namespace omnisim::harness
