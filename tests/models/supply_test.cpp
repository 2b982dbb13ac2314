// Suppliers and whoever buys from them: what is ordered, announced, delivered, put away, invoiced and paid,
// and when.
#include <gtest/gtest.h>

#include <functional>

#include "models/wire/supply.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using world::FactKind;
using world::Place;

StepParams purchase(core::Duration after, std::int32_t quantity, std::int32_t missing = 0) {
  StepParams made = step(after, "purchase", "PO-1", quantity);
  made.node = "dc-1";
  made.missing_each = missing;
  return made;
}

/// Ten units at 6.00 for the DC, ordered at 1:00, due two days later, announced a day before.
EstateParams buying_estate(std::int32_t missing = 0) {
  EstateParams p = bare_estate();
  p.calendar.to = monday() + 96h;
  p.opening.explicit_stock = {};
  p.supplier.lead_time = 172'800.0;
  p.script = {purchase(1h, 10, missing)};
  return p;
}

std::int32_t units(const core::Event& event) {
  std::int32_t sum = 0;
  for (const core::Line& line : event.lines) sum += line.quantity_each;
  return sum;
}

TEST(Purchases, are_announced_received_put_away_and_invoiced_each_at_its_time) {
  EstateParams p = buying_estate();
  p.supplier.invoice_after = 36'000.0;
  p.dc.put_away_time = 7'200.0;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto ordered = run.core->all<core::PurchaseOrderApproved>();
  const auto announced = run.core->all<core::AsnReceived>();
  const auto received = run.core->all<core::StockReceived>();
  const auto shelved = run.core->all<core::StockPutAway>();
  const auto invoiced = run.core->all<core::InvoiceReceived>();
  ASSERT_EQ(ordered.size() * announced.size() * received.size() * shelved.size() * invoiced.size(), 1U);
  EXPECT_EQ(ordered[0]->at, monday() + 1h);
  EXPECT_EQ(std::get<core::PurchaseOrderApproved>(ordered[0]->event.body).expected_at, monday() + 49h);
  EXPECT_EQ(ordered[0]->event.lines.at(0).cost, core::Money{6000});
  EXPECT_EQ(announced[0]->at, monday() + 25h);
  EXPECT_EQ(std::get<core::AsnReceived>(announced[0]->event.body).expected_at, monday() + 49h);
  EXPECT_EQ(received[0]->at, monday() + 49h);
  EXPECT_EQ(shelved[0]->at, monday() + 51h);
  EXPECT_EQ(invoiced[0]->at, monday() + 35h) << "ten hours after the goods left";
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[0]->event.body).gross, core::Money{6000});
  for (const auto* each : {ordered[0], announced[0], received[0], shelved[0], invoiced[0]}) {
    EXPECT_EQ(units(each->event), 10);
    EXPECT_EQ(each->event.envelope.correlation.view(), "PO-1");
  }
  EXPECT_TRUE(run.core->unreadable.empty());
  EXPECT_EQ(run.world.at({0}, {0}, Place::shelf), 10);
  EXPECT_EQ(run.world.at({0}, {0}, Place::dock), 0);
}

TEST(Purchases, of_a_truck_that_lacks_units_are_announced_and_invoiced_as_ordered) {
  EstateRun run(buying_estate(2), prompt_pattern());
  run.run();
  EXPECT_EQ(units(run.core->all<core::AsnReceived>().at(0)->event), 10);
  EXPECT_EQ(units(run.core->all<core::StockReceived>().at(0)->event), 8);
  EXPECT_EQ(units(run.core->all<core::InvoiceReceived>().at(0)->event), 10);
  EXPECT_EQ(run.witness.all(FactKind::goods_received).at(0)->lines.at(0).quantity_each, 8);
}

