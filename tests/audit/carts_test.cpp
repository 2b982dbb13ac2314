// What carts cost others, goods that wait for their customers, and parcels that come back: from hand-made
// facts.
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using world::FactKind;
using world::Place;

void cart(Stage& s, FactKind kind, std::int64_t seconds, std::string_view order) {
  s.state({.kind = kind, .at = Stage::at(seconds), .order = code(order)}, {Stage::line(Stage::cup, 1)});
}
void keep(Stage& s, std::int64_t seconds, std::string_view order) {
  s.order(seconds, order, Stage::cup, 1);
  cart(s, FactKind::cart_held, seconds, order);
}
void refuse(Stage& s, std::int64_t seconds, std::int32_t units = 1) {
  s.state({.kind = FactKind::demand_refused, .at = Stage::at(seconds), .channel = Stage::web},
          {Stage::line(Stage::cup, units)});
}

TEST(Carts, that_come_to_nothing_answer_for_one_refused_unit_each) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  keep(s, 100, "A");
  EXPECT_EQ(s.stock.free_units(Stage::cup), 0);
  refuse(s, 110);
  refuse(s, 120);
  EXPECT_EQ(s.promises.undersold_units, 0) << "nobody knows yet";
  cart(s, FactKind::cart_abandoned, 200, "A");
  EXPECT_EQ(s.promises.undersold_cart_units, 1) << "one cup could have been sold once";
  EXPECT_EQ(s.promises.undersold_units, 1);
  EXPECT_EQ(s.stock.free_units(Stage::cup), 1);
  EXPECT_EQ(s.promises.carts_abandoned, 1);
  EXPECT_EQ(s.promises.orders_captured, 0) << "what was never paid is no order";
}

TEST(Carts, that_are_paid_refused_nobody_wrongly) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  keep(s, 100, "A");
  refuse(s, 110);
  s.promise(200, "A");
  s.promises.finish();
  EXPECT_EQ(s.promises.undersold_units, 0);
  EXPECT_EQ(s.promises.channel(Stage::web).promised_units, 1);
  EXPECT_EQ(s.stock.free_units(Stage::cup), 0) << "promised, and not twice";
  EXPECT_EQ(s.promises.orders_captured, 1);
}

TEST(Carts, share_the_refusals_of_their_time) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  keep(s, 100, "A");
  keep(s, 150, "B");
  refuse(s, 160, 1);
  cart(s, FactKind::cart_abandoned, 200, "A");
  EXPECT_EQ(s.promises.undersold_cart_units, 1);
  cart(s, FactKind::cart_abandoned, 250, "B");
  EXPECT_EQ(s.promises.undersold_cart_units, 1) << "the one refused is accounted for";
  refuse(s, 260);
  EXPECT_EQ(s.promises.undersold_units, 2) << "refused while two were free";
}

TEST(Carts, leave_each_other_the_refusals_that_only_the_other_explains) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  keep(s, 100, "A");
  s.order(100, "X", Stage::cup, 1);
  s.promise(100, "X");
  refuse(s, 120);
  keep(s, 150, "B");
  refuse(s, 160);
  cart(s, FactKind::cart_abandoned, 200, "A");
  cart(s, FactKind::cart_abandoned, 250, "B");
  EXPECT_EQ(s.promises.undersold_cart_units, 2) << "A takes the older one, B the one of its own time";
}

TEST(Carts, answer_for_nothing_that_was_refused_before_their_time) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  keep(s, 100, "A");
  s.order(100, "X", Stage::cup, 1);
  s.promise(100, "X");
  refuse(s, 120);
  keep(s, 150, "B");
  cart(s, FactKind::cart_abandoned, 200, "B");
  EXPECT_EQ(s.promises.undersold_cart_units, 0);
  cart(s, FactKind::cart_abandoned, 250, "A");
  EXPECT_EQ(s.promises.undersold_cart_units, 1);
}

TEST(Carts, that_nobody_ever_gave_up_or_paid_came_to_nothing_too) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  keep(s, 100, "A");
  refuse(s, 110);
  s.promises.finish();
  EXPECT_EQ(s.promises.undersold_cart_units, 1);
}

TEST(Carts, refused_at_the_payment_are_no_orders) {
  Stage s;
  s.order(100, "A", Stage::cup, 1);
  cart(s, FactKind::cart_refused, 200, "A");
  EXPECT_EQ(s.promises.carts_refused, 1);
  EXPECT_EQ(s.promises.orders_captured, 0);
}

