// Every state of an orchestration meets every message, through the whole core: what the table says is legal
// leads to the next state as printed, what it does not list changes nothing. Then every message twice, and
// every two messages in both orders: no unit and no cent is lost or doubled.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "core/inventory/ledger.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// All that a message can change in the world: stock, entries, commands, open business.
struct Effects {
  std::vector<std::int32_t> stock;
  std::size_t movements, entries, commands;
  std::vector<std::string> open;
  bool operator==(const Effects&) const = default;
};

Effects effects_of(const SmallEstate& e) {
  Effects effects{{}, e.core.movements().size(), e.core.journal().size(), e.recorder.commands.size(), {}};
  for (const NodeId node : {dc, store_1})
    for (std::size_t b = 0; b < bucket_count; ++b)
      effects.stock.push_back(e.at(shirt, node, static_cast<Bucket>(b)));
  for (const OpenItem& item : e.core.open_items())
    effects.open.push_back(std::string(name_of(item.kind)) + " " + std::string(item.state));
  return effects;
}

// --- reserve-to-fulfil: one shirt, to be collected at store 1, which may also send it
struct OneUnit : SmallEstate {
  static Config config_for(UnitState state) {
    Config config = small_config();
    config.capabilities.backorders = true;
    config.capabilities.reservation_authority = state != UnitState::placed;
    return config;
  }
  explicit OneUnit(UnitState state) : SmallEstate(config_for(state)) {
    if (state != UnitState::backordered) core.open_stock(store_1, shirt, 1, now);
    OrderPlaced body;
    body.order = code("W-1");
    body.channel = web;
    body.promised = true;
    body.fulfilment = Fulfilment::collect;
    body.collect_at = store_1;
    body.tenders.card = {1200};
    say(body, unit(1000, 200));
    reach(state);
  }
  static std::vector<Line> unit(std::int64_t net = 0, std::int64_t tax = 0) {
    return {line(1, shirt, 1, net, tax)};
  }
  void reach(UnitState state) {
    if (state == UnitState::cancelled) say(OrderCancelled{code("W-1"), web});
    if (is_at_node(state) && state != UnitState::held) pay("W-1", 1200);
    if (state == UnitState::picked) say(StockPicked{code("W-1"), web, store_1}, unit());
    if (state == UnitState::packed) say(StockPacked{code("W-1"), web, store_1}, unit());
    if (state == UnitState::ready) say(ReadyForPickup{code("W-1"), web, store_1});
    const bool left = state == UnitState::shipped || state == UnitState::delivered ||
                      state == UnitState::lost || state == UnitState::returned;
    if (left) ship("W-1", store_1, "S-1", unit());
    if (state == UnitState::delivered) say(ShipmentDelivered{code("S-1")});
    if (state == UnitState::lost) say(ShipmentLost{code("S-1")});
    if (state == UnitState::returned) say(ReturnedToSender{code("S-1"), store_1});
  }
  /// The state of the unit, from what everybody can see.
  UnitState state() const {
    for (const OpenItem& item : core.open_items()) {
      if (item.kind != ItemKind::order) continue;
      for (std::size_t s = 0; s < unit_state_count; ++s)
        if (name_of(static_cast<UnitState>(s)) == item.state) return static_cast<UnitState>(s);
    }
    if (at(shirt, store_1, Bucket::lost) > 0) return UnitState::lost;
    if (at(shirt, store_1, Bucket::return_hold) > 0) return UnitState::returned;
    return balance(4000, 1) < 0 ? UnitState::delivered : UnitState::cancelled;
  }
};

struct UnitMessage {
  UnitEvent event;
  std::function<void(OneUnit&)> say;
};

