// Reconciliation at a cadence, and orders held against revenue. A shirt is sold at 10.00 and 2.00 tax.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/support/reconciling.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

Config daily() {
  Config config = reconciling();
  config.policies.accounting.reconcile_every = hours{24};
  const auto day = [](int month, int n) {
    return Time{std::chrono::sys_days{std::chrono::year{2026} / month / n}};
  };
  config.periods = {{day(11, 1), day(12, 1), day(12, 2), day(12, 3)},
                    {day(12, 1), day(12, 31), Time::max(), Time::max()}};
  return config;
}

/// Those about one account.
std::vector<BreakOpened> about(const Books& e, std::string_view account) {
  std::vector<BreakOpened> found = e.opened();
  std::erase_if(found, [&](const BreakOpened& it) { return it.reference != code(account); });
  return found;
}

TEST(Cadence, finds_a_difference_within_a_day_and_clears_it_when_it_has_mended_itself) {
  Books e(daily());
  e.wait(hours{24});
  EXPECT_TRUE(e.opened().empty());
  e.entry("E-1", {{9999, 0, {500}}, {1000, 0, {-500}}});
  EXPECT_TRUE(e.opened().empty()) << "nobody has looked yet";
  e.wait(hours{24});
  ASSERT_EQ(about(e, "9999").size(), 1U);
  EXPECT_EQ(about(e, "9999")[0].owner, code("finance"));
  e.entry("E-2", {{9999, 0, {-500}}, {1000, 0, {500}}});
  e.wait(hours{24});
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  EXPECT_TRUE(e.sent<AdjustmentProposed>().empty()) << "before the close nothing is proposed";
  e.check_invariants();
}

TEST(Cadence, ends_with_the_period_so_that_a_quiet_core_is_quiet) {
  Books e(daily());
  e.wait(hours{24 * 60});
  EXPECT_FALSE(e.core.next_timer().has_value());
  EXPECT_EQ(e.core.state_of(ItemKind::period, code("2026-11")), "hard_closed");
}

TEST(Orders, whose_revenue_is_booked_by_another_rule_than_theirs_are_a_break) {
  for (const bool at_the_order : {false, true}) {
    Config config = daily();
    if (at_the_order) {
      std::string& rules = config.posting_rules_json;
      const std::string shipped = "\"event\": \"shipment.shipped\"";
      rules.replace(rules.find(shipped), shipped.size(), "\"event\": \"order.accepted\"");
    }
    Books e(config);
    e.sell("W-1");
    e.wait(hours{24});
    const auto breaks = about(e, "4000");
    ASSERT_EQ(breaks.size(), at_the_order ? 1U : 0U);
    if (at_the_order) {
      EXPECT_EQ(breaks[0].amount.minor, 1200);
    }
  }
}

TEST(Orders, are_held_against_revenue_when_it_comes_with_the_delivery_too) {
  Config config = daily();
  config.policies.accounting.revenue_at = RecognitionPoint::delivery;
  Books e(config);
  e.sell("W-1");
  e.order("W-2", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-2");
  e.ship("W-2", dc, "SW-2", {line(1, shirt, 1)});
  e.say(ShipmentLost{code("SW-2")});
  e.wait(hours{24});
  EXPECT_TRUE(about(e, "4000").empty());
  EXPECT_TRUE(about(e, "2300").empty());
}

}  // namespace
}  // namespace omnisim::core::testing
