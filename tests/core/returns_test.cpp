// return-to-refund: refund what came, by original tender, once; stock goes to the node that received it.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// An order of three shirts (net 10.00, tax 2.00 each), 9.00 of it by gift card, shipped and delivered.
struct Sold : SmallEstate {
  explicit Sold(Config settings = small_config()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 5, now);
    OrderPlaced body;
    body.order = code("W-1");
    body.channel = web;
    body.tenders.card = {2700};
    body.tenders.gift_card = {900};
    body.tenders.gift_card_no = code("GC-1");
    say(body, {line(1, shirt, 3, 3000, 600)});
    pay("W-1", 2700);
    ship("W-1", dc, "S-1", {line(1, shirt, 3)});
    say(ShipmentDelivered{code("S-1")});
    const auto capture = sent<CaptureRequested>().at(0).first;
    say(PaymentCaptured{capture.order, web, capture.payment, capture.capture, capture.amount});
  }
  void receive(std::int32_t n, NodeId node = store_1, std::string_view rma = "R-1") {
    say(ReturnReceived{code(rma), code("W-1"), web, node}, {line(1, shirt, n)});
  }
  void inspect(std::int32_t n, NodeId node = store_1, std::string_view rma = "R-1",
               Condition condition = Condition::resellable) {
    say(ReturnInspected{code(rma), code("W-1"), web, node}, {with_condition(line(1, shirt, n), condition)});
  }
};

TEST(Returns, refund_what_came_not_what_was_announced) {
  Sold e;
  e.say(ReturnAuthorised{code("R-1"), code("W-1"), web}, {line(1, shirt, 3)});
  e.receive(2);
  EXPECT_EQ(e.balance(4030), 2000);
  EXPECT_EQ(e.balance(2300), -2000);
  EXPECT_EQ(e.balance(1210), 1200);
  e.inspect(2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2) << "at the node that received them";
  EXPECT_EQ(e.balance(1200, 2), 1200);
  EXPECT_EQ(e.balance(1210), 0);
  EXPECT_EQ(e.balance(2310), -2400);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{2400});
  e.check_invariants();
}

TEST(Returns, give_the_card_back_first_and_then_the_gift_card) {
  Sold e;
  e.receive(3);
  e.inspect(3);
  const auto refunds = e.sent<RefundRequested>();
  ASSERT_EQ(refunds.size(), 2U);
  EXPECT_EQ(refunds[0].first.tenders.card, Money{2700});
  EXPECT_EQ(refunds[1].first.tenders.gift_card, Money{900});
  EXPECT_EQ(refunds[1].first.tenders.gift_card_no, code("GC-1"));
  EXPECT_EQ(e.core.open_items().size(), 1U);
  for (const auto& [refund, lines] : refunds)
    e.say(RefundSucceeded{code("W-1"), web, refund.refund, refund.tenders});
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1110), 0);
  e.say(RefundSucceeded{code("W-1"), web, refunds[0].first.refund, refunds[0].first.tenders});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
}

TEST(Returns, that_came_in_two_parts_are_allocated_in_one_line) {
  Config config = small_config();
  config.capabilities.backorders = true;
  Sold e(std::move(config));
  e.order("W-2", {line(1, shirt, 4, 4000, 800)}, true);
  e.pay("W-2", 4800);
  e.receive(1, dc);
  e.receive(1, dc);
  e.inspect(2, dc);
  ASSERT_EQ(e.sent<LineAllocated>().size(), 3U) << "W-1; what there was for W-2; and the rest of it";
  const auto [told, lines] = e.sent<LineAllocated>().back();
  EXPECT_EQ(told.order, code("W-2"));
  ASSERT_EQ(lines.size(), 1U) << "a document names a line once";
  EXPECT_EQ(lines[0].quantity_each, 2) << "both that came back";
  e.check_invariants();
}

TEST(Returns, damaged_goods_are_written_off) {
  Sold e;
  e.receive(1);
  e.inspect(1, store_1, "R-1", Condition::damaged);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::damaged), 1);
  EXPECT_EQ(e.balance(5200), 600);
  EXPECT_EQ(e.balance(1200, 2), 0);
}

TEST(Returns, in_parts_are_inspected_and_refunded_in_parts) {
  Sold e;
  e.receive(2);
  e.inspect(1);
  e.receive(1);
  e.inspect(2);
  EXPECT_EQ(e.balance(2310), -3600);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 0);
  e.check_invariants();
}

