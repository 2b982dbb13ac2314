// What single parties do physically: pick at their pace, pay out on their day, settle, buffer, sell to the
// same customers.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "models/cadence.hpp"
#include "models/support.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Money;
using world::FactKind;

core::Code code(std::string_view text) { return *core::Code::from(text); }

TEST(Dc, picks_in_waves_at_the_pace_of_its_pickers) {
  EstateParams p = bare_estate();
  for (int i = 0; i < 5; ++i)
    p.script.push_back(step(10min + i * 1min, "order", "W-" + std::to_string(i), 10));
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto picked = run.core->all<core::StockPicked>();
  ASSERT_EQ(picked.size(), 5U);
  // The wave leaves at 02:00; ten units take ten minutes.
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(picked[static_cast<std::size_t>(i)]->at, monday() + 2h + (i + 1) * 10min);
  for (const auto* shipped : run.core->all<core::ShipmentShipped>()) EXPECT_EQ(shipped->at, monday() + 4h);
}

TEST(Dc, takes_a_command_once_however_often_it_comes) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1")};
  p.faults = {{.kind = sim::FaultKind::duplicate,
               .target = "fulfilment",
               .from = {},
               .to = {},
               .probability = 1,
               .delay = 5.0}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::ShipmentShipped>().size(), 1U);
}

TEST(Dc, does_not_pick_what_is_called_back_before_its_wave) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1", 3),     step(1h, "order", "W-2", 2),
              step(90min, "cancel", "W-1", 1), step(90min, "cancel", "W-2", 0),
              step(150min, "order", "W-3", 1), step(5h, "cancel", "W-3", 0)};
  EstateRun run(p, prompt_pattern());
  run.run();
  std::map<core::Code, std::int32_t> shipped;
  for (const auto* kept : run.core->all<core::ShipmentShipped>())
    shipped[std::get<core::ShipmentShipped>(kept->event.body).order] += kept->event.lines.at(0).quantity_each;
  const std::map<core::Code, std::int32_t> expected = {{code("W-1"), 2}, {code("W-3"), 1}};
  EXPECT_EQ(shipped, expected) << "W-3 had been picked";
  EXPECT_EQ(run.estate.pending(), std::vector<std::string>());
}

TEST(Dc, is_short_by_what_is_not_on_the_shelf) {
  EstateParams p = bare_estate();
  p.opening.explicit_stock[0].quantity_each = 3;
  StepParams theft = step(90min, "steal", "", 2);
  theft.node = "dc-1";
  p.script = {step(1h, "order", "W-1", 3), theft};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto rejected = run.core->all<core::PickRejected>();
  ASSERT_EQ(rejected.size(), 1U);
  EXPECT_EQ(rejected[0]->event.lines.at(0).quantity_each, 2);
  EXPECT_EQ(std::get<core::PickRejected>(rejected[0]->event.body).reason, core::PickReason::short_by);
  EXPECT_EQ(run.core->all<core::StockPicked>().at(0)->event.lines.at(0).quantity_each, 1);
  const auto cancelled = run.witness.all(FactKind::order_cancelled);
  ASSERT_EQ(cancelled.size(), 1U);
  EXPECT_EQ(cancelled[0]->lines.at(0).quantity_each, 2);
}

TEST(Till, sells_what_is_on_the_shelf_and_refuses_the_rest) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell", "", 7), step(11h, "sell", "", 7)};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto sold = run.witness.all(FactKind::till_sold);
  ASSERT_EQ(sold.size(), 2U);
  EXPECT_EQ(sold[0]->fact.at, monday() + 10h);
  EXPECT_EQ(sold[0]->fact.tenders.cash, Money{7000 + 1330});
  EXPECT_EQ(sold[1]->lines.at(0).quantity_each, 3);
  EXPECT_EQ(run.witness.all(FactKind::demand_refused).at(0)->lines.at(0).quantity_each, 4);
}

TEST(Till, keeps_selling_when_its_line_is_down_and_reports_in_order_afterwards) {
  EstateParams p = bare_estate();
  for (int i = 0; i < 6; ++i) p.script.push_back(step(10h + i * 10min, "sell"));
  p.faults = {{.kind = sim::FaultKind::partition,
               .target = "tills.store-01",
               .from = monday() + 9h,
               .to = monday() + 12h,
               .delay = {}}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::till_sold).size(), 6U);
  std::vector<std::uint64_t> first_seen;
  std::set<std::uint64_t> known;
  for (const auto* sale : run.core->all<core::PosSale>()) {
    EXPECT_GE(sale->at, monday() + 12h);
    if (known.insert(sale->event.envelope.sequence).second)
      first_seen.push_back(sale->event.envelope.sequence);
  }
  EXPECT_EQ(first_seen, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
}

