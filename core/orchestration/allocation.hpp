// Who serves a line, and what happens when nobody can: sourcing, allocation to nodes, back-orders,
// cancellation, broken reservations and their time-outs. Commands to nodes and channels are collected and
// sent once, by `end`.
#pragma once

#include <utility>
#include <vector>

#include "core/orchestration/payments.hpp"
#include "core/orchestration/units.hpp"

namespace omnisim::core {

class Allocation {
 public:
  Allocation(Context& context, Units& units, Backorders& backorders, Payments& payments)
      : c_(context), units_(units), backorders_(backorders), payments_(payments) {}

  /// Finds nodes for up to `quantity_each` units of `line` that are placed or on back-order, holds them there
  /// (with authority) and allocates them if the order is funded. A node that has refused the line is not
  /// asked, unless the line is on back-order: then stock has come since. Returns how many found a node.
  std::int32_t source(LineIndex line, std::int32_t quantity_each, UnitState from = UnitState::placed);
  /// Like `source`; what finds no node goes on back-order or is cancelled.
  void source_or_give_up(LineIndex line, std::int32_t quantity_each);
  /// Placed units without stock: back-order or cancellation.
  void give_up(LineIndex line, std::int32_t quantity_each);

  /// The order is funded: everything held (or, without authority, everything placed) goes to its nodes.
  void allocate(OrderIndex order);

  /// Cancels all units of `order` in states before allocation, by `event` (cancel, expire). Returns how many.
  std::int32_t cancel_unallocated(OrderIndex order, UnitEvent event, bool tell_channel);

  /// Units of `line` that have not left yet, wherever they are.
  std::int32_t not_shipped(LineIndex line) const;
  /// Cancels `quantity_each` units of `line` that have not left yet, the least advanced first, and undoes
  /// what was done for them in reverse order: put back, reservation released, and (by `end`) the node's task
  /// called back, the channel told, captured money repaid, the authorisation voided, availability published.
  void take_off(LineIndex line, std::int32_t quantity_each, UnitEvent event, bool tell_channel);
  /// The node of `leg` is to forget `quantity_each` units that it has been told to pick.
  void call_back(LegIndex leg, std::int32_t quantity_each);

  /// Books say fewer than none: reservations yield until `sellable` is not below zero or none is left.
  void break_reservations(SkuId sku, NodeId node);
  /// Stock has come: back-orders by channel priority, then age.
  void serve_backorders(SkuId sku);

  void hold_expired(OrderIndex order);
  void authorisation_expired(OrderIndex order);
  void pick_overdue(LegIndex leg);
  void backorder_expired(OrderIndex order);
  /// The customer's bank does not renew the authorisation: what waits for stock is cancelled.
  void renewal_declined(OrderIndex order);
  /// Nobody has collected the order.
  void pickup_expired(OrderIndex order);
  /// A marketplace's last day for shipping has passed: it cancels what has not left.
  void ship_deadline_passed(OrderIndex order);

  /// Sends the collected commands; a handler's last act.
  void end();

 private:
  struct Told {
    OrderIndex order;
    LegIndex leg;
    std::int32_t quantity_each;
  };
  struct Dropped {
    OrderIndex order;
    LineIndex line;
    std::int32_t quantity_each;
    std::int32_t cancelled_before;  ///< units of the line cancelled earlier
  };
  static constexpr std::int32_t everything = max_quantity_each;

  void allocate_leg(LegIndex leg, UnitState from, std::int32_t quantity_each);
  /// At most `at_most` units; returns how many.
  std::int32_t cancel(LineIndex line, LegIndex leg, UnitState from, std::int32_t at_most, UnitEvent event,
                      bool tell_channel);
  void put_back(LineIndex line, LegIndex leg, UnitState from, std::int32_t quantity_each);
  void void_if_gone(OrderIndex order);
  /// One command for each order and node in `told`, with the body that `make(order, node)` gives.
  template <class Make>
  void send_to_nodes(std::vector<Told>& told, Make make);
  void send_cancellations();

  Context& c_;
  Units& units_;
  Backorders& backorders_;
  Payments& payments_;
  std::vector<Sourced> plan_;
  std::vector<Told> told_, called_back_;
  std::vector<Dropped> dropped_;
  std::vector<OrderIndex> shrunk_;  ///< orders that lost units in this step
  std::vector<std::pair<LineIndex, std::int32_t>> homeless_;
};

}  // namespace omnisim::core
