// Whom an exception belongs to as time goes by, and how a day's business is doing.
#include <gtest/gtest.h>

#include <set>

#include "core/observe/health.hpp"
#include "core/observe/work_list.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

TEST(Exceptions, every_category_has_an_owner_a_deadline_and_somebody_else_to_escalate_to) {
  std::set<std::string_view> names;
  for (const ExceptionRow& row : exception_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(name_of(row.category), row.name);
    EXPECT_EQ(owner_of(row.category), row.owner);
    EXPECT_FALSE(row.owner.empty());
    EXPECT_FALSE(row.meaning.empty());
    EXPECT_NE(row.owner, row.escalation);
    EXPECT_GT(row.deadline, Duration::zero());
  }
}

TEST(WorkList, what_is_worst_comes_first_and_what_is_late_belongs_to_somebody_else) {
  Config config = small_config();
  config.sources[1].role = Role::carrier;
  SmallEstate e(config);
  e.deliver("not a message");  // malformed: major, 4 h
  e.wait(hours{1});
  e.core.deliver(1, e.message(StockPicked{code("W-1"), web, dc}, {line(1, shirt, 1)}), e.now);  // not_owner
  auto list = open_exceptions(e.core, e.now);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].category, ExceptionCategory::not_owner) << "critical, though it is younger";
  EXPECT_EQ(list[0].responsible, "integration");
  EXPECT_EQ(list[0].due, e.now + hours{4});
  EXPECT_EQ(list[1].category, ExceptionCategory::malformed);
  EXPECT_FALSE(list[1].escalated);

  list = open_exceptions(e.core, e.now + hours{3});
  EXPECT_FALSE(list[1].escalated) << "due, but not late";
  list = open_exceptions(e.core, e.now + hours{3} + std::chrono::seconds{1});
  EXPECT_TRUE(list[1].escalated);
  EXPECT_EQ(list[1].responsible, "head of integration");
  EXPECT_FALSE(list[0].escalated);
}

TEST(WorkList, what_was_replayed_with_success_is_not_on_it) {
  SmallEstate e;
  e.say(ShipmentDelivered{code("S-1")});  // waits for its shipment, and expires
  e.wait(e.config.policies.parking_life);
  ASSERT_EQ(open_exceptions(e.core, e.now).size(), 1U);
  EXPECT_EQ(open_exceptions(e.core, e.now)[0].category, ExceptionCategory::expired);
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1", 1200);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.core.replay({}, e.now);
  EXPECT_TRUE(open_exceptions(e.core, e.now).empty());
}

ProcessHealth of(const SmallEstate& e, BusinessProcess process) {
  return health_of(e.core.open_items(), e.now)[static_cast<std::size_t>(process)];
}

TEST(Health, an_order_that_nobody_ships_is_stuck_and_its_money_at_stake) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 9, e.now);
  const Time placed = e.now;
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1", 1200);
  ProcessHealth health = of(e, BusinessProcess::order_to_cash);
  EXPECT_EQ(health.open, 1U);
  EXPECT_EQ(health.stuck, 0U);
  EXPECT_EQ(health.at_stake, Money{1200});
  EXPECT_EQ(health.oldest, placed);
  EXPECT_EQ(health.verdict, Verdict::healthy);
  e.now += hours{24 * 5 + 1};
  health = of(e, BusinessProcess::order_to_cash);
  EXPECT_EQ(health.stuck, 1U);
  EXPECT_EQ(health.stuck_at_stake, Money{1200});
  EXPECT_EQ(health.verdict, Verdict::failing);
  EXPECT_EQ(of(e, BusinessProcess::return_to_refund).open, 0U);
}

TEST(Health, shipped_and_not_captured_is_a_payment_at_stake_and_no_order_money_any_more) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 9, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1", 1200);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  const ProcessHealth health = of(e, BusinessProcess::order_to_cash);
  EXPECT_EQ(health.open, 2U) << "the parcel and the capture";
  EXPECT_EQ(health.at_stake, Money{1200});
}

TEST(Health, verdicts_follow_the_share_of_what_is_stuck) {
  const Time now = opening;
  std::vector<OpenItem> items(1000, {ItemKind::goods_return, code("R"), "authorised", now, {100}});
  const auto verdict = [&] {
    return health_of(items, now)[static_cast<std::size_t>(BusinessProcess::return_to_refund)].verdict;
  };
  const auto make_stuck = [&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) items[i].since = now - hours{24 * 15};
  };
  EXPECT_EQ(verdict(), Verdict::healthy);
  make_stuck(9);
  EXPECT_EQ(verdict(), Verdict::healthy);
  make_stuck(10);
  EXPECT_EQ(verdict(), Verdict::degraded);
  make_stuck(99);
  EXPECT_EQ(verdict(), Verdict::degraded);
  make_stuck(100);
  EXPECT_EQ(verdict(), Verdict::failing);
}

TEST(Health, every_kind_has_a_name_and_a_time) {
  std::set<std::string_view> names;
  for (const ItemKindRow& row : item_kind_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(name_of(row.kind), row.name);
    EXPECT_GT(row.expected, Duration::zero()) << row.name;
  }
}

}  // namespace
}  // namespace omnisim::core::testing
