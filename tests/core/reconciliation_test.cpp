// The back of ship-to-settle and the period close: every pair of state and event through the real core, rules
// 10, 11 and 19 by hand, and the breaks that differences leave.
#include "core/orchestration/period_close.hpp"
#include "core/orchestration/posted_entry.hpp"
#include "core/orchestration/reconciliation_break.hpp"
#include "core/orchestration/remittance.hpp"
#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

Config reconciling() {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  return config;
}
struct Reconciling : SmallEstate {
  Reconciling() : SmallEstate(reconciling()) {}
};
constexpr BusinessDay last_day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 30};

struct Books : SmallEstate {
  explicit Books(Config settings = reconciling()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 50, now);
  }
  /// A web order of one shirt, shipped and captured for 12.00.
  void sell(const std::string& number) {
    order(number, {line(1, shirt, 1, 1000, 200)});
    pay(number);
    ship(number, dc, "S" + number, {line(1, shirt, 1)});
    capture(number);
    say(ShipmentDelivered{code("S" + number)});
  }
  void capture(const std::string& number) {
    say(PaymentCaptured{
        code(number), web, code("pay-" + number), code(number + "/S" + number), {1200}});
  }
  void payout(std::string_view id, std::int64_t gross, std::int64_t fee, std::uint32_t items) {
    say(PayoutPaid{code(id), {gross}, {fee}, {gross - fee}, items});
  }
  void bank(std::string_view statement, std::vector<std::pair<std::string, std::int64_t>> entries,
            std::int64_t opening = 0) {
    Event event;
    std::int64_t closing = opening;
    for (const auto& [reference, amount] : entries) {
      closing += amount;
      event.entries.push_back({code("bank-" + reference), {amount}, last_day, code(reference), {}});
    }
    say_event(BankStatement{code(statement), code("IBAN"), {opening}, {closing}}, event);
  }
  void entry(std::string_view id, std::vector<Posting> postings, BusinessDay day = last_day) {
    Event event;
    event.postings = std::move(postings);
    say_event(JournalImported{code(id), day}, event);
  }
  std::vector<BreakOpened> opened() const {
    std::vector<BreakOpened> found;
    for (const auto& [body, lines] : sent<BreakOpened>()) found.push_back(body);
    return found;
  }
  std::string_view of(std::string_view kind, std::string_view id) const { return core.state_of(kind, code(id)); }
};

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
        if (now != "announced" && now != "matched") return false;  // It has its net already, or none is known.
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
  std::string_view state() const { return e.core.state_of("remittance", code("P")); }
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
  EXPECT_EQ(e.of("remittance", "P1"), "matched");
  EXPECT_EQ(e.balance(1000), 2340);
  EXPECT_EQ(e.balance(6100), 60);
  EXPECT_EQ(e.balance(1110), 1200) << "C's";
  e.bank("ST1", {{"P1", 2340}});
  EXPECT_EQ(e.of("remittance", "P1"), "settled");
  EXPECT_TRUE(e.opened().empty());
  EXPECT_TRUE(e.core.open_items().empty()) << e.core.open_items()[0].kind;
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
  EXPECT_EQ(e.of("remittance", "P1"), "matched");
  EXPECT_EQ(e.of("remittance", "P2"), "matched");
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  e.check_invariants();
}

TEST(Payouts, short_in_the_bank_are_breaks_with_the_amount) {
  Books e;
  e.sell("A");
  e.payout("P", 1200, 50, 1);
  e.bank("ST1", {{"P", 1000}});
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].kind, BreakKind::bank);
  EXPECT_EQ(e.opened()[0].amount.minor, -150);
  e.bank("ST2", {{"P", 150}}, 1000);
  EXPECT_EQ(e.of("remittance", "P"), "settled");
  EXPECT_EQ(e.of("break", "P"), "cleared");
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
  EXPECT_EQ(e.of("break", "P"), "cleared");
  e.check_invariants();
}

TEST(Bank, money_of_which_nobody_spoke_is_a_break_until_somebody_does) {
  Books e;
  e.sell("A");
  e.bank("ST1", {{"P", 1150}});
  EXPECT_EQ(e.of("remittance", "P"), "unannounced");
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, 1150);
  EXPECT_EQ(e.balance(1000), 0) << "never silently posted";
  e.payout("P", 1200, 50, 1);
  EXPECT_EQ(e.of("remittance", "P"), "settled");
  EXPECT_EQ(e.of("break", "P"), "cleared");
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
  EXPECT_EQ(e.of("break", "IBAN"), "cleared");
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
  EXPECT_EQ(e.of("remittance", "SET"), "matched");
  e.bank("ST1", {{"SET", 15000}});
  EXPECT_EQ(e.of("remittance", "SET"), "settled");
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
  EXPECT_EQ(e.of("break", "SET"), "cleared");
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
  EXPECT_EQ(e.of("break", "A"), "cleared");
  EXPECT_EQ(e.balance(9999), 0);
  e.check_invariants();
}

