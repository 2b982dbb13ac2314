// The true books of single facts, each worked out by hand from the chart of accounts: a cup costs 6.00 and is
// sold at 10.00 net and 2.00 tax.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::Pair;
using world::FactKind;
using Sums = std::map<std::uint32_t, std::int64_t>;

/// What facts since `before` have put where, by account; accounts without a change left out.
Sums change(const Stage& s, const Balances& before) {
  Sums sums = by_account(s.truth.all());
  for (const auto& [account, amount] : by_account(before)) sums[account] -= amount;
  std::erase_if(sums, [](const auto& row) { return row.second == 0; });
  return sums;
}

TEST(TrueBooks, opening_stock_is_inventory_against_equity) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 10);
  EXPECT_THAT(by_account(s.truth.all()), ElementsAre(Pair(1200, 6000), Pair(3000, -6000)));
  EXPECT_EQ(s.truth.all().at(account_key(1200, 1)), 6000) << "by node, counted from 1";
}

TEST(TrueBooks, goods_received_are_inventory_at_their_own_cost_and_owed_to_the_supplier) {
  Stage s;
  core::Line line = Stage::line(Stage::cup, 10);
  line.cost = {5500};
  s.state({.kind = FactKind::stock_received, .at = Stage::at(1), .node = Stage::dc}, {line});
  EXPECT_THAT(by_account(s.truth.all()), ElementsAre(Pair(1200, 5500), Pair(2050, -5500)));
}

TEST(TrueBooks, a_transfer_is_in_transit_until_it_is_unloaded_or_lost) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 10);
  const Balances before = s.truth.all();
  s.state({.kind = FactKind::transfer_shipped, .at = Stage::at(1), .node = Stage::dc},
          {Stage::line(Stage::cup, 3)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1800), Pair(1230, 1800)));
  s.state({.kind = FactKind::transfer_lost, .at = Stage::at(2), .node = Stage::dc},
          {Stage::line(Stage::cup, 1)});
  s.state({.kind = FactKind::transfer_received, .at = Stage::at(2), .node = Stage::store},
          {Stage::line(Stage::cup, 2)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -600), Pair(5210, 600)));
  EXPECT_EQ(s.truth.all().at(account_key(1200, 2)), 1200) << "at the store";
}

TEST(TrueBooks, a_chargeback_is_a_receivable_until_it_is_decided_and_its_fee_is_gone) {
  for (const bool won : {true, false}) {
    Stage s;
    s.state({.kind = FactKind::dispute_opened, .at = Stage::at(1), .amount = {1200}, .fee = {1500}});
    EXPECT_THAT(by_account(s.truth.all()),
                ElementsAre(Pair(1110, -2700), Pair(1170, 1200), Pair(6130, 1500)));
    s.state(
        {.kind = won ? FactKind::dispute_won : FactKind::dispute_lost, .at = Stage::at(2), .amount = {1200}});
    Sums sums = change(s, {});
    EXPECT_EQ(sums.at(1110), won ? -1500 : -2700);
    EXPECT_EQ(sums.count(1170), 0U);
    EXPECT_EQ(sums.count(6140), won ? 0U : 1U);
  }
}

TEST(TrueBooks, a_capture_is_a_deposit_until_the_goods_leave) {
  Stage s;
  s.state({.kind = FactKind::captured, .at = Stage::at(1), .order = code("A"), .amount = {1200}});
  EXPECT_THAT(by_account(s.truth.all()), ElementsAre(Pair(1110, 1200), Pair(2100, -1200)));
}

TEST(TrueBooks, revenue_tax_and_cost_are_recognised_with_the_shipment_by_parts_of_the_line) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 3);
  s.order(1, "A", Stage::cup, 3);
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 2);
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1200), Pair(2100, 2400), Pair(2200, -400),
                                             Pair(4000, -2000), Pair(5000, 1200)));
  s.ship(3, "A", Stage::cup, 1);
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1800), Pair(2100, 3600), Pair(2200, -600),
                                             Pair(4000, -3000), Pair(5000, 1800)));
  EXPECT_EQ(s.truth.sales_units_net, 3);
  EXPECT_EQ(s.truth.sales_value_net_minor, 3000);
}

