#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/inventory/reservations.hpp"
#include "core/inventory/shelf_history.hpp"
#include "core/observe/exceptions.hpp"
#include "tests/core/support/chance.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<Line> shirts(std::int32_t n) { return {line(1, shirt, n, 1000 * n, 200 * n)}; }
PosSale sale(std::string_view number, std::int32_t n, NodeId node = store_1) {
  PosSale body{code(number), node, 1, {}};
  body.tenders.cash = {1200 * n};
  return body;
}

TEST(Ledger, refuses_what_would_create_or_destroy_units) {
  const Config config = small_config();
  Ledger ledger(config.directory);
  EXPECT_THROW(ledger.move({}, shirt, dc, Bucket::reserved, Bucket::sellable, 1), BrokenInvariant);
  EXPECT_THROW(ledger.move({}, shirt, dc, Bucket::supplier, Bucket::sellable, 0), BrokenInvariant);
  EXPECT_TRUE(ledger.movements().empty());
  ledger.move({}, shirt, dc, Bucket::sellable, Bucket::delivered, 2);
  EXPECT_EQ(ledger.sellable(shirt, dc), -2) << "real books go below zero";
  EXPECT_EQ(ledger.pool(shirt), -2);
  EXPECT_EQ(ledger.on_hand(shirt, dc), -2);
}

TEST(ShelfHistory, knows_what_happened_after_a_moment_however_late_it_was_told) {
  const Config config = small_config();
  Ledger ledger(config.directory);
  Chance chance(1);
  std::vector<Time> times;
  for (int i = 0; i < 5000; ++i) {
    // Mostly in order; one in ten is told up to ten hours late.
    times.push_back(opening + minutes{i} - (chance.one_in(10) ? minutes{chance.below(600)} : minutes{0}));
    ledger.move({0, times.back()}, shirt, dc, Bucket::supplier, Bucket::sellable, 1);
  }
  ShelfHistory history(config.directory, ledger);
  for (const int read : {0, 700, 1023, 1024, 2500, 4990, 6000}) {
    const Time read_at = opening + minutes{read};
    const auto after = std::count_if(times.begin(), times.end(), [&](Time t) { return t > read_at; });
    const Time watermark = read_at - minutes{30};
    const auto between = [&](Time t) { return t > watermark && t <= read_at; };
    history.read(dc, watermark, read_at);
    EXPECT_EQ(history.change_after(shirt), after) << read;
    EXPECT_EQ(history.booked_then(shirt, dc), 5000 - after);
    EXPECT_EQ(history.moved_before(shirt), std::any_of(times.begin(), times.end(), between)) << read;
    EXPECT_EQ(history.change_after(hat), 0);
    EXPECT_EQ(ledger.first_after(read_at) >= 4000U, read >= 4990) << "it need not read everything";
  }
  history.read(store_1, opening, opening);
  EXPECT_EQ(history.change_after(shirt), 0) << "another shelf";
}

TEST(Ledger, every_bucket_has_a_name) {
  std::set<std::string_view> names;
  for (std::size_t b = 0; b < bucket_count; ++b) names.insert(name_of(static_cast<Bucket>(b)));
  EXPECT_EQ(names.size(), bucket_count);
}

TEST(Reservations, each_unit_is_resolved_once) {
  const Config config = small_config();
  Ledger ledger(config.directory);
  Reservations reservations(config.directory, ledger);
  ledger.move({}, shirt, dc, Bucket::supplier, Bucket::sellable, 5);
  const ReservationId id = reservations.hold({}, shirt, dc, 3, 0, 7);
  EXPECT_EQ(reservations.at(id).phase, ReservationPhase::pending);
  reservations.confirm(id);
  reservations.confirm(id);
  EXPECT_EQ(reservations.at(id).phase, ReservationPhase::confirmed);
  reservations.consume({}, id, 1, Bucket::picked);
  reservations.extend({}, id, 1);
  reservations.release({}, id, 1, ReservationPhase::voided);
  EXPECT_EQ(reservations.at(id).phase, ReservationPhase::confirmed);
  reservations.consume({}, id, 2, Bucket::picked);
  EXPECT_EQ(reservations.at(id).phase, ReservationPhase::consumed);
  EXPECT_THROW(reservations.release({}, id, 1, ReservationPhase::voided), BrokenInvariant);
  EXPECT_THROW(reservations.extend({}, id, 1), BrokenInvariant);
  EXPECT_EQ(reservations.first_to_yield(shirt, dc, true), no_reservation);
  EXPECT_EQ(ledger.balance(shirt, dc, Bucket::picked), 3);
}

