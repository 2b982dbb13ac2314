// Web shops between checkout and payment, and customers who bring goods back wherever they may.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Money;
using world::FactKind;

/// Ten minutes to pay, half an hour's hold.
EstateParams slow_payers(ReserveAt policy) {
  EstateParams p = bare_estate();
  p.channels[0].reserve_at = policy;
  p.channels[0].payment_after = 600.0;
  p.policies.hold = 30min;
  return p;
}
StepParams abandoned(core::Duration after, std::string order) {
  StepParams made = step(after, "order", std::move(order));
  made.abandons = true;
  return made;
}
PatternParams shop_promises() {
  PatternParams p = prompt_pattern();
  p.channel_promises = true;
  return p;
}
core::Time at_of(const std::vector<const Witness::Kept*>& facts, std::size_t i = 0) {
  return facts.at(i)->fact.at;
}

TEST(Carts, of_a_shop_that_asks_are_told_at_the_checkout_and_paid_later) {
  EstateParams p = slow_payers(ReserveAt::checkout);
  p.script = {step(1h, "order", "W-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::OrderPlaced>().at(0)->at, monday() + 1h);
  EXPECT_EQ(at_of(run.witness.all(FactKind::cart_held)), monday() + 1h);
  EXPECT_EQ(at_of(run.witness.all(FactKind::order_promised)), monday() + 1h + 10min);
  EXPECT_EQ(run.core->all<core::PaymentAuthorised>().at(0)->at, monday() + 1h + 10min);
}

TEST(Carts, of_a_shop_that_asks_and_that_nobody_pays_are_the_cores_to_let_go) {
  EstateParams p = slow_payers(ReserveAt::checkout);
  p.script = {abandoned(1h, "W-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::cart_held).size(), 1U);
  EXPECT_TRUE(run.witness.all(FactKind::order_promised).empty());
  EXPECT_TRUE(run.witness.all(FactKind::cart_abandoned).empty()) << "this core keeps no time";
  EXPECT_TRUE(run.core->all<core::OrderCancelled>().empty()) << "and the customer says nothing";
}

TEST(Carts, reserved_at_the_payment_are_unknown_until_then) {
  EstateParams p = slow_payers(ReserveAt::payment);
  p.script = {step(1h, "order", "W-1"), abandoned(2h, "W-2")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0]->at, monday() + 1h + 10min);
  EXPECT_TRUE(run.witness.all(FactKind::cart_held).empty());
  EXPECT_EQ(at_of(run.witness.all(FactKind::cart_abandoned)), monday() + 2h + 10min);
}

TEST(Carts, of_a_shop_that_promises_are_kept_in_its_mirror_until_the_hold_ends) {
  EstateParams p = slow_payers(ReserveAt::checkout);
  p.opening.explicit_stock = {{.node = "dc-1", .item = "SKU", .quantity_each = 1}};
  p.script = {abandoned(1h, "W-1"), step(70min, "order", "W-2"), step(91min, "order", "W-3")};
  EstateRun run(p, shop_promises());
  run.run();
  const auto refused = run.witness.all(FactKind::demand_refused);
  ASSERT_EQ(refused.size(), 1U) << "W-2, while the only one was kept";
  EXPECT_EQ(at_of(refused), monday() + 70min);
  EXPECT_EQ(at_of(run.witness.all(FactKind::cart_abandoned)), monday() + 90min);
  EXPECT_EQ(run.core->all<core::OrderPlaced>().size(), 1U) << "W-3, once it is paid";
}

TEST(Carts, paid_after_their_hold_are_refused) {
  EstateParams p = slow_payers(ReserveAt::checkout);
  p.channels[0].payment_after = 45 * 60.0;
  p.script = {step(1h, "order", "W-1")};
  EstateRun run(p, shop_promises());
  run.run();
  EXPECT_EQ(at_of(run.witness.all(FactKind::cart_abandoned)), monday() + 90min);
  EXPECT_EQ(at_of(run.witness.all(FactKind::cart_refused)), monday() + 105min);
  EXPECT_TRUE(run.witness.all(FactKind::order_promised).empty());
}

TEST(Carts, whose_units_are_gone_at_the_payment_are_refused) {
  EstateParams p = slow_payers(ReserveAt::payment);
  p.opening.explicit_stock = {{.node = "dc-1", .item = "SKU", .quantity_each = 1}};
  p.script = {step(1h, "order", "W-1"), step(65min, "order", "W-2")};
  EstateRun run(p, shop_promises());
  run.run();
  const auto refused = run.witness.all(FactKind::cart_refused);
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0]->fact.order, *core::Code::from("W-2"));
  EXPECT_EQ(at_of(refused), monday() + 75min);
  EXPECT_EQ(run.core->all<core::OrderPlaced>().size(), 1U);
}

TEST(Carts, that_are_given_up_give_the_gift_card_its_money_back) {
  EstateParams p = slow_payers(ReserveAt::payment);
  StepParams card = step(10min, "sell_gift_card");
  card.amount = Money{1500};
  StepParams cart = abandoned(1h, "W-1");
  cart.gift_card = true;
  StepParams again = step(2h, "order", "W-2", 2);
  again.gift_card = true;
  p.script = {card, cart, again};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(std::get<core::OrderPlaced>(placed[0]->event.body).tenders.gift_card, Money{1500});
}

TEST(Carts, that_a_gift_card_pays_for_whole_are_paid_at_the_checkout_and_cannot_be_given_up) {
  EstateParams p = slow_payers(ReserveAt::checkout);
  StepParams card = step(10min, "sell_gift_card");
  card.amount = Money{5000};
  StepParams cart = abandoned(1h, "W-1");
  cart.gift_card = true;
  p.script = {card, cart};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  ASSERT_EQ(std::get<core::OrderPlaced>(placed[0]->event.body).tenders.card, Money{});
  EXPECT_EQ(at_of(run.witness.all(FactKind::order_promised)), monday() + 1h);
  EXPECT_TRUE(run.witness.all(FactKind::cart_held).empty());
  EXPECT_EQ(run.witness.all(FactKind::units_shipped).size(), 1U);
}

/// Two stores, two DCs; everything is delivered after an hour.
EstateParams many_places() {
  EstateParams p = bare_estate();
  p.nodes.stores = 2;
  p.nodes.dcs = 2;
  p.carrier.transit = 3600.0;
  return p;
}
StepParams give_back(core::Duration after, std::string order, std::string node) {
  StepParams made = step(after, "return", std::move(order));
  made.node = std::move(node);
  return made;
}
std::vector<std::string> places_of_returns(const EstateRun& run) {
  std::vector<std::string> places;
  for (const auto* fact : run.witness.all(FactKind::return_received))
    places.emplace_back(run.core->config.directory.node(fact->fact.node).code.view());
  return places;
}

TEST(Returns, go_to_the_store_or_dc_that_the_customer_chooses) {
  EstateParams p = many_places();
  StepParams sold = step(1h, "order", "M-1");
  sold.channel = "market";
  p.script = {
      step(1h, "order", "W-1"),         step(1h, "order", "W-2"),     sold,
      give_back(8h, "W-1", "store-02"), give_back(9h, "W-2", "dc-2"), give_back(11h, "M-1", "store-02")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(places_of_returns(run), (std::vector<std::string>{"store-02", "dc-2", "store-02"}));
}

TEST(Returns, of_a_channel_that_keeps_out_of_stores_go_by_mail) {
  EstateParams p = many_places();
  p.channels[0].returns_in_store = false;
  p.script = {step(1h, "order", "W-1"), give_back(8h, "W-1", "store-02")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(places_of_returns(run), (std::vector<std::string>{"dc-1"}));
}

TEST(Returns, by_mail_go_to_any_dc_where_that_is_the_policy) {
  EstateParams p = many_places();
  p.demand.mail_returns_to_any_dc = true;
  p.demand.return_share_online = 1;
  p.demand.return_in_store_share = 0;
  p.demand.return_after = 3600.0;
  for (int i = 0; i < 20; ++i) p.script.push_back(step(1h, "order", "W-" + std::to_string(i)));
  EstateRun run(p, prompt_pattern());
  run.run();
  const std::vector<std::string> places = places_of_returns(run);
  ASSERT_EQ(places.size(), 20U);
  const auto first = std::count(places.begin(), places.end(), "dc-1");
  EXPECT_EQ(std::count(places.begin(), places.end(), "dc-2"), 20 - first);
  EXPECT_GT(first, 3);
  EXPECT_LT(first, 17);
}

TEST(Returns, to_a_store_wait_for_its_door_to_open) {
  EstateParams p = many_places();
  p.store.opening_hours = {{.days = {}, .from = 9h, .to = 20h}};
  p.script = {step(1h, "order", "W-1"), give_back(7h, "W-1", "store-01")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(at_of(run.witness.all(FactKind::return_received)), monday() + 9h);
}

}  // namespace
}  // namespace omnisim::models