TEST(Till, stamps_its_messages_by_its_own_clock) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  p.faults = {{.kind = sim::FaultKind::clock_offset,
               .target = "store-01",
               .from = {},
               .to = {},
               .delay = {},
               .offset = 90s}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::PosSale>().at(0)->event.envelope.occurred_at, monday() + 10h + 90s);
  EXPECT_EQ(run.witness.all(FactKind::till_sold).at(0)->fact.at, monday() + 10h);
}

TEST(Payments, pay_out_each_day_two_days_later_less_the_fee) {
  EstateParams p = bare_estate();
  p.demand.shipping_fee = {0};
  p.payment.fee_bp = 140;
  p.payment.fee_fixed = {20};
  p.payment.payout_at = 5h;
  // Both ship on Monday at 04:00 and 08:00, so both are captured on Monday.
  p.script = {step(1h, "order", "W-1"), step(5h, "order", "W-2", 2)};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto paid = run.witness.all(FactKind::payout_paid);
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0]->fact.at, monday() + 48h + 5h);
  EXPECT_EQ(paid[0]->fact.amount, Money{1190 + 2380});
  // 1.4 % of 35.70 is 0.4998, rounded 0.50, and 0.20 for each of two captures.
  EXPECT_EQ(paid[0]->fact.fee, Money{50 + 40});
  const auto file = run.core->all<core::PayoutPaid>();
  ASSERT_EQ(file.size(), 1U);
  EXPECT_EQ(std::get<core::PayoutPaid>(file[0]->event.body).net, Money{3480});
}

TEST(Payments, capture_once_under_one_number) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1")};
  p.faults = {{.kind = sim::FaultKind::duplicate,
               .target = "payments",
               .from = {},
               .to = {},
               .probability = 1,
               .delay = 30.0}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::captured).size(), 1U);
  EXPECT_EQ(run.core->all<core::PaymentCaptured>().size(), 1U);
}

TEST(Marketplace, settles_shipped_goods_less_commission) {
  EstateParams p = bare_estate();
  p.demand.shipping_fee = {495};
  StepParams order = step(1h, "order", "M-1", 3);
  order.channel = "market";
  p.script = {order};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto paid = run.witness.all(FactKind::settlement_paid);
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0]->fact.at, monday() + 72h);
  EXPECT_EQ(paid[0]->fact.amount, Money{3000 + 495}) << "the marketplace remits the tax itself";
  // 15.5 % of 34.95 is 5.41725.
  EXPECT_EQ(paid[0]->fact.fee, Money{542});
  EXPECT_EQ(std::get<core::SettlementClosed>(run.core->all<core::SettlementClosed>().at(0)->event.body).net,
            Money{3495 - 542});
}

TEST(Marketplace, exports_orders_at_its_own_cadence_and_dates_them_by_the_promise) {
  EstateParams p = bare_estate();
  p.channels[1].order_batch_every = 5min;
  StepParams order = step(4min, "order", "M-1");
  order.channel = "market";
  p.script = {order};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0]->at, monday() + 5min);
  EXPECT_EQ(placed[0]->event.envelope.occurred_at, monday() + 4min);
  EXPECT_EQ(run.witness.all(FactKind::order_promised).at(0)->fact.at, monday() + 4min);
}

TEST(Shop, that_asks_promises_only_when_it_has_the_answer) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1")};
  PatternParams pattern = prompt_pattern();
  pattern.defaults.latency = 1.0;
  EstateRun run(p, pattern);
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::order_placed).at(0)->fact.at, monday() + 1h);
  EXPECT_EQ(run.witness.all(FactKind::order_promised).at(0)->fact.at, monday() + 1h + 2s);
}

TEST(Shop, that_gets_no_answer_gives_up_where_answers_may_be_lost) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1")};
  PatternParams pattern = prompt_pattern();
  pattern.defaults.promise = Promise::at_most_once;
  p.faults = {{.kind = sim::FaultKind::loss, .target = "replies", .from = {}, .to = {}, .delay = {}}};
  EstateRun run(p, pattern);
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::demand_refused).at(0)->fact.at, monday() + 1h + 10min);
  EXPECT_EQ(run.core->all<core::OrderCancelled>().size(), 1U);
  EXPECT_TRUE(run.witness.all(FactKind::order_promised).empty());
}

