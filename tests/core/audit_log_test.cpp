// The audit log: whatever is done to a chain is found; what should be logged is, and survives a snapshot.
#include "core/governance/audit_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/ports/audit_sink.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

AuditLog five() {
  AuditLog log;
  for (int i = 0; i < 5; ++i)
    log.add(opening + hours{i}, AuditAction::count_approved, code("anna"), "C-" + std::to_string(i));
  return log;
}
std::vector<AuditEntry> entries_of(const AuditLog& log) {
  return {log.entries().begin(), log.entries().end()};
}
/// What somebody does who knows how hashes are made, but cannot change the entries behind.
void forge(AuditEntry& entry) { entry.hash = hash_of(entry); }

TEST(AuditLog, a_whole_chain_verifies) {
  const AuditLog log = five();
  EXPECT_FALSE(verify(log.entries(), log.anchor()));
  EXPECT_FALSE(verify({}));
  EXPECT_EQ(AuditLog().anchor(), AuditAnchor{});
  AuditLog longer = five();
  longer.add(opening, AuditAction::commands_resent, {}, "1");
  EXPECT_FALSE(verify(longer.entries(), log.anchor())) << "an older anchor holds";
}

TEST(AuditLog, the_hash_is_sha_256_of_the_documented_bytes) {
  // The first entry by hand: number, time, action, lengths (8 bytes each, all 0), previous (32 zeros); the
  // SHA-256 of 72 zero bytes.
  AuditEntry entry;
  entry.at = Time{};
  const Sha256 zeros_72 = hash_of(entry);
  EXPECT_EQ(zeros_72[0], 0x83);
  EXPECT_EQ(zeros_72[1], 0x4a);
  EXPECT_EQ(zeros_72[31], 0x00);
}

TEST(AuditLog, any_change_of_any_member_is_found_where_it_is) {
  const std::vector<AuditEntry> good = entries_of(five());
  const std::vector<void (*)(AuditEntry&)> changes = {
      [](AuditEntry& e) { e.at += Duration{1}; },
      [](AuditEntry& e) { e.action = AuditAction::period_closed; },
      [](AuditEntry& e) { e.actor = code("otto"); },
      [](AuditEntry& e) { e.actor = {}; },
      [](AuditEntry& e) { e.detail = AuditText("C-9"); },
      [](AuditEntry& e) { e.number += 1; },
      [](AuditEntry& e) { e.previous[31] ^= 1; },
      [](AuditEntry& e) { e.hash[0] ^= 1; }};
  for (std::size_t change = 0; change < changes.size(); ++change) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::vector<AuditEntry> bad = good;
      changes[change](bad[at]);
      const auto broken = verify(bad);
      ASSERT_TRUE(broken) << change << ' ' << at;
      EXPECT_EQ(broken->number, at) << change;
    }
  }
}

TEST(AuditLog, a_forged_hash_breaks_the_entry_behind_and_at_the_end_the_anchor) {
  const AuditLog log = five();
  for (std::size_t at = 0; at < 5; ++at) {
    std::vector<AuditEntry> bad = entries_of(log);
    bad[at].detail = AuditText("nothing to see");
    forge(bad[at]);
    const auto broken = verify(bad, log.anchor());
    ASSERT_TRUE(broken) << at;
    EXPECT_EQ(broken->number, std::min<std::size_t>(at + 1, 4));
  }
}

TEST(AuditLog, removed_inserted_and_swapped_entries_are_found) {
  const AuditLog log = five();
  const std::vector<AuditEntry> good = entries_of(log);
  for (std::ptrdiff_t at = 0; at < 5; ++at) {
    std::vector<AuditEntry> removed = good;
    removed.erase(removed.begin() + at);
    EXPECT_TRUE(verify(removed, log.anchor())) << at;
    if (at == 4) continue;
    EXPECT_TRUE(verify(removed)) << at << ": all but the tail without an anchor";
    std::vector<AuditEntry> twice = good;
    twice.insert(twice.begin() + at, good[static_cast<std::size_t>(at)]);
    EXPECT_TRUE(verify(twice)) << at;
    std::vector<AuditEntry> swapped = good;
    std::iter_swap(swapped.begin() + at, swapped.begin() + at + 1);
    EXPECT_TRUE(verify(swapped)) << at;
  }
}

TEST(AuditLog, a_cut_tail_is_found_by_an_anchor) {
  const AuditLog log = five();
  for (std::size_t left = 0; left < 5; ++left) {
    const auto broken = verify(log.entries().first(left), log.anchor());
    ASSERT_TRUE(broken) << left;
    EXPECT_EQ(broken->number, left);
    EXPECT_EQ(broken->reason, "entries are missing at the end");
  }
}

