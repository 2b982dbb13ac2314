// Transfers: goods between our own nodes, exactly, short, over, late, early and never.
#include "core/orchestration/transfer.hpp"

#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

struct Transferring : SmallEstate {
  Transferring() {
    core.open_stock(dc, shirt, 20, now);
    core.open_stock(dc, hat, 5, now);
  }
  void request() { say(TransferRequested{code("T"), dc, store_1, now + hours{24}}, shirts(10)); }
  void ship(std::int32_t n) { say(TransferShipped{code("T"), dc, store_1}, shirts(n)); }
  void receive(std::int32_t n) { say(TransferReceived{code("T"), store_1}, shirts(n)); }
  std::vector<Line> shirts(std::int32_t n) const { return {line(1, shirt, n)}; }
  std::string_view state() const { return core.state_of(ItemKind::transfer, code("T")); }
  /// On its way: what left one node and has not come to another.
  std::int32_t in_transit() const {
    std::int32_t each = 0;
    for (const NodeId node : {dc, store_1, store_2, closed_store})
      each += at(shirt, node, Bucket::transfer_in_transit);
    return each;
  }
  /// Shelf and account 1200 of a node agree at 6.00 a shirt and 3.33 a hat.
  void expect_tied_out() const {
    for (const NodeId node : {dc, store_1}) {
      const std::int64_t value =
          600 * at(shirt, node, Bucket::sellable) + 333 * at(hat, node, Bucket::sellable);
      EXPECT_EQ(balance(1200, static_cast<int>(node.value) + 1), value);
    }
    EXPECT_EQ(balance(1230), 600 * in_transit());
    check_invariants();
  }
};

TEST(Transfer, exactly_what_was_shipped_comes) {
  Transferring e;
  e.request();
  EXPECT_EQ(e.state(), "requested");
  e.ship(10);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 10);
  EXPECT_EQ(e.in_transit(), 10);
  EXPECT_EQ(e.balance(1230), 6000);
  e.expect_tied_out();
  e.receive(10);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 10);
  EXPECT_EQ(e.in_transit(), 0);
  EXPECT_EQ(e.state(), "closed");
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_FALSE(e.core.next_timer().has_value()) << "nothing is left to watch";
  e.expect_tied_out();
}

TEST(Transfer, comes_in_parts_and_the_missing_part_is_claimed) {
  Transferring e;
  e.request();
  e.ship(10);
  e.receive(4);
  e.receive(3);
  EXPECT_EQ(e.state(), "part_received");
  ASSERT_EQ(e.core.open_items().size(), 1U);
  EXPECT_EQ(e.core.open_items()[0].kind, ItemKind::transfer);
  e.wait(hours{24 + 72});
  EXPECT_EQ(e.state(), "claimed");
  const auto claims = e.sent<TransferClaimed>();
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].second[0].sku, shirt);
  EXPECT_EQ(claims[0].second[0].quantity_each, 3);
  EXPECT_EQ(e.at(shirt, dc, Bucket::lost), 3);
  EXPECT_EQ(e.balance(5210), 1800) << "3 × 6.00, rule 13";
  EXPECT_EQ(e.balance(1230), 0);
  e.expect_tied_out();
}

TEST(Transfer, a_receipt_after_the_claim_takes_the_loss_back) {
  Transferring e;
  e.request();
  e.ship(10);
  e.receive(7);
  e.wait(hours{24 * 5});
  e.receive(1);
  EXPECT_EQ(e.state(), "claimed") << "two are missing still";
  EXPECT_EQ(e.balance(5210), 1200);
  e.receive(2);
  EXPECT_EQ(e.state(), "closed");
  EXPECT_EQ(e.balance(5210), 0);
  EXPECT_EQ(e.at(shirt, dc, Bucket::lost), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 10);
  e.expect_tied_out();
}

TEST(Transfer, more_than_was_shipped_came_from_the_source_all_the_same) {
  Transferring e;
  e.ship(4);
  e.receive(6);
  EXPECT_EQ(e.state(), "closed");
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 14);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 6);
  e.expect_tied_out();
}

TEST(Transfer, a_receipt_before_the_word_of_the_shipment_moves_its_units_at_once) {
  Transferring e;
  e.request();
  e.receive(6);
  EXPECT_EQ(e.state(), "arrived_early");
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 14);
  e.ship(10);
  EXPECT_EQ(e.state(), "part_received");
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 10) << "only the rest leaves";
  e.receive(4);
  EXPECT_EQ(e.state(), "closed");
  e.expect_tied_out();
}

TEST(Transfer, a_receipt_of_one_that_nobody_knows_waits_for_it) {
  Transferring e;
  e.receive(5);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.ship(5);
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.state(), "closed");
  e.expect_tied_out();
}

TEST(Transfer, a_shipment_that_is_told_twice_leaves_once) {
  Transferring e;
  e.ship(5);
  e.ship(5);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the transfer was shipped already");
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 15);
  e.expect_tied_out();
}

TEST(Transfer, one_item_may_come_short_and_another_over) {
  Transferring e;
  e.say(TransferShipped{code("T"), dc, store_1}, {line(1, shirt, 3), line(2, hat, 2)});
  e.say(TransferReceived{code("T"), store_1}, {line(1, shirt, 1), line(2, hat, 3)});
  EXPECT_EQ(e.state(), "part_received");
  EXPECT_EQ(e.at(hat, dc, Bucket::sellable), 2);
  EXPECT_EQ(e.in_transit(), 2);
  e.expect_tied_out();
}