const std::vector<UnitMessage>& unit_messages() {
  using E = UnitEvent;
  static const Code order = code("W-1"), shipment = code("S-1");
  static const std::vector<UnitMessage> all = {
      {E::pick,
       [](OneUnit& e) {
         e.say(StockPicked{order, web, store_1}, OneUnit::unit());
       }},
      {E::pack,
       [](OneUnit& e) {
         e.say(StockPacked{order, web, store_1}, OneUnit::unit());
       }},
      {E::ship, [](OneUnit& e) { e.ship("W-1", store_1, "S-1", OneUnit::unit()); }},
      {E::make_ready,
       [](OneUnit& e) {
         e.say(ReadyForPickup{order, web, store_1});
       }},
      {E::collect,
       [](OneUnit& e) {
         e.say(OrderCollected{order, web, store_1}, OneUnit::unit());
       }},
      {E::deliver, [](OneUnit& e) { e.say(ShipmentDelivered{shipment}); }},
      {E::lose, [](OneUnit& e) { e.say(ShipmentLost{shipment}); }},
      {E::void_label,
       [](OneUnit& e) {
         e.say(ShipmentVoided{order, web, store_1, shipment});
       }},
      {E::come_back,
       [](OneUnit& e) {
         e.say(ReturnedToSender{shipment, store_1});
       }},
      {E::cancel,
       [](OneUnit& e) {
         e.say(OrderAmended{order, web}, OneUnit::unit());
       }},
      {E::reject,
       [](OneUnit& e) {
         e.say(PickRejected{order, web, store_1, PickReason::no_variance}, OneUnit::unit());
       }},
      {E::allocate, [](OneUnit& e) { e.pay("W-1", 1200); }},
      {E::hold,
       [](OneUnit& e) {
         e.say(StockReceived{store_1, code("PO")}, OneUnit::unit());
       }},
      {E::break_reservation,
       [](OneUnit& e) {
         PosSale sale{code("T" + std::to_string(e.messages)), store_1, 1, {}, false, false};
         sale.tenders.cash = {1200};
         e.say(sale, OneUnit::unit(1000, 200));
       }},
      {E::expire, [](OneUnit& e) { e.wait(std::chrono::hours{24 * 8}); }},
  };
  return all;
}

/// Where the table leads, with what follows in the same step: a unit without a node is put on back-order
/// (there is no other stock), compensation puts back before it cancels.
UnitState next_of(UnitState state, UnitEvent event) {
  if (event == UnitEvent::hold) return state == UnitState::backordered ? UnitState::held : state;
  if (event == UnitEvent::allocate && state == UnitState::backordered) return state;
  if (event == UnitEvent::expire) {
    // The timers are the hold's, the back-order's and the pick-up shelf's.
    const bool waits =
        state == UnitState::held || state == UnitState::backordered || state == UnitState::ready;
    if (!waits) return state;
  }
  const auto* row = reserve_to_fulfil.find(state, event);
  if (row == nullptr && (event == UnitEvent::cancel || event == UnitEvent::expire)) {
    const auto* back = reserve_to_fulfil.find(state, UnitEvent::put_back);
    if (back != nullptr) row = reserve_to_fulfil.find(back->next, event);
  }
  if (row == nullptr) return state;
  return row->next == UnitState::placed ? UnitState::backordered : row->next;
}

/// Messages that say something else besides, whatever the state of the unit.
bool speaks_of_units_only(UnitEvent event) {
  static const std::set<UnitEvent> others = {UnitEvent::allocate, UnitEvent::hold, UnitEvent::reject,
                                             UnitEvent::break_reservation, UnitEvent::expire};
  return !others.contains(event);
}

class UnitPairs : public ::testing::TestWithParam<std::size_t> {
 protected:
  UnitState state = static_cast<UnitState>(GetParam());
};

TEST_P(UnitPairs, every_message_leads_where_the_table_says) {
  for (const UnitMessage& message : unit_messages()) {
    SCOPED_TRACE(std::string(name_of(state)) + " " + std::string(name_of(message.event)));
    OneUnit e(state);
    ASSERT_EQ(e.state(), state);
    const Effects before = effects_of(e);
    const UnitState next = next_of(state, message.event);
    message.say(e);
    EXPECT_EQ(e.state(), next) << name_of(e.state()) << " is not " << name_of(next);
    const bool illegal = reserve_to_fulfil.find(state, message.event) == nullptr && next == state;
    if (illegal && speaks_of_units_only(message.event)) {
      EXPECT_EQ(effects_of(e), before);
    }
    e.check_invariants();
  }
}

