#include <gtest/gtest.h>

#include "core/delivery/inbox.hpp"
#include "core/delivery/sequencer.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Tenders cash(std::int64_t amount) {
  Tenders t;
  t.cash = {amount};
  return t;
}
PosSale sale(std::string_view number) { return PosSale{code(number), store_1, 1, cash(1200)}; }
std::vector<Line> one_shirt() { return {line(1, shirt, 1, 1000, 200)}; }
Config without(bool Capabilities::*capability) {
  Config config = small_config();
  config.capabilities.*capability = false;
  return config;
}

TEST(Inbox, a_repeated_message_has_no_second_effect) {
  SmallEstate e;
  const std::string bytes = e.message(sale("T-1"), one_shirt());
  e.deliver(bytes);
  e.wait(hours{24 * 20});
  e.deliver(bytes);
  EXPECT_EQ(e.core.counters().duplicates_absorbed, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -1);
  EXPECT_EQ(e.balance(1100), 1200);
  e.check_invariants();
}

TEST(Inbox, without_it_a_repeated_message_has_its_effect_again) {
  SmallEstate e(without(&Capabilities::idempotency));
  const std::string bytes = e.message(sale("T-1"), one_shirt());
  e.deliver(bytes);
  e.deliver(bytes);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -2);
  EXPECT_EQ(e.balance(1100), 2400);
  EXPECT_EQ(e.core.journal().size(), 2U) << "the second one is an entry of its own";
  e.check_invariants();
}

TEST(Inbox, remembers_for_one_window_at_least_and_forgets_after_two) {
  Inbox inbox(hours{10}, 1000);
  const HashKey key = message_key(code("s"), code("1"));
  EXPECT_TRUE(inbox.take(key, opening));
  inbox.take(message_key(code("s"), code("2")), opening + hours{9});
  EXPECT_FALSE(inbox.take(key, opening + hours{10}));
  inbox.take(message_key(code("s"), code("3")), opening + hours{15});
  EXPECT_FALSE(inbox.take(key, opening + hours{19}));
  inbox.take(message_key(code("s"), code("4")), opening + hours{21});
  EXPECT_TRUE(inbox.take(key, opening + hours{30}));
  EXPECT_LE(inbox.size(), 4U);
}

TEST(Inbox, never_remembers_more_than_its_bound_and_counts_what_left_early) {
  Inbox inbox(hours{10}, 100);
  const auto key = [](int n) { return message_key(code("s"), code(std::to_string(n))); };
  for (int n = 1; n <= 1000; ++n) {
    EXPECT_TRUE(inbox.take(key(n), opening + minutes{n / 100}));
    ASSERT_LE(inbox.size(), 100U);
    ASSERT_FALSE(inbox.take(key(std::max(1, n - 49)), opening + minutes{n / 100}))
        << "the youngest half stays";
    // The two generations are what is remembered; every other id has left within its window.
    ASSERT_EQ(inbox.left_early() + inbox.size(), static_cast<std::uint64_t>(n));
  }
  EXPECT_TRUE(inbox.take(key(1), opening + hours{1})) << "the oldest leave first";
  EXPECT_FALSE(inbox.take(key(1000), opening + hours{1}));
}

TEST(Inbox, leaving_after_its_window_is_not_early) {
  Inbox inbox(hours{10}, 100);
  for (int n = 1; n <= 1000; ++n)
    inbox.take(message_key(code("s"), code(std::to_string(n))), opening + hours{n});
  EXPECT_EQ(inbox.left_early(), 0U);
}

TEST(Inbox, the_core_tells_how_many_ids_left_early) {
  Config config = small_config();
  config.policies.inbox_max = 4;
  SmallEstate e(config);
  for (int n = 1; n <= 10; ++n) e.say(sale("T-" + std::to_string(n)), one_shirt());
  EXPECT_GE(e.core.counters().inbox_left_early, 6U);
  e.check_invariants();
}

TEST(Ordering, an_early_message_waits_for_the_gap_to_be_filled) {
  SmallEstate e;
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C")}, {line(1, shirt, 7)});
  EXPECT_EQ(e.core.counters().parked, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  e.say_numbered("store-1", 1, sale("T-1"), one_shirt());
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 7) << "the count comes after the sale";
  EXPECT_FALSE(e.core.next_timer().has_value()) << "the gap's timer goes with the gap";
  e.check_invariants();
}

TEST(Ordering, without_it_messages_are_acted_on_as_they_come) {
  SmallEstate e(without(&Capabilities::ordering));
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C")}, {line(1, shirt, 7)});
  e.say_numbered("store-1", 1, sale("T-1"), one_shirt());
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 6);
}

TEST(Ordering, a_gap_is_given_up_after_its_time_and_what_comes_late_is_processed) {
  SmallEstate e;
  e.say_numbered("store-1", 3, sale("T-3"), one_shirt());
  e.say_numbered("store-1", 4, sale("T-4"), one_shirt());
  e.wait(hours{6} - minutes{1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  e.wait(minutes{2});
  EXPECT_EQ(e.core.counters().gaps_given_up, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -2);
  e.say_numbered("store-1", 1, sale("T-1"), one_shirt());
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -3);
  e.say_numbered("store-1", 5, sale("T-5"), one_shirt());
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -4);
  e.check_invariants();
}

TEST(Ordering, two_gaps_are_given_up_one_after_the_other) {
  SmallEstate e;
  e.say_numbered("store-1", 2, sale("T-2"), one_shirt());
  e.say_numbered("store-1", 4, sale("T-4"), one_shirt());
  e.wait(hours{6});
  EXPECT_EQ(e.core.counters().gaps_given_up, 1U);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.wait(hours{6});
  EXPECT_EQ(e.core.counters().gaps_given_up, 2U);
  EXPECT_EQ(e.core.counters().parked, 0U);
}

