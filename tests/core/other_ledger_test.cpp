// Entries about the nodes of an acquired company go to its own ledger, under its own account numbers.
#include <gtest/gtest.h>

#include <map>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// store-2 and market-b were bought. The table lacks 5000.
Config with_acquired(bool to_suspense) {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  config.other_ledgers = {{.nodes = {store_2},
                           .channels = {market_b},
                           .accounts = {{1000, 1800},
                                        {1100, 1600},
                                        {1150, 1250},
                                        {1200, 1140},
                                        {2200, 3806},
                                        {3000, 2900},
                                        {4000, 4400},
                                        {6110, 6700}},
                           .unmapped_to_suspense = to_suspense}};
  return config;
}

struct Acquired : SmallEstate {
  explicit Acquired(bool to_suspense = true) : Acquired(with_acquired(to_suspense)) {}
  explicit Acquired(Config settings) : SmallEstate(std::move(settings)) {}

  void sell(NodeId node) {
    say(PosSale{.sale = code("S" + std::to_string(messages)),
                .node = node,
                .till = 1,
                .tenders = {.cash = {1200}}},
        {line(1, shirt, 1, 1000, 200)});
  }
  const Recorder::Command& last() const { return recorder.commands.back(); }
  std::map<int, std::int64_t> last_postings() const {
    std::map<int, std::int64_t> sums;
    for (const Posting& p : last().event.postings) sums[p.account] += p.amount.minor;
    return sums;
  }
};

TEST(OtherLedger, gets_the_entries_of_its_nodes_and_the_group_the_rest) {
  Acquired e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  EXPECT_EQ(e.last().to.index, 0U);
  e.core.open_stock(store_2, shirt, 5, e.now);
  EXPECT_EQ(e.last().to.index, 1U);
  EXPECT_EQ(e.last_postings(), (std::map<int, std::int64_t>{{1140, 3000}, {2900, -3000}}));
  e.sell(store_2);
  EXPECT_EQ(e.last_postings(), (std::map<int, std::int64_t>{
                                   {1140, -600}, {1600, 1200}, {3806, -200}, {4400, -1000}, {9999, 600}}))
      << "the cost, which the table does not know, is on suspense";
  EXPECT_EQ(e.balance(5000), 600) << "the core's own books have one chart";
  e.sell(store_1);
  EXPECT_EQ(e.last().to.index, 0U);
  EXPECT_EQ(e.last_postings().at(5000), 600);
  e.check_invariants();
}

TEST(OtherLedger, gets_what_is_about_a_channel_of_its_own_and_no_node) {
  Config config = with_acquired(true);
  config.capabilities.reconciliation = false;  // It would hold the settlement against what was sold.
  Acquired e(std::move(config));
  e.say(SettlementClosed{
      .channel = market_b, .settlement = code("ST-1"), .gross = {1000}, .commission = {150}, .net = {850}});
  EXPECT_EQ(e.last().to.index, 1U);
  EXPECT_EQ(e.last_postings(), (std::map<int, std::int64_t>{{1250, -1000}, {1800, 850}, {6700, 150}}));
}

TEST(OtherLedger, that_has_no_such_account_refuses_it_and_finance_hears_of_it) {
  Acquired e(false);
  e.core.open_stock(store_2, shirt, 5, e.now);
  e.sell(store_2);
  EXPECT_EQ(e.last_postings().at(5000), 600) << "under our number";
  const Code entry = std::get<JournalPosted>(e.last().event.body).entry;
  e.say(JournalAcknowledged{entry, false});
  EXPECT_EQ(e.last().to.index, 1U) << "it goes again to where it belongs";
  EXPECT_EQ(e.last_postings().at(1600), 1200);
  e.say(JournalAcknowledged{entry, false});
  EXPECT_EQ(e.sent<BreakOpened>().size(), 1U) << "refused twice: a break with an owner";
  e.check_invariants();
}

TEST(OtherLedger, knows_items_and_nodes_by_their_aliases) {
  Config config = with_acquired(true);
  EXPECT_TRUE(config.directory.add_alias(shirt, code("A-100")));
  EXPECT_TRUE(config.directory.add_alias(store_2, code("F007")));
  EXPECT_FALSE(config.directory.add_alias(hat, code("SHIRT"))) << "taken";
  EXPECT_EQ(config.directory.sku("A-100"), shirt);
  EXPECT_EQ(config.directory.node("F007"), store_2);
  EXPECT_EQ(config.directory.item(shirt).code, code("SHIRT")) << "what we write is our own";
}

}  // namespace
}  // namespace omnisim::core::testing
