// `omnisim test` as a tester and a pipeline see it: what fails, how it is said, what is written, and the exit
// code of each kind of failure, each planted on purpose.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

ProcessResult test(const std::string& arguments) {
  return run_shell("%P test " + arguments, source_folder());
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  const std::size_t start = text.rfind('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1, end - start);
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A copy of a shipped scenario in a folder of its own, with parts of its text exchanged.
class Planted {
 public:
  explicit Planted(const std::string& shipped = "last-unit")
      : text_(read_text(source_folder() / "scenarios" / (shipped + ".json"))) {}
  Planted& with(const std::string& old_part, const std::string& new_part) {
    const std::size_t at = text_.find(old_part);
    EXPECT_NE(at, std::string::npos) << old_part;
    text_.replace(at, old_part.size(), new_part);
    return *this;
  }
  /// The whole `expect`, which is the last key of the file.
  Planted& expecting(const std::string& expect) {
    const std::size_t at = text_.find(",\n  \"expect\"");
    text_ = text_.substr(0, at == std::string::npos ? text_.rfind("\n}") : at) +
            ",\n  \"expect\": " + expect + "\n}\n";
    return *this;
  }
  std::string in(const TemporaryFolder& folder, const std::string& name = "planted") const {
    const std::string file = (folder.path() / (name + ".json")).string();
    std::ofstream(file) << text_;
    return file;
  }

 private:
  std::string text_;
};

/// One that ends before its parcels have arrived: broken under a pattern that promises that orders end, and
/// merely not at rest under one that does not.
Planted cut_off(const std::string& pattern) {
  Planted planted;
  planted.expecting("{\"" + pattern + "\": [\"orders.captured > 0\"]}");
  planted.with("\"quantity_each\": 1", "\"quantity_each\": 9");
  planted.with("T10:00:03Z\", \"what\": \"order\"", "T23:00:03Z\", \"what\": \"order\"");
  planted.with("\"pattern\": \"event-orchestrated\"",
               R"("systems": {"carrier": {"transit": "90h"}}, "pattern": ")" + pattern + "\"");
  return planted.with("\"hard_close_after\": \"24h\"",
                      "\"hard_close_after\": \"12h\", \"rest_within\": \"12h\"");
}

TEST(TestCommand, shipped_scenarios_pass_and_the_last_line_counts) {
  const ProcessResult result = test("scenarios/last-unit.json");
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(
      result.out,
      "pass  scenarios/last-unit.json: 6 patterns, 24 expectations, golden result\n24 passed, 0 failed\n");
  EXPECT_EQ(result.err, "");
}

TEST(TestCommand, an_expectation_that_does_not_hold_is_answered_by_1_with_value_and_unit) {
  const TemporaryFolder folder;
  const std::string file = Planted()
                               .expecting(R"({"ideal": ["oversell.units == 2", "undersell.units == 0",
    "drift.book.abs_mean == 0.25 ± 0.01", "oversell.units < 0"]})")
                               .in(folder);
  const ProcessResult result = test(file);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(says(result.out, "FAIL  " + file + ": 1 of 5 cases failed")) << result.out;
  EXPECT_TRUE(says(result.out,
                   "  ideal / expectations: oversell.units == 2 does not hold: it is 0 each, off by 2\n"));
  EXPECT_TRUE(says(result.out, "± 0.01 does not hold: it is 0 each, off by 0.25\n")) << result.out;
  EXPECT_TRUE(says(result.out, "oversell.units < 0 does not hold: it is 0 each\n")) << result.out;
  EXPECT_FALSE(says(result.out, "undersell.units"));
  EXPECT_TRUE(says(result.out, "again: omnisim run " + file + " --pattern ideal --seed 1\n"));
  EXPECT_EQ(last_line(result.out), "4 passed, 1 failed");
}

TEST(TestCommand, a_figure_that_a_run_does_not_have_is_said_to_be_none) {
  const TemporaryFolder folder;
  const std::string file = Planted().expecting(R"({"ideal": ["oversell.rate == 0"]})").in(folder);
  const ProcessResult result = test(file);
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  EXPECT_TRUE(says(result.out, "does not hold: the run has no such figure")) << result.out;
}