TEST(TrueBooks, a_gift_card_is_used_up_before_the_card_and_shipping_comes_with_the_first_parcel) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  s.state({.kind = FactKind::order_placed,
           .at = Stage::at(1),
           .order = code("A"),
           .channel = Stage::web,
           .shipping_net = {500},
           .shipping_tax = {100},
           .tenders = {.card = {1500}, .gift_card = {1500}},
           .promised_by = Stage::at(90'000)},
          {Stage::line(Stage::cup, 2)});
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup,
         1);  // 12.00 of goods and 6.00 of shipping: 15.00 from the gift card, 3.00 from the card.
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1200, -600), Pair(2100, 300), Pair(2200, -300), Pair(2400, 1500),
                          Pair(4000, -1000), Pair(4010, -500), Pair(5000, 600)));
  s.ship(3, "A", Stage::cup, 1);
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1200, -1200), Pair(2100, 1500), Pair(2200, -500), Pair(2400, 1500),
                          Pair(4000, -2000), Pair(4010, -500), Pair(5000, 1200)));
}

TEST(TrueBooks, a_marketplace_owes_what_it_sold_for_us) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.state({.kind = FactKind::order_placed,
           .at = Stage::at(1),
           .order = code("M"),
           .channel = Stage::market,
           .tenders = {.marketplace = {1200}}},
          {Stage::line(Stage::cup, 1)});
  const Balances before = s.truth.all();
  s.ship(2, "M", Stage::cup, 1);
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1150, 1200), Pair(1200, -600), Pair(2200, -200),
                                             Pair(4000, -1000), Pair(5000, 600)));
  s.state({.kind = FactKind::settlement_paid,
           .at = Stage::at(3),
           .channel = Stage::market,
           .amount = {1200},
           .fee = {180}});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1000, 1020), Pair(1200, -600), Pair(2200, -200),
                                             Pair(4000, -1000), Pair(5000, 600), Pair(6110, 180)));
}

TEST(TrueBooks, a_return_is_held_until_it_is_judged_and_a_damaged_one_is_written_down) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  s.order(1, "A", Stage::cup, 2);
  s.ship(2, "A", Stage::cup, 2);
  const Balances before = s.truth.all();
  s.state({.kind = FactKind::return_received, .at = Stage::at(3), .order = code("A"), .node = Stage::store},
          {Stage::line(Stage::cup, 2)});
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1210, 1200), Pair(2300, -2000), Pair(4030, 2000), Pair(5000, -1200)));
  core::Line good = Stage::line(Stage::cup, 1), bad = good;
  bad.condition = core::Condition::damaged;
  s.state({.kind = FactKind::return_inspected, .at = Stage::at(4), .order = code("A"), .node = Stage::store},
          {good, bad});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, 600), Pair(2200, 400), Pair(2310, -2400),
                                             Pair(4030, 2000), Pair(5000, -1200), Pair(5200, 600)));
  EXPECT_EQ(s.truth.all().at(account_key(1200, 2)), 600) << "the good one lies where it was brought";
  s.state({.kind = FactKind::refunded, .at = Stage::at(5), .order = code("A"), .tenders = {.card = {2400}}});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1110, -2400), Pair(1200, 600), Pair(2200, 400),
                                             Pair(4030, 2000), Pair(5000, -1200), Pair(5200, 600)));
}

/// A cup of two is lost before anything is captured, so that its 12.00 go back to the gift card. The other
/// one is paid by card, and charged back: all of that is lost, none of it was owed.
TEST(TrueBooks, a_chargeback_pays_nothing_that_a_gift_card_has_got_back) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 2);
  s.order(1, "A", Stage::cup, 2);
  s.ship(2, "A", Stage::cup, 1);
  s.state({.kind = FactKind::units_lost, .at = Stage::at(3), .order = code("A"), .node = Stage::dc},
          {Stage::line(Stage::cup, 1)});
  s.state(
      {.kind = FactKind::refunded, .at = Stage::at(4), .order = code("A"), .tenders = {.gift_card = {1200}}});
  s.ship(5, "A", Stage::cup, 1);
  s.state({.kind = FactKind::captured, .at = Stage::at(5), .order = code("A"), .amount = {1200}});
  s.state({.kind = FactKind::dispute_opened, .at = Stage::at(6), .order = code("A"), .amount = {1200}});
  s.state({.kind = FactKind::dispute_lost, .at = Stage::at(7), .order = code("A"), .amount = {1200}});
  const Sums sums = change(s, {});
  EXPECT_EQ(sums.count(2310), 0U);
  EXPECT_EQ(sums.at(6140), 1200);
}

