// The ERP's API over time: windows of calls, maintenance, versions; and what an acquired one makes of codes.
#include <gtest/gtest.h>

#include "models/erp/acquired.hpp"
#include "models/erp/api_hours.hpp"
#include "models/erp/releases.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;

TEST(ErpApi, counts_calls_by_windows_from_midnight) {
  ErpParams erp;
  erp.calls = 2;
  erp.per = 7h;  // 0, 7, 14, 21, and then midnight
  ApiHours hours(erp);
  EXPECT_EQ(hours.take(monday() + 1h), monday() + 1h);
  EXPECT_EQ(hours.take(monday() + 2h), monday() + 2h);
  EXPECT_EQ(hours.take(monday() + 3h), monday() + 7h) << "when to come again";
  EXPECT_EQ(hours.take(monday() + 7h), monday() + 7h) << "a new window";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(hours.take(monday() + 23h), monday() + 23h);
  EXPECT_EQ(hours.take(monday() + 23h), monday() + 24h);
}

TEST(ErpApi, is_in_maintenance_at_the_same_time_each_week) {
  ErpParams erp;
  erp.maintenance = {{monday() + 22h, monday() + 27h, 24h * 7}, {monday() + 40h, monday() + 41h, {}}};
  const ApiHours hours(erp);
  for (const core::Duration week : {0h, 24h * 7, 24h * 70}) {
    EXPECT_EQ(hours.maintained_until(monday() + week + 21h), monday() + week + 21h);
    EXPECT_EQ(hours.maintained_until(monday() + week + 22h), monday() + week + 27h);
    EXPECT_EQ(hours.maintained_until(monday() + week + 27h), monday() + week + 27h);
  }
  EXPECT_EQ(hours.maintained_until(monday() + 40h), monday() + 41h);
  EXPECT_EQ(hours.maintained_until(monday() + 24h * 7 + 40h), monday() + 24h * 7 + 40h) << "once";
}

TEST(Erp, takes_so_many_calls_in_a_window_and_the_rest_in_the_next) {
  EstateParams p = bare_estate();
  for (int i = 0; i < 5; ++i) p.script.push_back(step(10h + i * 1min, "sell"));
  p.erp.calls = 2;
  p.erp.per = 1h;
  EstateRun run(p, prompt_pattern());
  run.run();
  std::vector<core::Duration> posted;
  for (const LedgerEntry& entry : run.estate.ledger().entries()) posted.push_back(entry.posted_at - monday());
  EXPECT_EQ(posted, (std::vector<core::Duration>{10h, 10h + 1min, 11h, 11h, 12h}));
  EXPECT_EQ(run.estate.stats().at(0).throttled, 4U) << "three refused at once, one of them once more";
}

TEST(Erp, drains_its_queue_when_maintenance_is_over) {
  EstateParams p = bare_estate();
  p.script = {step(9h, "sell"), step(10h, "sell"), step(11h, "sell")};
  p.erp.maintenance = {{monday() + 9h + 30min, monday() + 13h, {}}};
  EstateRun run(p, prompt_pattern());
  run.run();
  std::vector<core::Duration> posted;
  for (const LedgerEntry& entry : run.estate.ledger().entries()) posted.push_back(entry.posted_at - monday());
  EXPECT_EQ(posted, (std::vector<core::Duration>{9h, 13h, 13h}));
}

TEST(Erp, that_is_called_by_the_core_says_why_it_takes_nothing) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell"), step(11h, "sell"), step(12h, "sell")};
  p.erp.maintenance = {{monday() + 10h, monday() + 10h + 30min, {}}};
  p.erp.calls = 1;
  p.erp.per = 8h;
  PatternParams pattern = prompt_pattern();
  InterfaceParams journal = pattern.defaults;
  journal.name = "journal";
  journal.delivery = Delivery::core;
  pattern.interfaces.push_back(journal);
  EstateRun run(p, pattern);
  run.run();
  EXPECT_EQ(run.estate.ledger().entries().size(), 1U) << "the stand-in never calls again";
  EXPECT_EQ(run.estate.stats().at(0).throttled, 2U);
}

