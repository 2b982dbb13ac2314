// What partners get wrong on a bad day, where no other test has it: callbacks and webhooks that come twice,
// two refunds that look alike, an order that is cancelled in part, a till whose upload has a hole at close.
#include <gtest/gtest.h>

#include "tests/core/support/reconciling.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

TEST(BadDay, a_payment_callback_twice_under_its_id_is_absorbed_and_under_another_is_refused) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)}, true);
  const std::string authorised = e.message(PaymentAuthorised{code("W-1"), web, code("pay-W-1"), {1200}});
  e.deliver(authorised);
  e.deliver(authorised);
  EXPECT_EQ(e.sent<LineAllocated>().size(), 1U);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  const PaymentCaptured captured{code("W-1"), web, code("pay-W-1"), code("W-1/S-1"), {1200}};
  const std::string callback = e.message(captured);
  e.deliver(callback);
  e.deliver(callback);
  EXPECT_EQ(e.core.counters().duplicates_absorbed, 2U);
  e.say(captured);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
  EXPECT_EQ(e.balance(1110), 1200) << "the money came once";
  e.check_invariants();
}

/// Two shirts at 12.00, both brought back, in two returns of one.
struct TwoEqualRefunds : SmallEstate {
  TwoEqualRefunds() {
    core.open_stock(dc, shirt, 2, now);
    order("W-1", {line(1, shirt, 2, 2000, 400)}, true);
    pay("W-1", 2400);
    ship("W-1", dc, "S-1", {line(1, shirt, 2)});
    say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), code("W-1/S-1"), {2400}});
    say(ShipmentDelivered{code("S-1")});
    for (const char* number : {"R-1", "R-2"}) {
      say(ReturnReceived{code(number), code("W-1"), web, dc}, {line(1, shirt, 1)});
      say(ReturnInspected{code(number), code("W-1"), web, dc}, {line(1, shirt, 1)});
    }
  }
  RefundSucceeded success(std::size_t i) const {
    const RefundRequested asked = sent<RefundRequested>().at(i).first;
    return {asked.order, asked.channel, asked.refund, asked.tenders};
  }
};

TEST(BadDay, a_refund_webhook_replayed_pays_once_and_two_equal_refunds_are_two) {
  TwoEqualRefunds e;
  ASSERT_EQ(e.sent<RefundRequested>().size(), 2U);
  EXPECT_EQ(e.success(0).tenders.card, e.success(1).tenders.card);
  EXPECT_NE(e.success(0).refund, e.success(1).refund);
  const std::string webhook = e.message(e.success(0));
  e.deliver(webhook);
  e.deliver(webhook);
  EXPECT_EQ(e.core.counters().duplicates_absorbed, 1U);
  e.say(e.success(0));
  ASSERT_EQ(e.core.dead_letters().size(), 1U) << "replayed under another id";
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
  EXPECT_EQ(e.balance(1110), 2400 - 1200);
  EXPECT_EQ(e.balance(2310), -1200) << "the other one is still owed";
  e.say(e.success(1));
  EXPECT_EQ(e.balance(1110), 0);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(BadDay, cancelled_after_a_part_was_invoiced_releases_the_rest_only) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", {line(1, shirt, 3, 3000, 600)}, true);
  e.pay("W-1", 3600);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), code("W-1/S-1"), {1200}});
  e.say(OrderAmended{code("W-1"), web}, {line(1, shirt, 2)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 0);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 2);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U) << "the node's task";
  EXPECT_EQ(e.sent<LineCancelled>()[0].second.at(0).quantity_each, 2);
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_TRUE(e.sent<AuthorisationVoided>().empty()) << "a part of it has been captured";
  EXPECT_EQ(e.balance(1110), 1200);
  EXPECT_EQ(e.balance(4000, 1), -1000);
  e.say(OrderAmended{code("W-1"), web}, {line(1, shirt, 1)});
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "what has shipped is not cancelled";
  EXPECT_EQ(e.balance(1110), 1200);
  e.check_invariants();
}

TEST(BadDay, an_old_cart_is_checked_again_when_it_becomes_an_order) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  EXPECT_EQ(e.core.available(shirt, web), 1) << "what the cart has seen";
  PosSale sale{code("T-1"), dc, 1, {}, false, false};
  sale.tenders.cash = {1200};
  e.say(sale, {line(1, shirt, 1, 1000, 200)});
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 0);
}

// --- a till's upload with a hole in it, at close
struct AtClose : Books {
  static Config settings() {
    Config config = reconciling();
    const Time december = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
    config.periods = {{december - hours{24 * 30}, december, december + hours{2}, december + hours{4}}};
    config.policies.gap_timeout = hours{24 * 30};
    return config;
  }
  AtClose() : Books(settings()) {
    wait(config.periods[0].to - hours{1} - now);
    sold(1);
    sold(3);
  }
  void sold(std::uint64_t n) {
    PosSale sale{code("T-" + std::to_string(n)), dc, 1, {}, false, false};
    sale.tenders.cash = {1200};
    say_numbered("store-1", n, sale, {line(1, shirt, 1, 1000, 200)});
  }
  void until(hours after_the_end) { wait(config.periods[0].to + after_the_end - now); }
  std::string_view november() const { return core.state_of(ItemKind::period, code("2026-11")); }
};

TEST(BadDay, a_gap_in_a_tills_sequence_keeps_the_period_from_being_reconciled) {
  AtClose e;
  e.until(hours{3});
  EXPECT_EQ(e.balance(1100), 1200) << "the third sale waits for the second";
  EXPECT_EQ(e.november(), "soft_closed");
  e.sold(2);
  EXPECT_EQ(e.balance(1100), 3600);
  e.say(PeriodSoftClosed{code("2026-11"), last_day});
  EXPECT_EQ(e.november(), "reconciled");
  e.check_invariants();
}

TEST(BadDay, a_gap_that_is_never_filled_leaves_its_sales_to_the_next_period) {
  AtClose e;
  e.until(hours{5});
  EXPECT_EQ(e.november(), "hard_closed");
  e.occurred = e.config.periods[0].to - hours{1};
  e.sold(2);
  EXPECT_EQ(e.balance(1100), 3600);
  EXPECT_EQ(e.core.journal().back().day, last_day + std::chrono::days{1});
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
