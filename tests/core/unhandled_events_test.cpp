// Documents that the core can read and nobody acts on yet: each is a dead letter with an owner, none is lost,
// and none has an effect.
#include <gtest/gtest.h>

#include <set>

#include "core/core.hpp"
#include "core/store/memory_store.hpp"
#include "tests/core/canonical_support.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core {
namespace {

class Nobody : public Outbound {
 public:
  void send(Destination, EventType, std::string_view) override { ++sent; }
  int sent = 0;
};

/// A line each: whoever handles one strikes it out.
const std::set<EventType>& unhandled() {
  static const std::set<EventType> types{
      EventType::bank_statement,     EventType::journal_imported, EventType::tax_quoted,
      EventType::period_soft_closed, EventType::period_closed,    EventType::item_changed,
      EventType::feed_applied,
  };
  return types;
}

TEST(UnhandledEvents, end_as_dead_letters_of_integration_and_change_nothing) {
  std::set<EventType> seen;
  for (const examples::Example& example : examples::all()) {
    if (!unhandled().contains(example.type)) continue;
    SCOPED_TRACE(name_of(example.type));
    Config config;
    config.directory = examples::master_data();
    config.sources = {{"partner", example.format}};
    config.posting_rules_json = testing::posting_rules();
    Nobody nobody;
    MemoryStore store;
    Core core(std::move(config), nobody, store);
    core.deliver(0, example.text, testing::opening);
    ASSERT_EQ(core.dead_letters().size(), 1U);
    const DeadLetter& letter = core.dead_letters()[0];
    EXPECT_EQ(letter.last.category, ExceptionCategory::no_handler) << letter.last.reason;
    EXPECT_EQ(owner_of(letter.last.category), "integration");
    EXPECT_EQ(name_of(letter.last.category), "no_handler");
    EXPECT_FALSE(letter.last.reason.empty());
    EXPECT_EQ(core.counters().processed, 0U);
    EXPECT_TRUE(core.movements().empty());
    EXPECT_TRUE(core.journal().empty());
    EXPECT_EQ(nobody.sent, 0);
    seen.insert(example.type);
  }
  EXPECT_EQ(seen, unhandled());
}

}  // namespace
}  // namespace omnisim::core
