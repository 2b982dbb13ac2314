// The committed schemas are those that the program's own descriptions give, and every shipped file passes
// both. After a change of a description: OMNISIM_ACCEPT=1 and this test write the schemas anew.
#include "harness/scenario/schema.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
// valijson aborts instead of throwing without this.
#ifndef VALIJSON_USE_EXCEPTIONS
#define VALIJSON_USE_EXCEPTIONS 1
#endif
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "harness/scenario/load.hpp"
#include "harness/scenario/writer.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

void expect_committed(const std::string& name, const std::string& generated) {
  const fs::path file = source_folder() / "scenarios/schema" / name;
  if (std::getenv("OMNISIM_ACCEPT") != nullptr) std::ofstream(file, std::ios::binary) << generated;
  EXPECT_EQ(read_text(file), generated) << name << " is out of date: run this test with OMNISIM_ACCEPT=1";
}

TEST(Schema, the_committed_files_are_the_generated_ones) {
  expect_committed("scenario.schema.json", scenario_schema());
  expect_committed("pattern.schema.json", pattern_schema());
}

/// What valijson has against a document; empty where nothing.
std::string objections(const std::string& schema_text, const Json& document) {
  const Json schema_json = Json::parse(schema_text);
  valijson::Schema schema;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target(document);
  if (validator.validate(schema, target, &results)) return "";
  std::string text;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text;
}

TEST(Schema, accepts_every_shipped_scenario_and_pattern) {
  for (const std::string& file : scenario_files()) {
    EXPECT_EQ(objections(scenario_schema(), parse_json(read_file(file), file)), "") << file;
  }
  for (const std::string& name : pattern_names()) {
    const std::string file = scenarios_folder() + "/patterns/" + name + ".json";
    EXPECT_EQ(objections(pattern_schema(), parse_json(read_file(file), file)), "") << file;
  }
}

TEST(Schema, refuses_what_the_reader_refuses) {
  const char* good = R"({"name": "x", "demand": {"promise": "72h", "cash_share": 0.5}})";
  EXPECT_EQ(objections(scenario_schema(), Json::parse(good)), "");
  for (const char* bad :
       {R"({"name": "x", "demnad": {}})", R"({"demand": {}})", R"({"name": "x", "demand": {"promise": 72}})",
        R"({"name": "x", "demand": {"cash_share": 2}})",
        R"({"name": "x", "channels": [{"code": "a", "kind": "shop"}]})",
        R"({"name": "x", "demand": {"return_after": {"dist": "lognormal", "median": "1h"}}})",
        R"({"name": "x", "systems": {"erp": {"api_slots": -1}}})"}) {
    EXPECT_NE(objections(scenario_schema(), Json::parse(bad)), "") << bad;
  }
}

TEST(Files, every_shipped_scenario_is_valid_under_every_pattern) {
  for (const std::string& file : scenario_files()) {
    const LoadedScenario scenario = load_scenario(file, {}, /*needs_trace=*/false);
    EXPECT_NO_THROW(make_plan(scenario, pattern_for(scenario, ""))) << file;
    for (const std::string& name : pattern_names())
      EXPECT_NO_THROW(make_plan(scenario, load_pattern(name, {}))) << file << " " << name;
  }
}

TEST(Files, a_resolved_scenario_reads_back_as_the_same_plan) {
  const TemporaryFolder folder;
  for (const std::string& file : scenario_files()) {
    const LoadedScenario scenario = load_scenario(file, {}, false);
    const Plan plan = make_plan(scenario, pattern_for(scenario, ""));
    const std::string resolved = (folder.path() / "scenario.resolved.json").string();
    std::ofstream(resolved, std::ios::binary) << plan.resolved_json;
    const LoadedScenario again = load_scenario(resolved, {}, false);
    const Plan plan_again = make_plan(again, pattern_for(again, ""));
    EXPECT_EQ(plan_again.resolved_json, plan.resolved_json) << file;
    EXPECT_EQ(plan_again.hash, plan.hash) << file;
  }
}

TEST(Files, settings_change_the_hash_and_comments_do_not) {
  const std::string file = scenarios_folder() + "/last-unit.json";
  const auto hash = [&](const std::vector<Setting>& settings) {
    const LoadedScenario scenario = load_scenario(file, settings);
    return make_plan(scenario, pattern_for(scenario, "")).hash;
  };
  EXPECT_EQ(hash({}), hash({}));
  EXPECT_EQ(hash({}), hash({{"catalogue.items.SKU-LAST.price", "20 EUR"}}));
  EXPECT_NE(hash({}), hash({{"catalogue.items.SKU-LAST.price", "20.01 EUR"}}));
  EXPECT_NE(hash({}), hash({{"pattern.capabilities.idempotency", "false"}}));
}

TEST(Docs, the_examples_of_the_format_page_are_valid) {
  const std::string page = read_text(source_folder() / "docs/scenario-format.md");
  const TemporaryFolder folder;
  std::vector<std::string> files;
  for (std::size_t at = page.find("```json\n"); at != std::string::npos;
       at = page.find("```json\n", at + 1)) {
    const std::size_t begin = at + 8;
    files.push_back((folder.path() / ("example" + std::to_string(files.size()) + ".json")).string());
    std::ofstream(files.back(), std::ios::binary) << page.substr(begin, page.find("```", begin) - begin);
  }
  ASSERT_EQ(files.size(), 2U);
  try {
    const LoadedScenario scenario = load_scenario(files[0], {});
    EXPECT_EQ(objections(scenario_schema(), parse_json(read_file(files[0]), "")), "");
    make_plan(scenario, load_pattern(files[1], {}));
    EXPECT_EQ(objections(pattern_schema(), parse_json(read_file(files[1]), "")), "");
  } catch (const BadInput& bad) {
    ADD_FAILURE() << bad.what();
  }
}

}  // namespace
}  // namespace omnisim::harness
