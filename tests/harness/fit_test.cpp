// What a trace is like, and a scenario that is like it. Small traces are worked out by hand; of large ones
// the parameters are known that they were drawn with.
#include "harness/import/fit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/import/trace_file.hpp"
#include "harness/scenario/values.hpp"
#include "models/choice.hpp"
#include "models/demand/market.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using namespace std::chrono_literals;
using models::TraceKind;
using models::TraceRow;

core::Code code(const std::string& text) { return *core::Code::from(text); }

/// Monday 2026-11-16.
Time monday() { return Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 16}}; }

TraceRow row(Time at, const std::string& document, const std::string& item, std::int32_t units,
             std::int64_t minor, const std::string& customer = "ANN") {
  TraceRow made;
  made.at = at;
  made.kind = units > 0 ? TraceKind::sale : TraceKind::cancellation;
  made.has_customer = true;
  made.customer = code(customer);
  made.document = code(document);
  made.item = code(item);
  made.quantity_each = units;
  made.amount = {minor};
  return made;
}

TEST(Statistics, of_a_small_trace_are_those_worked_out_by_hand) {
  models::Trace trace{.currency = "GBP", .rows = {}};
  trace.rows = {row(monday() + 9h, "1", "CUP", 2, 400),
                row(monday() + 9h, "1", "POT", 1, 1000),
                row(monday() + 9h, "1", "CUP", 1, 200),
                row(monday() + 10h, "2", "CUP", 1, 220, "BEN"),
                row(monday() + 33h, "3", "CUP", 4, 760),
                row(monday() + 35h, "C1", "CUP", -1, -190),
                row(monday() + 36h, "C2", "CUP", -1, -190, "CEM"),
                row(monday() + 57h, "C3", "POT", -1, -1000)};
  const DemandStatistics s = statistics_of(trace);
  EXPECT_EQ(s.orders, 3);
  EXPECT_EQ(s.days, 2) << "to the end of the day of the last order";
  EXPECT_DOUBLE_EQ(s.hours[9], 2.0 / 3);
  EXPECT_DOUBLE_EQ(s.weekdays[0], 2);
  EXPECT_DOUBLE_EQ(s.weekdays[1], 1);
  EXPECT_LT(s.weekdays[2], 0) << "there was no Wednesday";
  EXPECT_EQ(s.lines, (Counts{{1, 2}, {2, 1}})) << "an item twice in an order is one line";
  EXPECT_EQ(s.units, (Counts{{1, 2}, {3, 1}, {4, 1}}));
  EXPECT_EQ(s.by_rank, (std::vector<std::int64_t>{3, 1}));
  EXPECT_DOUBLE_EQ(s.price_median, 15.8 / 8) << "CUP: 15.80 for eight";
  EXPECT_DOUBLE_EQ(s.price_p95, 10);
  EXPECT_DOUBLE_EQ(s.order_value, 25.8 / 3);
  EXPECT_DOUBLE_EQ(s.returned_units, 3.0 / 9);
  EXPECT_DOUBLE_EQ(s.returned_lines, 3.0 / 4);
  EXPECT_DOUBLE_EQ(s.matched_returns, 2.0 / 3) << "CEM never bought one";
  EXPECT_DOUBLE_EQ(s.return_median, 2.0 / 24) << "the CUP of Tuesday, not of Monday";
  EXPECT_DOUBLE_EQ(s.return_p95, 2);
}

