// Parcels that do not simply arrive: labels taken off again, scans, return to sender; and click and collect,
// where the customer is the carrier.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// Three shirts for 10.00 in all (no tax, so that a unit's share is not whole), paid by card and shipping.
struct Paid : SmallEstate {
  explicit Paid(Config settings = small_config()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 3, now);
    OrderPlaced body;
    body.order = code("W-1");
    body.channel = web;
    body.promised = true;
    body.shipping_net = {500};
    body.tenders.card = {1300};
    body.tenders.gift_card = {200};
    body.tenders.gift_card_no = code("GC-1");
    say(body, {line(1, shirt, 3, 1000)});
    pay("W-1", 1300);
  }
  void capture_all() {
    for (const auto& [capture, lines] : sent<CaptureRequested>()) {
      if (captured++ < done) continue;
      say(PaymentCaptured{capture.order, web, capture.payment, capture.capture, capture.amount});
      ++done;
    }
    captured = 0;
  }
  int captured = 0, done = 0;
};

TEST(Labels, a_voided_label_reverses_the_sale_to_the_cent) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.ship("W-1", dc, "S-2", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(4000), -666);
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  EXPECT_EQ(e.at(shirt, dc, Bucket::packed), 1);
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 1);
  EXPECT_EQ(e.balance(4000), -333);
  EXPECT_EQ(e.balance(4010), -500) << "the other parcel has gone";
  EXPECT_EQ(e.balance(5000), 600);
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-2")});
  for (const int account : {4000, 4010, 5000, 2200, 2400})
    EXPECT_EQ(e.balance(static_cast<std::uint16_t>(account)), 0) << account;
  EXPECT_EQ(e.balance(1200, 1), 1800);
  e.check_invariants();

  e.capture_all();
  EXPECT_EQ(e.balance(2100), -(333 + 500 + 333 - 200)) << "asked for when they left: now a deposit";
  e.ship("W-1", dc, "S-3", {line(1, shirt, 3)});
  EXPECT_EQ(e.sent<CaptureRequested>().back().first.amount, Money{334})
      << "only what the deposit does not cover";
  e.capture_all();
  EXPECT_EQ(e.balance(4000), -1000);
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(1110), 1300);
  e.say(ShipmentDelivered{code("S-3")});
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Labels, a_label_is_not_voided_once_anybody_has_had_the_parcel_or_twice) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(ShipmentVoided{code("W-1"), web, store_1, code("S-1")});
  e.say(ShipmentDelivered{code("S-1")});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  e.ship("W-1", dc, "S-2", {line(1, shirt, 1)});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-2")});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-2")});
  ASSERT_EQ(e.core.dead_letters().size(), 3U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::unknown_reference);
  EXPECT_EQ(e.core.dead_letters()[1].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.core.dead_letters()[2].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.balance(4000), -333);
  e.check_invariants();
}

TEST(Labels, of_which_a_customer_has_brought_goods_back_are_not_voided) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.say(PosReturn{code("D-1"), store_1, code("W-1"), web, {}}, {line(1, shirt, 1)});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.check_invariants();
}

TEST(Labels, a_voided_and_then_cancelled_order_gets_its_money_back) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  e.say(OrderAmended{code("W-1"), web}, {line(1, shirt, 3)});
  EXPECT_TRUE(e.sent<RefundRequested>().empty()) << "nothing has been captured yet";
  e.capture_all();
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{1300});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 3);
  EXPECT_EQ(e.balance(2100), 0);
  e.check_invariants();
}

TEST(Labels, a_scanned_parcel_has_left) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(ShipmentScanned{code("S-1"), code("HUB-7")});
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.balance(4000), -333);
}

TEST(Labels, scans_are_kept_and_move_nothing) {
  Paid e;
  e.say(ShipmentScanned{code("S-1"), code("HUB-7")});
  EXPECT_EQ(e.core.counters().parked, 1U) << "before the shipment is known";
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  EXPECT_EQ(e.core.counters().parked, 0U);
  const auto movements = e.core.movements().size();
  e.say(ShipmentDelivered{code("S-1")});
  e.say(ShipmentScanned{code("S-1"), code("HUB-9")});
  EXPECT_EQ(e.core.movements().size(), movements + 1);
  EXPECT_TRUE(e.core.dead_letters().empty()) << "a late scan is no mistake";
  e.check_invariants();
}

TEST(Labels, returned_to_sender_are_inspected_and_refunded_where_they_arrive) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.capture_all();
  e.say(ReturnInspected{code("S-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.say(ReturnedToSender{code("S-1"), store_1});
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.at(shirt, dc, Bucket::return_hold), 0);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{1000}) << "without shipping";
  e.say(ReturnedToSender{code("S-1"), dc});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  e.check_invariants();
}

TEST(Labels, returned_to_the_node_that_sent_them_go_straight_into_its_hold) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 2)});
  e.say(ReturnedToSender{code("S-1"), dc});
  const Movement last = e.core.movements().back();
  EXPECT_EQ(last.from, Bucket::in_transit_out);
  EXPECT_EQ(last.to, Bucket::return_hold);
  EXPECT_EQ(e.balance(1210), 1200);
  e.check_invariants();
}