TEST(Reservations, the_lowest_priority_yields_then_the_youngest) {
  const Config config = small_config();
  Ledger ledger(config.directory);
  Reservations reservations(config.directory, ledger);
  ledger.move({}, shirt, dc, Bucket::supplier, Bucket::sellable, 5);
  reservations.hold({}, shirt, dc, 1, 0, 0);
  const auto low = reservations.hold({}, shirt, dc, 1, 2, 1);
  const auto low_younger = reservations.hold({}, shirt, dc, 1, 2, 2);
  const auto youngest = reservations.hold({}, shirt, dc, 1, 1, 3);
  EXPECT_EQ(reservations.first_to_yield(shirt, dc, true), low_younger);
  EXPECT_EQ(reservations.first_to_yield(shirt, dc, false), youngest);
  reservations.release({}, low_younger, 1, ReservationPhase::broken);
  EXPECT_EQ(reservations.first_to_yield(shirt, dc, true), low);
}

/// What is not told by a numbered message has none of the number of the message before it.
TEST(Movements, are_numbered_by_their_own_message_alone) {
  SmallEstate e;
  e.say_numbered("store-1", 1, sale("T-1", 1), shirts(1));
  EXPECT_TRUE(e.core.movements().back().numbered);
  e.core.open_stock(store_1, shirt, 5, e.now);
  EXPECT_FALSE(e.core.movements().back().numbered);
  e.say_numbered("store-1", 2, sale("T-2", 1), shirts(1));
  e.say(sale("T-3", 1), shirts(1));
  EXPECT_FALSE(e.core.movements().back().numbered);
}

TEST(Counts, set_the_shelf_and_post_the_difference) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.core.open_stock(store_1, hat, 2, e.now);
  e.order("W-1", shirts(2));
  e.say(StockCounted{store_1, code("C")}, {line(1, shirt, 4), line(2, hat, 5), line(3, socks, 0)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 2) << "the shelf holds what is reserved, too";
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2);
  EXPECT_EQ(e.at(hat, store_1, Bucket::sellable), 5);
  EXPECT_EQ(e.balance(5200), 600 - 3 * 333);
  e.check_invariants();
}

TEST(Counts, an_older_one_never_overwrites_a_newer_one) {
  SmallEstate e;
  e.say(StockCounted{store_1, code("C1")}, {line(1, shirt, 4)});
  e.occurred = e.now - hours{1};
  e.say(StockCounted{store_1, code("C0")}, {line(1, shirt, 9), line(2, hat, 3)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 4);
  EXPECT_EQ(e.at(hat, store_1, Bucket::sellable), 3) << "of the hat nothing newer is known";
  EXPECT_EQ(e.core.counters().stale_ignored, 1U);

  Config naive = small_config();
  naive.capabilities.freshness = false;
  SmallEstate n(naive);
  n.say(StockCounted{store_1, code("C1")}, {line(1, shirt, 4)});
  n.occurred = n.now - hours{1};
  n.say(StockCounted{store_1, code("C0")}, {line(1, shirt, 9)});
  EXPECT_EQ(n.at(shirt, store_1, Bucket::sellable), 9);
}

TEST(Counts, that_come_late_leave_on_top_what_was_moved_since_they_were_made) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  const Time made = e.now;
  e.wait(hours{1});
  PosSale sale{code("T-1"), store_1, 1, {}};
  sale.tenders.cash = {2400};
  e.say(sale, {line(1, shirt, 2, 2000, 400)});
  e.occurred = made;
  e.say(StockCounted{store_1, code("C-1")}, {line(1, shirt, 4)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2)
      << "one of five was missing, and two have been sold since";
  EXPECT_EQ(e.balance(5200), 600);
  e.check_invariants();
}

/// Five on record, three on the shelf. A picker misses one of them before the count that knows of both is
/// heard.
TEST(Counts, that_come_late_do_not_find_again_what_a_picker_has_missed_since) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.order("W-1", shirts(4));
  e.pay("W-1");
  const Time made = e.now;
  e.wait(hours{1});
  e.say(StockPicked{code("W-1"), web, dc}, shirts(3));
  e.say(PickRejected{code("W-1"), web, dc, PickReason::short_by}, shirts(1));
  e.occurred = made;
  e.say(StockCounted{dc, code("C-1")}, {line(1, shirt, 3)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 0) << "three, and three have been picked since";
  EXPECT_EQ(e.balance(5200), 2 * 600);
  e.check_invariants();
}

/// A count that came before the news of a shipment that it has seen: what it wrote off is taken in again, on
/// its own day.
TEST(Counts, have_seen_what_left_before_and_is_told_later_by_who_does_not_number_his_messages) {
  for (const bool freshness : {true, false}) {
    Config config = small_config();
    config.capabilities.freshness = freshness;
    SmallEstate e(config);
    e.core.open_stock(dc, shirt, 5, e.now);
    e.order("W-1", shirts(2));
    e.pay("W-1");
    const Time left = e.now + hours{2}, counted = e.now + hours{14};
    e.wait(hours{20});
    e.occurred = counted;
    e.say_numbered("dc", 1, StockCounted{dc, code("C-1")}, {line(1, shirt, 3)});
    EXPECT_EQ(e.balance(5200), 2 * 600) << "for all that is known";
    e.occurred = left;
    e.say(ShipmentShipped{code("W-1"), web, dc, code("S-1")}, shirts(2));
    EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), freshness ? 3 : 1);
    EXPECT_EQ(e.balance(5200), freshness ? 0 : 2 * 600);
    std::vector<BusinessDay> days;
    for (const JournalEntry& entry : e.core.journal())
      if (entry.rule == 14) days.push_back(entry.business_day);
    EXPECT_EQ(days.size(), freshness ? 2U : 1U);
    for (const BusinessDay day : days) EXPECT_EQ(day, days[0]) << "the shipment is of the day before";
    e.check_invariants();
  }
}

