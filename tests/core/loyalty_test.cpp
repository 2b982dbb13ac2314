// Points are a right to a lower price later: their share of each price is deferred, and released as they are
// used.
#include <gtest/gtest.h>

#include "core/orchestration/loyalty.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// A point is worth 0.01, and a quarter of them is never redeemed.
Config with_scheme(std::int32_t breakage_bp = 2500) {
  Config config = small_config();
  config.policies.loyalty_point_value = {1};
  config.policies.loyalty_breakage_bp = breakage_bp;
  return config;
}

struct Scheme : SmallEstate {
  explicit Scheme(Config settings = with_scheme()) : SmallEstate(std::move(settings)) {}
  void earn(std::string_view member, std::uint32_t points, std::int64_t net, ChannelId channel = {}) {
    say(LoyaltyEarned{code(member), code("D"), channel, points, {net}});
  }
  void redeem(std::string_view member, std::uint32_t points) {
    say(LoyaltyRedeemed{code(member), code("E"), {}, points});
  }
  void merge(std::string_view member, std::string_view absorbed) {
    say(LoyaltyMerged{code(member), code(absorbed)});
  }
};

TEST(Deferral, is_the_share_of_the_price_that_buys_the_points) {
  EXPECT_EQ(deferred_for(400, {4000}, {1}, 2500), Money{279}) << "40 × 3 / 43";
  EXPECT_EQ(deferred_for(183, {1833}, {1}, 2500), Money{128});
  EXPECT_EQ(deferred_for(200, {2000}, {1}, 0), Money{182}) << "20 × 2 / 22";
  EXPECT_EQ(deferred_for(400, {0}, {1}, 0), Money{}) << "nothing was paid, nothing is owed for it";
  EXPECT_EQ(deferred_for(400, {4000}, {1}, 10'000), Money{}) << "nobody will use them";
  EXPECT_EQ(deferred_for(400, {4000}, {0}, 0), Money{}) << "no scheme";
  EXPECT_EQ(deferred_for(100'000'000, {10'000'000'000'000}, {1'000'000}, 0), Money{9'090'909'090'909})
      << "no overflow";
}

TEST(Points, are_owed_when_they_are_earned_and_revenue_when_they_are_redeemed) {
  Scheme e;
  e.earn("M-1", 400, 4000, web);
  EXPECT_EQ(e.balance(2500), -279);
  EXPECT_EQ(e.balance(4000, 1), 279) << "of the channel's revenue";
  e.redeem("M-1", 200);
  EXPECT_EQ(e.balance(2500), -139) << "half a cent goes to revenue";
  e.redeem("M-1", 200);
  EXPECT_EQ(e.balance(2500), 0);
  e.check_invariants();
}

TEST(Points, are_worth_the_average_of_their_member) {
  Scheme e(with_scheme(0));
  e.earn("M-1", 100, 10'000);  // 0.99
  e.earn("M-1", 100, 100);     // 0.50
  EXPECT_EQ(e.balance(2500), -149);
  e.redeem("M-1", 50);
  EXPECT_EQ(e.balance(2500), -112) << "149 × 50 / 200 = 37.25";
  e.check_invariants();
}

TEST(Points, that_lapse_are_breakage_and_those_of_returned_goods_are_revenue_again) {
  Scheme e;
  e.earn("M-1", 400, 4000);
  e.say(LoyaltyReversed{code("M-1"), code("D"), {}, 200});
  EXPECT_EQ(e.balance(4000), 139);
  e.say(LoyaltyExpired{code("M-1"), 200});
  EXPECT_EQ(e.balance(4040), -139);
  EXPECT_EQ(e.balance(2500), 0);
  e.check_invariants();
}

TEST(Redemptions, wait_for_the_points_and_are_given_up_after_a_day) {
  Scheme e;
  e.redeem("M-1", 100);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.earn("M-1", 400, 4000);
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.balance(2500), -209) << "279 × 100 / 400 = 69.75";
  e.redeem("M-1", 301);
  e.wait(std::chrono::hours{25});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::expired);
  e.check_invariants();
}

TEST(Members, who_are_one_person_have_their_points_together) {
  Scheme e(with_scheme(0));
  e.earn("C-1", 200, 2000);
  e.earn("A-1", 200, 2000);
  e.redeem("C-1", 300);
  EXPECT_EQ(e.core.counters().parked, 1U) << "the card has 200";
  e.merge("C-1", "A-1");
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.balance(2500), -91) << "364 × 300 / 400 = 273";
  e.redeem("A-1", 100);
  EXPECT_EQ(e.balance(2500), 0) << "by either number";
  e.merge("A-1", "C-1");
  EXPECT_EQ(e.core.dead_letters().back().last.reason, "the two are one member already");
  e.earn("B-1", 200, 2000);
  e.merge("B-1", "A-1");
  e.earn("C-1", 200, 2000);
  e.redeem("B-1", 400);
  EXPECT_EQ(e.balance(2500), 0) << "and so on";
  e.check_invariants();
}

TEST(Points, of_a_scheme_that_nobody_has_set_up_cost_nothing) {
  Scheme e(small_config());
  e.earn("M-1", 400, 4000);
  e.redeem("M-1", 400);
  EXPECT_TRUE(e.core.journal().empty());
  EXPECT_TRUE(e.core.dead_letters().empty());
}

TEST(Points, that_are_none_are_refused) {
  Scheme e;
  e.earn("M-1", 0, 4000);
  e.earn("M-1", 10, -1);
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
}

}  // namespace
}  // namespace omnisim::core::testing
