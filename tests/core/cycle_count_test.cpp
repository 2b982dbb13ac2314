// Counts that are issued, the corrections that nodes make, and what nodes say of their own books.
#include "core/orchestration/cycle_count.hpp"

#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// Store 1 has 20 shirts (6.00 each) and 10 hats (3.33). Differences above 20.00 want an approval.
struct Counting : SmallEstate {
  static Config settings(SnapshotPolicy snapshots = SnapshotPolicy::ask_for_a_count) {
    Config config = small_config();
    config.policies.count_approval_above = {2'000};
    config.policies.snapshots = snapshots;
    return config;
  }
  explicit Counting(Config how = settings()) : SmallEstate(std::move(how)) {
    core.open_stock(store_1, shirt, 20, now);
    core.open_stock(store_1, hat, 10, now);
    wait(hours{1});
  }
  void issue(std::vector<Line> lines = {line(1, shirt, 20)}) {
    say(CountIssued{store_1, code("C")}, std::move(lines));
  }
  void count(std::int32_t shirts) { count({line(1, shirt, shirts)}); }
  void count(std::vector<Line> lines) { say(StockCounted{store_1, code("C")}, std::move(lines)); }
  void approve() { say(CountApproved{store_1, code("C")}); }
  void sell(std::string_view number, std::int32_t n, SkuId sku = shirt) {
    PosSale sale{code(number), store_1, 1, {}};
    sale.tenders.cash = {1200 * n};
    say(sale, {line(1, sku, n, 1000 * n, 200 * n)});
  }
  void snapshot(std::int32_t shirts, std::string_view number = "SNAP") {
    say(StockSnapshot{store_1, code(number)}, {line(1, shirt, shirts)});
  }
  std::string_view state(std::string_view number = "C") const {
    return core.state_of(ItemKind::count, code(number));
  }
  std::int32_t shirts(Bucket bucket = Bucket::sellable) const { return at(shirt, store_1, bucket); }
  void expect_tied_out() const {
    EXPECT_EQ(balance(1200, 2),
              600 * (shirts() + shirts(Bucket::reserved)) + 333 * at(hat, store_1, Bucket::sellable));
    check_invariants();
  }
};

TEST(CycleCount, small_differences_are_booked_at_once_both_ways) {
  Counting e;
  e.issue({line(1, shirt, 20), line(2, hat, 10)});
  EXPECT_EQ(e.state(), "issued");
  e.count({line(1, shirt, 18), line(2, hat, 12)});
  EXPECT_EQ(e.state(), "adjusted");
  EXPECT_EQ(e.shirts(), 18);
  EXPECT_EQ(e.balance(5200), 2 * 600 - 2 * 333) << "rule 14: a loss, and a gain reversed";
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.expect_tied_out();
}

TEST(CycleCount, a_big_difference_waits_for_its_approval) {
  Counting e;
  e.issue({line(1, shirt, 20), line(2, hat, 10)});
  e.count({line(1, shirt, 10), line(2, hat, 9)});
  EXPECT_EQ(e.state(), "counted");
  EXPECT_EQ(e.shirts(), 20);
  EXPECT_EQ(e.balance(5200), 333) << "the hat is small";
  e.sell("T-1", 3);
  e.approve();
  EXPECT_EQ(e.state(), "adjusted");
  EXPECT_EQ(e.shirts(), 7) << "the difference is booked, later sales stay on top";
  EXPECT_EQ(e.balance(5200), 333 + 6'000);
  e.approve();
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the count is closed");
  e.expect_tied_out();
}

TEST(CycleCount, a_difference_that_nobody_approves_is_counted_again) {
  Counting e;
  e.issue();
  e.count(10);
  e.wait(hours{48});
  EXPECT_EQ(e.state(), "requested");
  ASSERT_EQ(e.sent<CountRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CountRequested>()[0].first.count, code("C"));
  e.count(19);
  EXPECT_EQ(e.state(), "adjusted");
  EXPECT_EQ(e.shirts(), 19);
  e.expect_tied_out();
}

TEST(CycleCount, a_difference_on_a_shelf_that_moved_is_counted_again) {
  Counting e;
  e.issue();
  e.wait(minutes{10});
  e.sell("T-1", 1);
  e.wait(minutes{10});
  e.count(20);  // Somebody counted before the sale, or put something back.
  EXPECT_EQ(e.state(), "requested");
  EXPECT_EQ(e.shirts(), 19) << "nothing is booked";
  ASSERT_EQ(e.sent<CountRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CountRequested>()[0].second[0].quantity_each, 19);
  e.wait(minutes{10});
  e.sell("T-2", 1);
  e.count(20);
  EXPECT_EQ(e.state(), "adjusted") << "a request freezes nothing: the second count stands";
  EXPECT_EQ(e.shirts(), 20);
  e.expect_tied_out();
}

TEST(CycleCount, movements_that_agree_with_the_count_are_folded_in) {
  Counting e;
  e.issue();
  e.wait(minutes{10});
  e.sell("T-1", 1);
  e.wait(minutes{10});
  e.count(19);
  EXPECT_EQ(e.state(), "adjusted");
  EXPECT_EQ(e.balance(5200), 0);
  e.expect_tied_out();
}

TEST(CycleCount, what_happens_after_the_shelf_was_read_stays_on_top) {
  Counting e;
  e.issue();
  const Time read_at = e.now + minutes{5};
  e.wait(minutes{20});
  e.sell("T-1", 4);
  e.occurred = read_at;
  e.count(19);
  EXPECT_EQ(e.shirts(), 15) << "19 were there, then four were sold";
  EXPECT_EQ(e.balance(5200), 600);
  e.expect_tied_out();
}

TEST(CycleCount, a_stocktake_comes_in_several_messages) {
  Counting e;
  e.issue({line(1, shirt, 20), line(2, hat, 10)});
  e.count(19);
  EXPECT_EQ(e.state(), "issued");
  e.count({line(2, hat, 10)});
  EXPECT_EQ(e.state(), "adjusted");
  e.expect_tied_out();
}

TEST(CycleCount, an_approval_that_overtakes_its_count_waits) {
  Counting e;
  e.approve();
  e.issue();
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.count(10);
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.state(), "adjusted");
  EXPECT_EQ(e.shirts(), 10);
  e.expect_tied_out();
}

TEST(CycleCount, one_that_nobody_makes_lapses_and_is_refused_afterwards) {
  Counting e;
  e.issue();
  e.wait(hours{24 * 7});
  EXPECT_EQ(e.state(), "lapsed");
  e.count(3);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.shirts(), 20);
  e.expect_tied_out();
}