/// A cup of an order picked, and waiting in the DC (which here is a store that serves online orders).
void make_ready(Stage& s, std::int64_t seconds, std::string_view order) {
  s.move(seconds, Stage::cup, Stage::dc, Place::shelf, Place::set_aside, 1);
  s.state({.kind = FactKind::units_ready, .at = Stage::at(seconds), .order = code(order), .node = Stage::dc},
          {Stage::line(Stage::cup, 1)});
}

TEST(Collection, passes_control_and_is_in_time_when_the_goods_wait_in_time) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.order(100, "A", Stage::cup, 1, 1'000);
  s.promise(100, "A");
  make_ready(s, 900, "A");
  EXPECT_EQ(s.promises.on_time_units, 1);
  EXPECT_EQ(s.truth.all().count(account_key(4000, 1)), 0U) << "still the seller's";
  s.move(50'000, Stage::cup, Stage::dc, Place::set_aside, Place::customer, 1);
  s.state({.kind = FactKind::units_collected, .at = Stage::at(50'000), .order = code("A"), .node = Stage::dc},
          {Stage::line(Stage::cup, 1)});
  s.promises.finish();
  EXPECT_EQ(s.promises.orders_fulfilled, 1);
  EXPECT_EQ(s.promises.on_time_units, 1);
  EXPECT_EQ(s.promises.total().units, 0) << "a customer who takes his time makes nobody late";
  // Deposit 12.00, sales 10.00, tax 2.00; cost of sales 6.00 from inventory that was opened with 6.00.
  const auto books = by_account(s.truth.all());
  EXPECT_EQ(books.at(2100), 1200);
  EXPECT_EQ(books.at(4000), -1000);
  EXPECT_EQ(books.at(2200), -200);
  EXPECT_EQ(books.at(5000), 600);
  EXPECT_EQ(books.at(1200), 0);
  EXPECT_EQ(s.stock.apart_in_world(), 0);
}

TEST(Collection, that_nobody_comes_for_is_nobodys_failure_and_the_unit_is_free_again_once) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  make_ready(s, 900, "A");
  cart(s, FactKind::not_collected, 80'000, "A");
  s.move(80'001, Stage::cup, Stage::dc, Place::set_aside, Place::shelf, 1);
  EXPECT_EQ(s.stock.free_units(Stage::cup), 1);
  s.promises.finish();
  EXPECT_EQ(s.promises.orders_not_collected, 1);
  EXPECT_EQ(s.promises.total().units, 0);
  EXPECT_EQ(s.promises.undersold_units, 0);
  EXPECT_EQ(s.promises.stuck_units, 0);
  EXPECT_EQ(s.promises.orders_cancelled, 0) << "not by the seller";
}

TEST(ReturnToSender, settles_the_units_and_accrues_the_return) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.order(100, "A", Stage::cup, 1);
  s.promise(100, "A");
  s.ship(1'000, "A", Stage::cup, 1);
  s.move(5'000, Stage::cup, Stage::dc, Place::in_transit_out, Place::return_hold, 1);
  s.state({.kind = FactKind::returned_to_sender,
           .at = Stage::at(5'000),
           .order = code("A"),
           .node = Stage::dc,
           .reference = code("SH-1")},
          {Stage::line(Stage::cup, 1)});
  const auto held = by_account(s.truth.all());
  EXPECT_EQ(held.at(1210), 600);
  EXPECT_EQ(held.at(5000), 0);
  EXPECT_EQ(held.at(4030), 1000);
  EXPECT_EQ(held.at(2300), -1000);
  s.move(6'000, Stage::cup, Stage::dc, Place::return_hold, Place::shelf, 1);
  s.state({.kind = FactKind::return_inspected,
           .at = Stage::at(6'000),
           .order = code("A"),
           .node = Stage::dc,
           .reference = code("SH-1")},
          {Stage::line(Stage::cup, 1)});
  const auto judged = by_account(s.truth.all());
  EXPECT_EQ(judged.at(1200), 600);
  EXPECT_EQ(judged.at(1210), 0);
  EXPECT_EQ(judged.at(2300), 0);
  EXPECT_EQ(judged.at(2310), -1200) << "owed to the customer";
  s.promises.finish();
  EXPECT_EQ(s.promises.stuck_units, 0);
  EXPECT_EQ(s.promises.units_back, 1);
  EXPECT_EQ(s.promises.orders_fulfilled, 0);
  EXPECT_EQ(s.stock.apart_in_world(), 0);
}

}  // namespace
}  // namespace omnisim::audit