TEST(Labels, returned_to_sender_are_in_a_count_that_came_before_their_carrier_told) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.wait(std::chrono::hours{1});
  e.say(ReturnInspected{code("S-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  e.wait(std::chrono::hours{1});
  e.say(StockCounted{store_1, code("C-1")}, {line(1, shirt, 3)});
  EXPECT_EQ(e.balance(5200), -1800) << "nobody knows yet where they come from";
  e.say(ReturnedToSender{code("S-1"), store_1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3) << "the same three";
  EXPECT_EQ(e.balance(5200), 0) << "they were never lost";
  EXPECT_EQ(e.balance(1200, 2), 1800);
  EXPECT_EQ(e.balance(1210), 0);
  e.check_invariants();
}

TEST(Labels, returned_to_sender_after_a_count_are_not_in_it) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.say(StockCounted{store_1, code("C-1")}, {line(1, shirt, 0)});
  e.wait(std::chrono::hours{1});
  e.say(ReturnInspected{code("S-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  e.say(ReturnedToSender{code("S-1"), store_1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.balance(1200, 2), 1800);
  EXPECT_EQ(e.balance(5200), 0);
  e.check_invariants();
}

TEST(Labels, returned_to_sender_are_in_a_count_however_late_their_inspection_is_replayed) {
  Paid e;
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  e.say(ReturnInspected{code("S-1"), code("W-1"), web, store_1}, {line(1, shirt, 3)});
  e.wait(e.config.policies.parking_life + std::chrono::hours{1});
  ASSERT_EQ(e.core.dead_letters().size(), 1U) << "it has waited for long enough";
  e.say(StockCounted{store_1, code("C-1")}, {line(1, shirt, 3)});
  e.say(ReturnedToSender{code("S-1"), store_1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 3) << "for all that is known";
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.balance(5200), 0);
  e.check_invariants();
}

/// Two shirts to be collected at store 1.
struct ToCollect : SmallEstate {
  ToCollect() {
    core.open_stock(store_1, shirt, 2, now);
    OrderPlaced body;
    body.order = code("W-1");
    body.channel = web;
    body.promised = true;
    body.fulfilment = Fulfilment::collect;
    body.collect_at = store_1;
    body.tenders.card = {2400};
    say(body, {line(1, shirt, 2, 2000, 400)});
    pay("W-1", 2400);
  }
  void ready(NodeId node = store_1) { say(ReadyForPickup{code("W-1"), web, node}); }
  void collect(std::int32_t n) { say(OrderCollected{code("W-1"), web, store_1}, {line(1, shirt, n)}); }
};

TEST(ClickAndCollect, control_passes_when_the_customer_takes_the_goods) {
  ToCollect e;
  e.pick_and_pack("W-1", store_1, {line(1, shirt, 2)});
  e.ready();
  EXPECT_EQ(e.core.open_items().at(0).state, "ready");
  EXPECT_EQ(e.balance(4000), 0);
  e.collect(1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::packed), 1);
  EXPECT_EQ(e.balance(4000), -1000);
  EXPECT_EQ(e.core.journal().back().rule, 51);
  e.collect(1);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 2U);
  EXPECT_EQ(e.balance(5000), 1200);
  e.collect(1);
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "more than was ordered";
  e.wait(std::chrono::hours{24 * 8});
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  e.say(PosReturn{code("D-1"), store_1, code("W-1"), web, {}}, {line(1, shirt, 1)});
  EXPECT_EQ(e.sent<RefundRequested>().at(0).first.tenders.card, Money{1200});
  e.check_invariants();
}

TEST(ClickAndCollect, what_nobody_collects_in_a_week_is_put_back_and_given_free) {
  ToCollect e;
  e.ready();
  e.collect(1);
  e.wait(std::chrono::hours{24 * 7 - 1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::packed), 1);
  e.wait(std::chrono::hours{1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 1);
  EXPECT_EQ(e.sent<LineCancelled>().size(), 2U) << "to the store and to the channel";
  EXPECT_EQ(e.core.open_items().size(), 1U) << "the capture of what was collected";
  e.check_invariants();
}

TEST(ClickAndCollect, of_an_order_paid_in_advance_is_refunded_when_nobody_comes) {
  ToCollect e;
  e.say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), code("early"), {2400}});
  e.ready();
  e.wait(std::chrono::hours{24 * 7});
  EXPECT_EQ(e.sent<RefundRequested>().at(0).first.tenders.card, Money{2400});
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  e.collect(2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0) << "handed over all the same: a fact";
  EXPECT_EQ(e.sent<CaptureRequested>().at(0).first.amount, Money{2400})
      << "what was refunded is asked for again";
  e.check_invariants();
}

TEST(ClickAndCollect, is_ready_only_where_it_is_to_be_collected) {
  ToCollect e;
  e.ready(store_2);
  e.ready();
  e.ready();
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