TEST(Purchases, that_are_short_and_late_say_so_and_the_rest_follows_with_its_own_invoice) {
  EstateParams p = buying_estate();
  p.supplier.short_share = 1;
  p.supplier.short_by_share = 0.25;  // of 10: 2.5, so 3
  p.supplier.late_share = 1;
  p.supplier.late_by = 3'600.0;
  p.supplier.rest_after = 24h;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto received = run.core->all<core::StockReceived>();
  const auto invoiced = run.core->all<core::InvoiceReceived>();
  ASSERT_EQ(received.size(), 2U);
  ASSERT_EQ(invoiced.size(), 2U);
  EXPECT_EQ(received[0]->at, monday() + 50h);
  EXPECT_EQ(received[1]->at, monday() + 74h);
  EXPECT_EQ(units(received[0]->event), 7);
  EXPECT_EQ(units(received[1]->event), 3);
  EXPECT_EQ(units(run.core->all<core::AsnReceived>().at(0)->event), 7) << "the supplier knows";
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[0]->event.body).gross, core::Money{4200});
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[1]->event.body).gross, core::Money{1800});
}

TEST(Purchases, that_arrive_broken_are_rejected_and_go_back) {
  EstateParams p = buying_estate();
  p.supplier.damaged_share = 1;
  p.dc.rejects_back_after = 5h;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto received = run.core->all<core::StockReceived>();
  const auto back = run.core->all<core::SupplierReturnShipped>();
  ASSERT_EQ(received.size(), 1U);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(received[0]->event.lines.at(0).condition, core::Condition::damaged);
  EXPECT_EQ(back[0]->at, received[0]->at + 5h);
  EXPECT_EQ(units(back[0]->event), 10);
  EXPECT_EQ(run.world.on_hand({0}, {0}), 0);
  EXPECT_EQ(run.world.at({0}, {0}, Place::supplier), 0) << "all of it is back where it came from";
  EXPECT_TRUE(run.core->all<core::StockPutAway>().empty());
  EXPECT_TRUE(run.core->unreadable.empty());
}

TEST(Purchases, break_on_their_way_to_the_shelf_and_are_told_apart) {
  EstateParams p = buying_estate();
  p.dc.put_away_broken_share = 0.5;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto shelved = run.core->all<core::StockPutAway>();
  ASSERT_EQ(shelved.size(), 1U);
  ASSERT_EQ(shelved[0]->event.lines.size(), 2U);
  EXPECT_EQ(shelved[0]->event.lines[1].condition, core::Condition::damaged);
  EXPECT_EQ(units(shelved[0]->event), 10);
  EXPECT_EQ(run.world.at({0}, {0}, Place::damaged), shelved[0]->event.lines[1].quantity_each);
}

TEST(Purchases, wait_at_the_gate_of_a_site_that_is_down) {
  EstateParams p = buying_estate();
  p.faults = {
      {.kind = sim::FaultKind::crash, .target = "dc-1", .from = monday() + 48h, .to = monday() + 60h}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::goods_received).at(0)->fact.at, monday() + 60h);
}

/// The core's verdict on the first invoice, `after` the run begins.
void send_verdict(EstateRun& run, std::string_view type, std::string_view data) {
  const std::string bytes = R"({"specversion":"1.0","id":"C1","type":")" + std::string(type) +
                            R"(","data":)" + std::string(data) + "}";
  run.estate.outbound().send(
      {core::System::erp, 0},
      type == "invoice.held" ? core::EventType::invoice_held : core::EventType::invoice_approved, bytes);
}

TEST(Buyer, pays_what_is_approved_once_when_it_is_due) {
  EstateParams p = buying_estate();
  p.procurement.payment_terms = 240h;
  EstateRun run(p, prompt_pattern());
  send_verdict(run, "invoice.approved", R"({"invoice":"INV-1","gross":6000})");
  send_verdict(run, "invoice.approved", R"({"invoice":"INV-1","gross":6000})");
  run.run();
  const auto paid = run.core->all<core::InvoicePaid>();
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0]->at, monday() + 240h);
  EXPECT_EQ(std::get<core::InvoicePaid>(paid[0]->event.body).amount, core::Money{6000});
  EXPECT_EQ(run.witness.all(FactKind::supplier_paid).size(), 1U);
}

/// Does something at a moment of the run.
struct Later final : sim::Handler {
  Later(EstateRun& run, core::Time at, std::function<void()> what) : act(std::move(what)) {
    run.engine.calendar().schedule(at, sim::normal_priority, *this, 0);
  }
  void on_event(sim::Time, std::uint64_t) override { act(); }
  std::function<void()> act;
};