/// The same source, whose gap was given up: its number says that the count came after the sale.
TEST(Counts, have_seen_a_sale_whose_message_they_have_overtaken) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  const Time sold = e.now;
  e.wait(hours{1});
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C-1")}, {line(1, shirt, 3)});
  e.wait(e.config.policies.gap_timeout + minutes{1});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  e.occurred = sold;
  e.say_numbered("store-1", 1, sale("T-1", 2), shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.balance(5200), 0);
  e.check_invariants();
}

/// … and has to wait for its order then.
TEST(Counts, have_seen_a_shipment_that_they_have_overtaken_and_that_had_to_wait) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  const Time left = e.now;
  e.wait(hours{1});
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C-1")}, {line(1, shirt, 3)});
  e.wait(e.config.policies.gap_timeout + minutes{1});
  e.occurred = left;
  e.say_numbered("store-1", 1, ShipmentShipped{code("W-1"), web, store_1, code("S-1")}, shirts(2));
  e.occurred = Time::min();
  e.order("W-1", shirts(2), true);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::in_transit_out), 2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable) + e.at(shirt, store_1, Bucket::reserved), 3);
  EXPECT_EQ(e.balance(5200), 0);
  e.check_invariants();
}

/// A clock that was fast and is put back: numbers say that the count came after the sale.
TEST(Counts, have_seen_what_its_source_has_numbered_earlier_whatever_its_clock_said) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.occurred = e.now + minutes{5};
  e.say_numbered("store-1", 1, sale("T-1", 2), shirts(2));
  e.occurred = e.now;
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C-1")}, {line(1, shirt, 3)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  EXPECT_EQ(e.balance(5200), 0);
  e.check_invariants();
}

/// A clock that was put back: numbers say that the sale came after the count.
TEST(Counts, have_not_seen_what_its_source_has_numbered_later_whatever_its_clock_says) {
  SmallEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.say_numbered("store-1", 1, StockCounted{store_1, code("C-1")}, {line(1, shirt, 5)});
  e.occurred = e.now - minutes{2};
  e.say_numbered("store-1", 2, sale("T-1", 2), shirts(2));
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 3);
  e.check_invariants();
}

struct Fed : SmallEstate {
  explicit Fed(std::vector<AvailabilityFeed> feeds, bool authority = true)
      : SmallEstate([&] {
          Config settings = small_config();
          settings.feeds = std::move(feeds);
          settings.capabilities.reservation_authority = authority;
          return settings;
        }()) {
    core.open_stock(store_1, shirt, 5, now);
  }
  std::vector<std::int32_t> told(ChannelId channel) const {
    std::vector<std::int32_t> numbers;
    for (const auto& [body, lines] : sent<AvailabilityPublished>()) {
      if (body.channel == channel) numbers.push_back(body.quantity_each);
    }
    return numbers;
  }
};
using Numbers = std::vector<std::int32_t>;

TEST(PushFeed, tells_each_change_once_and_net_of_safety_stock) {
  Fed e({{web, true, {}, {}, 0, QuantitySemantics::absolute},
         {market_a, true, {}, {}, 0, QuantitySemantics::absolute}});
  EXPECT_TRUE(e.told(web).empty()) << "the host loads the opening numbers";
  e.say(sale("T-1", 2), shirts(2));
  EXPECT_EQ(e.told(web), Numbers{3});
  EXPECT_EQ(e.told(market_a), Numbers{2});
  e.say(sale("T-2", 3), shirts(3));
  e.say(sale("T-3", 1), shirts(1));
  EXPECT_EQ(e.told(web), (Numbers{3, 0})) << "below zero is still none";
  EXPECT_EQ(e.sent<AvailabilityPublished>()[0].first.semantics, QuantitySemantics::absolute);
  e.check_invariants();
}

