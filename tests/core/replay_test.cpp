// Dead letters tried again: at most once with success, by a filter, in the log.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

/// A delivery scan waited for its shipment until it expired; then order and shipment came.
void late_shipment(SmallEstate& e, std::string_view shipment) {
  e.say(ShipmentDelivered{code(shipment)});
  e.wait(hours{48});
  const std::string order = "W-" + std::string(shipment);
  e.order(order, {line(1, shirt, 1, 1000, 200)}, true);
  e.ship(order, dc, shipment, {line(1, shirt, 1)});
}

TEST(Replay, processes_a_letter_once_however_often_it_is_tried) {
  SmallEstate e;
  late_shipment(e, "S-1");
  ASSERT_EQ(e.core.counters().dead_letters, 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 0);
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 1);
  EXPECT_EQ(e.core.replay({}, e.now).tried, 0U) << "nothing is left to try";
  EXPECT_EQ(e.core.counters().dead_letters, 0U);
  EXPECT_EQ(e.core.counters().replayed, 1U);
  const DeadLetter& letter = e.core.dead_letters()[0];
  EXPECT_FALSE(letter.open);
  EXPECT_EQ(letter.tries, 2U);
  EXPECT_EQ(letter.first.category, ExceptionCategory::expired);
  e.check_invariants();
}

TEST(Replay, that_fails_again_keeps_the_letter_with_its_first_and_last_failure) {
  SmallEstate e;
  e.say(ShipmentDelivered{code("S-1")});
  e.wait(hours{48});
  const Time first = e.core.dead_letters()[0].first.at;
  e.wait(hours{1});
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  const DeadLetter& letter = e.core.dead_letters()[0];
  EXPECT_TRUE(letter.open);
  EXPECT_EQ(letter.tries, 2U);
  EXPECT_EQ(letter.first.at, first);
  EXPECT_EQ(letter.first.category, ExceptionCategory::expired);
  EXPECT_EQ(letter.last.at, e.now);
  EXPECT_EQ(letter.last.category, ExceptionCategory::out_of_order);
  EXPECT_EQ(e.core.counters().dead_letters, 1U) << "one letter, not two";
  EXPECT_EQ(e.core.counters().parked, 0U) << "a replay does not wait";
  e.check_invariants();
}

TEST(Replay, of_bytes_that_nobody_can_read_fails_again) {
  SmallEstate e;
  e.deliver("\xff not a message");
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::malformed);
  EXPECT_EQ(e.core.dead_letters()[0].tries, 2U);
  e.core.deliver(99, "from nowhere", e.now);
  EXPECT_EQ(e.core.replay({.source = 99}, e.now).tried, 1U);
  EXPECT_TRUE(e.core.dead_letters()[1].open);
  e.check_invariants();
}

TEST(Replay, takes_one_letter_a_category_a_source_or_so_many_of_the_oldest) {
  SmallEstate e;
  for (const char* shipment : {"S-1", "S-2", "S-3", "S-4"}) late_shipment(e, shipment);
  e.deliver("{}");
  ASSERT_EQ(e.core.counters().dead_letters, 5U);
  EXPECT_EQ(e.core.replay({.category = ExceptionCategory::duplicate_conflict}, e.now).tried, 0U);
  EXPECT_EQ(e.core.replay({.source = 1}, e.now).tried, 0U);
  EXPECT_EQ(e.core.replay({.input = e.core.dead_letters()[2].input}, e.now).tried, 1U);
  EXPECT_FALSE(e.core.dead_letters()[2].open);
  EXPECT_EQ(e.core.replay({.category = ExceptionCategory::expired, .at_most = 2}, e.now).tried, 2U);
  EXPECT_FALSE(e.core.dead_letters()[0].open);
  EXPECT_FALSE(e.core.dead_letters()[1].open);
  EXPECT_TRUE(e.core.dead_letters()[3].open);
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 3);
  e.check_invariants();
}

TEST(Replay, goes_no_faster_than_the_policy_and_tells_what_is_left) {
  Config config = small_config();
  config.policies.replays_per_minute = 3;
  SmallEstate e(config);
  for (int i = 0; i < 8; ++i) e.deliver("{}");
  const ReplayResult first = e.core.replay({}, e.now);
  EXPECT_EQ(first.tried, 3U);
  EXPECT_EQ(first.left, 5U);
  EXPECT_EQ(first.again_at, e.now + std::chrono::seconds{20});
  EXPECT_EQ(e.core.replay({}, e.now).tried, 0U);
  EXPECT_EQ(e.core.counters().dead_letters, 8U) << "what was not tried is open as before";
  EXPECT_EQ(e.core.dead_letters()[3].tries, 1U);
  e.wait(std::chrono::seconds{20});
  EXPECT_EQ(e.core.replay({}, e.now).tried, 1U);
  e.wait(hours{1});
  EXPECT_EQ(e.core.replay({}, e.now).tried, 3U) << "a pause saves up one minute's letters, not an hour's";
  e.check_invariants();
}

TEST(Replay, is_in_the_log_with_who_asked_when_and_for_what) {
  SmallEstate e;
  e.deliver("{}");
  ReplayFilter filter{.category = ExceptionCategory::malformed, .actor = code("anna")};
  e.core.replay(filter, e.now);
  const InputRecord record = e.log.read(e.log.size() - 1);
  EXPECT_EQ(record.kind, InputKind::replay);
  EXPECT_EQ(record.now, e.now);
  EXPECT_NE(record.bytes.find("anna"), std::string_view::npos);
  e.check_invariants();
}

TEST(Replay, absorbs_copies_that_come_before_and_after_it) {
  SmallEstate e;
  const std::string scan = e.message(ShipmentDelivered{code("S-1")});
  e.deliver(scan);
  e.wait(hours{48});
  e.order("W-1", {line(1, shirt, 1, 1000, 200)}, true);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.deliver(scan);
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 0) << "the inbox knows the letter's id";
  e.core.replay({}, e.now);
  e.deliver(scan);
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 1);
  EXPECT_EQ(e.core.counters().duplicates_absorbed, 2U);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