TEST(Supplier, corrects_a_disputed_invoice_and_has_nothing_to_correct_in_what_is_right) {
  EstateParams p = buying_estate();
  p.supplier.overcharge_share = 1;
  p.supplier.overcharge_bp = 1000;
  p.supplier.correction_after = 5h;
  EstateRun run(p, prompt_pattern());
  const auto dispute = [&] { send_verdict(run, "invoice.held", R"({"invoice":"INV-1","reason":"price"})"); };
  const Later once(run, monday() + 50h, dispute), again(run, monday() + 60h, dispute);
  run.run();
  const auto invoiced = run.core->all<core::InvoiceReceived>();
  ASSERT_EQ(invoiced.size(), 2U);
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[0]->event.body).gross, core::Money{6600});
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[1]->event.body).gross, core::Money{6000});
  EXPECT_EQ(invoiced[1]->at, monday() + 55h);
  EXPECT_EQ(std::get<core::InvoiceReceived>(invoiced[1]->event.body).invoice.view(), "INV-1");
}

TEST(Supplier, goes_by_purchase_orders_where_the_scenario_buys_by_order) {
  EstateParams p = bare_estate();
  p.opening.explicit_stock = {};
  p.procurement.by_order = true;
  p.supplier.lead_time = 7'200.0;
  p.replenishment = {.order_each = 30, .reorder_point_each = 12, .review_every = 6h};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto ordered = run.core->all<core::PurchaseOrderApproved>();
  ASSERT_EQ(ordered.size(), 1U) << "what is on order is not ordered again, what has come is enough";
  EXPECT_EQ(run.witness.all(FactKind::stock_received).size(), 0U) << "nothing is pushed";
  EXPECT_EQ(run.world.at({0}, {1}, Place::shelf), 30);
}

TEST(Verdicts, of_price_and_quantity_are_the_suppliers_to_put_right) {
  const auto held = [](const char* reason) {
    return wire::read_verdict(std::string(R"({"type":"invoice.held","data":{"invoice":"I","reason":")") +
                              reason + "\"}}");
  };
  EXPECT_TRUE(held("price")->disputed);
  EXPECT_TRUE(held("quantity")->disputed);
  EXPECT_FALSE(held("no_receipt")->disputed);
  for (const char* none : {"", "{", "[]", "{}", R"({"type":1,"data":{"invoice":"I"}})",
                           R"({"type":"invoice.approved","data":{"invoice":"I","gross":"1"}})",
                           R"({"type":"invoice.approved","data":{"gross":1}})"})
    EXPECT_FALSE(wire::read_verdict(none)) << none;
}

// --- warehouses that others run

/// A third party's warehouse with ten units; two are ordered in the shop at 1:00.
EstateParams third_party_estate() {
  EstateParams p = bare_estate();
  p.nodes.stores = p.nodes.dcs = 0;
  p.nodes.third_parties = 1;
  p.opening.explicit_stock = {{.node = "3pl-1", .item = "SKU", .quantity_each = 10}};
  p.third_party = {.files_every = 6h, .files_at = 0h, .snapshot_every = 24h, .snapshot_at = 12h};
  p.script = {step(1h, "order", "W-1", 2)};
  return p;
}

TEST(ThirdParty, takes_and_sends_files_at_its_own_times) {
  EstateRun run(third_party_estate(), prompt_pattern());
  run.run();
  const auto shipped = run.core->all<core::ShipmentShipped>();
  const auto listed = run.core->all<core::StockSnapshot>();
  ASSERT_EQ(shipped.size(), 1U);
  ASSERT_EQ(listed.size(), 1U);
  // The order is in the file of 6:00, picked in the wave of 8:00, at hand for the carrier of 12:00.
  EXPECT_EQ(shipped[0]->event.envelope.occurred_at, monday() + 12h);
  EXPECT_EQ(shipped[0]->at, monday() + 18h);
  EXPECT_EQ(shipped[0]->event.lines.at(0).quantity_each, 2);
  EXPECT_EQ(listed[0]->event.envelope.observed_at, monday() + 12h);
  EXPECT_EQ(listed[0]->at, monday() + 18h);
  EXPECT_TRUE(run.core->all<core::StockPicked>().empty()) << "it says nothing of picking";
  EXPECT_TRUE(run.core->unreadable.empty());
  const auto fact = run.witness.all(FactKind::units_shipped).at(0);
  EXPECT_EQ(fact->fact.message_id, shipped[0]->event.envelope.id);
}

