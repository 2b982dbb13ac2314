// Counts: when they take place, what they find, and which day they are dated to.
#include <gtest/gtest.h>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;

TEST(Counts, find_what_was_stolen_and_nobody_else_knows) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "steal", "", 4), step(11h, "count")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0]->event.lines.at(0).quantity_each, 6);
}

TEST(Counts, at_the_end_of_the_period_are_dated_to_its_last_moment_and_true_when_they_were_made) {
  EstateParams p = bare_estate();
  p.store.final_stocktake = true;
  p.script = {step(23h, "steal", "", 4)};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(counted.size(), 2U) << "one for each site";
  for (const auto* count : counted) {
    EXPECT_EQ(count->event.envelope.occurred_at, p.calendar.to - core::Duration{1});
    EXPECT_EQ(count->event.envelope.observed_at, p.calendar.to + 30min);
    EXPECT_EQ(count->at, p.calendar.to + 30min);
  }
}

/// An order of two units, of which the DC's picker finds none though they are there.
EstateParams estate_with_a_blind_picker(core::Duration recount_after) {
  EstateParams p = bare_estate();
  p.dc.miss_share = 1;
  p.dc.recount_after = recount_after;
  p.script = {step(1h, "order", "W-1", 2)};
  return p;
}

TEST(Counts, of_a_shelf_where_a_picker_found_too_little_set_the_record_right) {
  const EstateParams p = estate_with_a_blind_picker(24h);
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto rejected = run.core->all<core::PickRejected>();
  const auto counted = run.core->all<core::StockCounted>();
  ASSERT_EQ(rejected.size(), 1U);
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0]->at, rejected[0]->at + 24h);
  EXPECT_EQ(counted[0]->event.lines.at(0).quantity_each, 1000) << "they were there all the time";
}

TEST(Counts, of_doubtful_shelves_take_place_only_where_the_scenario_asks_for_them) {
  EstateRun run(estate_with_a_blind_picker({}), prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::PickRejected>().size(), 1U);
  EXPECT_TRUE(run.core->all<core::StockCounted>().empty());
}

}  // namespace
}  // namespace omnisim::models
