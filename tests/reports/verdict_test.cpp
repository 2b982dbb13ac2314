#include "reports/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/reports/sample.hpp"

namespace omnisim::reports {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Estimate& metric_of(CompareResult& result, std::size_t pattern, const std::string& name) {
  auto& metrics = result.patterns[pattern].metrics;
  return *std::find_if(metrics.begin(), metrics.end(),
                       [&](const Estimate& row) { return row.metric == name; });
}

/// Two patterns that lost something, with an oversell of `first` and `second` and the difference given.
CompareResult pair_of(double first, double second, double half_width) {
  CompareResult result = sample::comparison();
  result.patterns = {result.patterns[1], result.patterns[2]};
  result.patterns[0].title = "First";
  result.patterns[1].title = "Second";
  metric_of(result, 0, "oversell.units").mean = first;
  metric_of(result, 1, "oversell.units").mean = second;
  const std::string a = result.patterns[0].pattern;
  const std::string b = result.patterns[1].pattern;
  result.differences = {{a, b, {{"oversell.units", first - second, half_width, 5, "each"}}}};
  return result;
}

TEST(Verdict, names_the_pattern_that_oversells_least_by_its_number) {
  EXPECT_THAT(verdict(pair_of(3, 90, 5)).headline, HasSubstr("First oversells least"));
  EXPECT_THAT(verdict(pair_of(90, 3, 5)).headline, HasSubstr("Second oversells least"));
}

TEST(Verdict, claims_no_difference_that_the_interval_does_not_bear) {
  EXPECT_THAT(verdict(pair_of(80, 90, 11)).headline, HasSubstr("tell no pattern from another"));
  EXPECT_THAT(verdict(pair_of(80, 90, 9)).headline, HasSubstr("First oversells least"));
}

TEST(Verdict, shares_the_lead_among_those_whom_the_seeds_do_not_tell_apart) {
  CompareResult result = sample::comparison();
  result.patterns = {result.patterns[1], result.patterns[2], result.patterns[3]};
  const std::array<double, 3> units{40, 37, 310};
  for (std::size_t i = 0; i < 3; ++i) {
    result.patterns[i].title = std::string(1, static_cast<char>('A' + i));
    metric_of(result, i, "oversell.units").mean = units[i];
  }
  const auto difference = [&](std::size_t a, std::size_t b, double half_width) {
    return PairedDifference{result.patterns[a].pattern,
                            result.patterns[b].pattern,
                            {{"oversell.units", units[a] - units[b], half_width, 10, "each"}}};
  };
  result.differences = {difference(0, 1, 5), difference(2, 0, 20), difference(2, 1, 20)};
  EXPECT_THAT(verdict(result).headline, HasSubstr("A and B oversell least"));
  EXPECT_TRUE(is_best(result, headlines()[0], result.patterns[0]));
  EXPECT_FALSE(is_best(result, headlines()[0], result.patterns[2]));
  result.differences[0] = difference(0, 1, 2);
  EXPECT_THAT(verdict(result).headline, HasSubstr("B oversells least"));
}

TEST(Verdict, says_so_where_nobody_oversold) {
  EXPECT_EQ(verdict(pair_of(0, 0, 0)).headline, "No pattern oversold a unit.");
}

TEST(Verdict, a_pattern_that_lost_nothing_is_the_zero_of_the_scale_and_not_the_winner) {
  const Verdict six = verdict(sample::comparison());
  EXPECT_THAT(six.headline, HasSubstr("Event-driven, orchestrated core oversells least"));
  EXPECT_THAT(six.points, Contains(HasSubstr("Ideal lost nothing at all")));

  CompareResult worse = sample::comparison();
  metric_of(worse, 0, "close.misstatement").mean = 0.01;  // One cent, and it has lost something.
  EXPECT_THAT(verdict(worse).headline, HasSubstr("Ideal oversells least"));
}

TEST(Verdict, a_tie_is_no_victory) {
  CompareResult result = pair_of(7, 7, 0);
  EXPECT_THAT(verdict(result).headline, HasSubstr("tell no pattern from another"));
  EXPECT_TRUE(is_best(result, headlines()[0], result.patterns[0]));
  EXPECT_TRUE(is_best(result, headlines()[0], result.patterns[1]));
  EXPECT_FALSE(is_best(pair_of(7, 8, 0), headlines()[0], pair_of(7, 8, 0).patterns[1]));
}

TEST(Verdict, follows_the_numbers_and_not_the_names) {
  CompareResult result = sample::comparison();
  std::swap(result.patterns[1].metrics, result.patterns[5].metrics);
  result.differences.clear();
  EXPECT_THAT(verdict(result).headline, HasSubstr("Nightly batch files oversells least"));
}

TEST(Verdict, calls_a_broken_promise_a_bug_and_another_break_a_finding) {
  CompareResult result = sample::comparison();
  EXPECT_THAT(verdict(result).points, Contains(HasSubstr("Every invariant that a pattern promises held")));
  result.patterns[5].invariants[0].held_runs = 4;
  EXPECT_THAT(verdict(result).points, Contains(HasSubstr("a bug: stock.conserved by Event-driven")));
}

TEST(Verdict, counts_runs_that_failed) {
  CompareResult result = sample::comparison();
  EXPECT_THAT(verdict(result).points, Not(Contains(HasSubstr("failed"))));
  result.failed_runs = {{"ideal", 3, "did not come to rest"}};
  EXPECT_THAT(verdict(result).points,
              Contains(HasSubstr("Runs that failed, and are left out of every figure: 1.")));
}

TEST(Verdict, of_a_run_tells_what_did_not_hold) {
  const Verdict run = verdict(sample::run());
  EXPECT_THAT(run.headline, HasSubstr("nightly-batch oversold 3 units"));
  EXPECT_THAT(run.points, Contains(HasSubstr("Expected oversell.units == 0, but it came to 3.")));
  EXPECT_THAT(run.points, Contains("once.only did not hold: sale S1-4711 posted twice"));
  EXPECT_THAT(run.points, Not(Contains(HasSubstr("fill.rate"))));
}

TEST(PairedDifference, is_turned_round_as_asked) {
  const CompareResult result = sample::comparison();
  EXPECT_EQ(paired_difference(result, "ideal", "nightly-batch", "oversell.units").mean, -431);
  EXPECT_EQ(paired_difference(result, "nightly-batch", "ideal", "oversell.units").mean, 431);
  EXPECT_EQ(paired_difference(result, "ideal", "none", "oversell.units").n, 0);
}

TEST(Verdict, of_an_empty_result_is_still_a_sentence) {
  EXPECT_EQ(verdict(CompareResult{}).headline, "No pattern was run.");
  EXPECT_FALSE(verdict(RunResult{}).headline.empty());
}

}  // namespace
}  // namespace omnisim::reports
