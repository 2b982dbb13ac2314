// Stores as parties: when they are open, how many hands they have, what waits for customers; and carriers
// that bring parcels back, forget scans or send them late.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/nodes/opening_hours.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Money;
using world::FactKind;
using world::Place;

/// Nine to six on weekdays, ten to four on Saturdays, an hour east of UTC: 8 to 17 and 9 to 15 in UTC.
StoreParams shop_hours() {
  StoreParams store;
  store.opening_hours = {{.days = {"mon", "tue", "wed", "thu", "fri"}, .from = 9h, .to = 18h},
                         {.days = {"sat"}, .from = 10h, .to = 16h}};
  store.utc_offset_min = 60;
  store.final_stocktake = false;
  return store;
}

TEST(OpeningHours, are_by_weekday_and_by_the_clock_on_the_wall) {
  const OpeningHours hours(shop_hours());
  EXPECT_FALSE(hours.open(monday() + 7h + 59min));
  EXPECT_TRUE(hours.open(monday() + 8h));
  EXPECT_TRUE(hours.open(monday() + 16h + 59min));
  EXPECT_FALSE(hours.open(monday() + 17h)) << "the last customer is out";
  const core::Time saturday = monday() + 5 * 24h;
  EXPECT_FALSE(hours.open(saturday + 8h));
  EXPECT_TRUE(hours.open(saturday + 9h));
  EXPECT_EQ(hours.next_open(saturday + 15h), monday() + 7 * 24h + 8h) << "over the Sunday";
  EXPECT_TRUE(hours.open(core::Time{} - 7 * 24h * 52 + 4 * 24h + 8h)) << "a Monday before the epoch";
}

TEST(OpeningHours, let_work_rest_over_night) {
  const OpeningHours hours(shop_hours());
  EXPECT_EQ(hours.done(monday() + 16h, 30min), monday() + 16h + 30min);
  EXPECT_EQ(hours.done(monday() + 16h, 1h), monday() + 17h);
  EXPECT_EQ(hours.done(monday() + 16h, 90min), monday() + 32h + 30min);
  EXPECT_EQ(hours.done(monday() + 20h, 10h), monday() + 48h + 9h)
      << "a day has nine hours, the rest is Wednesday's";
}

TEST(OpeningHours, of_a_place_without_any_never_end) {
  const OpeningHours always;
  EXPECT_TRUE(always.open(monday()));
  EXPECT_EQ(always.done(monday(), 100h), monday() + 100h);
  StoreParams overlapping;
  overlapping.opening_hours = {{.days = {}, .from = 0h, .to = 12h}, {.days = {}, .from = 10h, .to = 24h}};
  EXPECT_EQ(OpeningHours(overlapping).done(monday() + 11h, 100h), monday() + 111h) << "round the clock";
}

EstateParams shops() {
  EstateParams p = bare_estate();
  p.nodes.dcs = 0;
  p.opening.explicit_stock = {{.node = "store-01", .item = "SKU", .quantity_each = 10}};
  p.store = shop_hours();
  p.dc.carrier_pickup_every = 15min;
  return p;
}

