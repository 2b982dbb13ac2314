// The same scenario, pattern and seed give the same result, whatever the machine does around the run.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;

// Small, but with every party, faults and a close in it.
constexpr const char* small_week =
    "run scenarios/omnichannel-week.json --set nodes.stores=3 --set catalogue.generated=60 --set "
    "calendar.to=2026-11-17T12:00:00Z "
    "--set channels.web.orders_per_day=80 --set channels.marketplace-a.orders_per_day=40 --set "
    "channels.marketplace-b.orders_per_day=20 "
    R"(--set demand.store_sales_per_day=30 --set 'faults=[{"kind": "loss", "target": "*", "probability": 0.01}, )"
    R"({"kind": "duplicate", "target": "*", "probability": 0.01}]' --set 'expect={}' --json)";

/// The JSON of a run without what it cost.
std::string result_of(const std::string& around, const std::string& pattern, int seed) {
  const ProcessResult result =
      run_shell(around + " %P " + small_week + " --pattern " + pattern + " --seed " + std::to_string(seed),
                source_folder());
  EXPECT_TRUE(result.exit_code == 0) << result.exit_code << "\n" << result.err;
  Json json = Json::parse(result.out, nullptr, false);
  if (json.is_discarded()) return "no JSON: " + result.out + result.err;
  json.erase("cost");
  return json.dump(1);
}

class Surroundings : public testing::TestWithParam<const char*> {};

TEST_P(Surroundings, change_nothing) {
  for (const char* pattern : {"event-orchestrated", "nightly-batch"}) {
    EXPECT_EQ(result_of(GetParam(), pattern, 1), result_of("", pattern, 1)) << pattern;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Surroundings,
                         testing::Values("", "setarch -R", "env MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1",
                                         "env LC_ALL=tr_TR.UTF-8", "env -i", "env TZ=Asia/Kathmandu",
                                         "nice -n 10"));

TEST(Seeds, differ_in_their_fingerprints) {
  const Json one = Json::parse(result_of("", "event-orchestrated", 1));
  const Json two = Json::parse(result_of("", "event-orchestrated", 2));
  EXPECT_NE(one["fingerprint"], two["fingerprint"]);
  EXPECT_EQ(one["scenario_hash"], two["scenario_hash"]);
}

TEST(Compare, gives_the_same_with_one_job_and_with_two_and_when_it_is_resumed) {
  const TemporaryFolder folder;
  std::string command = small_week;
  command.replace(0, 3, "compare");
  command += " --patterns ideal,event-orchestrated --seeds 3";
  const std::string out = (folder.path() / "out").string();
  const ProcessResult one = run_shell("%P " + command + " --jobs 1", source_folder());
  const ProcessResult two = run_shell("%P " + command + " --jobs 2 --out " + out, source_folder());
  EXPECT_EQ(one.out, two.out);
  EXPECT_EQ(one.exit_code, 0) << one.err;

  // As if an interrupt had come in the middle of the third result.
  const std::string cut = "head -c $(( $(head -n 2 " + out + "/results.jsonl | wc -c) + 100 )) " + out +
                          "/results.jsonl > " + out + "/cut && mv " + out + "/cut " + out + "/results.jsonl";
  ASSERT_EQ(run_shell(cut, source_folder()).exit_code, 0);
  const ProcessResult resumed =
      run_shell("%P " + command + " --jobs 2 --resume --out " + out, source_folder());
  EXPECT_EQ(resumed.out, one.out);
}

}  // namespace
}  // namespace omnisim::harness