TEST(CycleCount, an_older_reading_than_the_last_one_says_nothing) {
  Counting e;
  e.issue();
  e.say(StockCounted{store_1, code("OTHER")}, {line(1, shirt, 17)});
  e.occurred = e.now - minutes{30};
  e.count(20);
  EXPECT_EQ(e.shirts(), 17);
  EXPECT_EQ(e.core.counters().stale_ignored, 1U);
  EXPECT_EQ(e.state(), "adjusted");
  e.expect_tied_out();
}

TEST(CycleCount, a_loss_breaks_reservations) {
  Counting e;
  e.order("W-1", {line(1, shirt, 20, 20'000, 4'000)}, true);
  EXPECT_EQ(e.shirts(Bucket::reserved), 20);
  e.issue();
  e.count(17);
  EXPECT_EQ(e.core.counters().reservations_broken, 1U);
  e.expect_tied_out();
}

TEST(CycleCount, one_that_nobody_issued_sets_the_shelf_as_ever) {
  Counting e;
  e.count(1);
  EXPECT_EQ(e.state(), "");
  EXPECT_EQ(e.shirts(), 1) << "no approval, whatever it is worth";
  e.expect_tied_out();
}

TEST(Adjustments, each_reason_has_its_bucket_and_its_posting) {
  Counting e;
  const auto adjust = [&](std::string_view number, AdjustReason reason, std::int32_t n) {
    e.say(StockAdjusted{store_1, code(number), reason}, {line(1, shirt, n)});
  };
  adjust("A-1", AdjustReason::shrinkage, 2);
  EXPECT_EQ(e.balance(5200), 1'200);
  adjust("A-2", AdjustReason::damage, 3);
  EXPECT_EQ(e.shirts(Bucket::damaged), 3);
  EXPECT_EQ(e.balance(5200), 3'000);
  adjust("A-3", AdjustReason::scrap, 4);
  EXPECT_EQ(e.shirts(Bucket::damaged), 0);
  EXPECT_EQ(e.shirts(Bucket::scrap), 4);
  EXPECT_EQ(e.balance(5200), 3'600) << "three of four were written off when they broke";
  adjust("A-4", AdjustReason::found, 1);
  EXPECT_EQ(e.balance(5200), 3'000);
  EXPECT_EQ(e.shirts(), 20 - 2 - 3 - 1 + 1);
  adjust("A-4", AdjustReason::found, 1);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the adjustment is booked already");
  e.expect_tied_out();
}

TEST(Snapshots, that_agree_ask_for_nothing) {
  Counting e;
  e.order("W-1", {line(1, shirt, 5, 5'000, 1'000)}, true);
  e.snapshot(20);
  EXPECT_TRUE(e.sent<CountRequested>().empty()) << "the node does not know of the order yet";
  EXPECT_EQ(e.shirts(), 15);
  EXPECT_EQ(e.shirts(Bucket::reserved), 5) << "open orders stay what they are";
  e.expect_tied_out();
}

TEST(Snapshots, are_compared_as_of_their_watermark) {
  Counting e;
  const Time then = e.now;
  e.wait(hours{4});
  e.sell("T-1", 6);
  e.occurred = then;
  e.snapshot(20);
  EXPECT_TRUE(e.sent<CountRequested>().empty());
  e.snapshot(14);
  EXPECT_EQ(e.sent<CountRequested>().size(), 1U) << "14 are there now, but were not then";
  EXPECT_EQ(e.shirts(), 14);
  e.expect_tied_out();
}

TEST(Snapshots, that_differ_are_counted_once_and_never_overwrite) {
  Counting e;
  e.snapshot(17, "SNAP-1");
  EXPECT_EQ(e.shirts(), 20);
  ASSERT_EQ(e.sent<CountRequested>().size(), 1U);
  const Code number = e.sent<CountRequested>()[0].first.count;
  EXPECT_EQ(e.core.state_of(ItemKind::count, number), "requested");
  e.snapshot(17, "SNAP-2");
  EXPECT_EQ(e.sent<CountRequested>().size(), 1U) << "it has been asked for";
  e.say(StockCounted{store_1, number}, {line(1, shirt, 18)});
  EXPECT_EQ(e.core.state_of(ItemKind::count, number), "adjusted");
  EXPECT_EQ(e.shirts(), 18);
  e.expect_tied_out();
}

TEST(Snapshots, that_are_older_than_the_last_count_say_nothing) {
  Counting e;
  e.say(StockCounted{store_1, code("C-9")}, {line(1, shirt, 17)});
  e.occurred = e.now - minutes{30};
  e.snapshot(18);
  EXPECT_TRUE(e.sent<CountRequested>().empty());
  EXPECT_EQ(e.core.counters().stale_ignored, 1U);
  e.expect_tied_out();
}

TEST(Snapshots, adjust_where_the_policy_says_so) {
  Counting e(Counting::settings(SnapshotPolicy::adjust));
  e.order("W-1", {line(1, shirt, 5, 5'000, 1'000)}, true);
  const Time then = e.now;
  e.wait(minutes{10});
  e.sell("T-1", 4);
  e.occurred = then;
  e.snapshot(18);
  EXPECT_EQ(e.shirts(), 20 - 5 - 4 - 2);
  EXPECT_EQ(e.shirts(Bucket::reserved), 5);
  EXPECT_EQ(e.balance(5200), 1'200);
  e.occurred = then - minutes{1};
  e.snapshot(1, "OLD");
  EXPECT_EQ(e.shirts(), 9);
  EXPECT_EQ(e.core.counters().stale_ignored, 1U);
  e.expect_tied_out();
}

/// A count of the shirts and hats of store 1.
class CountParty {
 public:
  explicit CountParty(Counting& e) : e_(e) {}

  void reach(CountState state) {
    using enum CountState;
    using enum CountEvent;
    static const std::map<CountState, std::vector<CountEvent>> ways = {{unknown, {}},
                                                                       {issued, {issue}},
                                                                       {requested, {issue, count_moved}},
                                                                       {counted, {issue, count_exceeded}},
                                                                       {adjusted, {issue, count_rest}},
                                                                       {lapsed, {issue, overdue}}};
    for (const CountEvent event : ways.at(state)) EXPECT_TRUE(say(event));
  }

  bool say(CountEvent event) {
    const std::int32_t shirts = e_.shirts(), hats = e_.at(hat, store_1, Bucket::sellable);
    switch (event) {
      case CountEvent::issue:
        e_.issue({line(1, shirt, shirts), line(2, hat, hats)});
        return true;
      case CountEvent::request:
        if (state() != "unknown") return false;
        e_.say(StockSnapshot{store_1, code("SNAP")}, {line(1, shirt, shirts - 1), line(2, hat, hats - 1)});
        number_ = code("Q1");
        return true;
      case CountEvent::count_part:
        if (state() == "unknown" || state() == "counted") return false;
        return count({line(2, hat, hats)});
      case CountEvent::count_moved:
        // Only what was issued is frozen: first the shirts move, then the hats.
        if (state() == "unknown") return false;
        if (state() == "adjusted" || state() == "lapsed") return count({line(1, shirt, shirts)});
        e_.wait(minutes{1});
        e_.sell("T" + std::to_string(moved_), 1, moved_ == 0 ? shirt : hat);
        e_.wait(minutes{1});
        return count({moved_++ == 0 ? line(1, shirt, shirts) : line(2, hat, hats)});
      case CountEvent::count_exceeded:
        if (state() == "unknown") return false;
        return count({line(1, shirt, shirts - 10), line(2, hat, hats)});
      case CountEvent::count_rest:
        if (state() == "unknown") return false;
        return count({line(1, shirt, shirts - 1), line(2, hat, hats)});
      case CountEvent::approve:
        e_.approve();
        return true;
      case CountEvent::overdue:
        // Shorter than the time to approve and the time to count together.
        e_.wait(hours{24 * 8});
        return true;
    }
    return false;
  }
  std::string_view state() const {
    const auto state = e_.core.state_of(ItemKind::count, number_);
    return state.empty() ? "unknown" : state;
  }

 private:
  bool count(std::vector<Line> lines) {
    e_.say(StockCounted{store_1, number_}, std::move(lines));
    return true;
  }
  Counting& e_;
  Code number_ = code("C");
  int moved_ = 0;
};

TEST(CycleCount, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<CountParty, CountState, CountEvent, Counting>(
      cycle_count, count_state_count, count_event_count);
  EXPECT_EQ(driven, 38) << "of 48; the others cannot be said in that state";
}

}  // namespace
}  // namespace omnisim::core::testing