TEST(ThirdParty, lists_what_it_holds_and_takes_nothing_off_for_orders_it_has_not_begun) {
  EstateParams p = third_party_estate();
  p.third_party.snapshot_at = 7h;  // The order has come with the file of 6:00 and waits for the wave of 8:00.
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::StockSnapshot>().at(0)->event.lines.at(0).quantity_each, 10);
}

TEST(ThirdParty, counts_what_stands_at_its_packing_tables_since_it_says_nothing_of_picking) {
  EstateParams p = third_party_estate();
  StepParams count = step(9h + 30min, "count");  // Picked at 8:00, on the way at 12:00.
  count.node = "3pl-1";
  p.script.push_back(count);
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0]->event.lines.at(0).quantity_each, 10);
}

/// Eight of ten are asked for, and so many were stolen before.
void expect_advice(int stolen, std::size_t parcels) {
  EstateParams p = third_party_estate();
  p.script = {step(1h, "order", "W-1", 8)};
  for (int i = 0; i < stolen; ++i) {
    p.script.push_back(step(30min, "steal"));
    p.script.back().node = "3pl-1";
  }
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto shipped = run.core->all<core::ShipmentShipped>();
  ASSERT_EQ(shipped.size(), 1U);
  ASSERT_EQ(shipped[0]->event.lines.size(), 1U);
  EXPECT_EQ(shipped[0]->event.lines[0].quantity_each, 10 - stolen);
  EXPECT_EQ(shipped[0]->event.lines[0].short_each, stolen - 2);
  EXPECT_EQ(run.witness.all(FactKind::units_shipped).size(), parcels);
  EXPECT_TRUE(run.core->unreadable.empty());
}

TEST(ThirdParty, says_with_its_shipment_what_it_did_not_find) { expect_advice(3, 1); }
TEST(ThirdParty, says_of_an_empty_shelf_that_nothing_comes) { expect_advice(10, 0); }

TEST(ThirdParty, goes_on_working_on_a_day_without_files) {
  EstateParams p = third_party_estate();
  p.faults = {{.kind = sim::FaultKind::crash,
               .target = "trading_partners.3pl-1",
               .from = monday() + 12h,
               .to = monday() + 36h}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::units_shipped).at(0)->fact.at, monday() + 12h);
  EXPECT_EQ(run.core->all<core::ShipmentShipped>().at(0)->at, monday() + 36h);
}

TEST(Dcs, count_and_break_as_stores_do_where_the_scenario_says_so) {
  EstateParams p = bare_estate();
  p.calendar.to = monday() + 72h;
  p.dc.count_every = 24h;
  p.dc.count_share = 1;
  p.dc.damaged_per_day = 5;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(counted.size(), 2U) << "at 24:00 and 48:00; the store counts nothing";
  const std::int32_t left = run.world.at({0}, {0}, Place::shelf);
  EXPECT_LT(left, 1000);
  EXPECT_GE(counted[1]->event.lines.at(0).quantity_each, left);
}

TEST(Dcs, count_a_shelf_when_they_are_asked_to) {
  EstateParams p = bare_estate();
  EstateRun run(p, prompt_pattern());
  run.estate.outbound().send(
      {core::System::node, 0}, core::EventType::count_requested,
      R"({"specversion":"1.0","id":"C7","correlationid":"Q-1","type":"count.requested",)"
      R"("data":{"node":"dc-1","count":"Q-1","lines":[{"line_no":1,"sku":"SKU","quantity":900}]}})");
  run.run();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(std::get<core::StockCounted>(counted[0]->event.body).count.view(), "Q-1");
  EXPECT_EQ(counted[0]->event.lines.at(0).quantity_each, 1000);
}

}  // namespace
}  // namespace omnisim::models
