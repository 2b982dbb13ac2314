#include "reports/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/csv.hpp"
#include "tests/reports/sample.hpp"

namespace omnisim::reports {
namespace {

using nlohmann::json;

TEST(RunJson, is_what_the_contract_fixes) {
  const json run = json::parse(run_json(sample::run()));
  EXPECT_EQ(run["schema"], "omnisim.run/1");
  EXPECT_EQ(run["scenario"], "last-unit");
  EXPECT_EQ(run["pattern"], "nightly-batch");
  EXPECT_EQ(run["seed"], 7);
  EXPECT_EQ(run["fingerprint"], "00112233445566778899aabbccddeeff");
  EXPECT_EQ(
      run["simulated"],
      json::parse(R"({"from": "2026-11-27T00:00:00Z", "to": "2026-12-01T00:00:00Z", "seconds": 345600})"));
  EXPECT_EQ(run["cost"]["canonical_messages"], 301'222);
  EXPECT_EQ(run["metrics"]["oversell.units"], 3);
  EXPECT_TRUE(run["metrics"]["oversell.units"].is_number_integer());
  EXPECT_DOUBLE_EQ(run["metrics"]["oversell.rate"], 0.0021);
  EXPECT_EQ(run["invariants"][1]["held"], false);
  EXPECT_EQ(run["expectations"][0],
            json::parse(R"({"expect": "oversell.units == 0", "held": false, "value": 3})"));
}

TEST(RunJson, keys_stand_in_the_order_of_the_contract) {
  const auto run = nlohmann::ordered_json::parse(run_json(sample::run()));
  std::vector<std::string> keys;
  for (const auto& [key, value] : run.items()) keys.push_back(key);
  EXPECT_EQ(keys, (std::vector<std::string>{"schema", "scenario", "scenario_hash", "pattern", "seed",
                                            "version", "fingerprint", "simulated", "cost", "metrics",
                                            "invariants", "expectations"}));
}

TEST(RunJson, only_cost_differs_between_repetitions) {
  RunResult again = sample::run();
  EXPECT_EQ(run_json(sample::run()), run_json(again));
  again.cost.wall_seconds = 99;
  json first = json::parse(run_json(sample::run()));
  json second = json::parse(run_json(again));
  EXPECT_NE(first, second);
  first.erase("cost");
  second.erase("cost");
  EXPECT_EQ(first, second);
}

TEST(RunJson, figures_that_are_not_finite_are_left_out) {
  RunResult result = sample::run();
  result.metrics = {{"a", std::numeric_limits<double>::quiet_NaN()},
                    {"b", std::numeric_limits<double>::infinity()},
                    {"c", -0.0}};
  result.expectations = {{"a == 0", false, std::numeric_limits<double>::quiet_NaN()}};
  const std::string text = run_json(result);
  EXPECT_EQ(json::parse(text)["metrics"], json::parse(R"({"c": 0})"));
  EXPECT_EQ(text.find("null"), std::string::npos);
  EXPECT_EQ(text.find("-0"), text.find("-01T"));  // The only one is a date's.
}

TEST(RunJson, doubles_read_back_bit_for_bit) {
  RunResult result = sample::run();
  const std::vector<double> values = {0.1,       1.0 / 3, 5e-324, 1.7976931348623157e308, 9007199254740993.0,
                                      123456.789};
  result.metrics.clear();
  for (std::size_t i = 0; i < values.size(); ++i)
    result.metrics.push_back({"m" + std::to_string(i), values[i]});
  const json metrics = json::parse(run_json(result))["metrics"];
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(metrics["m" + std::to_string(i)].get<double>(), values[i]);
  }
}

TEST(RunJson, bytes_that_are_not_utf8_do_not_throw) {
  RunResult result = sample::run();
  result.scenario = "bad \xff\xfe name";
  EXPECT_EQ(json::parse(run_json(result))["scenario"], "bad \uFFFD\uFFFD name");
}

TEST(CompareJson, has_each_metric_of_each_pattern_and_each_pair) {
  const json compare = json::parse(compare_json(sample::comparison()));
  EXPECT_EQ(compare["schema"], "omnisim.compare/1");
  EXPECT_EQ(compare["patterns"].size(), 6U);
  const json& oversold = compare["patterns"]["nightly-batch"]["metrics"]["oversell.units"];
  EXPECT_EQ(oversold["mean"], 431);
  EXPECT_DOUBLE_EQ(oversold["half_width"], 25.86);
  EXPECT_EQ(oversold["n"], 5);
  EXPECT_EQ(compare["differences"].size(), 15U);
  EXPECT_EQ(compare["differences"][0]["a"], "ideal");
  EXPECT_EQ(compare["differences"][0]["b"], "nightly-batch");
  EXPECT_EQ(compare["differences"][0]["metrics"]["oversell.units"]["mean"], -431);
}

TEST(CompareJson, patterns_stand_in_the_order_asked_for) {
  const auto compare = nlohmann::ordered_json::parse(compare_json(sample::comparison()));
  EXPECT_EQ(compare["patterns"].begin().key(), "ideal");
  EXPECT_EQ(compare["patterns"].size(), sample::comparison().patterns.size());
}

TEST(MetricsCsv, has_one_point_a_row) {
  EXPECT_EQ(metrics_csv(sample::run()),
            "series,unit,time,value\n"
            "drift.book.abs_mean,each,2026-11-27T00:00:00Z,0\n"
            "drift.book.abs_mean,each,2026-11-27T01:00:00Z,0.5\n"
            "drift.book.abs_mean,each,2026-11-27T02:00:00Z,0.25\n");
}

TEST(MetricsCsv, of_a_comparison_names_the_pattern_of_each_point) {
  CompareResult result = sample::comparison();
  result.patterns = {result.patterns[1]};
  result.patterns[0].series = {{"drift", "each", {{sample::hour(0), std::nan("")}, {sample::hour(1), 2.5}}}};
  EXPECT_EQ(metrics_csv(result),
            "pattern,series,unit,time,value\nnightly-batch,drift,each,2026-11-23T01:00:00Z,2.5\n");
}

TEST(MetricsCsv, fields_are_quoted_and_formulas_disarmed) {
  RunResult result = sample::run();
  result.series = {{"a,\"b\"", "=1+1", {{sample::hour(0), 1}}}};
  EXPECT_EQ(metrics_csv(result), "series,unit,time,value\n\"a,\"\"b\"\"\",'=1+1,2026-11-23T00:00:00Z,1\n");
}

}  // namespace
}  // namespace omnisim::reports