TEST(TestCommand, a_star_is_every_shipped_pattern) {
  const TemporaryFolder folder;
  const std::string file = Planted().expecting(R"({"*": ["undersell.units == 0"]})").in(folder);
  const ProcessResult result = test(file);
  EXPECT_TRUE(says(result.out, ": 6 patterns, 6 expectations, no golden result (--accept writes it)\n"))
      << result.out;
  EXPECT_EQ(last_line(result.out), "18 passed, 0 failed");
}

TEST(TestCommand, a_golden_result_is_accepted_kept_and_compared_figure_by_figure) {
  const TemporaryFolder folder;
  const std::string file = Planted().in(folder);
  const std::string golden = (folder.path() / "golden/planted.json").string();
  ASSERT_EQ(test(file + " --accept").exit_code, 0);
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"golden", "golden/planted.json", "planted.json"}));
  const std::string accepted = read_text(golden);
  EXPECT_EQ(test(file).exit_code, 0);

  const auto plant = [&](const std::string& old_part, const std::string& new_part) {
    std::string text = accepted;
    ASSERT_NE(text.find(old_part), std::string::npos) << old_part;
    std::ofstream(golden) << text.replace(text.find(old_part), old_part.size(), new_part);
  };
  plant("\"oversell.units\": [1, 0, 0, 2, 1, 2]", "\"oversell.units\": [1, 0, 0, 5, 1, 2]");
  const ProcessResult result = test(file);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(says(result.out, "  nightly-batch / golden: 1 of ")) << result.out;
  EXPECT_TRUE(says(result.out,
                   "      metric                golden           now    difference  unit\n"
                   "      oversell.units             5             2            -3  each\n"))
      << result.out;
  EXPECT_EQ(last_line(result.out), "23 passed, 1 failed");

  const std::string fingerprint = Json::parse(accepted)["fingerprints"][2];
  plant(fingerprint, "0123456789abcdef0123456789abcdef");
  const ProcessResult other = test(file);
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_TRUE(says(other.out, "  ideal / golden: every one of ")) << other.out;

  EXPECT_EQ(test(file + " --accept").exit_code, 0);
  EXPECT_EQ(read_text(golden), accepted);
}

TEST(TestCommand, the_smallest_difference_of_a_figure_is_a_difference) {
  const TemporaryFolder folder;
  const std::string file = Planted().in(folder);
  const std::string golden = (folder.path() / "golden/planted.json").string();
  ASSERT_EQ(test(file + " --accept").exit_code, 0);
  Json document = Json::parse(read_text(golden));
  double& drift = document["metrics"]["drift.book.abs_mean"][3].get_ref<double&>();
  drift = std::nextafter(drift, 1.0);
  std::ofstream(golden) << document.dump();
  EXPECT_EQ(test(file).exit_code, 1);
}

TEST(TestCommand, bad_input_is_answered_by_2_and_nothing_is_run_or_written) {
  const TemporaryFolder folder;
  Planted().in(folder, "good");
  Planted().with("\"name\": \"last-unit\"", "\"nmae\": \"last-unit\"").in(folder, "misspelt");
  Planted().expecting(R"({"ideal": ["oversel.units == 0"], "idael": []})").in(folder, "unknown");
  const std::vector<std::string> before = folder.files();
  for (const char* option : {"", " --accept"}) {
    const ProcessResult result =
        test(folder.path().string() + option + " --junit " + (folder.path() / "junit.xml").string());
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(says(result.err, "misspelt.json:/nmae: ")) << result.err;
    EXPECT_TRUE(says(result.err,
                     "unknown.json:/expect/ideal/0: there is no metric \"oversel.units\" (did you mean "
                     "\"oversell.units\"?)\n"))
        << result.err;
    EXPECT_TRUE(says(result.err, "unknown.json:/expect/idael: there is no such pattern")) << result.err;
    EXPECT_EQ(folder.files(), before);
  }
}