TEST(Zipf, exponent_and_number_of_items_are_found_again) {
  for (const double exponent : {0.6, 0.9, 1.2}) {
    models::CatalogueParams catalogue;
    catalogue.generated = 500;
    const models::Choice choice(models::popularity_weights(catalogue, exponent, 500));
    sim::Stream stream(7);
    std::map<std::uint32_t, std::int64_t> counts;
    for (int i = 0; i < 60'000; ++i) ++counts[choice.draw(stream)];
    std::vector<std::int64_t> by_rank;
    for (const auto& [item, count] : counts) by_rank.push_back(count);
    std::sort(by_rank.rbegin(), by_rank.rend());
    const Zipf zipf = fit_zipf(by_rank);
    EXPECT_NEAR(zipf.exponent, exponent, 0.03);
    EXPECT_NEAR(static_cast<double>(zipf.items), 500, 25);
  }
}

/// Two weeks of orders drawn with known parameters.
models::Trace known_trace() {
  models::Trace trace{.currency = "EUR", .rows = {}};
  sim::Stream chance(99);
  models::CatalogueParams catalogue;
  catalogue.generated = 200;
  const models::Choice items(models::popularity_weights(catalogue, 0.8, 200));
  std::vector<std::int64_t> prices;
  const auto price = *sim::Distribution::make(sim::Lognormal{20, 80}, nullptr);
  for (int i = 0; i < 200; ++i)
    prices.push_back(std::max<std::int64_t>(1, std::llround(price.sample(chance) * 100)));
  std::vector<double> hours(24, 1.0);
  for (std::size_t h = 8; h < 20; ++h) hours[h] = 4;
  const sim::Arrivals arrivals(150, hours, {}, {2, 1, 1, 1, 1, 1, 0});
  std::vector<TraceRow> back;
  int number = 0;
  for (Time at = arrivals.next(monday(), chance); at < monday() + 14 * 24h; at = arrivals.next(at, chance)) {
    const std::string order = "O" + std::to_string(++number);
    const std::uint64_t lines = 1 + chance.below(3);  // 1, 2 or 3
    for (std::uint64_t k = 0; k < lines; ++k) {
      const std::uint32_t item = items.draw(chance);
      const std::int32_t units = chance.bernoulli(0.25) ? 5 : 1;
      trace.rows.push_back(row(at, order, "I" + std::to_string(item), units, prices[item] * units, order));
      if (!chance.bernoulli(0.1)) continue;
      back.push_back(
          row(at + 48h, "C" + order, "I" + std::to_string(item), -units, -prices[item] * units, order));
    }
  }
  trace.rows.insert(trace.rows.end(), back.begin(), back.end());
  std::stable_sort(trace.rows.begin(), trace.rows.end(),
                   [](const TraceRow& a, const TraceRow& b) { return a.at < b.at; });
  return trace;
}

double figure(const std::vector<Figure>& figures, const std::string& name) {
  for (const Figure& f : figures)
    if (f.name == name) return f.value;
  ADD_FAILURE() << name;
  return 0;
}

TEST(Fit, a_run_of_the_fitted_scenario_has_the_statistics_that_the_trace_was_drawn_with) {
  const Fit fitted = fit(known_trace(), "known", "known.json");
  EXPECT_EQ(fitted.refused_lines, 0);
  ASSERT_EQ(fitted.of_trace.size(), fitted.of_run.size());
  const auto near = [&](const char* name, double known, double within) {
    EXPECT_NEAR(figure(fitted.of_trace, name), known, within) << name;
    EXPECT_NEAR(figure(fitted.of_run, name), known, 2 * within) << name << ", in the run";
  };
  near("orders a day", 150, 12);  // 2,100 orders: four standard deviations are 13 a day
  near("lines an order, mean", 2, 0.1);
  near("units a line, mean", 2, 0.15);
  near("items sold", 200, 8);
  near("popularity, Zipf exponent", 0.8, 0.06);
  near("price of an item, median", 20, 4);
  near("units returned or cancelled", 0.1, 0.03);
  near("return after, median", 2, 0.15);
  near("orders on a Mon", 300, 50);
  near("orders on a Sun", 0, 0);
  near("orders from 03 h", 1.0 / 60, 0.012);
  near("orders from 12 h", 4.0 / 60, 0.022);
}

TEST(Fit, knows_no_more_than_the_trace) {
  models::Trace trace{.currency = "GBP", .rows = {}};
  trace.rows = {row(monday() + 9h, "1", "CUP", 1, 400)};
  const std::string text = fitted_scenario(statistics_of(trace), "GBP", "one-order");
  const LoadedScenario loaded = load_scenario_text(text, "one-order.json", {});
  EXPECT_EQ(loaded.scenario.estate.currency, "GBP");
  EXPECT_TRUE(loaded.scenario.estate.demand.weekday_weights.empty());
  EXPECT_TRUE(loaded.scenario.estate.demand.return_after.is_zero());
}

TEST(Fit, of_a_trace_file_from_the_command_line) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "known.jsonl") << write_trace(known_trace());
  const auto result = run_shell("%P import trace known.jsonl --fit like-it.json --json", folder.path());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["fit"]["schema"], "omnisim.fit/1");
  EXPECT_EQ(json["fit"]["figures"][0]["figure"], "orders a day");
  const double trace = json["fit"]["figures"][0]["trace"], run = json["fit"]["figures"][0]["run"];
  EXPECT_DOUBLE_EQ(json["fit"]["figures"][0]["difference"], run - trace);
  const auto again = run_shell("%P run like-it.json --pattern ideal --json", folder.path());
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(nlohmann::json::parse(again.out)["fingerprint"], json["fit"]["fingerprint"])
      << "the figures are those of the scenario that was written";
  EXPECT_EQ(run_shell("%P import trace known.jsonl", folder.path()).exit_code, 2) << "nothing to write";
}

/// The December 2010 slice; its place is named by the environment.
TEST(Fit, december_2010_of_the_online_retailer) {
  const char* file = std::getenv("OMNISIM_ONLINE_RETAIL_CSV");
  if (file == nullptr) GTEST_SKIP() << "OMNISIM_ONLINE_RETAIL_CSV does not name the December 2010 slice";
  const Fit fitted =
      fit(import_online_retail(read_file(file, import_bytes_max), file).trace, "december", "december.json");
  const auto within = [&](const char* name, double share) {
    const double trace = figure(fitted.of_trace, name);
    EXPECT_NEAR(figure(fitted.of_run, name), trace, share * trace) << name;
  };
  within("orders a day", 0.1);
  within("units a line, mean", 0.1);
  within("price of an item, median", 0.1);
}

}  // namespace
}  // namespace omnisim::harness
