// Period close, entries of and for the ERP, and breaks: every pair of state and event through the real core,
// and what each difference at soft close leads to (rule 19 among them).
#include "core/orchestration/period_close.hpp"

#include "core/orchestration/posted_entry.hpp"
#include "core/orchestration/reconciliation_break.hpp"
#include "tests/core/support/pairs.hpp"
#include "tests/core/support/reconciling.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

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
        if (now == "open") differ(5000);  // Otherwise it goes on to `reconciled` at once.
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
  std::string_view state() const { return e.core.state_of(ItemKind::period, code("2026-11")); }
  SmallEstate& e;
  int entries = 0;
};

TEST(PeriodClose, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Closer, PeriodState, PeriodEvent, Reconciling>(
      period_close, period_state_count, period_event_count);
  EXPECT_EQ(driven, 4 * 2 + 4);
}

TEST(PeriodClose, by_the_calendar_reconciles_and_locks) {
  Config config = reconciling();
  const Time december = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
  config.periods = {{december - hours{24 * 30}, december, december + hours{12}, december + hours{24}}};
  Books e(config);
  e.wait(december + hours{13} - e.now);
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "reconciled");
  e.wait(hours{12});
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "hard_closed");
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
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "soft_closed");
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
  std::string_view state() const { return e.core.state_of(ItemKind::entry, code("J1")); }
  SmallEstate& e;
};

TEST(Entries, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Acknowledger, EntryState, EntryEvent, Reconciling>(
      posted_entry, entry_state_count, entry_event_count, {{EntryState::posted, EntryEvent::accept}});
  EXPECT_EQ(driven, 7);
}

TEST(Entries, that_go_again_name_the_message_that_they_are_about) {
  Books e;
  e.order("O1", {line(1, shirt, 1, 1000, 200)});
  e.pay("O1", 1200);
  e.ship("O1", dc, "S1", {line(1, shirt, 1)});
  const auto causes_of = [&](const Code& entry) {
    std::vector<Code> causes;
    for (const auto& command : e.recorder.commands) {
      const auto* posted = std::get_if<JournalPosted>(&command.event.body);
      if (posted != nullptr && posted->entry == entry) causes.push_back(command.event.envelope.causation);
    }
    return causes;
  };
  const Code entry = e.sent<JournalPosted>().back().first.entry;
  e.say(JournalAcknowledged{entry, false});
  const std::vector<Code> causes = causes_of(entry);
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes[0], causes[1]);
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
  EXPECT_EQ(e.of(ItemKind::difference, "J1"), "cleared");
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
  std::string_view state() const { return e.core.state_of(ItemKind::difference, code("9999")); }
  SmallEstate& e;
  std::int64_t balance = 0;
  int entries = 0;
};

TEST(Break, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Differing, BreakState, BreakEvent, Reconciling>(
      break_table, break_state_count, break_event_count);
  EXPECT_EQ(driven, 12);
}

}  // namespace
}  // namespace omnisim::core::testing