TEST(Store, sells_nothing_before_a_closed_door) {
  EstateParams p = shops();
  p.script = {step(7h, "sell"), step(8h, "sell"), step(17h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto sold = run.witness.all(FactKind::till_sold);
  ASSERT_EQ(sold.size(), 1U);
  EXPECT_EQ(sold[0]->fact.at, monday() + 8h);
  EXPECT_TRUE(run.witness.all(FactKind::demand_refused).empty()) << "there was no customer";
}

TEST(Store, with_one_hand_picks_one_order_after_the_other_while_it_is_open) {
  EstateParams p = shops();
  p.store.pickers = 1;
  p.store.picks_per_hour = 2;
  for (int i = 0; i < 3; ++i) p.script.push_back(step(16h + i * 1s, "order", "W-" + std::to_string(i)));
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto picked = run.core->all<core::StockPicked>();
  ASSERT_EQ(picked.size(), 3U);
  EXPECT_EQ(picked[0]->at, monday() + 16h + 30min);
  EXPECT_EQ(picked[1]->at, monday() + 17h);
  EXPECT_EQ(picked[2]->at, monday() + 32h + 30min) << "on Tuesday, after half an hour's work";
  const auto shipped = run.core->all<core::ShipmentShipped>();
  EXPECT_EQ(shipped[0]->at, monday() + 16h + 45min);
  EXPECT_EQ(shipped[1]->at, monday() + 32h) << "the carrier finds nobody in the evening";
}

TEST(Store, with_two_hands_picks_two_orders_at_once) {
  EstateParams p = shops();
  p.store.pickers = 2;
  p.store.picks_per_hour = 2;
  for (int i = 0; i < 3; ++i) p.script.push_back(step(9h, "order", "W-" + std::to_string(i)));
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto picked = run.core->all<core::StockPicked>();
  ASSERT_EQ(picked.size(), 3U);
  EXPECT_EQ(picked[1]->at, monday() + 9h + 30min);
  EXPECT_EQ(picked[2]->at, monday() + 10h);
}

TEST(Store, spends_no_time_on_what_was_called_back_while_it_stood_in_line) {
  EstateParams p = shops();
  p.store.pickers = 1;
  p.store.picks_per_hour = 2;
  for (int i = 0; i < 3; ++i) p.script.push_back(step(9h + i * 1s, "order", "W-" + std::to_string(i)));
  p.script.push_back(step(9h + 10min, "cancel", "W-1", 0));
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto picked = run.core->all<core::StockPicked>();
  ASSERT_EQ(picked.size(), 2U);
  EXPECT_EQ(picked[1]->at, monday() + 10h);
}

TEST(Store, unpacks_what_is_called_back_before_the_carrier_comes_where_that_is_its_way) {
  EstateParams p = shops();
  p.store.unpacks = true;
  p.dc.carrier_pickup_every = 1h;
  p.script = {step(9h + 5min, "order", "W-1", 3), step(9h + 30min, "cancel", "W-1", 2)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::StockPacked>().at(0)->event.lines.at(0).quantity_each, 3);
  EXPECT_EQ(run.core->all<core::ShipmentShipped>().at(0)->event.lines.at(0).quantity_each, 1);
  EXPECT_EQ(run.core->all<core::StockCounted>().at(0)->event.lines.at(0).quantity_each, 9);
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 9);
  EXPECT_EQ(run.estate.pending(), std::vector<std::string>());
}

TEST(Store, sends_what_is_packed_where_that_is_its_way) {
  EstateParams p = shops();
  p.dc.carrier_pickup_every = 1h;
  p.script = {step(9h + 5min, "order", "W-1", 3), step(9h + 30min, "cancel", "W-1", 2)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::ShipmentShipped>().at(0)->event.lines.at(0).quantity_each, 3);
}

TEST(Store, forgets_a_parcel_that_was_called_back_whole) {
  EstateParams p = shops();
  p.store.unpacks = true;
  p.dc.carrier_pickup_every = 1h;
  p.script = {step(9h + 5min, "order", "W-1", 3), step(9h + 30min, "cancel", "W-1", 0)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_TRUE(run.core->all<core::ShipmentShipped>().empty());
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 10);
  EXPECT_EQ(run.estate.pending(), std::vector<std::string>());
}

StepParams to_collect(core::Duration after, std::string order, std::int32_t units = 1) {
  StepParams made = step(after, "order", std::move(order), units);
  made.collect_at = "store-01";
  return made;
}

TEST(Collection, waits_at_the_store_until_the_customer_comes_while_it_is_open) {
  EstateParams p = shops();
  p.store.pick_time = 1800.0;
  p.script = {to_collect(9h, "C-1", 2), step(9h + 10min, "collect", "C-1"), step(18h, "collect", "C-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  const auto& order = std::get<core::OrderPlaced>(placed[0]->event.body);
  EXPECT_EQ(order.fulfilment, core::Fulfilment::collect);
  EXPECT_EQ(order.collect_at, run.core->config.directory.node("store-01"));
  EXPECT_EQ(order.shipping_net, Money{}) << "nobody sends anything";
  ASSERT_EQ(run.core->all<core::ReadyForPickup>().size(), 1U);
  EXPECT_EQ(run.core->all<core::ReadyForPickup>()[0]->at, monday() + 9h + 30min);
  const auto collected = run.core->all<core::OrderCollected>();
  ASSERT_EQ(collected.size(), 1U) << "too early at first; then the door is closed until the morning";
  EXPECT_EQ(collected[0]->at, monday() + 32h);
  EXPECT_EQ(collected[0]->event.lines.at(0).quantity_each, 2);
  EXPECT_TRUE(run.witness.all(FactKind::units_shipped).empty());
  EXPECT_EQ(run.world.at({0}, {0}, Place::set_aside), 0);
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 8);
}

TEST(Collection, of_what_was_found_in_parts_is_one_line_of_one_receipt) {
  EstateParams p = shops();
  p.script = {to_collect(9h, "C-1", 3), step(11h, "collect", "C-1")};
  EstateRun run(p, prompt_pattern());
  run.core->allocates_unit_by_unit = true;
  run.run();
  EXPECT_EQ(run.core->all<core::ReadyForPickup>().size(), 3U);
  const auto collected = run.core->all<core::OrderCollected>();
  ASSERT_EQ(collected.size(), 1U);
  ASSERT_EQ(collected[0]->event.lines.size(), 1U);
  EXPECT_EQ(collected[0]->event.lines[0].quantity_each, 3);
  EXPECT_EQ(run.core->unreadable, std::vector<std::string>());
}

TEST(Collection, by_customers_of_their_own_accord_or_never) {
  EstateParams p = shops();
  p.store.opening_hours.clear();
  p.channels[0].orders_per_day = 200;
  p.catalogue.generated = 1;
  p.opening.uniform_each = 1000;
  p.demand.collect_share = 0.5;
  p.demand.no_show_share = 0.25;
  p.demand.collect_after = 3600.0;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto ready = run.witness.all(FactKind::units_ready),
             collected = run.witness.all(FactKind::units_collected);
  EXPECT_NEAR(static_cast<double>(ready.size()), 100, 35) << "half of about two hundred";
  const double came = static_cast<double>(collected.size()) / static_cast<double>(ready.size());
  EXPECT_NEAR(came, 0.75, 0.15);
  for (const auto* fact : collected) {
    const auto same = [&](const auto* other) { return other->fact.order == fact->fact.order; };
    EXPECT_EQ(fact->fact.at, (*std::find_if(ready.begin(), ready.end(), same))->fact.at + 1h);
  }
}

TEST(Collection, called_back_goes_back_onto_the_shelf) {
  EstateParams p = shops();
  p.script = {to_collect(9h, "C-1", 3), step(10h, "cancel", "C-1", 1), step(11h, "collect", "C-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto collected = run.witness.all(FactKind::units_collected);
  ASSERT_EQ(collected.size(), 1U);
  EXPECT_EQ(collected[0]->lines.at(0).quantity_each, 2);
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 8);
}

EstateParams parcels() {
  EstateParams p = bare_estate();
  p.carrier.transit = 6 * 3600.0;
  p.script = {step(1h, "order", "W-1", 2)};
  return p;
}

TEST(Carrier, brings_back_what_nobody_takes_and_the_site_looks_at_it) {
  EstateParams p = parcels();
  p.carrier.return_to_sender_share = 1;
  EstateRun run(p, prompt_pattern());
  run.run();
  // Picked up at 04:00, before the door at 10:00, back at 16:00.
  const auto back = run.core->all<core::ReturnedToSender>();
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0]->event.envelope.occurred_at, monday() + 16h);
  EXPECT_EQ(std::get<core::ReturnedToSender>(back[0]->event.body).node, core::NodeId{0});
  EXPECT_TRUE(run.core->all<core::ShipmentDelivered>().empty());
  const auto inspected = run.core->all<core::ReturnInspected>();
  ASSERT_EQ(inspected.size(), 1U);
  EXPECT_EQ(std::get<core::ReturnInspected>(inspected[0]->event.body).rma,
            std::get<core::ReturnedToSender>(back[0]->event.body).shipment);
  EXPECT_GE(inspected[0]->at, monday() + 18h);
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 1000);
  EXPECT_EQ(run.estate.pending(), std::vector<std::string>());
}