TEST(Settlement, booked_by_its_totals_takes_no_lines) {
  Market e;
  e.sold("A");
  e.say(SettlementClosed{market_a, code("SET"), {10000}, {1500}, {8500}, 1});
  EXPECT_EQ(e.of("remittance", "SET"), "matched");
  e.line_of(SettlementKind::commission, -1500);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the settlement was booked by its totals");
  EXPECT_EQ(e.balance(6110), 1500);
  e.check_invariants();
}

// --- period close

struct Closer {
  explicit Closer(SmallEstate& estate) : e(estate) { e.core.open_stock(dc, shirt, 5, e.now); }
  void soft() { e.say(PeriodSoftClosed{code("2026-11"), last_day}); }
  void hard() { e.say(PeriodClosed{code("2026-11"), last_day}); }
  void differ(std::int64_t amount) {
    Event event;
    event.postings = {{9999, 0, {amount}}, {1000, 0, {-amount}}};
    e.say_event(JournalImported{code("E" + std::to_string(++entries)), last_day}, event);
  }
  void reach(PeriodState wanted) {
    if (wanted == PeriodState::open) return;
    if (wanted == PeriodState::soft_closed) differ(5000);
    soft();
    if (wanted == PeriodState::hard_closed) hard();
  }
  bool say(PeriodEvent event) {
    const std::string_view now = state();
    switch (event) {
      case PeriodEvent::soft_close:
        soft();
        return true;
      case PeriodEvent::hard_close:
        hard();
        return true;
      case PeriodEvent::agree:
      case PeriodEvent::differ:
        break;
    }
    if (now != "soft_closed" && now != "reconciled") return false;  // Nothing is compared then.
    if (event == PeriodEvent::differ) {
      differ(300);
    } else if (now == "soft_closed") {
      differ(-5000);
    } else {
      soft();
    }
    return true;
  }
  std::string_view state() const { return e.core.state_of("period", code("2026-11")); }
  SmallEstate& e;
  int entries = 0;
};

TEST(PeriodClose, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Closer, PeriodState, PeriodEvent, Reconciling>(
      period_close, period_state_count, period_event_count);
  EXPECT_EQ(driven, 4 * 2 + 4);
}

TEST(Remittance, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Payer, RemittanceState, RemittanceEvent, Reconciling>(
      remittance_table, remittance_state_count, remittance_event_count,
      {{RemittanceState::settled, RemittanceEvent::match}, {RemittanceState::matched, RemittanceEvent::match}});
  EXPECT_EQ(driven, 6 * 2 + 2 + 2 + 3);
}

TEST(PeriodClose, by_the_calendar_reconciles_and_locks) {
  Config config = reconciling();
  const Time december = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
  config.periods = {{december - hours{24 * 30}, december, december + hours{12}, december + hours{24}}};
  Books e(config);
  e.wait(december + hours{13} - e.now);
  EXPECT_EQ(e.of("period", "2026-11"), "reconciled");
  e.wait(hours{12});
  EXPECT_EQ(e.of("period", "2026-11"), "hard_closed");
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.check_invariants();
}

TEST(PeriodClose, each_difference_is_a_break_with_an_owner_and_adjustments_are_only_proposed) {
  Books e;
  e.sell("A");
  RefundSucceeded refund{code("A"), web, code("R9"), {}};
  refund.tenders.card = {300};
  e.say(refund);  // Nobody asked for it.
  Line received = line(1, shirt, 10);
  received.cost = {6100};  // 1.00 dearer than the item's cost.
  e.say(StockReceived{dc, code("PO")}, {received});
  const auto entries = e.core.journal().size();
  e.entry("E1", {{9999, 0, {-50}}, {1100, 0, {50}}});
  e.entry("E2", {{2400, 0, {-700}}, {1100, 0, {700}}});
  e.say(PeriodSoftClosed{code("2026-11"), last_day});
  EXPECT_EQ(e.core.journal().size(), entries) << "nothing is posted";
  EXPECT_EQ(e.of("period", "2026-11"), "soft_closed");
  const auto is_open = [&](BreakKind kind, std::string_view reference, std::int64_t amount,
                           std::string_view owner) {
    for (const BreakOpened& it : e.opened()) {
      if (it.kind == kind && it.reference == code(reference))
        return it.amount.minor == amount && it.owner == code(owner);
    }
    return false;
  };
  EXPECT_TRUE(is_open(BreakKind::stock_value, "dc-1", -100, "inventory control"));
  EXPECT_TRUE(is_open(BreakKind::suspense, "9999", -50, "finance"));
  EXPECT_TRUE(is_open(BreakKind::gift_card, "2400", -700, "treasury"));
  EXPECT_TRUE(is_open(BreakKind::refund, "2310", 300, "customer accounting"));
  std::int64_t proposed[3] = {0, 0, 0};
  for (const auto& command : e.recorder.commands) {
    if (!std::holds_alternative<AdjustmentProposed>(command.event.body)) continue;
    const Posting& first = command.event.postings[0];
    if (first.account == 1200) proposed[0] = first.amount.minor;
    if (first.account == 9999) proposed[1] = first.amount.minor;
    if (first.account == 2400) proposed[2] = first.amount.minor;
  }
  EXPECT_EQ(proposed[0], -100) << "5200 against 1200";
  EXPECT_EQ(proposed[1], 50) << "rule 19, 6900";
  EXPECT_EQ(proposed[2], 700);
  e.check_invariants();
}