TEST(Transfer, goods_that_leave_break_reservations_and_goods_that_come_serve_back_orders) {
  Config config = small_config();
  config.capabilities.backorders = true;
  SmallEstate e(config);
  e.core.open_stock(closed_store, shirt, 4, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)}, true);
  e.pay("W-1", 1200);
  EXPECT_TRUE(e.sent<LineAllocated>().empty());
  e.say(TransferShipped{code("T"), closed_store, dc}, {line(1, shirt, 4)});
  e.say(TransferReceived{code("T"), dc}, {line(1, shirt, 4)});
  ASSERT_EQ(e.sent<LineAllocated>().size(), 1U);
  EXPECT_EQ(e.sent<LineAllocated>()[0].first.node, dc);
  e.say(TransferShipped{code("U"), dc, closed_store}, {line(1, shirt, 4)});
  EXPECT_EQ(e.core.counters().reservations_broken, 1U);
  e.check_invariants();
}

TEST(Transfer, the_one_that_was_expected_first_is_overdue_first) {
  Transferring e;
  const auto request = [&](std::string_view number, int expected_in) {
    e.say(TransferRequested{code(number), dc, store_1, e.now + hours{expected_in}}, e.shirts(1));
  };
  request("T-3", 30);
  request("T-1", 10);
  request("T-2", 20);
  EXPECT_EQ(e.core.next_timer(), e.now + hours{10 + 72});
  e.wait(hours{10 + 72});
  EXPECT_EQ(e.core.state_of(ItemKind::transfer, code("T-1")), "lapsed");
  EXPECT_EQ(e.core.state_of(ItemKind::transfer, code("T-2")), "requested");
  e.wait(hours{10});
  EXPECT_EQ(e.core.state_of(ItemKind::transfer, code("T-2")), "lapsed");
  EXPECT_EQ(e.core.state_of(ItemKind::transfer, code("T-3")), "requested");
  e.check_invariants();
}

TEST(Transfer, documents_without_goods_or_between_one_node_and_itself_are_refused) {
  Config config = small_config();
  config.capabilities.schema_validation = false;
  SmallEstate e(config);
  e.say(TransferRequested{code("T"), dc, dc, e.now}, {line(1, shirt, 1)});
  e.say(TransferShipped{code("T"), dc, dc}, {line(1, shirt, 1)});
  e.say(TransferShipped{code("T"), dc, store_1}, {line(1, shirt, 0)});
  EXPECT_EQ(e.core.dead_letters().size(), 3U);
  EXPECT_TRUE(e.core.movements().empty());
  EXPECT_EQ(e.core.state_of(ItemKind::transfer, code("T")), "");
}

/// A transfer of ten shirts from the DC to store 1.
class TransferParty {
 public:
  explicit TransferParty(SmallEstate& e) : e_(e) { e.core.open_stock(dc, shirt, 40, e.now); }

  void reach(TransferState state) {
    using enum TransferState;
    using enum TransferEvent;
    static const std::map<TransferState, std::vector<TransferEvent>> ways = {
        {unknown, {}},
        {requested, {request}},
        {shipped, {ship}},
        {arrived_early, {request, receive_rest}},
        {part_received, {ship, receive_part}},
        {claimed, {ship, receive_part, overdue}},
        {lapsed, {request, overdue}},
        {closed, {ship, receive_rest}}};
    for (const TransferEvent event : ways.at(state)) EXPECT_TRUE(say(event));
  }

  bool say(TransferEvent event) {
    switch (event) {
      case TransferEvent::request:
        e_.say(TransferRequested{code("T"), dc, store_1, e_.now + hours{24}}, shirts(10));
        return true;
      case TransferEvent::ship:
        e_.say(TransferShipped{code("T"), dc, store_1}, shirts(10));
        shipped_ = 10;
        return true;
      case TransferEvent::ship_arrived:
        if (shipped_ > 0 || received_ == 0) return false;
        e_.say(TransferShipped{code("T"), dc, store_1}, shirts(received_));
        return true;
      case TransferEvent::receive_part:
        if (shipped_ - received_ < 2) return false;
        return receive(1);
      case TransferEvent::receive_rest:
        return receive(std::max(2, shipped_ - received_));
      case TransferEvent::overdue:
        e_.wait(hours{24 * 10});
        return true;
    }
    return false;
  }
  std::string_view state() const {
    const auto state = e_.core.state_of(ItemKind::transfer, code("T"));
    return state.empty() ? "unknown" : state;
  }

 private:
  std::vector<Line> shirts(std::int32_t n) const { return {line(1, shirt, n)}; }
  bool receive(std::int32_t n) {
    e_.say(TransferReceived{code("T"), store_1}, shirts(n));
    received_ += n;
    return true;
  }
  SmallEstate& e_;
  std::int32_t shipped_ = 0, received_ = 0;
};

TEST(Transfer, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<TransferParty, TransferState, TransferEvent>(
      transfer_table, transfer_state_count, transfer_event_count);
  EXPECT_EQ(driven, 36) << "of 48; the others cannot be said in that state";
}

}  // namespace
}  // namespace omnisim::core::testing
