// A marketplace that settles line by line, withholds, cancels and repays on its own; one that sells in
// another currency. Every figure is worked out by hand.
#include <gtest/gtest.h>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Money;
using core::SettlementKind;
using world::FactKind;

struct MarketDay {
  MarketDay() {
    params.channels[1].settlement.form = SettlementForm::lines;
    params.channels[1].commission_bp = 1500;
    params.carrier.transit = 6.0 * 3600;
    params.demand.shipping_fee = {};
  }
  StepParams order(core::Duration after, std::string number, std::int32_t units) const {
    StepParams made = step(after, "order", std::move(number), units);
    made.channel = "market";
    return made;
  }
  void run() {
    estate = std::make_unique<EstateRun>(params, prompt_pattern());
    EXPECT_EQ(estate->run(), sim::Stopped::at_rest);
  }
  /// Amounts of the facts of one kind of line, in order.
  std::vector<std::int64_t> truly(SettlementKind kind) const {
    std::vector<std::int64_t> amounts;
    for (const auto* kept : estate->witness.all(FactKind::settlement_line)) {
      if (kept->fact.settlement_kind == kind) amounts.push_back(kept->fact.amount.minor);
    }
    return amounts;
  }
  std::vector<std::int64_t> said(SettlementKind kind) const {
    std::vector<std::int64_t> amounts;
    for (const auto* message : estate->core->all<core::SettlementLine>()) {
      const auto& line = std::get<core::SettlementLine>(message->event.body);
      if (line.kind == kind) amounts.push_back(line.amount.minor);
    }
    return amounts;
  }
  std::vector<std::int64_t> paid() const {
    std::vector<std::int64_t> amounts;
    for (const auto* kept : estate->witness.all(FactKind::settlement_paid))
      amounts.push_back(kept->fact.amount.minor);
    return amounts;
  }
  using All = std::vector<std::int64_t>;

  EstateParams params = bare_estate();
  std::unique_ptr<EstateRun> estate;
};

TEST(SettlementLines, add_up_to_what_the_bank_gets) {
  MarketDay day;
  day.params.channels[1].settlement.fulfilment_fee = {150};
  day.params.channels[1].settlement.label_fee = {200};
  day.params.demand.shipping_fee = {495};
  day.params.script = {day.order(1h, "M-1", 3), day.order(2h, "M-2", 1)};
  day.run();
  EXPECT_EQ(day.said(SettlementKind::sale), (MarketDay::All{3495, 1495}));
  EXPECT_EQ(day.said(SettlementKind::commission), (MarketDay::All{-524, -224})) << "5.2425 and 2.2425";
  EXPECT_EQ(day.said(SettlementKind::fulfilment_fee), (MarketDay::All{-450, -150}));
  EXPECT_EQ(day.said(SettlementKind::shipping_fee), (MarketDay::All{-200, -200}));
  EXPECT_EQ(day.paid(), MarketDay::All{3495 + 1495 - 748 - 600 - 400});
  const auto closed = day.estate->core->all<core::SettlementClosed>();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(std::get<core::SettlementClosed>(closed[0]->event.body).net, Money{3242});
  EXPECT_EQ(std::get<core::SettlementClosed>(closed[0]->event.body).items, 8U);
}

/// Ordered at 1 h, shipped at 4 h, delivered at 10 h: settled at 72 h, due at 178 h, released at 216 h.
TEST(SettlementLines, a_reserve_is_withheld_until_some_time_after_the_delivery) {
  MarketDay day;
  day.params.channels[1].settlement.reserve_bp = 1000;
  day.params.script = {day.order(1h, "M-1", 3)};
  day.run();
  EXPECT_EQ(day.said(SettlementKind::reserve_held), MarketDay::All{-300});
  EXPECT_EQ(day.said(SettlementKind::reserve_released), MarketDay::All{300});
  EXPECT_EQ(day.paid(), (MarketDay::All{3000 - 450 - 300, 300}));
  const auto settled = day.estate->witness.all(FactKind::settlement_paid);
  EXPECT_EQ(settled.at(0)->fact.at, monday() + 72h);
  EXPECT_EQ(settled.at(1)->fact.at, monday() + 216h);
}

TEST(SettlementLines, what_is_due_before_the_settlement_is_not_withheld) {
  MarketDay day;
  day.params.channels[1].settlement.reserve_bp = 1000;
  day.params.channels[1].settlement.reserve_for = 24h;
  day.params.script = {day.order(1h, "M-1", 3)};
  day.run();
  EXPECT_TRUE(day.said(SettlementKind::reserve_held).empty());
  EXPECT_EQ(day.paid(), MarketDay::All{3000 - 450});
}

