// The orders that the core knows: order → lines → legs. A leg is the part of a line that one node serves.
// Everything is addressed by index.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/canonical/event.hpp"
#include "core/finance/exchange.hpp"
#include "core/inventory/reservations.hpp"
#include "core/orchestration/refund.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"
#include "core/support/pool.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

using OrderIndex = std::uint32_t;
using LineIndex = std::uint32_t;
using LegIndex = std::uint32_t;
inline constexpr std::uint32_t no_index = 0xffffffffu;

using UnitCounts = std::array<std::int32_t, unit_state_count>;

/// The units of a line itself, or those of one of its legs: either has some of the states only, and throws
/// std::out_of_range for the others.
template <bool AtNode>
class PartCounts {
 public:
  std::int32_t& operator[](std::size_t state) { return counts_.at(places[state]); }
  std::int32_t operator[](std::size_t state) const { return counts_.at(places[state]); }
  auto begin() const { return counts_.begin(); }
  auto end() const { return counts_.end(); }

 private:
  static constexpr std::size_t none = unit_state_count;
  static constexpr auto places = [] {
    std::array<std::size_t, unit_state_count> all{};
    std::size_t used = 0;
    for (std::size_t s = 0; s < unit_state_count; ++s)
      all[s] = is_at_node(static_cast<UnitState>(s)) == AtNode ? used++ : none;
    return all;
  }();
  static constexpr std::size_t size =
      unit_state_count - static_cast<std::size_t>(std::count(places.begin(), places.end(), none));

  std::array<std::int32_t, size> counts_{};
};

/// Money of an order by tender: what has been recognised or asked for so far.
struct TenderTotals {
  Money card, gift_card, marketplace;
};

/// A code that few rows have: its place in `OrderBook::codes`, or `no_index` for an empty one.
using CodeRow = std::uint32_t;

/// How an order is to be paid.
struct OrderTenders {
  Money card, gift_card, cash, marketplace;
  CodeRow gift_card_no = no_index;

  Money total() const { return card + gift_card + cash + marketplace; }
};

/// What few orders have: money that goes back, is disputed, or belongs to an exchange. A row of its own, so
/// that the others do without.
struct Aftermath {
  TenderTotals refunds;         ///< asked for so far
  Money exchange_credit;        ///< of `card_captured`: the refund of the return that this order replaces
  Money card_repaid;            ///< of `card_captured`, sent back since the order (or a part) was cancelled
  Money charged_back;           ///< by lost disputes, and not set against a refund yet
  Money refund_approved;        ///< gross of what came back or was lost
  Money tax_short;              ///< of the whole order: tax due that the customer was not charged
  Money tax_borne;              ///< of it, what is booked
  CodeRow replaces = no_index;  ///< the order that this one was exchanged for
  std::uint32_t open_disputes = 0;
  Money passed;  ///< revenue at delivery: gross of the parcels whose way has come to an end
  std::uint32_t foreign = ForeignBalances::none;  ///< its first row there, where it is in another currency
};

/// Tens of thousands of them are held at a time: what can be derived (its key), read again from the log (the
/// id of the message that placed it) or is rare (codes of gift card and exchange) is not in the row.
struct Order {
  Code code;
  ChannelId channel;
  NodeId collect_at;  ///< none: shipped to the customer
  Time placed_at;     ///< business time
  Time since;         ///< when the core heard of it
  Time promised_by;
  InputNumber placed_by = 0;  ///< the message that placed it
  Code payment;
  OrderTenders tenders;
  Money shipping_net, shipping_tax;
  Money recognised;   ///< gross of what has been shipped
  TenderTotals paid;  ///< of that, by tender; the limit of what can be refunded
  // Money on the card before control passes: what is asked for, or came without being asked for, beyond
  // `paid.card`. It pays for later shipments, or goes back when nothing is left to ship.
  Money card_asked;
  Money card_captured;                 ///< of that, what has come
  std::uint32_t aftermath = no_index;  ///< its row: OrderBook::aftermath_of, open_aftermath
  bool funded = false;
  bool authorised = false;
  bool renewal_asked = false;  ///< of the authorisation, and not answered yet
  bool voided = false;
  bool shipping_recognised = false;
  bool has_unfunded_captures = false;
  RateRow rate = no_rate;  ///< its amounts are in this rate's currency; none: in the ledger's
  std::uint16_t jurisdiction_row =
      0;  ///< dimension_of(its jurisdiction), narrow so that the row needs no more
  std::uint32_t first_line = 0;
  std::uint32_t line_count = 0;
  UnitCounts units{};  ///< over all lines
  std::int32_t ordered_each = 0;
  Time authorised_at{};  ///< when its authorisation began
  InputNumber authorised_by = 0;
  std::uint32_t backorder_round = 0;  ///< version of its back-order timer
  std::uint64_t pickup_round = 0;     ///< … of its pick-up timer: the message that made it ready
  std::uint32_t first_shipment = no_index, first_capture = no_index, first_return = no_index;

