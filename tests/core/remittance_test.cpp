// The back of ship-to-settle: every pair of state and event through the real core, rules 10 and 11 by hand,
// and the breaks that differences leave.
#include "core/orchestration/remittance.hpp"

#include <map>

#include "tests/core/support/pairs.hpp"
#include "tests/core/support/reconciling.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

// --- remittance

struct Payer {
  explicit Payer(SmallEstate& estate) : e(estate) { e.core.open_stock(dc, shirt, 5, e.now); }
  void sell() {
    e.order("W", {line(1, shirt, 1, 1000, 200)});
    e.pay("W");
    e.ship("W", dc, "S", {line(1, shirt, 1)});
    e.say(PaymentCaptured{code("W"), web, code("pay-W"), code("W/S"), {1200}});
  }
  void announce() { e.say(PayoutPaid{code("P"), {1200}, {50}, {1150}, 1}); }
  void bank(std::int64_t amount) {
    Event event;
    event.entries.push_back({code("x"), {amount}, last_day, code("P"), {}});
    const std::string statement = "ST" + std::to_string(++statements);
    e.say_event(BankStatement{code(statement), code("IBAN"), {banked}, {banked + amount}}, event);
    banked += amount;
  }
  void match() {
    if (!sold) sell();
    sold = true;
    // What is late is looked at again with the next payout.
    e.say(PayoutPaid{code("next"), {}, {}, {}, 0});
  }
  void reach(RemittanceState wanted) {
    using enum RemittanceState;
    if (wanted == unknown) return;
    if (wanted == unannounced) return bank(500);
    announce();
    if (wanted == banked_ || wanted == settled) bank(1150);
    if (wanted == matched || wanted == settled) match();
  }
  bool say(RemittanceEvent event) {
    const std::string_view now = state();
    switch (event) {
      case RemittanceEvent::announce:
        announce();
        return true;
      case RemittanceEvent::bank:
        if (now != "announced" && now != "matched")
          return false;  // It has its net already, or none is known.
        bank(1150);
        return true;
      case RemittanceEvent::bank_part:
        bank(500);
        return true;
      case RemittanceEvent::match:
        // Where our items make it up already, only a settlement's late line says so again: tested below.
        if (now != "announced" && now != "banked") return false;
        match();
        return true;
      case RemittanceEvent::age:
        if (now != "announced" && now != "matched" && now != "banked") return false;
        e.wait(hours{24 * 6});
        return true;
    }
    return false;
  }
  std::string_view state() const { return e.core.state_of(ItemKind::remittance, code("P")); }
  static constexpr RemittanceState banked_ = RemittanceState::banked;
  SmallEstate& e;
  bool sold = false;
  int statements = 0;
  std::int64_t banked = 0;
};

TEST(Payouts, are_matched_with_their_captures_and_with_the_bank) {
  Books e;
  e.sell("A");
  e.sell("B");
  e.sell("C");
  e.payout("P1", 2400, 60, 2);
  EXPECT_EQ(e.of(ItemKind::remittance, "P1"), "matched");
  EXPECT_EQ(e.balance(1000), 2340);
  EXPECT_EQ(e.balance(6100), 60);
  EXPECT_EQ(e.balance(1110), 1200) << "C's";
  std::map<std::string_view, int> payments;
  for (const OpenItem& item : e.core.open_items())
    payments[item.kind == ItemKind::payment ? item.state : "-"]++;
  EXPECT_EQ(payments["paid_out"], 2) << "their captures wait for the bank";
  e.bank("ST1", {{"P1", 2340}});
  EXPECT_EQ(e.of(ItemKind::remittance, "P1"), "settled");
  EXPECT_TRUE(e.opened().empty());
  EXPECT_TRUE(e.core.open_items().empty()) << e.core.open_items()[0].id.view();
  e.payout("P1", 2400, 60, 2);
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.balance(1000), 2340);
  e.check_invariants();
}

TEST(Payouts, that_do_not_match_are_breaks_until_the_late_capture_comes) {
  Books e;
  e.sell("A");
  e.order("B", {line(1, shirt, 1, 1000, 200)});
  e.pay("B");
  e.ship("B", dc, "SB", {line(1, shirt, 1)});
  e.payout("P1", 2400, 0, 2);
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].kind, BreakKind::payout);
  EXPECT_EQ(e.opened()[0].reference, code("P1"));
  EXPECT_EQ(e.opened()[0].amount.minor, 1200);
  EXPECT_EQ(e.opened()[0].owner, code("treasury"));
  e.capture("B");
  e.sell("C");
  e.payout("P2", 1200, 0, 1);
  EXPECT_EQ(e.of(ItemKind::remittance, "P1"), "matched");
  EXPECT_EQ(e.of(ItemKind::remittance, "P2"), "matched");
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  e.check_invariants();
}