TEST(Returns, that_overtake_their_announcement_or_shipment_are_normal) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.say(ReturnInspected{code("R-1"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.say(ReturnReceived{code("R-1"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1");
  EXPECT_EQ(e.core.counters().parked, 2U);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.core.counters().parked, 0U);
  e.say(ReturnAuthorised{code("R-1"), code("W-1"), web}, {line(1, shirt, 1)});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Returns, of_more_than_was_shipped_do_not_happen) {
  Sold e;
  e.receive(3);
  e.receive(1, store_1, "R-2");
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.receive(4, store_1, "R-3");
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.wait(std::chrono::hours{24});
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 3);
}

TEST(Returns, over_the_counter_are_received_inspected_and_refunded_by_original_tender) {
  Sold e;
  e.say(PosReturn{code("D-1"), store_2, code("W-1"), web, {}},
        {line(1, shirt, 1), with_condition(line(1, shirt, 1), Condition::damaged)});
  EXPECT_EQ(e.at(shirt, store_2, Bucket::sellable), 1);
  EXPECT_EQ(e.at(shirt, store_2, Bucket::damaged), 1);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{2400});
  EXPECT_EQ(e.balance(5200), 600);
  e.check_invariants();
}

TEST(Returns, that_the_till_paid_out_are_settled_without_a_request) {
  Sold e;
  PosReturn body{code("D-1"), store_2, code("W-1"), web, {}};
  body.tenders.cash = {1200};
  e.say(body, {line(1, shirt, 1)});
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1100), -1200);
  EXPECT_TRUE(e.core.open_items().empty());
}

TEST(Returns, of_a_marketplace_order_are_refunded_by_the_marketplace) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("M-1", {line(1, shirt, 1, 1000)}, true, market_a);
  e.ship("M-1", dc, "S-1", {line(1, shirt, 1)}, market_a);
  EXPECT_EQ(e.balance(1150, 2), 1000);
  EXPECT_TRUE(e.sent<CaptureRequested>().empty());
  e.say(ReturnReceived{code("R-1"), code("M-1"), market_a, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("R-1"), code("M-1"), market_a, dc}, {line(1, shirt, 1)});
  const auto& command = e.recorder.commands.back();
  const auto refund = std::get<RefundRequested>(command.event.body);
  EXPECT_EQ(command.to.system, System::channel);
  EXPECT_EQ(command.to.index, market_a.value);
  EXPECT_EQ(refund.tenders.marketplace, Money{1000});
  e.say(RefundSucceeded{code("M-1"), market_a, refund.refund, refund.tenders});
  EXPECT_EQ(e.balance(1150, 2), 0);
  e.check_invariants();
}

TEST(Returns, repeated_without_an_inbox_are_booked_again_but_never_paid_beyond_the_order) {
  Config config = small_config();
  config.capabilities.idempotency = false;
  Sold e(config);
  const std::string received =
      e.message(ReturnReceived{code("R-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  const std::string inspected =
      e.message(ReturnInspected{code("R-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  for (int i = 0; i < 3; ++i) {
    e.deliver(received);
    e.deliver(inspected);
    e.deliver(inspected);
  }
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 18);
  EXPECT_EQ(e.balance(4030), 9000);
  Money asked;
  for (const auto& [refund, lines] : e.sent<RefundRequested>()) asked += refund.tenders.total();
  EXPECT_EQ(asked, Money{3600});
  e.check_invariants();
}

/// Found by `omnisim fuzz`: point-to-point, whose core remembers no message.
TEST(Returns, of_a_parcel_that_is_lost_shipped_and_lost_once_more_without_an_inbox) {
  Config config = small_config();
  config.capabilities.idempotency = false;
  SmallEstate e(config);
  e.core.open_stock(dc, shirt, 5, e.now);
  OrderPlaced body;
  body.order = code("W-1");
  body.channel = web;
  body.tenders.card = {3600};
  e.say(body, {line(1, shirt, 3, 3000, 600)});
  e.pay("W-1", 3600);
  for (int i = 0; i < 2; ++i) {
    e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
    e.say(ShipmentLost{code("S-1")});
    for (const auto& [refund, lines] : e.sent<RefundRequested>())
      e.say(RefundSucceeded{code("W-1"), web, refund.refund, refund.tenders});
  }
  Money asked;
  for (const auto& [refund, lines] : e.sent<RefundRequested>()) asked += refund.tenders.total();
  EXPECT_EQ(asked, Money{2400}) << "booked twice, as a core without memory does, and never beyond the order";
  e.check_invariants();
}

TEST(Returns, with_the_tills_own_receipt_are_paid_out_by_the_till) {
  SmallEstate e;
  PosReturn body{code("D-1"), store_1, {}, {}, {}};
  body.tenders.cash = {500};
  body.tenders.card = {700};
  e.say(body, {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.balance(4030), 1000);
  EXPECT_EQ(e.balance(2200), 200);
  EXPECT_EQ(e.balance(1100), -500);
  EXPECT_EQ(e.balance(1110), -700);
  EXPECT_EQ(e.balance(1200, 2), 600);
  EXPECT_EQ(e.balance(5000), -600);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 1);
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
}

TEST(Returns, of_what_was_not_ordered_are_refused) {
  Sold e;
  e.say(ReturnReceived{code("R-1"), code("W-1"), web, dc}, {line(1, hat, 1)});
  e.say(PosReturn{code("D-1"), store_2, code("W-1"), web, {}}, {line(1, hat, 1)});
  e.say(ReturnInspected{code("R-1"), code("W-1"), web, dc}, {line(1, hat, 1)});
  EXPECT_EQ(e.core.dead_letters().size(), 3U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::unknown_reference);
}

}  // namespace
}  // namespace omnisim::core::testing