TEST(Shop, refuses_what_its_mirror_does_not_show) {
  EstateParams p = bare_estate();
  p.opening.explicit_stock[0].quantity_each = 2;
  p.nodes.stores_fulfil_online = false;
  p.script = {step(1h, "order", "W-1", 3)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::demand_refused).size(), 1U);
  EXPECT_TRUE(run.core->all<core::OrderPlaced>().empty());
}

TEST(Returns, of_an_online_order_come_back_where_the_customer_takes_them) {
  EstateParams p = bare_estate();
  StepParams back = step(20h, "return", "W-1", 0);
  p.script = {step(1h, "order", "W-1", 2), back};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto goods = run.core->all<core::PosReturn>();
  ASSERT_EQ(goods.size(), 1U);
  EXPECT_EQ(std::get<core::PosReturn>(goods[0]->event.body).order, code("W-1"));
  EXPECT_EQ(goods[0]->event.lines.at(0).quantity_each, 2);
  EXPECT_EQ(run.world.at({0}, {1}, world::Place::shelf), 12) << "the receiving store has them";
}

TEST(Returns, come_in_parts_and_with_less_than_was_announced) {
  EstateParams p = bare_estate();
  StepParams by_mail = step(20h, "return", "W-1", 3);
  by_mail.node.clear();
  by_mail.missing_each = 1;
  p.script = {step(1h, "order", "W-1", 5), by_mail, step(22h, "return", "W-1", 1)};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto announced = run.core->all<core::ReturnAuthorised>();
  ASSERT_EQ(announced.size(), 1U);
  EXPECT_EQ(announced[0]->event.lines.at(0).quantity_each, 3);
  EXPECT_EQ(run.core->all<core::ReturnReceived>().at(0)->event.lines.at(0).quantity_each, 2);
  EXPECT_EQ(run.core->all<core::PosReturn>().at(0)->event.lines.at(0).quantity_each, 1);
}

TEST(Shop, sells_from_a_cart_what_it_does_not_show_any_more) {
  EstateParams p = bare_estate();
  StepParams stale = step(3h, "order", "W-2");
  stale.from_cart = true;
  p.script = {step(1h, "order", "W-1", 1010), step(2h, "order", "W-0"), stale};
  PatternParams promises = prompt_pattern();
  promises.channel_promises = true;
  EstateRun run(p, promises);
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::order_promised).size(), 2U) << "W-0 looked and left";
}

TEST(Till, sells_a_gift_card_that_an_order_is_paid_with) {
  EstateParams p = bare_estate();
  StepParams card = step(1h, "sell_gift_card");
  card.amount = Money{500};
  StepParams order = step(2h, "order", "W-1");
  order.gift_card = true;
  p.script = {card, order};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.witness.all(FactKind::gift_card_sold).at(0)->fact.amount, Money{500});
  EXPECT_EQ(run.witness.all(FactKind::order_placed).at(0)->fact.tenders.gift_card, Money{500});
}

TEST(Trucks, unload_what_was_loaded_less_what_is_lost) {
  EstateParams p = bare_estate();
  StepParams load = step(1h, "transfer", "", 7);
  load.node = "dc-1";
  load.to_node = "store-01";
  load.missing_each = 2;
  p.carrier.transit = 3600.0;
  p.script = {load};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto left = run.core->all<core::TransferShipped>();
  const auto came = run.core->all<core::TransferReceived>();
  ASSERT_EQ(left.size(), 1U);
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(left[0]->event.lines.at(0).quantity_each, 7);
  EXPECT_EQ(came[0]->event.lines.at(0).quantity_each, 5);
  EXPECT_EQ(came[0]->at, monday() + 2h);
  EXPECT_EQ(run.witness.all(FactKind::transfer_lost).at(0)->lines.at(0).quantity_each, 2);
  EXPECT_EQ(run.world.at({0}, {0}, world::Place::shelf) + run.world.at({0}, {1}, world::Place::shelf), 1008);
  EXPECT_EQ(run.estate.pending(), std::vector<std::string>());
}

TEST(Supplier, writes_what_the_clerk_dates_and_states_what_happened) {
  EstateParams p = bare_estate();
  StepParams late = step(10h, "receive", "", 4);
  late.dated = monday() + 2h;
  p.script = {late};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::StockReceived>().at(0)->event.envelope.occurred_at, monday() + 2h);
  EXPECT_EQ(run.witness.all(FactKind::stock_received).at(0)->fact.at, monday() + 10h);
}

