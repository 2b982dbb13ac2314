// What counts as oversold and undersold, and why, from hand-made facts (decision 0005).
#include "harness/audit/promises.hpp"

#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using core::Bucket;
using world::FactKind;
using world::Place;

/// One cup in the DC, booked; a first order takes it. What the second order's promise rests on is a test's
/// business.
void promise_the_only_cup(Stage& s) {
  s.open(Stage::cup, Stage::dc, 1);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
}

TEST(Oversell, is_a_unit_promised_twice_and_cancelled) {
  Stage s;
  promise_the_only_cup(s);
  s.order(200, "B", Stage::cup, 1);
  s.promise(200, "B");
  s.cancel(300, "B", Stage::cup, 1);
  s.promises.finish();
  const Promises::PerChannel web = s.promises.channel(Stage::web);
  EXPECT_EQ(web.units, 1);
  EXPECT_EQ(web.orders, 1);
  EXPECT_EQ(web.revenue_minor, 1000);
  EXPECT_EQ(web.promised_units, 2);
  EXPECT_EQ(web.seller_cancelled_orders, 1);
  EXPECT_EQ(s.promises.channel(Stage::market).units, 0);
  EXPECT_EQ(s.promises.cause(Cause::latency), 1) << "a hundred seconds after the other promise";
  EXPECT_EQ(s.promises.undersold_units, 0);
}

TEST(Oversell, orders_with_the_most_units_oversold_come_first) {
  Stage s;
  promise_the_only_cup(s);
  for (const auto& [order, units] : {std::pair("B", 1), std::pair("C", 3), std::pair("D", 2)}) {
    s.order(200, order, Stage::cup, units);
    s.promise(200, order);
    s.cancel(300, order, Stage::cup, units);
  }
  s.promises.finish();
  EXPECT_EQ(s.promises.most_oversold(2), (std::vector{code("C"), code("D")}));
  EXPECT_EQ(s.promises.most_oversold(9).size(), 3U) << "A is not among them";
}

TEST(Oversell, within_a_second_of_the_other_purchase_is_a_race) {
  Stage s;
  promise_the_only_cup(s);
  s.order(100, "B", Stage::cup, 1);
  s.promise(100, "B");
  s.cancel(300, "B", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::race), 1);
  EXPECT_EQ(s.promises.cause(Cause::latency), 0);
}

TEST(Oversell, of_a_stolen_unit_that_nobody_counted_is_phantom_stock) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
  s.move(50, Stage::cup, Stage::dc, Place::shelf, Place::stolen, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  s.cancel(300, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::phantom), 1);
}

TEST(Oversell, from_a_number_above_everything_that_is_booked_is_a_double_count) {
  Stage s;
  promise_the_only_cup(s);
  s.stock.on_shown({.at = Stage::at(150), .channel = Stage::web, .sku = Stage::cup, .quantity_each = 2});
  s.order(200, "B", Stage::cup, 1);
  s.promise(200, "B");
  s.cancel(300, "B", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::double_count), 1);
}

TEST(Oversell, of_a_unit_that_was_there_at_the_promise_and_then_taken_is_a_broken_reservation) {
  Stage s;
  promise_the_only_cup(s);
  s.move(200, Stage::cup, Stage::dc, Place::shelf, Place::customer, 1);
  s.cancel(300, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::broken_reservation), 1);
}

TEST(Oversell, counts_what_ships_too_late_only_where_no_unit_was_free_at_the_promise) {
  Stage s;
  promise_the_only_cup(s);
  s.order(200, "B", Stage::cup, 1, 500);
  s.promise(200, "B");
  s.ship(400, "A", Stage::cup, 1);
  s.move(600, Stage::cup, Stage::dc, Place::supplier, Place::shelf, 1);
  s.ship(700, "B", Stage::cup, 1);
  EXPECT_EQ(s.promises.channel(Stage::web).units, 1);

  Stage slow;  // The unit was there all the time; the warehouse was slow.
  slow.open(Stage::cup, Stage::dc, 1);
  slow.order(100, "A", Stage::cup, 1, 500);
  slow.promise(100, "A");
  slow.ship(700, "A", Stage::cup, 1);
  EXPECT_EQ(slow.promises.channel(Stage::web).units, 0);
}

TEST(Oversell, counts_what_never_ships_when_all_is_over) {
  Stage s;
  promise_the_only_cup(s);
  s.order(200, "B", Stage::cup, 2);
  s.promise(200, "B");
  s.ship(400, "A", Stage::cup, 1);
  s.state({.kind = FactKind::units_delivered, .at = Stage::at(500), .order = code("A")},
          {Stage::line(Stage::cup, 1)});
  s.promises.finish();
  EXPECT_EQ(s.promises.channel(Stage::web).units, 2);
  EXPECT_EQ(s.promises.stuck_units, 2);
  EXPECT_EQ(s.promises.first_stuck, "B");
  EXPECT_EQ(s.promises.orders_fulfilled, 1);
}