TEST(Releases, serve_the_newest_to_whoever_pins_none) {
  const std::vector<ErpReleaseParams> releases = {
      {.at = monday() + 1h, .field = "a", .becomes = "b", .mapped_at = {}},
      {.at = monday() + 2h, .field = "b", .becomes = "c", .mapped_at = {}}};
  EXPECT_EQ(releases_served(releases, 0, monday()), 0U);
  EXPECT_EQ(releases_served(releases, 0, monday() + 1h), 1U);
  EXPECT_EQ(releases_served(releases, 0, monday() + 2h), 2U);
}

TEST(Releases, let_a_pinned_version_fall_forward_when_it_is_supported_no_more) {
  const std::vector<ErpReleaseParams> releases = {
      {.at = monday() + 1h, .field = "a", .becomes = "b", .supported_for = 10h, .mapped_at = {}},
      {.at = monday() + 2h, .field = "b", .becomes = "c", .supported_for = 20h, .mapped_at = {}}};
  EXPECT_EQ(releases_served(releases, 1, monday() + 10h), 0U);
  EXPECT_EQ(releases_served(releases, 1, monday() + 11h), 1U) << "to the oldest that is supported";
  EXPECT_EQ(releases_served(releases, 1, monday() + 22h), 2U);
  EXPECT_EQ(releases_served(releases, 2, monday() + 21h), 1U);
  EXPECT_EQ(releases_served(releases, 2, monday() + 22h), 2U);
  EXPECT_EQ(releases_served(releases, 3, monday() + 1h), 1U) << "what is not out yet nobody is served";
  std::string reply = R"({"a":1,"c":"a","b":2})";
  rename_members(reply, releases);
  EXPECT_EQ(reply, R"({"c":1,"c":"a","c":2})");
}

TEST(Erp, answers_in_its_newest_version_from_the_release_on) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell"), step(12h, "sell")};
  p.erp.releases = {{.at = monday() + 11h, .field = "Accepted", .becomes = "Posted", .mapped_at = {}}};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::JournalAcknowledged>().size(), 1U);
  ASSERT_EQ(run.core->unreadable.size(), 1U);
  EXPECT_NE(run.core->unreadable[0].find("accepted"), std::string::npos) << run.core->unreadable[0];
  const auto changes = run.core->config.wire_changes;
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_FALSE(changes[0].known);
}

EstateParams with_acquired() {
  EstateParams p = bare_estate();
  OtherErpParams other;
  other.name = "acquired";
  other.nodes = {"store-01"};
  other.accounts = {{.ours = 1100, .theirs = 1600, .in_table = {}},
                    {.ours = 4000, .theirs = 4400, .in_table = 4401},
                    {.ours = 5000, .theirs = 5800, .in_table = 0}};
  other.items = {{.ours = p.catalogue.items[0].code, .theirs = "A-100"}};
  other.node_codes = {{.ours = "store-01", .theirs = "F007", .in_table = false}};
  p.erps = {other};
  return p;
}

TEST(Acquired, tables_are_what_the_integration_has_of_them) {
  const EstateParams p = with_acquired();
  const core::Directory names = make_directory(p, nullptr);
  EXPECT_EQ(names.sku("A-100"), core::SkuId{0});
  EXPECT_TRUE(names.node("F007").is_none()) << "a gap";
  const auto ledgers = other_ledgers(p, names);
  ASSERT_EQ(ledgers.size(), 1U);
  EXPECT_EQ(ledgers[0].account(1100), 1600);
  EXPECT_EQ(ledgers[0].account(4000), 4401) << "what the table says, right or wrong";
  EXPECT_EQ(ledgers[0].account(5000), 5000) << "a gap goes out under our number";
  const auto whole = other_ledgers(with_whole_tables(p), names);
  EXPECT_EQ(whole[0].account(4000), 4400);
  EXPECT_EQ(whole[0].account(5000), 5800);
}

TEST(Acquired, tills_write_their_own_codes) {
  EstateParams p = with_acquired();
  p.script = {step(10h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_TRUE(run.core->all<core::PosSale>().empty());
  ASSERT_FALSE(run.core->unreadable.empty());
  EXPECT_NE(run.core->unreadable[0].find("node"), std::string::npos) << "the gap of the table";
}

}  // namespace
}  // namespace omnisim::models