  HashKey key() const { return order_key(channel, code); }
  /// Whose sales tax it is; none where nobody said.
  JurisdictionId jurisdiction() const {
    return jurisdiction_row == 0 ? JurisdictionId{} : JurisdictionId{jurisdiction_row - 1U};
  }
  /// Whether every unit is in a terminal state.
  bool has_ended() const {
    std::int32_t ended = 0;
    for (std::size_t state = 0; state < unit_state_count; ++state)
      ended += is_terminal(static_cast<UnitState>(state)) ? units[state] : 0;
    return ended >= ordered_each;
  }
};

struct OrderLine {
  OrderIndex order = 0;
  std::uint32_t line_no = 0;
  SkuId sku;
  std::int32_t quantity_each = 0;
  Money net, discount, tax;
  std::int32_t shipped_each = 0;   ///< recognised as sold so far
  std::int32_t refunded_each = 0;  ///< of those, come back or lost
  LegIndex first_leg = no_index;
  PartCounts<false> units;  ///< placed, backordered, cancelled
};

struct Leg {
  LineIndex line = 0;
  LegIndex next = no_index;
  NodeId node;
  bool refused = false;  ///< this node has rejected the line: it is not asked again
  ReservationId reservation = no_reservation;
  std::int32_t reserved_each = 0;  ///< of the held and allocated units
  std::int32_t picks_told =
      0;  ///< units that picked events have named; more may have been moved by later events
  std::int32_t packs_told = 0;
  std::uint32_t version = 0;  ///< of its pick deadline
  PartCounts<true> units;
};

struct ShipmentItem {
  LegIndex leg = 0;
  std::int32_t open_each = 0;  ///< neither delivered nor lost yet
  std::uint32_t next = no_index;
};
struct Shipment {
  Code code;
  OrderIndex order = 0;
  bool delivered = false;
  std::uint32_t first_item = no_index;
  std::uint32_t next = no_index;  ///< of the same order
  std::uint32_t scans = 0;
  Time scanned_at{};  ///< the latest scan, by the carrier's clock
};

struct Capture {
  Code id;
  Money amount;
  Time since;
  OrderIndex order = 0;
  CaptureState state = CaptureState::requested;
  std::uint32_t next = no_index;       ///< of the same order
  std::uint32_t next_paid = no_index;  ///< of the same payout
};

struct ReturnLine {
  LineIndex line = 0;
  std::int32_t from = 0, to = 0;  ///< which of the line's units are refunded, for the shares of its amounts
  std::int32_t sold_from = 0;     ///< … and from which of them on the sale is undone (arrivals.hpp)
  std::int32_t inspected = 0;
  std::int32_t resellable = 0;                ///< inspected, and not yet stated to be on the shelf
  std::int32_t damaged = 0, quarantined = 0;  ///< inspected as damaged, and still there
  std::uint32_t next = no_index;
};
struct GoodsReturn {
  Code code;
  HashKey key;
  OrderIndex order = 0;
  ReturnState state = ReturnState::announced;
  bool undelivered = false;  ///< revenue at delivery: came back before control passed, so no sale is undone
  Time since;
  std::uint32_t first_line = no_index;
  std::int32_t to_inspect_each = 0;
  std::int32_t open_refunds = 0;
  std::uint32_t first_refund = no_index;
  std::uint32_t next = no_index;  ///< of the same order
  InputNumber announced_by = 0;   ///< the latest announcement: version of its timer
  Code replacement;               ///< its refund pays for this order of the same channel first; empty: none
};