TEST(Oversell, a_cancellation_that_is_told_twice_counts_once) {
  Stage s;
  promise_the_only_cup(s);
  s.order(200, "B", Stage::cup, 1);
  s.promise(200, "B");
  s.cancel(300, "B", Stage::cup, 1);
  s.cancel(400, "B", Stage::cup, 1);
  EXPECT_EQ(s.promises.channel(Stage::web).units, 1);
  EXPECT_EQ(s.promises.orders_cancelled, 1);
}

TEST(Oversell, counts_of_a_line_that_ships_too_late_only_the_units_that_were_short) {
  Stage s;
  // Five wanted, three free: two are short. All five ship in one late parcel; three of them were just slow.
  s.open(Stage::cup, Stage::dc, 3);
  s.order(100, "A", Stage::cup, 5, 500);
  s.promise(100, "A");
  s.move(600, Stage::cup, Stage::dc, Place::supplier, Place::shelf, 2);
  s.ship(700, "A", Stage::cup, 5);
  s.promises.finish();
  EXPECT_EQ(s.promises.channel(Stage::web).units, 2);
  EXPECT_EQ(s.promises.channel(Stage::web).revenue_minor, 2000);
}

TEST(Oversell, counts_the_rest_of_a_line_that_ships_in_part_and_then_never) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.order(100, "A", Stage::cup, 3);
  s.promise(100, "A");
  s.ship(200, "A", Stage::cup, 1);
  s.state({.kind = FactKind::units_delivered, .at = Stage::at(300), .order = code("A")},
          {Stage::line(Stage::cup, 1)});
  s.promises.finish();
  EXPECT_EQ(s.promises.channel(Stage::web).units, 2);
  EXPECT_EQ(s.promises.stuck_units, 2);
}

TEST(Oversell, splits_a_cancelled_line_by_what_was_short_at_the_promise_and_what_was_taken_since) {
  Stage s;
  // Three wanted, two free: one short. A walk-in takes one of the two; all three are cancelled while one unit
  // is there: 1 undersold, 1 short at the promise (latency), 1 taken since (broken reservation).
  s.open(Stage::cup, Stage::dc, 2);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 3);
  s.order(100, "A", Stage::cup, 3);
  s.promise(100, "A");
  s.move(200, Stage::cup, Stage::dc, Place::shelf, Place::customer, 1);
  s.cancel(300, "A", Stage::cup, 3);
  EXPECT_EQ(s.promises.undersold_units, 1);
  EXPECT_EQ(s.promises.cause(Cause::latency), 1);
  EXPECT_EQ(s.promises.cause(Cause::broken_reservation), 1);
  EXPECT_EQ(s.promises.channel(Stage::web).units, 2);
}

TEST(Oversell, values_parts_of_a_line_so_that_they_add_up) {
  Stage s;
  // 10.00 for three: 3.33, 3.33 and 3.34 as they are cancelled one by one.
  core::Line three = Stage::line(Stage::cup, 3), one = Stage::line(Stage::cup, 1);
  three.net = {1000};
  s.state({.kind = FactKind::order_placed, .at = Stage::at(1), .order = code("A"), .channel = Stage::web},
          {three});
  s.promise(2, "A");
  for (const std::int64_t expected : {333, 666, 1000}) {
    s.state({.kind = FactKind::order_cancelled, .at = Stage::at(3), .order = code("A")}, {one});
    EXPECT_EQ(s.promises.channel(Stage::web).revenue_minor, expected);
  }
}

TEST(Oversell, stays_phantom_when_another_shelf_is_counted_and_is_not_when_its_own_is) {
  const auto cause_after_count_of = [](NodeId node) {
    Stage s;
    s.open(Stage::cup, Stage::dc, 1);
    s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
    s.move(50, Stage::cup, Stage::dc, Place::shelf, Place::stolen, 1);
    s.state({.kind = FactKind::stock_counted, .at = Stage::at(60), .node = node},
            {{.line_no = 1, .sku = Stage::cup}});
    s.order(100, "A", Stage::cup, 1);
    s.promise(100, "A");
    s.cancel(300, "A", Stage::cup, 1);
    return s.promises.cause(Cause::phantom);
  };
  EXPECT_EQ(cause_after_count_of(Stage::store), 1);
  EXPECT_EQ(cause_after_count_of(Stage::dc), 0);
}

TEST(Oversell, of_a_unit_stolen_since_the_promise_is_phantom_even_where_a_count_has_found_it_out) {
  Stage s;
  promise_the_only_cup(s);
  s.move(200, Stage::cup, Stage::dc, Place::shelf, Place::stolen, 1);
  s.state({.kind = FactKind::stock_counted, .at = Stage::at(250), .node = Stage::dc},
          {{.line_no = 1, .sku = Stage::cup}});
  s.cancel(300, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::phantom), 1);
}

TEST(Oversell, of_a_unit_that_a_walk_in_took_is_not_phantom_for_an_older_theft) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  s.move(50, Stage::cup, Stage::dc, Place::shelf, Place::stolen, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  s.move(200, Stage::cup, Stage::dc, Place::shelf, Place::customer, 1);
  s.cancel(300, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::broken_reservation), 1);
  EXPECT_EQ(s.promises.cause(Cause::phantom), 0);
}