TEST(Payments, take_what_is_disputed_out_of_the_payout_and_give_it_back_when_won) {
  EstateParams p = bare_estate();
  p.calendar.to = monday() + 96h;
  p.demand.shipping_fee = {};
  p.payment.fee_bp = 0;
  p.payment.fee_fixed = {};
  p.script = {step(1h, "order", "W-1"), step(10h, "chargeback", "W-1"), step(30h, "chargeback_won", "W-1"),
              step(31h, "chargeback_lost", "W-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto opened = run.core->all<core::DisputeOpened>();
  ASSERT_EQ(opened.size(), 1U);
  EXPECT_EQ(std::get<core::DisputeOpened>(opened[0]->event.body).amount, Money{1190});
  EXPECT_EQ(run.core->all<core::DisputeWon>().size(), 1U);
  EXPECT_EQ(run.core->all<core::DisputeLost>().size(), 0U) << "it is decided";
  std::vector<Money> paid;
  for (const auto* payout : run.witness.all(FactKind::payout_paid)) paid.push_back(payout->fact.amount);
  EXPECT_EQ(paid, (std::vector<Money>{Money{-1500}, Money{1190}})) << "11.90 less 11.90 and a fee of 15.00";
}

TEST(Erp, dates_an_entry_of_a_closed_period_to_the_next_one) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  p.calendar.hard_close_after = 6h;
  // Nothing reaches the ERP until the period is closed.
  p.faults = {{.kind = sim::FaultKind::partition,
               .target = "journal",
               .from = monday(),
               .to = monday() + 40h,
               .delay = {}}};
  EstateRun run(p, prompt_pattern());
  run.run();
  ASSERT_EQ(run.estate.ledger().entries().size(), 1U);
  const LedgerEntry& entry = run.estate.ledger().entries()[0];
  EXPECT_EQ(entry.business_day, std::chrono::sys_days{std::chrono::year{2026} / 11 / 16});
  EXPECT_EQ(entry.day, std::chrono::sys_days{std::chrono::year{2026} / 11 / 17});
  EXPECT_EQ(run.estate.ledger().postings(entry).size(), 2U);
}

TEST(Erp, posts_an_entry_once_where_it_checks_and_twice_where_it_does_not) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  p.faults = {{.kind = sim::FaultKind::duplicate,
               .target = "journal",
               .from = {},
               .to = {},
               .probability = 1,
               .delay = 5.0}};
  PatternParams pattern = prompt_pattern();
  pattern.erp_checks_entry_id = false;
  EstateRun run(p, pattern);
  run.run();
  EXPECT_EQ(run.estate.ledger().entries().size(), 2U);
}

TEST(Erp, refuses_what_finds_no_slot_and_takes_it_when_it_comes_again) {
  EstateParams p = bare_estate();
  for (int i = 0; i < 8; ++i) p.script.push_back(step(10h, "sell"));
  p.erp.api_slots = 1;
  p.erp.api_queue_max = 2;
  p.erp.api_time = 1.0;
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.estate.ledger().entries().size(), 8U);
  EXPECT_GT(run.estate.stats().at(0).throttled, 0U);
}

TEST(Erp, says_no_once_and_posts_what_comes_again) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  p.erp.reject_share = 1;
  p.faults = {{.kind = sim::FaultKind::duplicate,
               .target = "journal",
               .from = {},
               .to = {},
               .probability = 1,
               .delay = 5.0}};
  EstateRun run(p, prompt_pattern());
  run.run();
  ASSERT_EQ(run.estate.ledger().entries().size(), 1U);
  EXPECT_EQ(run.estate.ledger().entries()[0].posted_at.time_since_epoch() / 1s,
            (monday() + 10h + 5s).time_since_epoch() / 1s);
  const auto answers = run.core->all<core::JournalAcknowledged>();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_FALSE(std::get<core::JournalAcknowledged>(answers[0]->event.body).accepted);
  EXPECT_TRUE(std::get<core::JournalAcknowledged>(answers[1]->event.body).accepted);
}

