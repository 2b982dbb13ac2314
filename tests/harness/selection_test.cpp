// The statistical procedures on problems whose answer is known: how often an interval holds the true mean,
// how often the best is chosen. What they promise is a probability, so it is measured over 1,000 repetitions;
// the seed is fixed, so the test always passes or never.
#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>

#include "harness/compare/selection.hpp"
#include "harness/compare/statistics.hpp"

namespace omnisim::harness {
namespace {

constexpr int repetitions = 1'000;
/// Of 1,000 true 95 % statements fewer than this hold in one set of repetitions in ten thousand.
constexpr int least_of_95_percent = 923;

using Generator = boost::random::mt19937_64;

double normal(Generator& generator, double mean, double deviation) {
  return boost::random::normal_distribution<double>(mean, deviation)(generator);
}

std::vector<double> normals(Generator& generator, std::size_t n, double mean, double deviation) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(normal(generator, mean, deviation));
  return values;
}

bool holds(double mean, double half_width, double truth) { return std::abs(mean - truth) <= half_width; }

TEST(Coverage, of_an_interval_over_ten_seeds_is_95_percent) {
  Generator generator(1);
  int held = 0;
  for (int i = 0; i < repetitions; ++i) {
    const reports::Estimate e = estimate("m", "each", normals(generator, 10, 50, 8));
    held += holds(e.mean, e.half_width, 50) ? 1 : 0;
  }
  testing::Test::RecordProperty("held", held);
  EXPECT_GE(held, least_of_95_percent);
  EXPECT_LE(held, 977) << "intervals that always hold are too wide";
}

TEST(Coverage, of_counts_is_near_95_percent_too) {
  Generator generator(2);
  boost::random::poisson_distribution<int, double> count(4);
  int held = 0;
  for (int i = 0; i < repetitions; ++i) {
    std::vector<double> values;
    for (int n = 0; n < 10; ++n) values.push_back(count(generator));
    const reports::Estimate e = estimate("m", "each", values);
    held += holds(e.mean, e.half_width, 4) ? 1 : 0;
  }
  testing::Test::RecordProperty("held", held);
  EXPECT_GE(held, least_of_95_percent);
}

TEST(Coverage, of_all_fifteen_pairs_of_six_patterns_at_once_is_at_least_95_percent) {
  Generator generator(3);
  int held = 0;
  int each = 0;
  for (int i = 0; i < repetitions; ++i) {
    Replications patterns;
    for (std::size_t p = 0; p < 6; ++p)
      patterns.push_back(normals(generator, 10, static_cast<double>(p), 1 + static_cast<double>(p)));
    bool all = true;
    for (std::size_t a = 0; a < 6; ++a) {
      for (std::size_t b = a + 1; b < 6; ++b) {
        std::vector<double> differences;
        for (std::size_t n = 0; n < 10; ++n) differences.push_back(patterns[a][n] - patterns[b][n]);
        const reports::Estimate e = estimate("m", "each", differences, 15);
        const double truth = static_cast<double>(a) - static_cast<double>(b);
        all = all && holds(e.mean, e.half_width_together, truth);
        each += holds(e.mean, e.half_width, truth) ? 1 : 0;
      }
    }
    held += all ? 1 : 0;
  }
  testing::Test::RecordProperty("held", held);
  testing::Test::RecordProperty("each_of_15000", each);
  EXPECT_GE(held, least_of_95_percent);
  EXPECT_LE(each, repetitions * 15 * 0.96) << "the plain intervals promise 95 % each, no more";
}

/// As a comparison does it: ten seeds, then a quarter more until it is precise.
TEST(Precision, asked_for_is_what_one_gets) {
  Generator generator(4);
  constexpr double wanted = 0.05, truth = 100;
  int held = 0;
  std::size_t seeds_used = 0;
  for (int i = 0; i < repetitions; ++i) {
    std::vector<double> values = normals(generator, 10, truth, 20);
    while (!is_precise(estimate("m", "each", values), wanted, truth)) {
      const std::size_t more = next_look(values.size(), 100'000) - values.size();
      for (const double value : normals(generator, more, truth, 20)) values.push_back(value);
    }
    seeds_used += values.size();
    held += holds(estimate("m", "each", values).mean, wanted * truth, truth) ? 1 : 0;
  }
  testing::Test::RecordProperty("held", held);
  testing::Test::RecordProperty("seeds", static_cast<int>(seeds_used / std::size_t{repetitions}));
  // Sequential stopping costs a little of the 95 % at small samples: 93 % is what the literature finds.
  EXPECT_GE(held, 930);
  // (1.96 × 20 / 4.76)² = 68 seeds would do if the deviation were known; a look comes up to a quarter late.
  EXPECT_NEAR(static_cast<double>(seeds_used) / repetitions, 72, 12);
}

TEST(Precision, of_what_is_small_beside_the_others_is_measured_by_their_scale) {
  const reports::Estimate small{"m", 0.4, 0.3, 10, "each", 0.3};
  EXPECT_FALSE(is_precise(small, 0.05, 0.4));
  EXPECT_TRUE(is_precise(small, 0.05, 400));  // 0.3 of 400 is far below a tenth of 5 %
  EXPECT_FALSE(is_precise({"m", 5, 0, 1, "each", 0}, 0.05, 5)) << "one seed says nothing of precision";
  EXPECT_TRUE(is_precise({"m", 0, 0, 2, "each", 0}, 0.05, 0)) << "all seeds agree";
}

/// The hardest case that the procedure promises anything for: the best is better by just the indifference
/// zone, and all others are equal (the slippage configuration), on common random numbers or not.
int chosen_rightly(double deviation_shared, double deviation_own, std::size_t& runs_used) {
  Generator generator(5);
  int right = 0;
  for (int i = 0; i < repetitions; ++i) {
    Replications values(5);
    SelectionState state;
    for (std::size_t runs = 0; !state.best;) {
      const std::size_t next = runs == 0 ? 10 : next_look(runs, 100'000);
      for (; runs < next; ++runs) {
        const double shared = normal(generator, 0, deviation_shared);
        for (std::size_t s = 0; s < values.size(); ++s)
          values[s].push_back((s == 3 ? 9.0 : 10.0) + shared + normal(generator, 0, deviation_own));
      }
      state = select_best(values, {.indifference = 1, .high_is_better = false, .first_runs = 10});
    }
    runs_used += state.runs;
    right += *state.best == 3 ? 1 : 0;
  }
  return right;
}

TEST(Selection, finds_the_best_of_five_with_at_least_95_percent) {
  std::size_t independent = 0, common = 0;
  const int rightly = chosen_rightly(0, 3, independent), rightly_on_common = chosen_rightly(3, 1, common);
  testing::Test::RecordProperty("rightly", rightly);
  testing::Test::RecordProperty("seeds", static_cast<int>(independent / std::size_t{repetitions}));
  testing::Test::RecordProperty("rightly_on_common", rightly_on_common);
  testing::Test::RecordProperty("seeds_on_common", static_cast<int>(common / std::size_t{repetitions}));
  EXPECT_GE(rightly, least_of_95_percent);
  EXPECT_GE(rightly_on_common, least_of_95_percent);
  EXPECT_LT(common, independent) << "common random numbers make it cheaper";
}

TEST(Selection, chooses_one_of_those_within_the_zone_and_comes_to_an_end) {
  Generator generator(6);
  Replications values(3);
  SelectionState state;
  while (!state.best) {
    ASSERT_LT(values[0].size(), 10'000U);
    for (int n = 0; n < 10; ++n) {
      values[0].push_back(normal(generator, 10.00, 1));
      values[1].push_back(normal(generator, 10.01, 1));
      values[2].push_back(normal(generator, 14.00, 1));
    }
    state = select_best(values, {.indifference = 0.5, .high_is_better = false, .first_runs = 10});
  }
  EXPECT_NE(*state.best, 2U);
  EXPECT_TRUE(state.ruled_out[2].has_value());
}

TEST(Selection, goes_on_where_it_was_and_takes_nothing_back) {
  Generator generator(7);
  const SelectionRule rule{.indifference = 1, .high_is_better = true, .first_runs = 5};
  Replications values(4);
  SelectionState before;
  for (int n = 0; n < 400; ++n) {
    for (std::size_t s = 0; s < 4; ++s) values[s].push_back(normal(generator, static_cast<double>(s) / 2, 2));
    const SelectionState now = select_best(values, rule);
    for (std::size_t s = 0; s < before.ruled_out.size(); ++s) {
      if (before.ruled_out[s]) {
        EXPECT_EQ(now.ruled_out[s], before.ruled_out[s]);
      }
    }
    if (before.best) {
      EXPECT_EQ(now.best, before.best);
      EXPECT_EQ(now.runs, before.runs);
    }
    before = now;
  }
  EXPECT_TRUE(before.best.has_value());
}

TEST(Selection, of_systems_without_chance_is_decided_by_the_first_stage) {
  const Replications values{{3, 3, 3}, {2, 2, 2}, {5, 5, 5}};
  const SelectionState low =
      select_best(values, {.indifference = 1, .high_is_better = false, .first_runs = 3});
  EXPECT_EQ(low.best, 1U);
  const SelectionState high =
      select_best(values, {.indifference = 1, .high_is_better = true, .first_runs = 3});
  EXPECT_EQ(high.best, 2U);
  EXPECT_FALSE(
      select_best({{3, 3}, {2, 2}}, {.indifference = 1, .high_is_better = false, .first_runs = 3}).best);
}

TEST(WarmUp, is_cut_where_a_series_leaves_its_beginning_behind) {
  Generator generator(8);
  std::vector<double> values;
  for (int i = 0; i < 200; ++i)
    values.push_back(10 + (i < 30 ? 20.0 - i * 0.5 : 0.0) + normal(generator, 0, 1));
  const std::size_t cut = warm_up_end(values);
  EXPECT_GE(cut, 30U) << "the whole of the beginning goes";
  EXPECT_LE(cut, values.size() / 2);
  EXPECT_EQ(cut % 5, 0U);
  double sum = 0;
  for (std::size_t i = cut; i < values.size(); ++i) sum += values[i];
  EXPECT_NEAR(sum / static_cast<double>(values.size() - cut), 10, 0.25) << "three standard errors";
}

TEST(WarmUp, is_none_of_a_series_that_has_none) {
  EXPECT_EQ(warm_up_end(std::vector<double>(100, 3.0)), 0U);
  EXPECT_EQ(warm_up_end({}), 0U);
  EXPECT_EQ(warm_up_end(std::vector<double>{1, 2, 3}), 0U);
}

}  // namespace
}  // namespace omnisim::harness