TEST(Oversell, of_a_unit_that_turned_up_again_is_not_phantom) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
  s.move(20, Stage::cup, Stage::dc, Place::shelf, Place::stolen, 1);
  s.move(30, Stage::cup, Stage::dc, Place::stolen, Place::shelf, 1);
  s.move(40, Stage::cup, Stage::dc, Place::shelf, Place::customer, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  s.cancel(300, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.cause(Cause::phantom), 0);
  EXPECT_EQ(s.promises.cause(Cause::latency), 1);
}

TEST(Undersell, is_a_unit_refused_or_cancelled_though_one_was_free) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 3);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  s.cancel(200, "A", Stage::cup, 1);
  EXPECT_EQ(s.promises.channel(Stage::web).units, 0);
  EXPECT_EQ(s.promises.undersold_units, 1);
  s.state({.kind = FactKind::demand_refused, .at = Stage::at(300), .channel = Stage::web},
          {Stage::line(Stage::cup, 5)});
  EXPECT_EQ(s.promises.undersold_units, 1 + 3) << "three of the five were there";
  EXPECT_EQ(s.promises.refused_units, 5);
}

TEST(Substitution, is_neither_refused_nor_undersold_but_may_have_been_needless) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.state({.kind = FactKind::demand_substituted, .at = Stage::at(100), .channel = Stage::web},
          {Stage::line(Stage::cup, 3)});
  s.state({.kind = FactKind::demand_substituted, .at = Stage::at(200), .node = Stage::store},
          {Stage::line(Stage::cup, 2)});
  EXPECT_EQ(s.promises.substituted_units, 5);
  EXPECT_EQ(s.promises.needlessly_substituted_units, 1)
      << "one of three was there; at a till one sees for oneself";
  EXPECT_EQ(s.promises.refused_units, 0);
  EXPECT_EQ(s.promises.undersold_units, 0);
}

TEST(Undersell, does_not_count_what_lies_where_no_online_order_is_served) {
  Stage s;
  s.open(Stage::cup, Stage::store, 3);
  s.state({.kind = FactKind::demand_refused, .at = Stage::at(300), .channel = Stage::web},
          {Stage::line(Stage::cup, 5)});
  EXPECT_EQ(s.promises.undersold_units, 0);
}

TEST(Promises, are_not_broken_by_a_customer_who_does_not_want_the_units_any_more) {
  Stage s;
  promise_the_only_cup(s);
  s.order(200, "B", Stage::cup, 1);
  s.promise(200, "B");
  s.state({.kind = FactKind::customer_cancelled, .at = Stage::at(300), .order = code("B")},
          {Stage::line(Stage::cup, 1)});
  s.state({.kind = FactKind::customer_cancelled, .at = Stage::at(300), .order = code("A")},
          {Stage::line(Stage::cup, 1)});
  s.promises.finish();
  EXPECT_EQ(s.stock.free_units(Stage::cup), 1);
  EXPECT_EQ(s.promises.channel(Stage::web).units, 0);
  EXPECT_EQ(s.promises.undersold_units, 0);
  EXPECT_EQ(s.promises.orders_cancelled, 0);
  EXPECT_EQ(s.promises.stuck_units, 0);
}

TEST(Promises, of_a_cancelled_unit_that_leaves_all_the_same_end_once) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 3);
  s.order(100, "A", Stage::cup, 3);
  s.promise(100, "A");
  s.state({.kind = FactKind::customer_cancelled, .at = Stage::at(110), .order = code("A")},
          {Stage::line(Stage::cup, 2)});
  s.move(120, Stage::cup, Stage::dc, world::Place::shelf, world::Place::set_aside, 3);
  s.state({.kind = FactKind::units_shipped, .at = Stage::at(130), .order = code("A"), .node = Stage::dc},
          {Stage::line(Stage::cup, 3)});
  EXPECT_EQ(s.stock.free_units(Stage::cup), 0);
}

TEST(Promises, release_once_what_is_cancelled_and_then_declined) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 3);
  s.order(100, "A", Stage::cup, 2);
  s.promise(100, "A");
  s.cancel(150, "A", Stage::cup, 1);
  s.state({.kind = FactKind::order_declined, .at = Stage::at(160), .order = code("A")});
  s.cancel(170, "A", Stage::cup, 1);
  EXPECT_EQ(s.stock.free_units(Stage::cup), 3);
}

TEST(Promises, of_declined_orders_bind_nothing) {
  Stage s;
  promise_the_only_cup(s);
  s.state({.kind = FactKind::order_declined, .at = Stage::at(150), .order = code("A")});
  EXPECT_EQ(s.stock.free_units(Stage::cup), 1);
  EXPECT_EQ(s.promises.channel(Stage::web).promised_units, 0);
  s.promises.finish();
  EXPECT_EQ(s.promises.stuck_units, 0);
}

}  // namespace
}  // namespace omnisim::audit
