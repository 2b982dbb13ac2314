// reserve-to-fulfil: promises, allocation, what nodes answer, and the compensations.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<Line> shirts(std::int32_t n) { return {line(1, shirt, n, 1000 * n, 200 * n)}; }
Config with(bool Capabilities::*capability, bool on) {
  Config config = small_config();
  config.capabilities.*capability = on;
  return config;
}

TEST(Promise, is_all_lines_or_nothing) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200), line(2, shoes, 1, 5000, 1000)});
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.pay("W-1", 1200);  // The money of a refused order is given free.
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  e.check_invariants();
}

TEST(Promise, counts_lines_of_one_item_together) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", {line(1, shirt, 2, 2000, 400), line(2, shirt, 2, 2000, 400)});
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
}

TEST(Promise, keeps_the_safety_stock_of_its_channel) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  EXPECT_EQ(e.core.available(shirt, web), 1);
  EXPECT_EQ(e.core.available(shirt, market_a), 0);
  SmallEstate unsafe(with(&Capabilities::safety_stock, false));
  unsafe.core.open_stock(dc, shirt, 1, unsafe.now);
  EXPECT_EQ(unsafe.core.available(shirt, market_a), 1);
}

TEST(Promise, two_customers_and_one_unit_give_one_yes) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.order("W-2", shirts(1));
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
}

TEST(Promise, an_order_number_is_taken_once) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.order("W-1", shirts(1));
  e.order("W-1", shirts(1));
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
  e.order("W-1", shirts(1), true, market_a);  // Another channel's number is another order.
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
}

TEST(Sourcing, prefers_one_node_that_has_all_and_splits_only_if_none_has) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.core.open_stock(store_2, shirt, 3, e.now);
  e.order("W-1", shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 2) << "the first that has two";
  e.order("W-2", shirts(4));
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  EXPECT_EQ(e.at(shirt, store_2, Bucket::reserved), 3);
  e.pay("W-2");
  EXPECT_EQ(e.sent<LineAllocated>().size(), 2U) << "one command for each node";
}

TEST(Sourcing, stock_that_serves_nobody_online_is_not_promised) {
  SmallEstate e;
  e.core.open_stock(closed_store, shirt, 5, e.now);
  e.order("W-1", shirts(1));
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
}

TEST(Sourcing, collection_comes_from_the_chosen_store_alone) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.core.open_stock(store_1, shirt, 1, e.now);
  OrderPlaced order;
  order.channel = web;
  order.fulfilment = Fulfilment::collect;
  order.collect_at = store_1;
  order.tenders.card = {1200};
  order.order = code("W-1");
  e.say(order, shirts(1));
  order.order = code("W-2");
  e.say(order, shirts(1));
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
  e.pay("W-1");
  e.say(PickRejected{code("W-1"), web, store_1, PickReason::short_by}, shirts(1));
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U) << "nowhere else to collect it";
}

TEST(Hold, expires_without_payment_and_gives_the_units_back) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.wait(minutes{29});
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  e.wait(minutes{1});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_EQ(e.core.counters().holds_expired, 1U);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second[0].net, Money{1000});
  e.pay("W-1");
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Hold, is_kept_by_a_payment_in_time) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  EXPECT_FALSE(e.core.next_timer() == e.now + minutes{30});
  e.wait(hours{1});
  EXPECT_EQ(e.core.counters().holds_expired, 0U);
}

TEST(Hold, without_time_outs_never_expires) {
  SmallEstate e(with(&Capabilities::timeouts, false));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  EXPECT_FALSE(e.core.next_timer().has_value());
}

TEST(Payment, declined_releases_the_hold) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.say(PaymentDeclined{code("W-1"), web, code("P"), {1200}});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_TRUE(e.sent<LineCancelled>().empty()) << "the channel knows";
}

TEST(Payment, declined_after_it_was_authorised_is_illegal) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.say(PaymentDeclined{code("W-1"), web, code("P"), {1200}});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
}

TEST(Payment, a_marketplace_order_and_one_paid_by_gift_card_are_funded_at_once) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("M-1", shirts(1), true, market_b);
  OrderPlaced order;
  order.order = code("W-1");
  order.channel = web;
  order.tenders.gift_card = {1200};
  order.tenders.gift_card_no = code("GC-1");
  e.say(order, shirts(1));
  EXPECT_EQ(e.sent<LineAllocated>().size(), 2U);
}

