// What separates booked from true, and by which part: hand-made ledgers beside hand-made facts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using world::FactKind;

/// A capture of 12.00 at 50,000 s, reported by message "psp-1"; the period ends at 100,000 s, its hard close
/// is 10,000 s later.
struct Ledger {
  Ledger() {
    stage.state({.kind = FactKind::captured,
                 .at = Stage::at(50'000),
                 .order = code("A"),
                 .amount = {1200},
                 .message_id = code("psp-1")});
  }
  void post(std::string_view entry, std::int64_t occurred, std::int64_t posted,
            std::vector<core::Posting> postings, std::int64_t dated = -1) {
    const Time day = Stage::at(dated < 0 ? occurred : dated);
    ledger.append({.entry = code(entry),
                   .day = std::chrono::floor<std::chrono::days>(day),
                   .business_day = std::chrono::floor<std::chrono::days>(day),
                   .occurred_at = Stage::at(occurred),
                   .posted_at = Stage::at(posted),
                   .rule = 4,
                   .cause = code("psp-1"),
                   .correlation = {}},
                  postings);
    const models::GeneralLedger* ledgers[] = {&ledger};
    consolidation.follow(
        ledgers, [this](const ConsolidatedEntry& it) { booked.take(*it.entry, it.postings, stage.truth); });
  }
  void end() {
    stage.truth.close_period(Stage::at(100'000));
    booked.finish(stage.truth);
  }
  static std::vector<core::Posting> capture(std::int64_t minor = 1200) {
    return {{.account = 1110, .amount = {minor}}, {.account = 2100, .amount = {-minor}}};
  }

  Stage stage;
  models::GeneralLedger ledger;
  Consolidation consolidation{models::EstateParams{}};
  BookedBooks booked{Stage::at(100'000), Stage::at(110'000), 0, false};
};

TEST(BookedBooks, that_agree_before_the_period_ends_agree_when_it_ends) {
  Ledger agreed, apart;
  agreed.post("J1", 50'000, 50'100, Ledger::capture());
  agreed.end();
  EXPECT_EQ(agreed.booked.agreed_at(), Stage::at(100'000)) << "no entry came later";
  apart.end();
  EXPECT_EQ(apart.booked.agreed_at(), std::nullopt);
}

TEST(BookedBooks, dated_by_a_clock_that_is_ahead_are_cut_off_wrongly) {
  Ledger l;
  l.post("J1", 200'000, 50'100, Ledger::capture());  // it says the third day; it was the first
  l.end();
  EXPECT_EQ(misstatement(l.booked.at_close(), l.stage.truth.period()), 2400);
  EXPECT_THAT(l.booked.cut_off(),
              ElementsAre(Pair(account_key(1110, 0), -1200), Pair(account_key(2100, 0), 1200)));
}

TEST(BookedBooks, that_say_what_happened_are_not_misstated) {
  Ledger l;
  l.post("J1", 50'000, 50'100, Ledger::capture());
  l.end();
  EXPECT_EQ(misstatement(l.booked.at_close(), l.stage.truth.period()), 0);
  EXPECT_THAT(l.booked.cut_off(), IsEmpty());
  EXPECT_THAT(l.booked.duplicated(), IsEmpty());
  for (const auto& [key, amount] : l.booked.misclassified()) EXPECT_EQ(amount, 0) << key;
}

TEST(BookedBooks, miss_what_was_never_posted) {
  Ledger l;
  l.end();
  EXPECT_EQ(misstatement(l.booked.at_close(), l.stage.truth.period()), 2400) << "1110 and 2100, 12.00 each";
  EXPECT_THAT(by_account(l.booked.misclassified()), IsEmpty());
}

TEST(BookedBooks, after_the_hard_close_are_late_and_a_cut_off_error) {
  Ledger l;
  l.post("J1", 50'000, 110'000, Ledger::capture());
  l.end();
  EXPECT_EQ(misstatement(l.booked.at_close(), l.stage.truth.period()), 2400);
  EXPECT_EQ(l.booked.late_events, 1U);
  EXPECT_THAT(by_account(l.booked.cut_off()), ElementsAre(Pair(1110, -1200), Pair(2100, 1200)));
}

TEST(BookedBooks, dated_to_the_next_period_are_a_cut_off_error) {
  Ledger l;
  l.post("J1", 50'000, 50'100, Ledger::capture(), 200'000);
  l.end();
  EXPECT_EQ(l.booked.late_events, 0U);
  EXPECT_THAT(by_account(l.booked.cut_off()), ElementsAre(Pair(1110, -1200), Pair(2100, 1200)));
}

TEST(BookedBooks, of_one_entry_posted_twice_are_a_duplication) {
  Ledger l;
  l.post("J1", 50'000, 50'100, Ledger::capture());
  l.post("J1", 50'000, 50'200, Ledger::capture());
  l.end();
  EXPECT_EQ(l.booked.doubled_entries, 1U);
  EXPECT_THAT(by_account(l.booked.duplicated()), ElementsAre(Pair(1110, 1200), Pair(2100, -1200)));
}

TEST(BookedBooks, of_one_message_that_had_two_entries_are_a_duplication) {
  Ledger l;
  l.post("J1", 50'000, 50'100, Ledger::capture());
  l.post("J2", 50'000, 50'200, Ledger::capture());
  l.end();
  EXPECT_EQ(l.booked.doubled_entries, 0U);
  EXPECT_THAT(by_account(l.booked.duplicated()), ElementsAre(Pair(1110, 1200), Pair(2100, -1200)));
}

TEST(BookedBooks, to_another_account_are_a_classification_error) {
  Ledger l;
  l.post("J1", 50'000, 50'100, {{.account = 1110, .amount = {1200}}, {.account = 4000, .amount = {-1200}}});
  l.end();
  EXPECT_THAT(by_account(l.booked.misclassified()),
              ElementsAre(Pair(1110, 0), Pair(2100, 1200), Pair(4000, -1200)));
  EXPECT_EQ(misstatement(l.booked.at_close(), l.stage.truth.period()), 2400);
}

TEST(BookedBooks, in_two_entries_that_together_say_what_happened_are_right) {
  Ledger l;
  l.post("J1", 50'000, 50'100, {{.account = 1110, .amount = {1200}}, {.account = 9999, .amount = {-1200}}});
  l.post("J2", 50'000, 50'100, {{.account = 9999, .amount = {1200}}, {.account = 2100, .amount = {-1200}}});
  l.end();
  for (const auto& [key, amount] : l.booked.misclassified()) EXPECT_EQ(amount, 0) << key;
}

TEST(BookedBooks, count_entries_that_do_not_balance) {
  Ledger l;
  l.post("J1", 50'000, 50'100, {{.account = 1110, .amount = {1200}}, {.account = 2100, .amount = {-1100}}});
  EXPECT_EQ(l.booked.unbalanced, 1U);
}

TEST(BookedBooks, agree_from_the_entry_that_closed_the_gap) {
  Ledger l;
  l.stage.truth.close_period(Stage::at(100'000));
  l.post("J1", 50'000, 103'600, Ledger::capture(700));
  EXPECT_FALSE(l.booked.agreed_at());
  l.post("J2", 50'000, 107'200, Ledger::capture(500));
  ASSERT_TRUE(l.booked.agreed_at());
  EXPECT_EQ(*l.booked.agreed_at(), Stage::at(107'200));
}

}  // namespace
}  // namespace omnisim::audit