TEST(Payouts, of_the_right_number_of_items_and_another_total_are_breaks_until_the_next_makes_up_for_it) {
  Books e;
  e.sell("A");
  e.sell("B");
  e.payout("P1", 1300, 0, 1);
  EXPECT_EQ(e.of(ItemKind::remittance, "P1"), "announced");
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, 100);
  e.payout("P2", 1100, 0, 1);
  EXPECT_EQ(e.of(ItemKind::remittance, "P1"), "matched");
  EXPECT_EQ(e.of(ItemKind::remittance, "P2"), "matched");
  EXPECT_EQ(e.of(ItemKind::difference, "P1"), "cleared");
  e.check_invariants();
}

TEST(Payouts, of_nothing_are_settled_at_once) {
  Books e;
  e.payout("P", 0, 0, 0);
  EXPECT_EQ(e.of(ItemKind::remittance, "P"), "settled");
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_FALSE(e.core.next_timer().has_value());
}

TEST(Payouts, short_in_the_bank_are_breaks_with_the_amount) {
  Books e;
  e.sell("A");
  e.payout("P", 1200, 50, 1);
  e.bank("ST1", {{"P", 1000}});
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].kind, BreakKind::bank);
  EXPECT_EQ(e.opened()[0].amount.minor, -150);
  const std::vector<OpenItem> open = e.core.open_items();
  const auto item = std::find_if(open.begin(), open.end(),
                                 [](const OpenItem& it) { return it.kind == ItemKind::difference; });
  ASSERT_NE(item, open.end());
  EXPECT_EQ(item->compared, "bank");
  EXPECT_EQ(item->owner, "treasury");
  EXPECT_EQ(item->apart.minor, -150);
  e.bank("ST2", {{"P", 150}}, 1000);
  EXPECT_EQ(e.of(ItemKind::remittance, "P"), "settled");
  EXPECT_EQ(e.of(ItemKind::difference, "P"), "cleared");
  e.check_invariants();
}

TEST(Payouts, that_never_reach_the_bank_are_breaks_by_the_clock) {
  Books e;
  e.sell("A");
  e.payout("P", 1200, 50, 1);
  e.wait(hours{24 * 4});
  EXPECT_TRUE(e.opened().empty());
  e.wait(hours{24 * 2});
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, -1150);
  e.wait(hours{24 * 6});
  EXPECT_EQ(e.opened().back().owner, code("controller"));
  e.bank("ST1", {{"P", 1150}});
  EXPECT_EQ(e.of(ItemKind::difference, "P"), "cleared");
  e.check_invariants();
}

TEST(Bank, money_of_which_nobody_spoke_is_a_break_until_somebody_does) {
  Books e;
  e.sell("A");
  e.bank("ST1", {{"P", 1150}});
  EXPECT_EQ(e.of(ItemKind::remittance, "P"), "unannounced");
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, 1150);
  EXPECT_EQ(e.balance(1000), 0) << "never silently posted";
  e.payout("P", 1200, 50, 1);
  EXPECT_EQ(e.of(ItemKind::remittance, "P"), "settled");
  EXPECT_EQ(e.of(ItemKind::difference, "P"), "cleared");
  e.check_invariants();
}

TEST(Bank, a_missing_statement_is_a_break_and_the_same_one_twice_is_refused) {
  Books e;
  e.bank("ST1", {});
  e.bank("ST3", {}, 700);
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].reference, code("IBAN"));
  EXPECT_EQ(e.opened()[0].amount.minor, 700);
  e.occurred = e.now - hours{1};
  e.now += hours{1};
  e.bank("ST2", {{"X", 700}});
  EXPECT_EQ(e.of(ItemKind::difference, "IBAN"), "cleared");
  e.bank("ST2", {{"X", 700}});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.check_invariants();
}

// --- settlements

struct Market : Books {
  void sold(const std::string& number) {
    order(number, {line(1, shirt, 1, 10000, 0)}, true, market_a);
    ship(number, dc, "S" + number, {line(1, shirt, 1)}, market_a);
  }
  void line_of(SettlementKind kind, std::int64_t amount, std::string_view order_no = "") {
    say(SettlementLine{market_a, code("SET"), kind, {amount}, code(order_no)});
  }
  void close(std::int64_t net) { say(SettlementClosed{market_a, code("SET"), {net}, {}, {net}, 0}); }
};