TEST(Cancellation, by_the_customer_releases_and_voids_before_allocation) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.say(OrderCancelled{code("W-1"), web, CancelledBy::customer});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  e.say(OrderCancelled{code("W-1"), web, CancelledBy::customer});
  EXPECT_TRUE(e.core.dead_letters().empty()) << "cancelled twice is cancelled";
  e.pay("W-1");
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
}

TEST(Cancellation, after_allocation_is_refused) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.say(OrderCancelled{code("W-1"), web, CancelledBy::customer});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
}

TEST(PromisedByChannel, what_is_missing_is_cancelled_at_once) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("M-1", shirts(3), true, market_b);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second[0].quantity_each, 2);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second[0].net, Money{2000});
  EXPECT_EQ(e.core.available(shirt, market_b), 0);
}

TEST(PromisedByChannel, what_is_missing_waits_for_a_receipt_by_channel_priority_then_age) {
  SmallEstate e(with(&Capabilities::backorders, true));
  e.order("B-1", shirts(1), true, market_b);
  e.order("A-1", shirts(1), true, market_a);
  e.order("A-2", shirts(1), true, market_a);
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  Line received = line(1, shirt, 2);
  received.cost = {1200};
  e.say(StockReceived{dc, code("PO-1")}, {received});
  const auto allocated = e.sent<LineAllocated>();
  ASSERT_EQ(allocated.size(), 2U);
  EXPECT_EQ(allocated[0].first.order, code("A-1"));
  EXPECT_EQ(allocated[1].first.order, code("A-2"));
  e.wait(hours{72});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U) << "no stock came for the third in time";
  EXPECT_EQ(e.sent<LineCancelled>()[0].first.order, code("B-1"));
  e.check_invariants();
}

TEST(WithoutAuthority, nothing_is_held_and_the_fullest_node_is_guessed) {
  SmallEstate e(with(&Capabilities::reservation_authority, false));
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", shirts(1), true);
  e.order("W-2", shirts(1), true);
  EXPECT_EQ(e.core.available(shirt, web), 1);
  e.pay("W-1");
  e.pay("W-2");
  ASSERT_EQ(e.sent<LineAllocated>().size(), 2U) << "the last unit is sent out twice";
  EXPECT_EQ(e.sent<LineAllocated>()[1].first.node, store_1);
  e.pick_and_pack("W-1", store_1, {line(1, shirt, 1)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  e.order("W-3", shirts(1), true);
  e.pay("W-3");
  EXPECT_EQ(e.sent<LineAllocated>().size(), 3U) << "even if there is nothing";
  e.check_invariants();
}

TEST(WithoutAuthority, an_order_that_asks_is_told_yes) {
  SmallEstate e(with(&Capabilities::reservation_authority, false));
  e.order("W-1", shirts(1));
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
}

class PickRejection : public ::testing::TestWithParam<PickReason> {};

TEST_P(PickRejection, its_reason_decides_what_happens_to_the_record) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1");
  e.say(PickRejected{code("W-1"), web, dc, GetParam()}, {line(1, shirt, 2)});
  const auto booked = [&](Bucket bucket) { return e.at(shirt, dc, bucket); };
  switch (GetParam()) {
    case PickReason::not_in_stock:
      EXPECT_EQ(booked(Bucket::sellable), 0);
      EXPECT_EQ(booked(Bucket::shrink), 5);
      EXPECT_EQ(e.balance(5200), 5 * 600);
      break;
    case PickReason::short_by:
      EXPECT_EQ(booked(Bucket::sellable), 3);
      EXPECT_EQ(booked(Bucket::shrink), 2);
      EXPECT_EQ(e.balance(1200, 1), 3 * 600);
      break;
    case PickReason::damaged:
      EXPECT_EQ(booked(Bucket::sellable), 3);
      EXPECT_EQ(booked(Bucket::damaged), 2);
      EXPECT_EQ(e.balance(5200), 2 * 600);
      break;
    case PickReason::no_variance:
      EXPECT_EQ(booked(Bucket::sellable), 5);
      EXPECT_EQ(e.balance(5200), 0);
      break;
  }
  EXPECT_EQ(booked(Bucket::reserved), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 2) << "sourced again, at another node";
  EXPECT_EQ(e.sent<LineAllocated>().back().first.node, store_1);
  e.say(PickRejected{code("W-1"), web, store_1, PickReason::no_variance}, {line(1, shirt, 2)});
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U) << "no node is asked twice";
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U) << "the whole order is gone";
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

INSTANTIATE_TEST_SUITE_P(Reasons, PickRejection,
                         ::testing::Values(PickReason::not_in_stock, PickReason::short_by,
                                           PickReason::damaged, PickReason::no_variance));