class BadPaths : public testing::TestWithParam<const char*> {};
TEST_P(BadPaths, are_answered_by_2_and_one_line) {
  const ProcessResult result = test(GetParam());
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  EXPECT_EQ(result.out, "");
}
INSTANTIATE_TEST_SUITE_P(Bad, BadPaths,
                         testing::Values("no-such-folder", "tests/architecture",
                                         "scenarios/last-unit.json --jobs 0",
                                         "scenarios/last-unit.json --junit scenarios",
                                         "scenarios/last-unit.json --junit CMakeLists.txt/j.xml"));

TEST(TestCommand, a_golden_file_that_is_none_is_bad_input_until_it_is_accepted_anew) {
  const TemporaryFolder folder;
  const std::string file = Planted().in(folder);
  fs::create_directory(folder.path() / "golden");
  const std::string golden = (folder.path() / "golden/planted.json").string();
  for (
      const char* text :
      {"<<<<<<< HEAD\n", "{}", "[]",
       R"({"schema": "omnisim.golden/1", "patterns": 3, "fingerprints": [], "metrics": {}})",
       R"({"schema": "omnisim.golden/1", "patterns": [1], "fingerprints": [""], "metrics": {}})",
       R"({"schema": "omnisim.golden/1", "patterns": ["ideal"], "fingerprints": [""], "metrics": {"a": [1, 2]}})",
       R"({"schema": "omnisim.golden/1", "patterns": ["ideal"], "fingerprints": [""], "metrics": {"a": [true]}})"}) {
    std::ofstream(golden) << text;
    const ProcessResult result = test(file);
    EXPECT_EQ(result.exit_code, 2) << text << result.out;
    EXPECT_TRUE(says(result.err, "golden/planted.json:")) << text << result.err;
  }
  EXPECT_EQ(test(file + " --accept").exit_code, 0);
  EXPECT_EQ(test(file).exit_code, 0);
}

TEST(TestCommand, a_broken_invariant_is_answered_by_3_with_what_replays_it_and_is_never_accepted) {
  const TemporaryFolder folder;
  const std::string file = cut_off("event-orchestrated").in(folder);
  for (const char* option : {"", " --accept"}) {
    const ProcessResult result = test(file + option);
    EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
    EXPECT_TRUE(says(result.out, "  event-orchestrated / invariants: order.terminal is broken: "))
        << result.out;
    EXPECT_TRUE(says(result.out, "      seed 1, version 0.")) << result.out;
    EXPECT_TRUE(says(result.out, ", scenario hash ")) << result.out;
    EXPECT_TRUE(says(result.out, "again: omnisim run " + file)) << result.out;
    EXPECT_EQ(folder.files(), std::vector<std::string>{"planted.json"});
  }
}

TEST(TestCommand, a_run_that_does_not_come_to_rest_is_answered_by_4_and_is_never_accepted) {
  const TemporaryFolder folder;
  const std::string file = cut_off("nightly-batch").in(folder);
  const ProcessResult result = test(file + " --accept");
  EXPECT_EQ(result.exit_code, 4) << result.out << result.err;
  EXPECT_TRUE(says(result.out, "  nightly-batch / rest: did not come to rest; pending:\n      "))
      << result.out;
  EXPECT_TRUE(says(result.out, "golden result not accepted")) << result.out;
  EXPECT_EQ(folder.files(), std::vector<std::string>{"planted.json"});
}

TEST(TestCommand, the_worst_failure_decides_and_all_are_told) {
  const TemporaryFolder folder;
  Planted().expecting(R"({"ideal": ["oversell.units == 2"]})").in(folder, "a");
  cut_off("nightly-batch").in(folder, "b");
  EXPECT_EQ(test(folder.path().string()).exit_code, 4);
  cut_off("event-orchestrated").in(folder, "c");
  const ProcessResult result = test(folder.path().string());
  EXPECT_EQ(result.exit_code, 3);
  for (const char* kind : {"ideal / expectations", "nightly-batch / rest", "event-orchestrated / invariants"})
    EXPECT_TRUE(says(result.out, kind)) << result.out;
}