/// Two cups, 24.00 charged back and lost: what comes back afterwards is paid for already. The other way
/// round, a refund of one cup that was paid before leaves a loss of 12.00 beside it.
TEST(TrueBooks, a_refund_that_a_lost_chargeback_has_paid_is_not_owed_again) {
  for (const bool refunded_before : {false, true}) {
    Stage s;
    s.open(Stage::cup, Stage::dc, 2);
    s.order(1, "A", Stage::cup, 2);
    s.ship(2, "A", Stage::cup, 2);
    s.state({.kind = FactKind::captured, .at = Stage::at(2), .order = code("A"), .amount = {2400}});
    const auto give_back = [&](std::int64_t at) {
      s.state(
          {.kind = FactKind::return_received, .at = Stage::at(at), .order = code("A"), .node = Stage::store},
          {Stage::line(Stage::cup, 1)});
      s.state(
          {.kind = FactKind::return_inspected, .at = Stage::at(at), .order = code("A"), .node = Stage::store},
          {Stage::line(Stage::cup, 1)});
    };
    if (refunded_before) {
      give_back(3);
      s.state(
          {.kind = FactKind::refunded, .at = Stage::at(4), .order = code("A"), .tenders = {.card = {1200}}});
    }
    const core::Money disputed{refunded_before ? 1200 : 2400};
    s.state({.kind = FactKind::dispute_opened, .at = Stage::at(5), .order = code("A"), .amount = disputed});
    s.state({.kind = FactKind::dispute_lost, .at = Stage::at(6), .order = code("A"), .amount = disputed});
    EXPECT_EQ(by_account(s.truth.all()).at(6140), disputed.minor) << "nothing is owed back yet";
    give_back(7);
    const Sums sums = change(s, {});
    EXPECT_EQ(sums.count(2310), 0U) << refunded_before;
    EXPECT_EQ(sums.count(6140) == 0 ? 0 : sums.at(6140), refunded_before ? 0 : 1200);
  }
}

TEST(TrueBooks, a_lost_parcel_is_a_transit_loss_and_a_refund_owed) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.order(1, "A", Stage::cup, 1);
  s.ship(2, "A", Stage::cup, 1);
  const Balances before = s.truth.all();
  s.state({.kind = FactKind::units_lost, .at = Stage::at(3), .order = code("A")},
          {Stage::line(Stage::cup, 1)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(2200, 200), Pair(2310, -1200), Pair(4030, 1000),
                                             Pair(5000, -600), Pair(5210, 600)));
}

TEST(TrueBooks, a_judged_return_clears_what_its_own_receipt_accrued) {
  Stage s;
  // 10.00 and 2.00 tax for three: net parts of 3.33, 3.33, 3.34, tax 0.66, 0.67, 0.67. One is lost, two come
  // back one by one and are judged the other way round: the third unit first, 3.34 + 0.67.
  core::Line three = Stage::line(Stage::cup, 3);
  three.net = {1000}, three.tax = {200};
  const auto unit = [&](FactKind kind, std::int64_t at, std::string_view rma) {
    s.state(
        {.kind = kind, .at = Stage::at(at), .order = code("A"), .node = Stage::dc, .reference = code(rma)},
        {Stage::line(Stage::cup, 1)});
  };
  s.open(Stage::cup, Stage::dc, 3);
  s.state({.kind = FactKind::order_placed, .at = Stage::at(1), .order = code("A"), .channel = Stage::web},
          {three});
  s.ship(2, "A", Stage::cup, 3);
  unit(FactKind::units_lost, 3, "S");
  unit(FactKind::return_received, 4, "R1");
  unit(FactKind::return_received, 5, "R2");
  Balances before = s.truth.all();
  unit(FactKind::return_inspected, 6, "R2");
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, 600), Pair(1210, -600), Pair(2200, 67),
                                             Pair(2300, 334), Pair(2310, -401)));
  before = s.truth.all();
  unit(FactKind::return_inspected, 7, "R1");
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, 600), Pair(1210, -600), Pair(2200, 67),
                                             Pair(2300, 333), Pair(2310, -400)));
  EXPECT_EQ(by_account(s.truth.all()).at(2300), 0);
}

