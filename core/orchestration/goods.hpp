// The back of reserve-to-fulfil: what nodes and carriers say about goods. They state facts, so what can be
// applied is applied, in whatever order it comes: a later stage implies the earlier ones.
#pragma once

#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/payments.hpp"
#include "core/orchestration/returns.hpp"
#include "core/orchestration/shelf.hpp"

namespace omnisim::core {

class Goods {
 public:
  Goods(Context& context, Units& units, Allocation& allocation, Shelf& shelf, Payments& payments,
        Returns& returns)
      : c_(context),
        units_(units),
        allocation_(allocation),
        shelf_(shelf),
        payments_(payments),
        returns_(returns) {}

  Outcome picked(const StockPicked& body, const Event& event);
  Outcome packed(const StockPacked& body, const Event& event);
  Outcome shipped(const ShipmentShipped& body, const Event& event);
  Outcome rejected(const PickRejected& body, const Event& event);
  Outcome delivered(const ShipmentDelivered& body);
  Outcome lost(const ShipmentLost& body);

 private:
  /// Looks for the order and checks that every line was ordered, in that quantity.
  Outcome find_order(ChannelId channel, const Code& code, const Event& event, OrderIndex& order) const;
  /// Units that `event` still has to move, given that later stages may have come first.
  std::int32_t to_move(const Leg& leg, UnitEvent event, std::int32_t told_each) const;
  /// Whether the units of all lines can be found; without an inbox a repetition finds them on the shelf.
  bool can_advance(OrderIndex order, NodeId node, UnitEvent event, const Event& message) const;
  Outcome advance(OrderIndex order, NodeId node, UnitEvent event, const Event& message);
  void advance_line(LineIndex line, LegIndex leg, UnitEvent event, std::int32_t quantity_each);
  /// A node acts on units that it was not (or is no longer) asked for: from other nodes' allocations,
  /// back-orders or cancelled units of the line. Returns how many were found.
  std::int32_t advance_unasked(LineIndex line, LegIndex leg, UnitEvent event, std::int32_t quantity_each);
  void add_to_shipment(OrderIndex order, const ShipmentShipped& body, const Event& event);
  Amounts sell(OrderIndex order, const Event& event);
  /// Takes all open units of a shipment to `event`; returns how many.
  std::int32_t close_shipment(std::uint32_t shipment, UnitEvent event);

  Context& c_;
  Units& units_;
  Allocation& allocation_;
  Shelf& shelf_;
  Payments& payments_;
  Returns& returns_;
  std::vector<Returns::LostUnits> closed_;
};

}  // namespace omnisim::core
