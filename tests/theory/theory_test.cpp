// Scenario files whose answers are known by formula, through the program as a user runs it: the value by
// theory must lie in the 95 % interval that `compare` computes over its seeds. Seeds are fixed, so a test
// either always passes or never.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;

/// What a command prints; %P stands for the program.
std::string output_of(std::string command) {
  command.replace(command.find("%P"), 2, OMNISIM_PROGRAM);
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  const int status = pclose(pipe);
  EXPECT_EQ(status, 0) << command;
  return text;
}

struct Estimate {
  double mean = 0;
  double half_width = 0;
};

/// The estimate of `metric` over the seeds of one pattern.
Estimate estimate_of(const Json& comparison, const std::string& pattern, const std::string& metric) {
  const Json& all = comparison.at("patterns").at(pattern).at("metrics");
  if (!all.contains(metric)) {
    ADD_FAILURE() << "no metric " << metric << " in " << all.dump();
    return {};
  }
  return {all.at(metric).at("mean"), all.at(metric).at("half_width")};
}

Json compare(const std::string& scenario, const std::string& pattern, int seeds,
             const std::string& more = "") {
  const std::string file = std::string(OMNISIM_DATA_DIR) + "/scenarios/theory/" + scenario + ".json";
  return Json::parse(output_of("%P compare " + file + " --patterns " + pattern + " --seeds " +
                               std::to_string(seeds) + " --jobs 2 --json " + more));
}

void expect_within(const Estimate& estimate, double by_theory, double scale = 1) {
  const double mean = estimate.mean / scale;
  const double half_width = estimate.half_width / scale;
  EXPECT_NEAR(mean, by_theory, half_width) << "95 % interval " << mean << " ± " << half_width;
  EXPECT_LT(half_width, 0.1 * by_theory) << "the interval is too wide to show anything";
  EXPECT_GT(half_width, 0) << "no spread over seeds: nothing was random";
}

constexpr const char* any_pattern = "event-orchestrated";

TEST(Queues, m_m_1_waits_as_long_as_theory_says) {
  const Json result = compare("mm1", any_pattern, 10);
  expect_within(estimate_of(result, any_pattern, "queue.wait.mean.erp"), 0.7 / 0.3);
  expect_within(estimate_of(result, any_pattern, "queue.waited_share.erp"), 0.7);
}

TEST(Queues, m_m_15_waits_as_often_and_as_long_as_theory_says) {
  const Json result = compare("mm15", any_pattern, 10);
  expect_within(estimate_of(result, any_pattern, "queue.wait.mean.erp"), 0.60263);
  expect_within(estimate_of(result, any_pattern, "queue.waited_share.erp"), 0.60263);
}

TEST(Queues, m_d_1_waits_half_as_long_as_m_m_1) {
  const Json result = compare("md1", any_pattern, 10);
  expect_within(estimate_of(result, any_pattern, "queue.wait.mean.erp"), 0.7 / (2 * 0.3));
}

TEST(Queues, rates_and_slots_are_settable_from_the_command_line) {
  // M/M/2 at rate 1.2/s and mean service 1 s: Wq = ρ²/(1 − ρ²) with ρ = 0.6.
  const Json result =
      compare("mm1", any_pattern, 10, "--set demand.erp_calls_per_s=1.2 --set systems.erp.api_slots=2");
  expect_within(estimate_of(result, any_pattern, "queue.wait.mean.erp"), 0.36 / 0.64);
}

TEST(Queues, erlangs_loss_system_refuses_its_share) {
  const Json result = compare("erlang-b", any_pattern, 10);
  expect_within(estimate_of(result, any_pattern, "queue.refused_share.erp"), 0.110054);
}

/// Items are replications: one run has hundreds of them, and gives the interval itself.
Json metrics_of_run(const std::string& scenario, const std::string& more = "") {
  const std::string file = std::string(OMNISIM_DATA_DIR) + "/scenarios/theory/" + scenario + ".json";
  return Json::parse(output_of("%P run " + file + " --seed 1 --json " + more)).at("metrics");
}

Estimate per_item(const Json& metrics) {
  return {metrics.at("oversell.per_item.mean"), metrics.at("oversell.per_item.half_width")};
}

TEST(Oversell, one_delay_for_all_gives_lambda_l_times_one_minus_sum_of_squares) {
  expect_within(per_item(metrics_of_run("oversell-uniform-delay")), 5.000);
}

TEST(Oversell, three_unequal_shops_oversell_by_the_same_formula) {
  const Json result = compare("oversell-uniform-delay-3", "uniform-delay", 6);
  expect_within(estimate_of(result, "uniform-delay", "oversell.per_item.mean"), 1.240);
}

TEST(Oversell, twice_the_delay_oversells_twice_as_much) {
  const Json metrics =
      metrics_of_run("oversell-uniform-delay",
                     "--set pattern.interfaces.availability.latency=10min --set opening.uniform_each=110");
  expect_within(per_item(metrics), 10.000);
}

TEST(Oversell, a_batch_window_gives_the_sum_over_two_poisson_demands) {
  const Json metrics = metrics_of_run("oversell-batch-window");
  expect_within(per_item(metrics), 1.771150);
  // A share of 2,000 items: the normal interval of a proportion.
  const double share = metrics.at("oversell.per_item.share_positive");
  expect_within({share, 1.96 * std::sqrt(share * (1 - share) / 2000)}, 0.440907);
}

/// What is sold of what is wanted in a year, with `stolen` units a day of 1,000 wanted
/// (scenarios/theory/shrinkage.json).
double sold_share(int stolen, const std::string& more = "") {
  return metrics_of_run("shrinkage",
                        "--set systems.store.stolen_per_day=" + std::to_string(stolen) + " " + more)
      .at("fill.rate");
}

TEST(Shrinkage, that_nobody_counts_stops_replenishment_when_the_record_is_all_error) {
  EXPECT_GT(sold_share(0), 0.998) << "without theft the reorder point covers the lead time";
  for (const int stolen : {40, 60}) {
    const double until_frozen = 41 / (stolen / 1000.0);
    // 100 items; the 41st theft comes after a negative binomial number of sales.
    const double noise = 1.96 * std::sqrt(41.0 / 100) / (stolen / 1000.0);
    const double sold = 3650 * sold_share(stolen);
    EXPECT_GT(sold, until_frozen - noise);
    EXPECT_LT(sold, until_frozen + 59 + noise);
  }
}

TEST(Shrinkage, of_one_percent_loses_eleven_times_as_much_in_sales) {
  const double lost = 1 - sold_share(10);
  EXPECT_GT(lost, 0.114) << "what is lost without chance";
  EXPECT_LT(lost, 0.14);
}

TEST(Shrinkage, that_is_counted_costs_little) {
  EXPECT_GT(sold_share(40, "--set systems.store.count_every=7d --set systems.store.count_share=1"), 0.99);
}

}  // namespace
}  // namespace omnisim::harness