TEST(AuditLog, a_long_detail_is_cut) {
  AuditLog log;
  log.add(opening, AuditAction::journal_imported, {}, std::string(300, 'x'));
  EXPECT_EQ(log.entries()[0].detail.view(), std::string(95, 'x'));
  EXPECT_FALSE(verify(log.entries()));
}

TEST(AuditLog, every_action_has_a_name) {
  for (std::size_t i = 0; i < audit_action_count; ++i)
    EXPECT_FALSE(name_of(static_cast<AuditAction>(i)).empty()) << i;
}

struct Kept final : AuditSink {
  void append(const AuditEntry& entry) override { entries.push_back(entry); }
  AuditAnchor kept() const override {
    return entries.empty() ? AuditAnchor{} : AuditAnchor{entries.size(), entries.back().hash};
  }
  std::vector<AuditEntry> entries;
};

TEST(AuditLog, is_persisted_once_however_often_it_is_handed_over) {
  AuditLog log = five();
  Kept kept;
  EXPECT_FALSE(persist(log.entries(), kept));
  EXPECT_FALSE(persist(log.entries(), kept));
  log.add(opening, AuditAction::commands_resent, {}, "1");
  EXPECT_FALSE(persist(log.entries(), kept));
  EXPECT_EQ(kept.entries.size(), 6U);
  EXPECT_FALSE(verify(kept.entries, log.anchor()));
}

TEST(AuditLog, is_not_persisted_behind_another_or_a_longer_one) {
  Kept kept;
  EXPECT_FALSE(persist(five().entries(), kept));
  AuditLog other;
  for (int i = 0; i < 6; ++i) other.add(opening, AuditAction::commands_resent, {}, "1");
  EXPECT_TRUE(persist(other.entries(), kept));
  EXPECT_TRUE(persist(AuditLog().entries(), kept));
  EXPECT_EQ(kept.entries.size(), 5U);
}

TEST(AuditLog, a_core_logs_replays_and_resends_with_their_actor) {
  SmallEstate e;
  e.deliver("not a message");
  e.core.replay({.actor = code("anna")}, e.now);
  e.core.resend(10, code("otto"), e.now);
  const auto entries = e.core.audit_log().entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].action, AuditAction::dead_letters_replayed);
  EXPECT_EQ(entries[0].actor, code("anna"));
  EXPECT_EQ(entries[0].at, e.now);
  EXPECT_EQ(entries[0].detail.view(), "tried 1, left 0");
  EXPECT_EQ(entries[1].action, AuditAction::commands_resent);
  EXPECT_EQ(entries[1].actor, code("otto"));
  EXPECT_EQ(entries[1].detail.view(), "0");
  EXPECT_FALSE(verify(entries, e.core.audit_log().anchor()));
  e.check_invariants();
}

TEST(AuditLog, a_core_logs_who_was_refused_for_want_of_ownership) {
  Config config = small_config();
  for (Source& source : config.sources) source.role = Role::channel;
  SmallEstate e(std::move(config));
  e.say(StockCounted{store_1, code("C-1")}, {line(1, shirt, 7)});
  const auto entries = e.core.audit_log().entries();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].action, AuditAction::ownership_refused);
  EXPECT_EQ(entries[0].actor, code("test"));
  EXPECT_TRUE(entries[0].detail.view().starts_with("stock.counted ")) << entries[0].detail.view();
  e.check_invariants();
}

TEST(AuditLog, a_core_logs_an_approval_that_it_acted_on_and_no_days_business) {
  SmallEstate e;
  e.say(PurchaseOrderApproved{code("P-1"), code("ACME"), dc, e.now}, {line(1, shirt, 7, 600)});
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  const auto entries = e.core.audit_log().entries();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].action, AuditAction::purchase_approved);
  EXPECT_TRUE(entries[0].detail.view().starts_with("po.approved "));
}

TEST(AuditLog, two_cores_that_differ_in_an_actor_alone_differ_in_their_state) {
  SmallEstate a, b;
  a.core.replay({.actor = code("anna")}, a.now);
  b.core.replay({.actor = code("otto")}, b.now);
  EXPECT_NE(a.core.state_hash(), b.core.state_hash());
  SmallEstate c, d;
  c.core.resend(1, code("anna"), c.now);
  d.core.resend(1, code("otto"), d.now);
  EXPECT_NE(c.core.state_hash(), d.core.state_hash());
  c.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