enum class RefundTender : std::uint8_t { marketplace, card, gift_card };
struct Refund {
  Code id;
  Code order_code;
  ChannelId channel;
  OrderIndex order = no_index;  ///< none: a gift card's deposit
  std::uint32_t goods_return = no_index;
  RefundTender tender = RefundTender::card;
  RefundState state = RefundState::requested;
  Money amount;
  Time since;
  std::uint32_t next = no_index;  ///< of the same return
};

/// An order whose last unit came to an end.
struct EndedOrder {
  Time at;
  OrderIndex order = 0;
};

/// Plain tables; the orchestrations hold the rules. A row that was given back is like new: its code is empty.
struct OrderBook {
  Pool<Order> orders;
  Pool<OrderLine> lines;
  Pool<Leg> legs;
  Pool<Shipment> shipments;
  Pool<ShipmentItem> shipment_items;
  Pool<Capture> captures;
  Pool<GoodsReturn> returns;
  Pool<ReturnLine> return_lines;
  Pool<Refund> refunds;
  Pool<Aftermath> aftermaths;
  Pool<Code> codes;
  Index order_index, shipment_index, capture_index, return_index, refund_index;
  Money recognised;  ///< of all orders ever, in the ledger's currency: what was paid for what has passed to
                     ///< customers
  std::uint64_t captures_made = 0, refunds_made = 0;  ///< ids are made from these
  Queue<EndedOrder> ended;  ///< oldest first; filled only where orders are to be forgotten (retention.hpp)

  /// The code in that row; an empty one for `no_index`.
  Code code(CodeRow row) const { return row == no_index ? Code{} : codes[row]; }
  CodeRow keep(const Code& code) { return code.empty() ? no_index : codes.add(code); }

  /// An empty one where `order` has none.
  const Aftermath& aftermath_of(const Order& order) const {
    static const Aftermath none;
    return order.aftermath == no_index ? none : aftermaths[order.aftermath];
  }
  /// … made if need be, to be written to.
  Aftermath& open_aftermath(Order& order) {
    if (order.aftermath == no_index) order.aftermath = aftermaths.add({});
    return aftermaths[order.aftermath];
  }

  OrderIndex find(ChannelId channel, const Code& code) const {
    return order_index.find(order_key(channel, code));
  }
  /// The line of `order` that `line` means: the same number and item, else the first with that item;
  /// `no_index` if none.
  LineIndex find_line(OrderIndex order, const Line& line) const;
  /// … whatever its item.
  LineIndex find_line_no(OrderIndex order, std::uint32_t line_no) const;
  LegIndex find_leg(LineIndex line, NodeId node) const;
  /// The leg of `line` at `node`, made if need be.
  LegIndex leg_at(LineIndex line, NodeId node);
  /// `count` lines with consecutive indices; the first one's.
  LineIndex add_lines(std::uint32_t count);
  /// Removes an order and all that belongs to it; nothing may refer to it any more.
  void forget(OrderIndex order);

  /// The return of `order` with that document and key, announced now if it is new.
  std::uint32_t open_return(OrderIndex order, const Code& document, const HashKey& key, Time now);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(orders, lines, legs, shipments, shipment_items, captures, returns, return_lines, refunds, aftermaths,
      codes);
    a(order_index, shipment_index, capture_index, return_index, refund_index);
    a(recognised, captures_made, refunds_made, ended, free_lines_);
  }

 private:
  void forget_return(std::uint32_t goods_return);
  /// Runs of lines given back, by their length: the first line of one, whose `first_leg` is that of the next.
  std::vector<LineIndex> free_lines_;
};

/// Takes a return through its table. Throws BrokenInvariant where `event` is illegal: callers look first.
void advance(GoodsReturn& goods_return, ReturnEvent event);

}  // namespace omnisim::core
