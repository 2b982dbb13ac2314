// A sender's API gets a new version: what nobody understands is a dead letter until the mapping learns it.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

Config of_erp(bool known) {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  config.sources.push_back({"erp_replies", Format::erp_json, Role::erp});
  config.wire_changes = {{Format::erp_json, "Entry", "JournalId", known}};
  return config;
}

struct Replies : SmallEstate {
  explicit Replies(bool known = false) : SmallEstate(of_erp(known)) { core.open_stock(dc, shirt, 5, now); }
  /// The answer to J1, whose entry is called `member`.
  void answer(std::string_view member, bool accepted) {
    core.deliver(3,
                 "{\"MessageId\":\"erp-" + std::to_string(++replies) +
                     "\",\"System\":\"erp\",\"MessageType\":\"JournalImportResult\",\"PostedAt\":"
                     "\"2026-11-02T08:00:00.000000Z\",\"Body\":{\"" +
                     std::string(member) + "\":\"J1\",\"Accepted\":" + (accepted ? "true" : "false") + "}}",
                 now);
  }
  std::size_t posted() const { return sent<JournalPosted>().size(); }
  int replies = 0;
};

TEST(WireChange, that_nobody_knows_makes_dead_letters_until_it_is_learned) {
  Replies e;
  e.answer("JournalId", false);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.posted(), 1U) << "nobody has heard the no";
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  EXPECT_TRUE(e.core.dead_letters()[0].open) << "trying again alone changes nothing";
  e.core.learn(0, code("anna"), e.now);
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  EXPECT_FALSE(e.core.dead_letters()[0].open);
  EXPECT_EQ(e.posted(), 2U) << "the entry goes again";
  e.answer("Entry", true);
  e.answer("JournalId", true);
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "both versions are read";
  EXPECT_EQ(e.core.audit_log().entries()[1].action, AuditAction::mapping_changed);
  e.check_invariants();
}

TEST(WireChange, that_is_known_at_the_start_is_read_at_once) {
  Replies e(true);
  e.answer("JournalId", false);
  EXPECT_TRUE(e.core.dead_letters().empty());
  EXPECT_EQ(e.posted(), 2U);
  e.check_invariants();
}

TEST(WireChange, is_no_excuse_for_a_member_that_is_there_under_both_names) {
  Replies e(true);
  e.core.deliver(3,
                 R"({"MessageId":"erp-9","System":"erp","MessageType":"JournalImportResult",)"
                 R"("PostedAt":"2026-11-02T08:00:00.000000Z",)"
                 R"("Body":{"JournalId":"J9","Entry":"J1","Accepted":false}})",
                 e.now);
  EXPECT_EQ(e.posted(), 2U) << "Entry is what it always was";
  EXPECT_THROW(e.core.learn(1, {}, e.now), std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::core::testing