TEST(TrueBooks, the_till_sells_and_takes_back_at_once) {
  Stage s;
  s.open(Stage::cup, Stage::store, 1);
  const Balances before = s.truth.all();
  s.state({.kind = FactKind::till_sold,
           .at = Stage::at(1),
           .order = code("T"),
           .node = Stage::store,
           .tenders = {.card = {700}, .cash = {500}}},
          {Stage::line(Stage::cup, 1)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1100, 500), Pair(1110, 700), Pair(1200, -600),
                                             Pair(2200, -200), Pair(4000, -1000), Pair(5000, 600)));
  s.state({.kind = FactKind::till_returned,
           .at = Stage::at(2),
           .order = code("T"),
           .node = Stage::store,
           .tenders = {.cash = {1200}}},
          {Stage::line(Stage::cup, 1)});
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1100, -700), Pair(1110, 700), Pair(4000, -1000), Pair(4030, 1000)));
}

TEST(TrueBooks, what_is_stolen_or_breaks_is_a_loss_when_it_happens_and_what_turns_up_is_a_gain) {
  Stage s;
  s.open(Stage::cup, Stage::store, 5);
  const Balances before = s.truth.all();
  s.state({.kind = FactKind::stock_stolen, .at = Stage::at(1), .node = Stage::store},
          {Stage::line(Stage::cup, 2)});
  s.state({.kind = FactKind::stock_damaged, .at = Stage::at(2), .node = Stage::store},
          {Stage::line(Stage::cup, 1)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1800), Pair(5200, 1800)));
  s.state({.kind = FactKind::stock_found, .at = Stage::at(3), .node = Stage::store},
          {Stage::line(Stage::cup, 1)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1200), Pair(5200, 1200)));
  s.state({.kind = FactKind::stock_counted, .at = Stage::at(4), .node = Stage::store},
          {Stage::line(Stage::cup, 3)});
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1200), Pair(5200, 1200)))
      << "counting changes nothing";
}

TEST(TrueBooks, gift_cards_payouts_and_charges) {
  Stage s;
  s.state({.kind = FactKind::gift_card_sold,
           .at = Stage::at(1),
           .amount = {5000},
           .tenders = {.card = {3000}, .cash = {2000}}});
  s.state({.kind = FactKind::payout_paid, .at = Stage::at(2), .amount = {3000}, .fee = {62}});
  s.state({.kind = FactKind::charged,
           .at = Stage::at(3),
           .amount = {-150},
           .charge_kind = core::ChargeKind::bank_charge});
  EXPECT_THAT(change(s, {}), ElementsAre(Pair(1000, 2938), Pair(1100, 2000), Pair(1110, -150),
                                         Pair(2400, -5000), Pair(6100, 62 + 150)));
}