TEST_P(UnitPairs, a_message_that_is_repeated_under_its_id_changes_nothing) {
  for (const UnitMessage& message : unit_messages()) {
    SCOPED_TRACE(std::string(name_of(state)) + " " + std::string(name_of(message.event)));
    OneUnit e(state);
    const std::uint64_t id = e.messages;
    message.say(e);
    const Effects once = effects_of(e);
    const std::uint64_t after = e.messages;
    e.messages = id;
    message.say(e);
    if (e.messages == after) {
      EXPECT_EQ(effects_of(e), once);
    }
  }
}

void expect_nothing_lost_or_doubled(const OneUnit& e) {
  std::int64_t total = 0;
  for (const Posting& posting : e.core.postings()) total += posting.amount.minor;
  EXPECT_EQ(total, 0);
  for (std::size_t b = 0; b < bucket_count; ++b) {
    const auto bucket = static_cast<Bucket>(b);
    if (!may_be_negative(bucket)) {
      EXPECT_GE(e.at(shirt, store_1, bucket), 0) << name_of(bucket);
    }
  }
  // A capture is only asked for once its payment is known, so what may be asked for is what was sold.
  Money asked, back;
  for (const auto& [capture, lines] : e.sent<CaptureRequested>()) asked += capture.amount;
  for (const auto& [refund, lines] : e.sent<RefundRequested>()) back += refund.tenders.total();
  EXPECT_LE(asked, Money{1200});
  EXPECT_LE(back, Money{1200}) << "refunded above paid";
  EXPECT_TRUE(back.is_zero() || e.balance(4000, 1) < 0) << "refunded and not sold";
}

