// Golden results and the texts of `omnisim test`, without running anything.
#include "harness/test/golden.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <pugixml.hpp>

#include "harness/exit_code.hpp"
#include "harness/run_files.hpp"
#include "harness/test/judge.hpp"
#include "harness/test/suite_text.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

reports::RunResult result_of(std::vector<reports::Metric> metrics) {
  reports::RunResult result;
  result.fingerprint = "0123456789abcdef0123456789abcdef";
  result.metrics = std::move(metrics);
  return result;
}

TEST(Golden, is_read_back_bit_for_bit) {
  const Golden golden{{{"a", {"f1", {{"one", 1}, {"third", 1.0 / 3}, {"tiny", 5e-324}, {"large", 1e300}}}},
                       {"b", {"f2", {{"one", -2}, {"minus", -0.1}, {"whole", 9007199254740993.0}}}}}};
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "golden.json").string();
  std::ofstream(file) << golden_text("name \"with\" quotes", golden);
  const std::optional<Golden> read = read_golden(file);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->patterns.size(), 2U);
  for (const auto& [pattern, run] : golden.patterns) {
    EXPECT_EQ(read->patterns.at(pattern).fingerprint, run.fingerprint);
    EXPECT_EQ(read->patterns.at(pattern).metrics, run.metrics) << "and what a run does not have is not there";
  }
}

TEST(Golden, is_kept_beside_its_scenario) {
  EXPECT_EQ(golden_file_of("scenarios/stock/one.json"), "scenarios/stock/golden/one.json");
  EXPECT_EQ(golden_file_of("one.json"), "golden/one.json");
  EXPECT_FALSE(read_golden("scenarios/golden/no-such-scenario.json"));
}

TEST(Golden, of_the_source_tree_all_belong_to_a_scenario) {
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source_folder() / "scenarios")) {
    if (entry.path().parent_path().filename() != "golden") continue;
    ++seen;
    EXPECT_TRUE(fs::exists(entry.path().parent_path().parent_path() / entry.path().filename()))
        << entry.path();
  }
  EXPECT_GE(seen, 10U);
}

TEST(GoldenDifference, tells_what_changed_what_came_and_what_went) {
  const Golden golden{{{"a", {result_of({}).fingerprint, {{"changed", 2}, {"gone", 1}, {"same", 3}}}},
                       {"b", {"", {{"came", 0}}}}}};
  const GoldenDifference difference = differences(
      golden, "a", result_of({{"came", 7, "each"}, {"changed", 2.5, "EUR"}, {"newer", 1}, {"same", 3}}));
  EXPECT_FALSE(difference.other_events);
  EXPECT_EQ(difference.compared, 4U);
  EXPECT_EQ(difference.unknown, 1U) << "a metric that the golden result has of no pattern is newer than it";
  EXPECT_THAT(difference_table(difference, 10),
              ElementsAre("metric         golden           now    difference  unit",
                          "came             none             7                each",
                          "gone                1          none",
                          "changed             2           2.5          +0.5  EUR"));
  EXPECT_THAT(difference_table(difference, 1),
              ElementsAre(HasSubstr("metric"), HasSubstr("came"), "and 2 more"));
}

TEST(GoldenDifference, is_none_where_every_bit_is_the_same_and_one_where_only_the_events_differ) {
  Golden golden{{{"a", golden_run(result_of({{"x", 1.0 / 3}}))}}};
  EXPECT_TRUE(differences(golden, "a", result_of({{"x", 1.0 / 3}})).none());
  EXPECT_FALSE(differences(golden, "a", result_of({{"x", std::nextafter(1.0 / 3, 1)}})).none());
  golden.patterns["a"].fingerprint = "other";
  EXPECT_TRUE(differences(golden, "a", result_of({{"x", 1.0 / 3}})).other_events);
}

TEST(Miss, is_told_with_unit_and_distance) {
  EXPECT_EQ(describe_miss({"oversell.units == 0", false, 3, "each"}),
            "oversell.units == 0 does not hold: it is 3 each, off by 3");
  EXPECT_EQ(describe_miss({"fill.rate >= 0.98", false, 0.5, "1"}),
            "fill.rate >= 0.98 does not hold: it is 0.5, off by 0.48");
  EXPECT_EQ(describe_miss({"oversell.units != 3", false, 3, "each"}),
            "oversell.units != 3 does not hold: it is 3 each");
  EXPECT_EQ(describe_miss({.expect = "oversell.rate == 0", .held = false, .defined = false}),
            "oversell.rate == 0 does not hold: the run has no such figure");
}

TEST(Judge, a_run_whose_process_died_is_a_bug) {
  Plan plan;
  plan.pattern.name = "ideal";
  const PatternTest tested = judge_dead(plan, "the run's process was killed by signal 11");
  EXPECT_EQ(tested.exit_code, invariant_broken);
  EXPECT_TRUE(is_unsound(tested));
}

TEST(Judge, an_invariant_that_is_not_promised_may_break) {
  Outcome outcome;
  outcome.result = result_of({});
  outcome.result.invariants.push_back(
      {.id = "once.only", .held = false, .promised = false, .detail = "twice"});
  EXPECT_EQ(judge({}, {}, outcome).exit_code, done);
  outcome.result.invariants.back().promised = true;
  EXPECT_EQ(judge({}, {}, outcome).exit_code, invariant_broken);
}

TEST(Judge, a_run_that_an_invariant_stopped_has_no_other_case) {
  Outcome outcome;
  outcome.result.invariants.push_back({.id = "core.consistent", .held = false, .detail = "below zero"});
  const PatternTest tested = judge({}, {}, outcome);
  ASSERT_EQ(tested.cases.size(), 1U);
  EXPECT_EQ(tested.cases[0].lines[0], "core.consistent is broken: below zero");
}

TEST(Junit, is_xml_whatever_is_in_a_name) {
  ScenarioTest test;
  test.name =
      "a\x01"
      "b\xff<&\"'";
  test.file = "folder/\x1b[31m.json";
  ScenarioReport scenario;
  scenario.test = &test;
  PatternTest pattern;
  pattern.pattern = "ideal";
  pattern.cases.push_back({"golden", CaseResult::failed, {"one ]]> \x02", "two"}});
  scenario.patterns.push_back(pattern);
  SuiteReport report;
  report.scenarios.push_back(scenario);
  const std::string xml = junit_xml(report);
  EXPECT_EQ(std::count_if(xml.begin(), xml.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; }), 0);
  EXPECT_EQ(xml.find("&#"), std::string::npos) << xml;
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(xml.c_str())) << xml;
  EXPECT_STREQ(document.select_node("//testcase").node().attribute("classname").value(),
               "a?b\xc3\xbf<&\"'.ideal");
  EXPECT_STREQ(document.select_node("//failure").node().text().get(), "one ]]> ?\ntwo\n");
}

}  // namespace
}  // namespace omnisim::harness