TEST(Carrier, scans_on_the_way_from_the_pick_up_on) {
  EstateParams p = parcels();
  p.carrier.scans_each = 3;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto scans = run.core->all<core::ShipmentScanned>();
  ASSERT_EQ(scans.size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(scans[static_cast<std::size_t>(i)]->at, monday() + 4h + i * 2h);
  EXPECT_EQ(run.core->all<core::ShipmentDelivered>().size(), 1U);
}

TEST(Carrier, sends_scans_out_of_order_with_the_times_at_which_they_were_made) {
  EstateParams p = parcels();
  p.carrier.scans_each = 3;
  p.carrier.out_of_order_share = 1;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto scans = run.core->all<core::ShipmentScanned>();
  ASSERT_EQ(scans.size(), 3U);
  EXPECT_EQ(scans[0]->at, monday() + 10h);
  EXPECT_EQ(scans[0]->event.envelope.occurred_at, monday() + 4h);
}

TEST(Carrier, delivers_what_it_forgets_to_scan) {
  EstateParams p = parcels();
  p.carrier.missing_scan_share = 1;
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::units_delivered).size(), 1U);
  EXPECT_TRUE(run.core->all<core::ShipmentDelivered>().empty());
}

TEST(Carrier, of_an_ideal_world_forgets_nothing) {
  EstateParams p = parcels();
  p.carrier.missing_scan_share = 1;
  PatternParams ideal = prompt_pattern();
  ideal.faults = false;
  EstateRun run(p, ideal);
  run.run();
  EXPECT_EQ(run.core->all<core::ShipmentDelivered>().size(), 1U);
}

}  // namespace
}  // namespace omnisim::models