TEST(PickRejections, without_resourcing_cancel_the_line) {
  SmallEstate e(with(&Capabilities::resourcing, false));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.say(PickRejected{code("W-1"), web, dc, PickReason::short_by}, {line(1, shirt, 1)});
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U);
}

Line with_short(Line line, std::int32_t units) {
  line.short_each = units;
  return line;
}

/// What a warehouse says with its shipment that it does not find: refused, and its record stays.
TEST(ShippingAdvice, says_what_will_not_come_and_that_is_sourced_again) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.order("W-1", shirts(3));
  e.pay("W-1", 3600);
  e.ship("W-1", dc, "S-1", {with_short(line(1, shirt, 2), 1)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 2);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 0);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 3) << "counts and lists say what lies there";
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 1);
  EXPECT_EQ(e.balance(4000), -2000);
  e.ship("W-1", store_1, "S-2", {with_short(line(1, shirt, 0), 1)});
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U) << "nobody else is left";
  EXPECT_EQ(e.balance(4000), -2000) << "a parcel of nothing is none";
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 0);
  e.check_invariants();
}

TEST(ShippingAdvice, of_more_than_was_ordered_is_refused) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.order("W-1", shirts(3));
  e.ship("W-1", dc, "S-1", {with_short(line(1, shirt, 2), 2)});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 0);
}

TEST(ShippingAdvice, that_comes_twice_is_short_once) {
  SmallEstate e(with(&Capabilities::idempotency, false));
  e.core.open_stock(dc, shirt, 5, e.now);
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.order("W-1", shirts(3));
  e.pay("W-1", 3600);
  e.ship("W-1", dc, "S-1", {with_short(line(1, shirt, 2), 1)});
  e.ship("W-1", dc, "S-1", {with_short(line(1, shirt, 2), 1)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 1);
}

/// The node had begun with it when the customer cancelled, and puts it back when it hears of that.
TEST(Cancellation, that_crosses_the_pick_leaves_nothing_at_the_packing_table) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1", 2400);
  e.say(OrderAmended{code("W-1"), web, CancelledBy::customer}, shirts(1));
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  e.pick_and_pack("W-1", store_1, shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::packed), 1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 1);
  e.ship("W-1", store_1, "S-1", shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::in_transit_out), 2) << "unless it leaves all the same";
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  e.check_invariants();
}

/// Of six one each is taken off at stores 2 and 1; store 1 had begun with both of its. The DC's task goes on.
TEST(Cancellation, that_crosses_the_pick_takes_nothing_from_another_node) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.core.open_stock(store_2, shirt, 1, e.now);
  e.order("W-1", shirts(6));
  e.pay("W-1", 7200);
  e.say(OrderAmended{code("W-1"), web, CancelledBy::customer}, shirts(2));
  ASSERT_EQ(e.at(shirt, store_1, Bucket::reserved), 1);
  e.pick_and_pack("W-1", store_1, shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::packed), 1);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 3) << "still asked for them";
  e.ship("W-1", store_1, "S-1", shirts(1));
  e.ship("W-1", dc, "S-2", shirts(3));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::packed), 0);
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 3);
  e.check_invariants();
}

TEST(OverduePicks, are_called_back_from_the_node_that_did_not_answer) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 2, e.now);
  e.core.open_stock(store_1, shirt, 2, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1");
  e.wait(Policies{}.pick_deadline + std::chrono::minutes{1});
  const auto called_back = e.sent<LineCancelled>();
  ASSERT_EQ(called_back.size(), 1U) << "or both nodes ship";
  EXPECT_EQ(called_back[0].second.at(0).quantity_each, 2);
  EXPECT_EQ(e.sent<LineAllocated>().back().first.node, store_1);
  e.check_invariants();
}

TEST(BrokenReservation, a_walk_in_takes_a_held_unit_and_the_order_is_sourced_again) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.core.open_stock(store_2, shirt, 1, e.now);
  PosSale sale{code("T-1"), store_1, 1, {}};
  sale.tenders.cash = {1200};
  e.say(sale, shirts(1));
  EXPECT_EQ(e.core.counters().reservations_broken, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 0);
  EXPECT_EQ(e.at(shirt, store_2, Bucket::reserved), 1);
  e.check_invariants();
}

