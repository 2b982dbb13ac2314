// The books of a group are the sum of its ledgers, by what their accounts mean.
#include <gtest/gtest.h>

#include <map>

#include "harness/audit/consolidation.hpp"
#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

models::EstateParams group() {
  models::EstateParams params;
  models::OtherErpParams other;
  other.name = "acquired";
  // The integration believes that 4000 is 4401; there is no such account, and 4400 is what it means.
  other.accounts = {{.ours = 1100, .theirs = 1600, .in_table = {}},
                    {.ours = 4000, .theirs = 4400, .in_table = 4401}};
  params.erps = {other};
  return params;
}

void post(models::GeneralLedger& ledger, std::string_view entry, std::int64_t posted,
          std::vector<core::Posting> postings) {
  ledger.append({.entry = code(entry),
                 .day = {},
                 .business_day = {},
                 .occurred_at = Stage::at(posted),
                 .posted_at = Stage::at(posted),
                 .rule = 50,
                 .cause = {},
                 .correlation = {}},
                postings);
}

struct Group {
  std::map<int, std::int64_t> sums;
  std::vector<std::string> order;
  void follow() {
    const models::GeneralLedger* ledgers[] = {&ours, &theirs};
    consolidation.follow(ledgers, [this](const ConsolidatedEntry& it) {
      order.emplace_back(it.entry->entry.view());
      for (const core::Posting& posting : it.postings) sums[posting.account] += posting.amount.minor;
    });
  }
  models::GeneralLedger ours, theirs;
  Consolidation consolidation{group()};
};

TEST(Consolidation, adds_up_what_accounts_mean) {
  Group group;
  post(group.ours, "J1", 10, {{.account = 1100, .amount = {1200}}, {.account = 4000, .amount = {-1200}}});
  post(group.theirs, "J2", 20, {{.account = 1600, .amount = {500}}, {.account = 4400, .amount = {-500}}});
  group.follow();
  EXPECT_EQ(group.sums, (std::map<int, std::int64_t>{{1100, 1700}, {4000, -1700}}));
}

TEST(Consolidation, does_not_read_the_integrations_table) {
  Group group;
  post(group.theirs, "J2", 20, {{.account = 1600, .amount = {500}}, {.account = 4401, .amount = {-500}}});
  group.follow();
  EXPECT_EQ(group.sums.count(4000), 0U) << "what was posted to an account that means nothing is no revenue";
  EXPECT_EQ(group.sums.at(4401), -500);
}

TEST(Consolidation, takes_entries_once_and_in_the_order_in_which_they_were_posted) {
  Group group;
  post(group.ours, "J1", 30, {});
  post(group.theirs, "J2", 20, {});
  group.follow();
  post(group.theirs, "J3", 40, {});
  post(group.ours, "J4", 40, {});
  group.follow();
  EXPECT_EQ(group.order, (std::vector<std::string>{"J2", "J1", "J4", "J3"}));
}

}  // namespace
}  // namespace omnisim::audit