TEST(Bank, says_at_its_hour_what_has_been_paid_in) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "order", "W-1"), step(34h, "order", "W-2")};
  p.bank = {.statement_every = 24h, .statement_at = 5h};
  p.payment.payout_at = 6h;
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto payouts = run.witness.all(FactKind::payout_paid);
  const auto statements = run.core->all<core::BankStatement>();
  ASSERT_EQ(payouts.size(), 2U);
  ASSERT_EQ(statements.size(), 2U);
  Money balance;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto& statement = std::get<core::BankStatement>(statements[i]->event.body);
    ASSERT_EQ(statements[i]->event.entries.size(), 1U);
    EXPECT_EQ(statements[i]->event.entries[0].end_to_end, payouts[i]->fact.reference);
    EXPECT_EQ(statements[i]->event.entries[0].amount, payouts[i]->fact.amount - payouts[i]->fact.fee);
    EXPECT_EQ(statement.opening, balance);
    balance += statements[i]->event.entries[0].amount;
    EXPECT_EQ(statement.closing, balance);
    const core::Duration of_day =
        statements[i]->at - std::chrono::floor<std::chrono::days>(statements[i]->at);
    EXPECT_GE(of_day, 5h);
    EXPECT_LT(of_day, 5h + 1min);
  }
}

TEST(Erp, posts_in_its_windows) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  PatternParams pattern = prompt_pattern();
  pattern.erp_post_every = 24h;
  pattern.erp_post_offset = 4h;
  EstateRun run(p, pattern);
  run.run();
  EXPECT_EQ(run.estate.ledger().entries()[0].posted_at, monday() + 28h);
}

// --- what channels are told
// --------------------------------------------------------------------------------------------------------

TEST(Channels, keep_the_number_that_was_sent_last_of_two_of_one_moment) {
  EstateRun run(bare_estate(), prompt_pattern());
  const auto publish = [&](const char* id, std::int32_t number) {
    core::Event event;
    event.envelope.id = *core::Code::from(id);
    event.envelope.source = *core::Code::from("core");
    event.envelope.occurred_at = event.envelope.observed_at = monday() + 1h;
    event.body = core::AvailabilityPublished{{0}, {0}, number, core::QuantitySemantics::absolute};
    std::string bytes;
    core::encode(event, run.core->config.directory, bytes);
    run.estate.outbound().send({core::System::channel, 0}, event.type(), bytes);
  };
  publish("C10", 4);
  publish("C9", 7);
  run.run();
  ASSERT_FALSE(run.witness.shown.empty());
  EXPECT_EQ(run.witness.shown.back().quantity_each, 4) << "C9 was overtaken";
}

// --- the same customers everywhere
// ---------------------------------------------------------------------------------------

std::vector<std::string> wants_of(const PatternParams& pattern) {
  EstateParams p = small_estate();
  p.faults = {
      {.kind = sim::FaultKind::loss, .target = "*", .from = {}, .to = {}, .probability = 0.05, .delay = {}}};
  EstateRun run(p, pattern);
  run.run();
  std::vector<std::string> wants;
  for (const auto* kept : run.witness.all(FactKind::demand_wanted)) {
    std::string text =
        std::to_string(core::to_us(kept->fact.at)) + " " + std::string(kept->fact.order.view());
    for (const core::Line& line : kept->lines)
      text += " " + std::to_string(line.sku.value) + "x" + std::to_string(line.quantity_each);
    wants.push_back(text);
  }
  return wants;
}

/// One engine a process, so three cases meet in one number: all who came, when and for what, under seed 1.
std::uint64_t fingerprint(const std::vector<std::string>& wants) {
  std::string all;
  for (const std::string& want : wants) all += want + "\n";
  return XXH3_64bits(all.data(), all.size());
}

constexpr std::uint64_t expected_customers = 6454430535087175885u;

TEST(Customers, want_the_same_when_everything_is_prompt) {
  EXPECT_EQ(fingerprint(wants_of(prompt_pattern())), expected_customers);
}

TEST(Customers, want_the_same_when_channels_promise_from_stale_mirrors) {
  PatternParams slow = prompt_pattern();
  slow.channel_promises = true;
  slow.feed_is_fresh = false;
  slow.defaults = {.name = "",
                   .transport = Transport::batch,
                   .every = 24h,
                   .offset = 1h,
                   .latency = 60.0,
                   .promise = Promise::at_most_once,
                   .link = {}};
  EXPECT_EQ(fingerprint(wants_of(slow)), expected_customers);
}

TEST(Customers, want_the_same_where_nothing_takes_time) {
  PatternParams ideal = prompt_pattern();
  ideal.set_aside_at_once = true;
  ideal.faults = false;
  ideal.limits = false;
  EXPECT_EQ(fingerprint(wants_of(ideal)), expected_customers);
}

}  // namespace
}  // namespace omnisim::models