TEST(TestCommand, the_answer_does_not_depend_on_the_number_of_jobs) {
  const std::string paths =
      "scenarios/promotion-api-limits.json last-unit scenarios/theory/mm1.json last-unit";
  const ProcessResult one = test(paths + " --jobs 1");
  const ProcessResult four = test(paths + " --jobs 4");
  EXPECT_EQ(one.exit_code, 0) << one.out << one.err;
  EXPECT_EQ(one.out, four.out);
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 4)
      << "what is named twice is run once: " << one.out;
}

TEST(TestCommand, a_scenario_without_its_data_is_skipped_and_said) {
  const ProcessResult result = test("scenarios/online-retail.json");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out.rfind("skip  scenarios/online-retail.json: it names no trace", 0), 0U) << result.out;
  EXPECT_EQ(last_line(result.out), "0 passed, 0 failed");
}

TEST(TestCommand, json_is_exactly_one_document) {
  const TemporaryFolder folder;
  const std::string file = Planted().expecting(R"({"ideal": ["oversell.units == 2"]})").in(folder);
  const ProcessResult result = test(file + " --json");
  EXPECT_EQ(result.exit_code, 1);
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["schema"], "omnisim.test/1");
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(json["passed"], 4);
  EXPECT_EQ(json["exit_code"], 1);
  const Json pattern = json["scenarios"][0]["patterns"][1];
  EXPECT_EQ(pattern["pattern"], "ideal");
  EXPECT_EQ(pattern["cases"][2]["kind"], "expectations");
  EXPECT_EQ(pattern["cases"][2]["result"], "failed");
}

TEST(TestCommand, junit_is_xml_with_a_suite_a_scenario_and_a_case_a_pattern_and_kind) {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  Planted().expecting(R"({"ideal": ["oversell.units < 0", "oversell.units == 0"]})").in(folder, "a & <b>");
  cut_off("event-orchestrated").in(folder, "c");
  const std::string junit = (out.path() / "deep/junit.xml").string();
  EXPECT_EQ(test(folder.path().string() + " scenarios/online-retail.json --junit " + junit).exit_code, 3);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(junit.c_str()));
  const pugi::xml_node root = document.child("testsuites");
  EXPECT_EQ(root.attribute("tests").as_int(), static_cast<int>(document.select_nodes("//testcase").size()));
  EXPECT_EQ(root.attribute("failures").as_int(), static_cast<int>(document.select_nodes("//failure").size()));
  EXPECT_EQ(root.attribute("skipped").as_int(), static_cast<int>(document.select_nodes("//skipped").size()));
  EXPECT_EQ(document.select_nodes("//testsuite").size(), 3U);
  const pugi::xml_node first = root.child("testsuite");
  EXPECT_TRUE(says(first.attribute("file").value(), "/a & <b>.json"));
  const pugi::xml_node missed =
      document.select_node("//testcase[@classname='last-unit.ideal'][@name='expectations']").node();
  EXPECT_STREQ(missed.child("failure").attribute("message").value(),
               "oversell.units < 0 does not hold: it is 0 each");
  EXPECT_TRUE(says(missed.child("system-out").text().get(), "again: omnisim run '"))
      << missed.child("system-out").text().get();
  EXPECT_EQ(document.select_nodes("//testcase[@name='invariants']/failure").size(), 1U);
  EXPECT_TRUE(document.select_node("//testcase[@classname='online-retail']/skipped"));
}

TEST(TestCommand, ctrl_c_ends_it_with_130_and_leaves_nothing_behind) {
  const TemporaryFolder folder;
  Planted().in(folder, "a-finished-one");
  Planted("omnichannel-week").in(folder);
  const std::vector<std::string> before = folder.files();
  const std::string command = "%P test " + folder.path().string() + " --accept --junit " +
                              (folder.path() / "junit.xml").string() + " --jobs 2 & child=$!; " +
                              until_it_runs +
                              "sleep 1; kill -INT $child; wait $child; code=$?; "
                              "pgrep -P $child >/dev/null && exit 99; exit $code";
  const ProcessResult result = run_shell(command, source_folder());
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(folder.files(), before);
}

}  // namespace
}  // namespace omnisim::harness