TEST(Settlement, typed_lines_go_to_their_accounts_and_leave_nothing) {
  Market e;
  e.sold("A");
  e.sold("B");
  e.line_of(SettlementKind::sale, 10000, "A");
  e.line_of(SettlementKind::sale, 10000, "B");
  e.line_of(SettlementKind::commission, -3000, "A");
  e.line_of(SettlementKind::fulfilment_fee, -800);
  e.line_of(SettlementKind::shipping_fee, -200);
  e.line_of(SettlementKind::reserve_held, -1000);
  e.line_of(SettlementKind::tax_remitted, 1900, "A");
  e.line_of(SettlementKind::tax_remitted, -1900, "A");
  e.close(15000);
  EXPECT_EQ(e.balance(1000), 15000);
  EXPECT_EQ(e.balance(6110), 3000);
  EXPECT_EQ(e.balance(6120), 800);
  EXPECT_EQ(e.balance(6200), 200);
  EXPECT_EQ(e.balance(1160, 2), 1000);
  EXPECT_EQ(e.balance(1150, 2), 0);
  EXPECT_EQ(e.balance(2200), 0) << "tax that the marketplace remits is not ours";
  EXPECT_EQ(e.balance(9999), 0);
  EXPECT_TRUE(e.opened().empty());
  EXPECT_EQ(e.of(ItemKind::remittance, "SET"), "matched");
  e.bank("ST1", {{"SET", 15000}});
  EXPECT_EQ(e.of(ItemKind::remittance, "SET"), "settled");
  e.check_invariants();
}

TEST(Settlement, a_residual_is_in_suspense_and_a_break_until_the_late_line_comes) {
  Market e;
  e.sold("A");
  e.line_of(SettlementKind::sale, 10000, "A");
  e.close(8500);
  EXPECT_EQ(e.balance(9999), 1500);
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].owner, code("marketplace accounting"));
  EXPECT_EQ(e.opened()[0].amount.minor, -1500);
  e.line_of(SettlementKind::commission, -1500, "A");
  EXPECT_EQ(e.balance(9999), 0);
  EXPECT_EQ(e.balance(6110), 1500);
  EXPECT_EQ(e.balance(1150, 2), 0);
  EXPECT_EQ(e.of(ItemKind::difference, "SET"), "cleared");
  e.check_invariants();
}

TEST(Settlement, a_reserve_is_released_and_a_line_of_a_stranger_is_a_break) {
  Market e;
  e.line_of(SettlementKind::reserve_released, 1000);
  EXPECT_EQ(e.balance(1160, 2), -1000);
  e.line_of(SettlementKind::sale, 10000, "A");
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].reference, code("A"));
  e.sold("A");
  e.close(11000);
  EXPECT_EQ(e.of(ItemKind::difference, "A"), "cleared");
  EXPECT_EQ(e.balance(9999), 0);
  e.check_invariants();
}

TEST(Settlement, booked_by_its_totals_takes_no_lines) {
  Market e;
  e.sold("A");
  e.say(SettlementClosed{market_a, code("SET"), {10000}, {1500}, {8500}, 1});
  EXPECT_EQ(e.of(ItemKind::remittance, "SET"), "matched");
  e.line_of(SettlementKind::commission, -1500);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the settlement was booked by its totals");
  EXPECT_EQ(e.balance(6110), 1500);
  e.check_invariants();
}

