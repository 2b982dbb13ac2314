// Every shipped defect hurts as its scenario says, and it is the defect that does: without it the books of
// the same scenario are right to the cent.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "models/faults/defects.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::vector<std::string> scenarios_of_defects() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(source_folder() / "scenarios/defects")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

double metric(const Json& result, const std::string& name) {
  if (const auto found = result["metrics"].find(name); found != result["metrics"].end()) return *found;
  ADD_FAILURE() << "no metric " << name;
  return -1;
}

class DefectScenario : public testing::TestWithParam<std::string> {};

TEST_P(DefectScenario, is_right_to_the_cent_without_its_defect) {
  const ProcessResult run =
      run_shell("%P run scenarios/defects/" + GetParam() + " --json --set 'faults=[]' --set 'expect={}'",
                source_folder());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Json result = Json::parse(run.out);
  EXPECT_EQ(metric(result, "close.misstatement"), 0);
  EXPECT_EQ(metric(result, "dead_letters"), 0);
}

TEST_P(DefectScenario, hurts_as_it_says) {
  const ProcessResult run = run_shell("%P run scenarios/defects/" + GetParam() + " --json", source_folder());
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const Json result = Json::parse(run.out);
  ASSERT_GT(result["expectations"].size(), 0U);
  for (const Json& expectation : result["expectations"]) EXPECT_TRUE(expectation["held"]) << expectation;
}

INSTANTIATE_TEST_SUITE_P(Shipped, DefectScenario, testing::ValuesIn(scenarios_of_defects()),
                         [](const auto& file) { return file.param.substr(0, file.param.find('-')); });

TEST(DefectScenarios, there_is_one_for_each_defect) {
  const std::vector<std::string> files = scenarios_of_defects();
  for (const models::Defect& defect : models::defects()) {
    std::string id(defect.id.substr(1));
    if (id.size() == 1 || id[1] == 'b') id.insert(0, "0");
    const auto has = [&](const std::string& file) { return file.starts_with("d" + id + "-"); };
    EXPECT_TRUE(std::any_of(files.begin(), files.end(), has)) << defect.id;
  }
}

/// The residual of an unknown fee goes where nobody looks if nothing checks that a settlement adds up.
TEST(DefectScenarios, schema_validation_keeps_a_fee_without_a_label_out_of_suspense) {
  const ProcessResult run = run_shell(
      "%P run scenarios/defects/d07-fee-label-renamed.json --json --set "
      "pattern.capabilities.schema_validation=false "
      "--set 'expect={}'",
      source_folder());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Json result = Json::parse(run.out);
  EXPECT_DOUBLE_EQ(metric(result, "close.misstatement"), 6);
  EXPECT_DOUBLE_EQ(metric(result, "close.misstatement.9999"), 3);
  EXPECT_DOUBLE_EQ(metric(result, "close.misstatement.6110"), 3);
  EXPECT_DOUBLE_EQ(metric(result, "close.misstatement.classification"), 6);
  EXPECT_EQ(metric(result, "dead_letters"), 0);
}

class BadDefect : public testing::TestWithParam<const char*> {};
TEST_P(BadDefect, is_refused_with_its_place) {
  const ProcessResult run = run_shell(
      std::string("%P run scenarios/defects/d14-till-uploads-twice.json --set 'faults=[") + GetParam() + "]'",
      source_folder());
  EXPECT_EQ(run.exit_code, 2) << run.out;
  EXPECT_NE(run.err.find("/faults/0"), std::string::npos) << run.err;
}
INSTANTIATE_TEST_SUITE_P(Faults, BadDefect,
                         testing::Values(R"({"kind": "defect"})", R"({"kind": "defect", "id": "D66"})",
                                         R"({"kind": "defect", "id": "D6", "target": "tills"})",
                                         R"({"kind": "defect", "id": "D6", "from": "2026-03-02T00:00:00Z"})",
                                         R"({"kind": "defect", "id": "D14", "target": "journal"})",
                                         R"({"kind": "defect", "id": "D2", "item": "NONE"})",
                                         R"({"kind": "loss"})", R"({"kind": "poison", "target": "journal"})",
                                         R"({"kind": "schema_change", "target": "tills", "find": "x"})",
                                         R"({"kind": "dropped_field", "target": "tills"})",
                                         R"({"kind": "unknown_item", "target": "tills"})",
                                         R"({"kind": "wrong_zone", "target": "tills"})"));

}  // namespace
}  // namespace omnisim::harness