TEST(PeriodClose, stated_by_the_erp_dates_what_is_late_to_the_next_period) {
  Books e;
  e.say(PeriodClosed{code("2026-11"), last_day});
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "not before it was closed softly";
  e.say(PeriodSoftClosed{code("2026-11"), last_day});
  e.say(PeriodClosed{code("2026-11"), last_day});
  e.sell("A");
  const JournalEntry& entry = e.core.journal()[e.core.journal().size() - 1];
  EXPECT_EQ(entry.day, last_day + std::chrono::days{1});
  EXPECT_EQ(entry.business_day, std::chrono::floor<std::chrono::days>(e.now));
  e.entry("E1", {{1000, 0, {5}}, {6900, 0, {-5}}});
  EXPECT_EQ(e.core.dead_letters()[1].last.reason, "its period is closed for good");
  e.check_invariants();
}

TEST(Entries, the_erps_are_known_once_and_only_by_accounts_of_the_chart) {
  Books e;
  e.entry("E1", {{1000, 0, {5}}, {6900, 0, {-5}}});
  e.entry("E1", {{1000, 0, {7}}, {6900, 0, {-7}}});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "an entry is reversed, never edited");
  e.entry("E2", {{1001, 0, {5}}, {6900, 0, {-5}}});
  EXPECT_EQ(e.core.dead_letters()[1].last.category, ExceptionCategory::unknown_reference);
  e.check_invariants();
}

// --- entries that the ERP refuses

struct Acknowledger {
  explicit Acknowledger(SmallEstate& estate) : e(estate) { e.core.open_stock(dc, shirt, 5, e.now); }
  void answer(bool accepted) { e.say(JournalAcknowledged{code("J1"), accepted}); }
  void reach(EntryState wanted) {
    if (wanted == EntryState::posted) return;
    answer(false);
    if (wanted == EntryState::refused) answer(false);
    if (wanted == EntryState::accepted) answer(true);
  }
  bool say(EntryEvent event) {
    // One that is taken at once leaves no trace: it is as posted.
    if (state() == "posted" && event == EntryEvent::accept) return false;
    answer(event == EntryEvent::accept);
    return true;
  }
  std::string_view state() const { return e.core.state_of("entry", code("J1")); }
  SmallEstate& e;
};

TEST(Entries, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Acknowledger, EntryState, EntryEvent, Reconciling>(
      posted_entry, entry_state_count, entry_event_count,
      {{EntryState::posted, EntryEvent::accept}});
  EXPECT_EQ(driven, 7);
}

TEST(Entries, refused_by_the_erp_go_again_under_their_id_and_then_are_a_break) {
  Books e;
  const auto before = e.sent<JournalPosted>().size();
  e.say(JournalAcknowledged{code("J1"), false});
  ASSERT_EQ(e.sent<JournalPosted>().size(), before + 1);
  EXPECT_EQ(e.sent<JournalPosted>().back().first.entry, code("J1"));
  EXPECT_EQ(e.core.journal().size(), 1U) << "the same entry";
  e.say(JournalAcknowledged{code("J1"), false});
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, -30000);
  e.say(JournalAcknowledged{code("J1"), true});
  EXPECT_EQ(e.of("break", "J1"), "cleared");
  e.say(JournalAcknowledged{code("J99"), true});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.check_invariants();
}

// --- break

struct Differing {
  explicit Differing(SmallEstate& estate) : e(estate) {}
  void entry(std::int64_t amount) {
    Event event;
    event.postings = {{9999, 0, {amount}}, {1000, 0, {-amount}}};
    e.say_event(JournalImported{code("E" + std::to_string(++entries)), last_day}, event);
    e.say(PeriodSoftClosed{code("2026-11"), last_day});
    balance += amount;
  }
  void reach(BreakState wanted) {
    if (wanted == BreakState::unknown) return;
    entry(500);
    if (wanted == BreakState::escalated) e.wait(hours{24 * 6});
    if (wanted == BreakState::cleared) entry(-500);
  }
  bool say(BreakEvent event) {
    if (event == BreakEvent::age) {
      e.wait(hours{24 * 6});
    } else {
      entry(event == BreakEvent::differ ? 100 : -balance);
    }
    return true;
  }
  std::string_view state() const { return e.core.state_of("break", code("9999")); }
  SmallEstate& e;
  std::int64_t balance = 0;
  int entries = 0;
};

TEST(Break, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Differing, BreakState, BreakEvent, Reconciling>(break_table, break_state_count,
                                                                                      break_event_count);
  EXPECT_EQ(driven, 12);
}

}  // namespace
}  // namespace omnisim::core::testing