TEST(BrokenReservation, the_last_served_channel_yields_first_then_the_youngest) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 3, e.now);
  e.order("W-1", shirts(1));
  e.order("B-1", shirts(1), true, market_b);
  e.order("W-2", shirts(1));
  e.say(StockCounted{store_1, code("C")}, {line(1, shirt, 2)});
  // The marketplace order is at the store already: it stays there, without a reservation, until the store
  // answers.
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 2);
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  e.say(PickRejected{code("B-1"), market_b, store_1, PickReason::no_variance}, {line(1, shirt, 1)});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].first.channel, market_b);
  e.say(StockCounted{store_1, code("C2")}, {line(1, shirt, 1)});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 2U);
  EXPECT_EQ(e.sent<LineCancelled>()[1].first.order, code("W-2"));
  e.check_invariants();
}

TEST(Stages, a_later_one_implies_the_earlier_ones_whatever_the_order_of_arrival) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(StockPacked{code("W-1"), web, dc}, {line(1, shirt, 2)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::packed), 1);
  e.say(StockPicked{code("W-1"), web, dc}, {line(1, shirt, 2)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::picked), 0);
  e.ship("W-1", dc, "S-2", {line(1, shirt, 1)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 2);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Stages, more_than_was_ordered_is_illegal_where_an_inbox_absorbs_repetitions) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.ship("W-1", dc, "S-2", {line(1, shirt, 1)});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  e.ship("W-1", dc, "S-3", {line(7, hat, 1)});
  EXPECT_EQ(e.core.dead_letters()[1].last.category, ExceptionCategory::unknown_reference);
}

TEST(Stages, a_repeated_shipment_leaves_the_shelf_again_where_nothing_absorbs_it) {
  SmallEstate e(with(&Capabilities::idempotency, false));
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  for (int i = 0; i < 2; ++i) {
    e.pick_and_pack("W-1", dc, {line(1, shirt, 1)});
    e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  }
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 2);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_EQ(e.balance(4000), -2000);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 2U);
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.capture, e.sent<CaptureRequested>()[1].first.capture);
  e.check_invariants();
}

TEST(Stages, goods_that_left_before_the_payment_was_known_are_captured_when_it_is) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_TRUE(e.sent<CaptureRequested>().empty());
  e.pay("W-1");
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.payment, code("pay-W-1"));
}

TEST(PickDeadline, an_allocation_without_an_answer_is_sourced_at_another_node) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.wait(hours{72});
  EXPECT_EQ(e.sent<LineAllocated>().back().first.node, store_1);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 1);
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U) << "the DC is to forget it";
  // The first node answers after all: what it did is a fact, and the units come from where they were planned.
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 0);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 2U) << "now the store is to forget it";
  EXPECT_EQ(e.sent<LineCancelled>().back().second.at(0).quantity_each, 1);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(PickDeadline, leaves_the_units_with_a_slow_node_when_nobody_else_has_them) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(1));
  e.pay("W-1");
  e.wait(hours{80});
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  EXPECT_EQ(e.sent<LineAllocated>().size(), 1U);
}

TEST(Authorisation, expires_and_cancels_what_is_on_back_order) {
  Config config = with(&Capabilities::backorders, true);
  config.policies.backorder_wait = hours{24 * 30};
  SmallEstate e(config);
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", shirts(2), true);
  e.pay("W-1");
  e.wait(hours{24 * 7});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second[0].quantity_each, 1);
  EXPECT_TRUE(e.sent<AuthorisationVoided>().empty()) << "the other unit is on its way";
}

TEST(Parcels, lost_ones_are_refunded_and_cannot_be_delivered_after_that) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 2, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 2)});
  e.say(ShipmentLost{code("S-1")});
  EXPECT_EQ(e.at(shirt, dc, Bucket::lost), 2);
  EXPECT_EQ(e.balance(5210), 1200);
  EXPECT_EQ(e.balance(5000), 0);
  EXPECT_EQ(e.balance(4030), 2000);
  EXPECT_EQ(e.balance(2310), -2400);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const auto refund = e.sent<RefundRequested>()[0].first;
  EXPECT_EQ(refund.tenders.card, Money{2400});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.say(ShipmentLost{code("S-1")});
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  e.say(RefundSucceeded{code("W-1"), web, refund.refund, refund.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.core.open_items().size(), 1U) << "only the capture is still awaited";
  e.check_invariants();
}

TEST(Parcels, a_second_carton_of_a_delivered_shipment_is_delivered_too) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 2, e.now);
  e.order("W-1", shirts(2));
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(ShipmentDelivered{code("S-1")});
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 2);
  const auto captures = e.sent<CaptureRequested>();
  ASSERT_EQ(captures.size(), 2U);
  EXPECT_FALSE(captures[0].first.capture == captures[1].first.capture);
}

}  // namespace
}  // namespace omnisim::core::testing