TEST(TrueBooks, the_period_ends_where_it_ends_and_every_entry_balances) {
  Stage s;
  s.state({.kind = FactKind::captured, .at = Stage::at(99'999), .order = code("A"), .amount = {1200}});
  s.state({.kind = FactKind::captured, .at = Stage::at(100'000), .order = code("B"), .amount = {700}});
  EXPECT_EQ(s.truth.period().at(account_key(1110)), 1200);
  EXPECT_EQ(s.truth.all().at(account_key(1110)), 1900);
  EXPECT_EQ(s.truth.unbalanced, 0U);
  ASSERT_EQ(s.truth.entries().size(), 2U);
  EXPECT_EQ(s.truth.entries()[1].date, "2026-11-17");
}

TEST(TrueBooks, agree_with_the_worked_example_of_ifrs_15_returns_in_what_was_kept) {
  // 100 sold at 100.00 that cost 60.00; three come back: revenue 9,700 and cost of sales 5,820.
  core::Directory names;
  names.add_item({.code = code("LAMP"), .unit_cost = {6000}});
  names.add_node({.code = code("dc-1")});
  names.add_channel({.code = code("web")});
  StockAudit stock(names, Stage::at(0), Stage::at(100'000), {0});
  Promises promises(names, stock);
  TrueBooks truth(names, promises, Stage::at(100'000), false, 0);
  const auto state = [&](FactKind kind, std::int32_t units) {
    const core::Line line{.line_no = 1, .sku = {0}, .quantity_each = units, .net = {10'000 * units}};
    const world::Fact fact{.kind = kind,
                           .at = Stage::at(1),
                           .order = code("A"),
                           .channel = {0},
                           .node = {0},
                           .lines = {&line, 1}};
    promises.on_fact(fact);
    truth.on_fact(fact);
  };
  state(FactKind::order_placed, 100);
  state(FactKind::units_shipped, 100);
  state(FactKind::return_received, 3);
  const Sums sums = by_account(truth.all());
  EXPECT_EQ(sums.at(4000) + sums.at(4030), -970'000);
  EXPECT_EQ(sums.at(5000), 582'000);
  EXPECT_EQ(sums.at(2300), -30'000);
}

TEST(TrueBooks, tax_that_is_due_and_was_not_charged_is_the_sellers_as_far_as_goods_stay_sold) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 3);
  s.order(1, "A", Stage::cup, 2);
  s.state({.kind = FactKind::tax_due,
           .at = Stage::at(1),
           .order = code("A"),
           .channel = Stage::web,
           .amount = {441}},
          {Stage::line(Stage::cup, 2)});
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 1);
  EXPECT_EQ(change(s, before).at(6300), 20) << "half of 0.41, toward zero";
  EXPECT_EQ(change(s, before).at(2200), -220);
  s.ship(3, "A", Stage::cup, 1);
  EXPECT_EQ(change(s, before).at(6300), 41);
  for (const FactKind kind : {FactKind::return_received, FactKind::return_inspected}) {
    s.state({.kind = kind, .at = Stage::at(4), .order = code("A"), .node = Stage::dc, .reference = code("R")},
            {Stage::line(Stage::cup, 1)});
  }
  EXPECT_EQ(change(s, before).at(6300), 20);
  EXPECT_EQ(s.truth.tax_undercharged_minor, 41);
  EXPECT_EQ(s.truth.unbalanced, 0U);
}

TEST(TrueBooks, tax_that_was_charged_too_much_stays_owed_and_is_told) {
  Stage s;
  s.order(1, "A", Stage::cup, 2);
  s.state({.kind = FactKind::tax_due,
           .at = Stage::at(1),
           .order = code("A"),
           .channel = Stage::web,
           .amount = {300}},
          {Stage::line(Stage::cup, 2)});
  s.open(Stage::cup, Stage::dc, 3);
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 2);
  EXPECT_EQ(change(s, before).at(2200), -400);
  EXPECT_EQ(change(s, before).count(6300), 0U);
  EXPECT_EQ(s.truth.tax_overcharged_minor, 100);
}

TEST(TrueBooks, tax_of_a_till_is_due_where_the_store_is_and_goes_back_with_the_goods) {
  Stage s;
  const core::JurisdictionId there{1};
  s.state({.kind = FactKind::tax_due,
           .at = Stage::at(1),
           .order = code("T"),
           .node = Stage::store,
           .amount = {440},
           .jurisdiction = there},
          {Stage::line(Stage::cup, 2)});
  EXPECT_EQ(s.truth.all().at(account_key(2200, 2)), -40);
  s.state({.kind = FactKind::tax_due,
           .at = Stage::at(2),
           .order = code("T"),
           .node = Stage::store,
           .reference = code("D"),
           .amount = {220},
           .jurisdiction = there},
          {Stage::line(Stage::cup, 1)});
  EXPECT_EQ(s.truth.all().at(account_key(2200, 2)), -20);
  EXPECT_EQ(s.truth.all().at(account_key(6300)), 20);
  EXPECT_EQ(s.truth.tax_undercharged_minor, 40) << "the customer was charged once";
}

}  // namespace
}  // namespace omnisim::audit
