// Ship from store, walked from the web order to the doorstep: the DC has none, one store has less than its
// books say, another one ships the rest. Stock and books worked out by hand.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// Three shirts at 10.00 net, 2.00 tax; they cost 6.00. The DC has none, store-1 books 2, store-2 books 3.
struct FromStores : SmallEstate {
  FromStores() {
    core.open_stock(store_1, shirt, 2, now);
    core.open_stock(store_2, shirt, 3, now);
    order("W-1", {line(1, shirt, 3, 3000, 600)});
    pay("W-1", 3600);
  }
  std::vector<std::pair<NodeId, std::int32_t>> tasks() const {
    std::vector<std::pair<NodeId, std::int32_t>> found;
    for (const auto& [body, lines] : sent<LineAllocated>())
      found.emplace_back(body.node, lines.at(0).quantity_each);
    return found;
  }
};
using Tasks = std::vector<std::pair<NodeId, std::int32_t>>;

TEST(ShipFromStore, the_first_store_that_has_all_of_it_is_asked) {
  FromStores e;
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
  EXPECT_EQ(e.tasks(), (Tasks{{store_2, 3}}));
  EXPECT_EQ(e.at(shirt, store_2, Bucket::reserved), 3);
  EXPECT_EQ(e.at(shirt, store_2, Bucket::sellable), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2);
}

TEST(ShipFromStore, a_short_pick_is_made_up_for_by_another_store_and_each_ships_and_is_paid_for_its_part) {
  FromStores e;
  // Store 2 finds two of three: the third is missing from its shelf, and from its books.
  e.say(StockPicked{code("W-1"), web, store_2}, {line(1, shirt, 2)});
  e.say(PickRejected{code("W-1"), web, store_2, PickReason::short_by}, {line(1, shirt, 1)});
  EXPECT_EQ(e.tasks(), (Tasks{{store_2, 3}, {store_1, 1}}));
  EXPECT_EQ(e.at(shirt, store_2, Bucket::picked), 2);
  EXPECT_EQ(e.at(shirt, store_2, Bucket::shrink), 1);
  EXPECT_EQ(e.core.on_hand(shirt, store_2), 2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 1);
  EXPECT_EQ(e.balance(5200), 600) << "the missing one, at cost";
  EXPECT_EQ(e.core.available(shirt, web), 1) << "one is left in store 1";

  // Both ship, in two parcels; each parcel is captured and booked from its own store.
  e.say(StockPacked{code("W-1"), web, store_2}, {line(1, shirt, 2)});
  e.ship("W-1", store_2, "S-2", {line(1, shirt, 2)});
  EXPECT_EQ(e.balance(4000, 1), -2000);
  e.pick_and_pack("W-1", store_1, {line(1, shirt, 1)});
  e.ship("W-1", store_1, "S-1", {line(1, shirt, 1)});
  const auto captures = e.sent<CaptureRequested>();
  ASSERT_EQ(captures.size(), 2U);
  EXPECT_EQ(captures[0].first.amount, Money{2400});
  EXPECT_EQ(captures[1].first.amount, Money{1200});
  for (const auto& [capture, lines] : captures)
    e.say(PaymentCaptured{capture.order, capture.channel, capture.payment, capture.capture, capture.amount});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_FALSE(e.core.open_items().empty()) << "two units are on their way";
  e.say(ShipmentDelivered{code("S-2")});

  EXPECT_EQ(e.at(shirt, store_2, Bucket::delivered), 2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::delivered), 1);
  EXPECT_EQ(e.core.on_hand(shirt, store_2), 0);
  EXPECT_EQ(e.core.on_hand(shirt, store_1), 1);
  EXPECT_EQ(e.balance(1110), 3600);      // captured
  EXPECT_EQ(e.balance(2100), 0);         // and recognised
  EXPECT_EQ(e.balance(4000, 1), -3000);  // net
  EXPECT_EQ(e.balance(2200), -600);      // tax
  EXPECT_EQ(e.balance(5000), 1800);      // three at 6.00
  EXPECT_EQ(e.balance(5200), 600);       // the lost one
  EXPECT_EQ(e.balance(1200, store_1.value + 1), 1200 - 600);
  EXPECT_EQ(e.balance(1200, store_2.value + 1), 1800 - 600 - 1200);
  EXPECT_EQ(e.balance(3000), -3000);  // five at 6.00 to begin with
  EXPECT_EQ(e.balance(9999), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_TRUE(e.core.dead_letters().empty());
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.check_invariants();
}

TEST(ShipFromStore, what_no_store_has_is_cancelled_and_only_what_ships_is_paid) {
  FromStores e;
  e.say(PickRejected{code("W-1"), web, store_2, PickReason::not_in_stock}, {line(1, shirt, 3)});
  EXPECT_EQ(e.tasks(), (Tasks{{store_2, 3}, {store_1, 2}})) << "store 2 has none, whatever it booked";
  EXPECT_EQ(e.core.on_hand(shirt, store_2), 0);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second.at(0).quantity_each, 1);
  e.ship("W-1", store_1, "S-1", {line(1, shirt, 2)});
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.amount, Money{2400});
  EXPECT_EQ(e.balance(5200), 1800);
  EXPECT_EQ(e.balance(4000, 1), -2000);
  e.check_invariants();
}

TEST(ShipFromStore, a_store_that_serves_nobody_online_is_never_asked) {
  SmallEstate e;
  e.core.open_stock(closed_store, shirt, 9, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.sent<OrderRejected>().size(), 1U);
}

}  // namespace
}  // namespace omnisim::core::testing