TEST(Ordering, an_unusable_message_does_not_hold_up_its_source) {
  SmallEstate e;
  PosSale wrong = sale("T-1");
  wrong.tenders = cash(1);  // tenders do not add up
  e.say_numbered("store-1", 2, sale("T-2"), one_shirt());
  e.say_numbered("store-1", 1, wrong, one_shirt());
  EXPECT_EQ(e.core.counters().dead_letters, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -1);
  e.say_numbered("store-1", 4, wrong, one_shirt());
  e.say_numbered("store-1", 3, sale("T-3"), one_shirt());
  e.say_numbered("store-1", 5, sale("T-5"), one_shirt());
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), -3);
  EXPECT_EQ(e.core.counters().gaps_given_up, 0U);
}

TEST(Parking, a_payment_waits_for_its_order) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.pay("W-1", 1200);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.order("W-1", one_shirt());
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.sent<LineAllocated>().size(), 1U);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Parking, a_delivery_scan_waits_for_its_shipment) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.say(ShipmentDelivered{code("S-1")});
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.order("W-1", one_shirt());
  EXPECT_EQ(e.core.counters().parked, 0U) << "the order wakes the shipment, and that wakes the scan";
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 1);
  e.check_invariants();
}

TEST(Parking, ends_as_a_dead_letter_when_nothing_turns_up) {
  SmallEstate e;
  e.pay("W-1", 1200);
  e.pay("W-1", 1300);
  e.wait(hours{24});
  ASSERT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::expired);
  EXPECT_EQ(owner_of(e.core.dead_letters()[0].last.category), "order operations");
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_FALSE(e.core.next_timer().has_value());
}

TEST(Parking, without_it_an_early_message_is_a_dead_letter) {
  SmallEstate e(without(&Capabilities::parking));
  e.pay("W-1", 1200);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::out_of_order);
}

TEST(DeadLetters, unusable_messages_have_a_category_and_an_owner) {
  SmallEstate e;
  e.core.deliver(0, "no json", e.now);
  e.core.deliver(9, "whatever", e.now);
  PosSale wrong = sale("T-1");
  wrong.tenders = cash(1);
  e.say(wrong, one_shirt());
  e.say(OrderAccepted{code("W-1"), web});
  e.occurred = time_from_us(-1);
  e.say(sale("T-2"), one_shirt());
  ASSERT_EQ(e.core.dead_letters().size(), 5U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::malformed);
  EXPECT_EQ(e.core.dead_letters()[1].last.category, ExceptionCategory::unknown_reference);
  EXPECT_EQ(e.core.dead_letters()[2].last.category, ExceptionCategory::invalid);
  EXPECT_EQ(e.core.dead_letters()[3].last.category, ExceptionCategory::invalid);
  for (const DeadLetter& letter : e.core.dead_letters()) {
    EXPECT_FALSE(owner_of(letter.last.category).empty());
    EXPECT_FALSE(name_of(letter.last.category).empty());
    EXPECT_FALSE(letter.last.reason.empty());
  }
  EXPECT_EQ(e.core.movements().size(), 0U);
}

TEST(DeadLetters, an_empty_message_is_malformed) {
  SmallEstate e;
  e.core.deliver(0, std::string_view(), e.now);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::malformed);
}

TEST(DeadLetters, without_them_what_cannot_be_processed_is_counted_and_gone) {
  SmallEstate e(without(&Capabilities::dead_letters));
  e.core.deliver(0, "no json", e.now);
  EXPECT_EQ(e.core.counters().dropped, 1U);
  EXPECT_TRUE(e.core.dead_letters().empty());
}

TEST(SchemaValidation, without_it_what_decodes_is_acted_on_and_the_difference_is_in_suspense) {
  SmallEstate e(without(&Capabilities::schema_validation));
  PosSale wrong = sale("T-1");
  wrong.tenders = cash(1000);
  e.say(wrong, one_shirt());
  EXPECT_EQ(e.balance(1100), 1000);
  EXPECT_EQ(e.balance(9999), 200);
  e.check_invariants();
}

TEST(Sequencer, draining_goes_by_number_and_then_by_arrival) {
  Sequencer sequencer;
  const std::uint32_t s = sequencer.source(code("a"));
  EXPECT_EQ(sequencer.source(code("a")), s);
  EXPECT_EQ(sequencer.arrive(s, 3, 10), Sequencer::Verdict::wait);
  EXPECT_EQ(sequencer.arrive(s, 2, 11), Sequencer::Verdict::wait);
  EXPECT_EQ(sequencer.arrive(s, 3, 12), Sequencer::Verdict::wait);
  EXPECT_EQ(sequencer.waiting(), 3U);
  EXPECT_EQ(sequencer.arrive(s, 1, 13), Sequencer::Verdict::process);
  EXPECT_EQ(sequencer.next(s), 11U);
  EXPECT_EQ(sequencer.next(s), 10U);
  EXPECT_EQ(sequencer.next(s), 12U);
  EXPECT_EQ(sequencer.next(s), std::nullopt);
}

TEST(Time, a_message_without_a_calendar_day_is_refused) {
  SmallEstate e;
  e.occurred = Time{std::chrono::sys_days{std::chrono::year{2300} / 1 / 1}};
  e.say(sale("T-1"), one_shirt());
  EXPECT_EQ(e.core.counters().processed, 0U);
}

}  // namespace
}  // namespace omnisim::core::testing