TEST(Settlement, is_booked_line_by_line_without_reconciliation_too) {
  Market e;
  SmallEstate plain;
  for (const SettlementKind kind : {SettlementKind::sale, SettlementKind::commission}) {
    const Money amount{kind == SettlementKind::sale ? 10'000 : -1'500};
    plain.say(SettlementLine{market_a, code("SET"), kind, amount, code("A"), {}});
  }
  plain.say(SettlementLine{market_a, code("SET"), SettlementKind::reserve_held, {-1'000}, {}, {}});
  plain.say(SettlementLine{market_a, code("SET"), SettlementKind::adjustment, {-75}, {}, {}});
  plain.say(SettlementClosed{market_a, code("SET"), {7'425}, {}, {7'425}, 4});
  EXPECT_TRUE(plain.core.dead_letters().empty());
  EXPECT_EQ(plain.balance(1000), 7'425);
  EXPECT_EQ(plain.balance(6110), 1'500);
  EXPECT_EQ(plain.balance(1160, 2), 1'000);
  EXPECT_EQ(plain.balance(9999), 75) << "somebody has to look";
  EXPECT_EQ(plain.balance(1150, 2), -10'000) << "the sale of which nobody has told";
  plain.check_invariants();
}

// --- a marketplace that repays its customer before it is asked

struct Repaying : Market {
  void repaid(std::string_view refund, std::int64_t amount) {
    say(RefundSucceeded{code("A"), market_a, code(refund), {.marketplace = {amount}}});
  }
  void comes_back(std::int32_t units) {
    say(ReturnReceived{code("RMA"), code("A"), market_a, dc}, {line(1, shirt, units)});
    say(ReturnInspected{code("RMA"), code("A"), market_a, dc}, {line(1, shirt, units)});
  }
  void sold_two() {
    order("A", {line(1, shirt, 2, 20'000, 0)}, true, market_a);
    ship("A", dc, "SA", {line(1, shirt, 2)}, market_a);
    say(ShipmentDelivered{code("SA")});
  }
};

/// Only the marketplace knows for which goods it has repaid: it is asked, and says how much more it has paid.
TEST(RepaidUnasked, is_set_by_the_marketplace_against_the_return_that_comes_later) {
  Repaying e;
  e.sold_two();
  e.repaid("M-R1", 10'000);
  EXPECT_EQ(e.balance(2310), 10'000) << "what we will owe is paid already";
  e.comes_back(1);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const Code asked = e.sent<RefundRequested>()[0].first.refund;
  EXPECT_EQ(e.balance(2310), 0);
  e.repaid(asked.view(), 0);
  EXPECT_EQ(e.of(ItemKind::refund, asked.view()), "settled");
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1150, 2), 10'000);
  e.check_invariants();
}

TEST(RepaidUnasked, while_we_ask_is_no_answer) {
  Repaying e;
  e.sold_two();
  e.comes_back(1);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const Code asked = e.sent<RefundRequested>()[0].first.refund;
  e.repaid("M-R1", 10'000);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.of(ItemKind::refund, asked.view()), "requested");
  e.repaid(asked.view(), 0);
  EXPECT_EQ(e.of(ItemKind::refund, asked.view()), "settled");
  e.check_invariants();
}

TEST(RepaidUnasked, does_not_pay_for_other_units) {
  Repaying e;
  e.sold_two();
  e.repaid("M-R1", 10'000);
  e.comes_back(2);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const RefundRequested asked = e.sent<RefundRequested>()[0].first;
  EXPECT_EQ(asked.tenders.marketplace.minor, 20'000);
  e.repaid(asked.refund.view(), 10'000);
  EXPECT_EQ(e.balance(2310), 0) << "the other one";
  e.check_invariants();
}

/// The close says 84.25 in all and no commission of its own: its lines are still on their way.
TEST(Settlement, takes_its_lines_after_its_close) {
  Market e;
  e.order("A", {line(1, shirt, 1, 10'000, 0)}, true, market_a);
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  e.say(SettlementClosed{market_a, code("SET"), {8'425}, {}, {8'425}, 3});
  EXPECT_EQ(e.balance(1150, 2), 1'575) << "nobody has said why yet";
  e.say(SettlementLine{market_a, code("SET"), SettlementKind::commission, {-1'500}, code("A"), {}});
  e.say(SettlementLine{market_a, code("SET"), SettlementKind::adjustment, {-75}, {}, {}});
  e.say(SettlementLine{market_a, code("SET"), SettlementKind::sale, {10'000}, code("A"), {}});
  EXPECT_TRUE(e.core.dead_letters().empty());
  EXPECT_EQ(e.balance(6110), 1'500);
  EXPECT_EQ(e.balance(9999), 75);
  EXPECT_EQ(e.balance(1150, 2), 0);
  EXPECT_EQ(e.balance(1000), 8'425);
  EXPECT_EQ(e.of(ItemKind::remittance, "SET"), "matched");
  e.check_invariants();
}

TEST(Settlement, that_has_named_its_commission_takes_no_lines) {
  Market e;
  e.say(SettlementClosed{market_a, code("SET"), {10'000}, {1'500}, {8'500}, 1});
  e.say(SettlementLine{market_a, code("SET"), SettlementKind::commission, {-1'500}, code("A"), {}});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the settlement was booked by its totals");
}

TEST(Remittance, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Payer, RemittanceState, RemittanceEvent, Reconciling>(
      remittance_table, remittance_state_count, remittance_event_count,
      {{RemittanceState::settled, RemittanceEvent::match},
       {RemittanceState::matched, RemittanceEvent::match}});
  EXPECT_EQ(driven, 6 * 2 + 2 + 2 + 3);
}

}  // namespace
}  // namespace omnisim::core::testing