TEST(PushFeed, a_change_that_is_undone_within_a_step_is_no_news) {
  Fed e({{web, true, {}, {}, 0, QuantitySemantics::absolute}});
  e.order("W-1", {line(1, shirt, 1, 1000, 200), line(2, shoes, 1, 100, 20)});
  EXPECT_TRUE(e.told(web).empty()) << "refused: nothing was held";
}

TEST(Sweep, runs_at_its_ticks_only_while_there_is_news) {
  Fed e({{web, false, hours{1}, minutes{15}, 0, QuantitySemantics::absolute}});
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.say(sale("T-1", 1), shirts(1));
  EXPECT_EQ(e.core.next_timer(), opening + minutes{15});
  e.say(sale("T-2", 1), shirts(1));
  e.wait(minutes{14});
  EXPECT_TRUE(e.told(web).empty());
  e.wait(minutes{1});
  EXPECT_EQ(e.told(web), Numbers{3});
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.say(sale("T-3", 1), shirts(1));
  EXPECT_EQ(e.core.next_timer(), opening + minutes{75}) << "at a tick it is too late for that tick";
  e.check_invariants();
}

TEST(Sweep, takes_so_many_items_a_time_in_the_order_in_which_they_changed) {
  Fed e({{web, false, minutes{15}, {}, 1, QuantitySemantics::absolute}});
  e.core.open_stock(store_1, hat, 5, e.now);
  e.say(sale("T-1", 1), {line(1, hat, 1, 1000, 200)});
  e.say(sale("T-2", 1), shirts(1));
  e.wait(minutes{15});
  ASSERT_EQ(e.sent<AvailabilityPublished>().size(), 1U);
  EXPECT_EQ(e.sent<AvailabilityPublished>()[0].first.sku, hat);
  e.wait(minutes{15});
  EXPECT_EQ(e.sent<AvailabilityPublished>()[1].first.sku, shirt);
}

class DeltaFeed : public ::testing::TestWithParam<bool> {};

TEST_P(DeltaFeed, carries_what_others_did_and_its_own_cancellations) {
  const auto delta = QuantitySemantics::delta;
  Fed e({{web, true, {}, {}, 0, delta}, {market_b, true, {}, {}, 0, delta}}, GetParam());
  e.order("W-1", shirts(2), true);
  EXPECT_EQ(e.told(web), Numbers{}) << "its own order: the mirror has it already";
  EXPECT_EQ(e.told(market_b), Numbers{-2}) << "at order.placed";
  e.pay("W-1");
  e.pick_and_pack("W-1", store_1, {line(1, shirt, 1)});
  EXPECT_EQ(e.told(market_b), Numbers{-2}) << "picking what was promised is no news";
  e.say(sale("T-1", 1), shirts(1));
  EXPECT_EQ(e.told(web), Numbers{-1});
  EXPECT_EQ(e.told(market_b), (Numbers{-2, -1}));
  // The second unit is not found: the seller cancels it.
  e.say(PickRejected{code("W-1"), web, store_1, PickReason::no_variance}, {line(1, shirt, 1)});
  EXPECT_EQ(e.told(web), (Numbers{-1, 1}));
  EXPECT_EQ(e.told(market_b), (Numbers{-2, -1, 1}));
  Line received = line(1, shirt, 4);
  e.say(StockReceived{store_1, code("PO")}, {received});
  EXPECT_EQ(e.told(web).back(), 4);
  e.check_invariants();
}

INSTANTIATE_TEST_SUITE_P(Authority, DeltaFeed, ::testing::Bool());

TEST(OpeningStock, has_a_value_and_must_be_sensible) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 2, e.now);
  EXPECT_EQ(e.balance(1200, 1), 1200);
  EXPECT_EQ(e.balance(3000), -1200);
  EXPECT_THROW(e.core.open_stock(NodeId{9}, shirt, 1, e.now), std::invalid_argument);
  EXPECT_THROW(e.core.open_stock(dc, SkuId{9}, 1, e.now), std::invalid_argument);
  EXPECT_THROW(e.core.open_stock(dc, shirt, 0, e.now), std::invalid_argument);
}

TEST(Receipts, go_to_the_shelf_at_their_own_cost) {
  SmallEstate e;
  Line received = line(1, shirt, 4);
  received.cost = {2600};
  e.say(StockReceived{dc, code("PO-1")}, {received});
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 4);
  EXPECT_EQ(e.balance(1200, 1), 2600);
  EXPECT_EQ(e.balance(2050), -2600);
}

}  // namespace
}  // namespace omnisim::core::testing