TEST_P(UnitPairs, two_messages_in_both_orders_lose_and_double_nothing) {
  for (const UnitMessage& first : unit_messages()) {
    for (const UnitMessage& second : unit_messages()) {
      SCOPED_TRACE(std::string(name_of(state)) + " " + std::string(name_of(first.event)) + " " +
                   std::string(name_of(second.event)));
      OneUnit e(state);
      first.say(e);
      const UnitState between = e.state();
      second.say(e);
      if (speaks_of_units_only(first.event) && speaks_of_units_only(second.event)) {
        EXPECT_EQ(between, next_of(state, first.event));
      }
      expect_nothing_lost_or_doubled(e);
      ASSERT_FALSE(HasFailure());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Every, UnitPairs, ::testing::Range<std::size_t>(0, unit_state_count),
                         [](const auto& each) {
                           return std::string(name_of(static_cast<UnitState>(each.param)));
                         });

// --- ship-to-settle: the capture of one shipment
Config with_reconciliation() {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  return config;
}

struct OneCapture : SmallEstate {
  explicit OneCapture(CaptureState state) : SmallEstate(with_reconciliation()) {
    core.open_stock(dc, shirt, 1, now);
    order("W-1", {line(1, shirt, 1, 1000, 200)}, true);
    if (state != CaptureState::unfunded) pay("W-1", 1200);
    ship("W-1", dc, "S-1", {line(1, shirt, 1)});
    const bool is_paid_out = state == CaptureState::paid_out || state == CaptureState::banked;
    if (state == CaptureState::captured || is_paid_out) say_event(CaptureEvent::captured);
    if (is_paid_out) say_event(CaptureEvent::pay_out);
    if (state == CaptureState::banked) say_event(CaptureEvent::bank);
    if (state == CaptureState::retried || state == CaptureState::failed) say_event(CaptureEvent::failed);
    if (state == CaptureState::failed) say_event(CaptureEvent::failed);
  }
  void say_event(CaptureEvent event) {
    const Code order_code = code("W-1"), payment = code("pay-W-1"), capture = code("W-1/S-1");
    if (event == CaptureEvent::authorised) pay("W-1", 1200);
    if (event == CaptureEvent::captured) say(PaymentCaptured{order_code, web, payment, capture, {1200}});
    if (event == CaptureEvent::failed) say(CaptureFailed{order_code, web, payment, capture, {1200}});
    if (event == CaptureEvent::pay_out) say(PayoutPaid{code("P"), {1200}, {}, {1200}, 1});
    if (event == CaptureEvent::bank) {
      Event parts;
      parts.entries.push_back({code("x"), {1200}, {}, code("P"), {}});
      SmallEstate::say_event(BankStatement{code("ST"), code("IBAN"), {}, {1200}}, parts);
    }
  }
  CaptureState state() const {
    for (const OpenItem& item : core.open_items()) {
      for (std::size_t s = 0; s < capture_state_count; ++s) {
        if (item.kind == ItemKind::payment && name_of(static_cast<CaptureState>(s)) == item.state)
          return static_cast<CaptureState>(s);
      }
    }
    if (balance(1000) > 0) return CaptureState::banked;
    return balance(1110) > 0 ? CaptureState::captured : CaptureState::failed;
  }
};

TEST(CapturePairs, every_event_leads_where_the_table_says_and_repeats_change_nothing_more) {
  for (std::size_t s = 0; s < capture_state_count; ++s) {
    for (std::size_t v = 0; v < capture_event_count; ++v) {
      const auto state = static_cast<CaptureState>(s);
      const auto event = static_cast<CaptureEvent>(v);
      SCOPED_TRACE(std::string(name_of(state)) + " " + std::string(name_of(event)));
      // A payout or a statement is a fact whatever this capture does: remittance_test.cpp has those pairs.
      const bool of_remittance = event == CaptureEvent::pay_out || event == CaptureEvent::bank;
      if (of_remittance && ship_to_settle.find(state, event) == nullptr) continue;
      OneCapture e(state);
      ASSERT_EQ(e.state(), state);
      const Effects before = effects_of(e);
      const auto* row = ship_to_settle.find(state, event);
      e.say_event(event);
      EXPECT_EQ(e.state(), row == nullptr ? state : row->next);
      if (row == nullptr) {
        EXPECT_EQ(effects_of(e), before);
      }
      e.say_event(event);
      e.say_event(CaptureEvent::captured);
      e.say_event(CaptureEvent::captured);
      EXPECT_EQ(e.balance(1110) + e.balance(1000), 1200) << "the money came once";
      e.check_invariants();
    }
  }
}

// --- return-to-refund: two of four shirts come back, paid by card and gift card
struct OneReturn : SmallEstate {
  explicit OneReturn(ReturnState state) {
    core.open_stock(dc, shirt, 4, now);
    OrderPlaced body;
    body.order = code("W-1");
    body.channel = web;
    body.promised = true;
    body.tenders.card = {1000};
    body.tenders.gift_card = {3800};
    body.tenders.gift_card_no = code("GC-1");
    say(body, {line(1, shirt, 4, 4000, 800)});
    pay("W-1", 1000);
    ship("W-1", dc, "S-1", {line(1, shirt, 4)});
    say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), code("W-1/S-1"), {1000}});
    if (state >= ReturnState::authorised) say_event(ReturnEvent::authorise);
    if (state == ReturnState::lapsed) {
      say_event(ReturnEvent::overdue);
      return;
    }
    if (state >= ReturnState::received) goods<ReturnReceived>(2);
    if (state >= ReturnState::refund_pending) goods<ReturnInspected>(2);
    if (state == ReturnState::closed) say_event(ReturnEvent::settle_rest);
  }
  template <class T>
  void goods(std::int32_t n) {
    say(T{code("R-1"), code("W-1"), web, store_1}, {line(1, shirt, n)});
  }
  /// The first, or all, of the refunds that have been asked for.
  void settle(bool all) {
    const auto refunds = sent<RefundRequested>();
    for (std::size_t i = 0; i < (all ? refunds.size() : std::min<std::size_t>(1, refunds.size())); ++i)
      say(RefundSucceeded{code("W-1"), web, refunds[i].first.refund, refunds[i].first.tenders});
  }
  void say_event(ReturnEvent event) {
    announced |= event == ReturnEvent::authorise;
    if (event == ReturnEvent::authorise)
      say(ReturnAuthorised{code("R-1"), code("W-1"), web}, {line(1, shirt, 2)});
    if (event == ReturnEvent::receive) goods<ReturnReceived>(1);
    if (event == ReturnEvent::inspect_part) goods<ReturnInspected>(1);
    if (event == ReturnEvent::inspect_rest) goods<ReturnInspected>(2);
    if (event == ReturnEvent::settle_part) settle(false);
    if (event == ReturnEvent::settle_rest) settle(true);
    if (event == ReturnEvent::overdue) wait(std::chrono::hours{24 * 31});
    if (event == ReturnEvent::dispose)
      say(ReturnDisposed{code("R-1"), code("W-1"), web, store_1, Disposition::restock}, {line(1, shirt, 1)});
  }
  ReturnState state() const {
    for (const OpenItem& item : core.open_items()) {
      for (std::size_t s = 0; s < return_state_count; ++s) {
        if (item.kind == ItemKind::goods_return && name_of(static_cast<ReturnState>(s)) == item.state)
          return static_cast<ReturnState>(s);
      }
    }
    if (!sent<RefundRequested>().empty()) return ReturnState::closed;
    return announced ? ReturnState::lapsed : ReturnState::announced;
  }
  Money asked() const {
    Money total;
    for (const auto& [refund, lines] : sent<RefundRequested>()) total += refund.tenders.total();
    return total;
  }
  bool announced = false;
};

