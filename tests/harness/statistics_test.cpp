#include "harness/compare/statistics.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <atomic>
#include <map>
#include <stdexcept>

#include "harness/compare/fork_pool.hpp"
#include "harness/compare/summarise.hpp"

namespace omnisim::harness {
namespace {

TEST(Statistics, students_quantiles_are_those_of_the_table) {
  EXPECT_NEAR(t_quantile(2), 12.7062, 1e-4);
  EXPECT_NEAR(t_quantile(10), 2.2622, 1e-4);
  EXPECT_NEAR(t_quantile(30), 2.0452, 1e-4);
}

TEST(Statistics, the_interval_of_a_worked_example) {
  // 1 2 3 4 5: mean 3, s = 1.5811, t(4) = 2.7764, half width 1.9632.
  const reports::Estimate e = estimate("m", "each", {1, 2, 3, 4, 5});
  EXPECT_DOUBLE_EQ(e.mean, 3);
  EXPECT_NEAR(e.half_width, 1.9632, 1e-4);
  EXPECT_EQ(estimate("m", "each", {7}).half_width, 0);
}

Outcome run_with(std::uint64_t seed, double value) {
  Outcome outcome;
  outcome.result.seed = seed;
  outcome.result.metrics = {{"m", value, "each"}};
  return outcome;
}

TEST(Summary, differences_are_paired_by_seed) {
  PatternRuns a;
  a.pattern.name = "a";
  a.runs = {run_with(1, 10), run_with(2, 20), run_with(3, 35)};
  PatternRuns b;
  b.pattern.name = "b";
  b.runs = {run_with(1, 9), run_with(2, 18), run_with(3, 34)};
  const reports::CompareResult result = summarise({a, b});
  ASSERT_EQ(result.differences.size(), 1U);
  const reports::Estimate& d = result.differences[0].metrics.at(0);
  // Differences 1 2 1: mean 4/3, s = 0.57735, t(2) = 4.30265.
  EXPECT_NEAR(d.mean, 4.0 / 3, 1e-12);
  EXPECT_NEAR(d.half_width, 4.30265 * 0.57735 / std::sqrt(3.0), 1e-4);
}

TEST(ForkPool, every_job_comes_home_once_and_a_dead_one_says_so) {
  std::map<std::size_t, std::string> texts;
  std::map<std::size_t, std::string> errors;
  const std::atomic<bool> interrupt{false};
  const auto work = [](std::size_t i) -> std::string {
    if (i == 3) throw std::runtime_error("three is bad");
    if (i == 4) _exit(9);
    return std::string(300'000, static_cast<char>('a' + i));
  };
  const auto done = [&](std::size_t i, std::string&& text, const std::string& error) {
    texts[i] = std::move(text);
    errors[i] = error;
  };
  const PoolResult result = run_forked(6, 2, work, done, interrupt);
  EXPECT_EQ(result.finished, 6U);
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(texts[0], std::string(300'000, 'a'));
  EXPECT_EQ(errors[0], "");
  EXPECT_EQ(errors[3], "three is bad");
  EXPECT_EQ(errors[4], "the run's process failed");
}

TEST(ForkPool, an_interrupt_kills_the_children) {
  std::atomic<bool> interrupt{false};
  const auto work = [](std::size_t i) -> std::string {
    if (i > 0) pause();
    return "";
  };
  const auto done = [&](std::size_t, std::string&&, const std::string&) { interrupt = true; };
  const PoolResult result = run_forked(5, 3, work, done, interrupt);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.finished, 1U);
}

}  // namespace
}  // namespace omnisim::harness