TEST(SettlementLines, an_adjustment_names_no_order_and_the_next_settlement_names_it) {
  MarketDay day;
  day.params.channels[1].settlement.adjustment = {75};
  day.params.script = {day.order(1h, "M-1", 1)};
  day.run();
  EXPECT_EQ(day.said(SettlementKind::adjustment), (MarketDay::All{-75, 75}));
  EXPECT_EQ(day.said(SettlementKind::fulfilment_fee), MarketDay::All{-75});
  EXPECT_EQ(day.truly(SettlementKind::fulfilment_fee), MarketDay::All{-75}) << "a fee from the beginning";
  EXPECT_TRUE(day.truly(SettlementKind::adjustment).empty());
  EXPECT_EQ(day.paid(), (MarketDay::All{1000 - 150 - 75, 0}));
}

TEST(Marketplace, cancels_what_has_not_shipped_in_time_and_tells_us) {
  MarketDay day;
  day.params.channels[1].cancels_after = 24h;
  day.params.demand.promise = 24h;
  day.params.faults = {
      {.kind = sim::FaultKind::crash, .target = "dc-1", .from = monday(), .to = monday() + 60h}};
  day.params.script = {day.order(1h, "M-1", 2)};
  day.run();
  const auto gone = day.estate->witness.all(FactKind::order_cancelled);
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0]->fact.at, monday() + 49h);
  EXPECT_EQ(gone[0]->lines.at(0).quantity_each, 2);
  const auto told = day.estate->core->all<core::OrderAmended>();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]->event.lines.at(0).quantity_each, 2);
}

TEST(Marketplace, keeps_an_order_that_shipped_in_time) {
  MarketDay day;
  day.params.channels[1].cancels_after = 24h;
  day.params.script = {day.order(1h, "M-1", 2)};
  day.run();
  EXPECT_TRUE(day.estate->witness.all(FactKind::order_cancelled).empty());
}

TEST(Marketplace, repays_a_return_on_its_own_and_once) {
  MarketDay day;
  day.params.channels[1].refunds_returns = true;
  StepParams back = step(20h, "return", "M-1", 1);
  back.node = "";
  day.params.script = {day.order(1h, "M-1", 3), back};
  day.run();
  const auto repaid = day.estate->witness.all(FactKind::refunded);
  ASSERT_EQ(repaid.size(), 1U);
  EXPECT_EQ(repaid[0]->fact.at, monday() + 20h);
  EXPECT_EQ(repaid[0]->fact.amount, Money{1000});
  EXPECT_EQ(day.said(SettlementKind::refund), MarketDay::All{-1000});
  // When the goods are judged we ask for 1.00: it says that its customer has that already.
  MarketDay::All told;
  for (const auto* message : day.estate->core->all<core::RefundSucceeded>())
    told.push_back(std::get<core::RefundSucceeded>(message->event.body).tenders.marketplace.minor);
  EXPECT_EQ(told, (MarketDay::All{1000, 0}));
  EXPECT_EQ(day.said(SettlementKind::commission), (MarketDay::All{-450, 150}))
      << "which gives the commission back";
}

/// At 0.80 the list price of 10.00 EUR is 12.50 USD; on the fourth day, at 0.84, three are worth 31.50 EUR.
TEST(Marketplace, in_another_currency_sells_at_its_list_price_and_settles_at_the_days_rate) {
  MarketDay day;
  day.params.channels[1].currency = "USD";
  day.params.rates = {{.currency = "USD", .from = monday(), .rate = 0.80},
                      {.currency = "USD", .from = monday() + 72h, .rate = 0.84}};
  day.params.script = {day.order(1h, "M-1", 3)};
  day.run();
  const auto placed = day.estate->core->all<core::OrderPlaced>();
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0]->event.lines.at(0).net, Money{3750});
  EXPECT_EQ(placed[0]->event.envelope.currency, *core::Code::from("USD"));
  EXPECT_EQ(day.said(SettlementKind::sale), MarketDay::All{3150});
  EXPECT_EQ(day.said(SettlementKind::commission), MarketDay::All{-473}) << "4.725";
  const auto lines = day.estate->core->all<core::SettlementLine>();
  EXPECT_EQ(std::get<core::SettlementLine>(lines.at(0)->event.body).original, Money{3750});
  EXPECT_EQ(day.paid(), MarketDay::All{3150 - 473});
}

}  // namespace
}  // namespace omnisim::models