const std::vector<ReturnEvent>& return_events() {
  using V = ReturnEvent;
  // A lost parcel and a cancellation open returns of their own; Fulfilment and OrderChanges test them.
  static const std::vector<V> all = {V::authorise,   V::receive,     V::inspect_part, V::inspect_rest,
                                     V::settle_part, V::settle_rest, V::dispose,      V::overdue};
  return all;
}

TEST(ReturnPairs, every_event_leads_where_the_table_says) {
  for (std::size_t s = 0; s < return_state_count; ++s) {
    for (const ReturnEvent event : return_events()) {
      const auto state = static_cast<ReturnState>(s);
      SCOPED_TRACE(std::string(name_of(state)) + " " + std::string(name_of(event)));
      OneReturn e(state);
      ASSERT_EQ(e.state(), state);
      const Effects before = effects_of(e);
      const auto* row = return_to_refund.find(state, event);
      const bool settles = event == ReturnEvent::settle_part || event == ReturnEvent::settle_rest;
      const bool nothing_yet = (settles && e.asked().is_zero()) ||
                               (event == ReturnEvent::dispose && state == ReturnState::received);
      e.say_event(event);
      EXPECT_EQ(e.state(), row == nullptr || nothing_yet ? state : row->next);
      if (row == nullptr || nothing_yet) {
        EXPECT_EQ(effects_of(e), before);
      }
      e.check_invariants();
    }
  }
}

TEST(ReturnPairs, two_events_in_both_orders_refund_what_came_and_no_more) {
  for (std::size_t s = 0; s < return_state_count; ++s) {
    for (const ReturnEvent first : return_events()) {
      for (const ReturnEvent second : return_events()) {
        SCOPED_TRACE(std::to_string(s) + " " + std::string(name_of(first)) + " " +
                     std::string(name_of(second)));
        OneReturn e(static_cast<ReturnState>(s));
        e.say_event(first);
        e.say_event(second);
        EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold) + e.at(shirt, store_1, Bucket::sellable),
                  -e.at(shirt, store_1, Bucket::delivered));
        EXPECT_EQ(e.asked(), Money{1200} * e.at(shirt, store_1, Bucket::sellable))
            << "12.00 for each inspected";
        EXPECT_LE(e.balance(2310), 0);
        ASSERT_FALSE(HasFailure());
      }
    }
  }
}

}  // namespace
}  // namespace omnisim::core::testing
