// The back of reserve-to-fulfil: what nodes say about goods. They state facts, so what can be
// applied is applied, in whatever order it comes: a later stage implies the earlier ones.
#pragma once

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/parcels.hpp"
#include "core/orchestration/payments.hpp"
#include "core/orchestration/shelf.hpp"

namespace omnisim::core {

class Goods {
 public:
  Goods(Context& context, Units& units, Allocation& allocation, Shelf& shelf, Payments& payments,
        Parcels& parcels, Arrivals& arrivals)
      : c_(context),
        units_(units),
        allocation_(allocation),
        shelf_(shelf),
        payments_(payments),
        parcels_(parcels),
        arrivals_(arrivals) {}

  Outcome picked(const StockPicked& body, const Event& event);
  Outcome packed(const StockPacked& body, const Event& event);
  Outcome shipped(const ShipmentShipped& body, const Event& event);
  Outcome rejected(const PickRejected& body, const Event& event);
  /// Refused: the line stays short at that node, and the node is told not to send anything else.
  Outcome substitution_offered(const SubstitutionOffered& body, const Event& event);
  /// Click and collect: all that the node has of the order waits for the customer, for `pickup_shelf` at
  /// most.
  Outcome ready_for_pickup(const ReadyForPickup& body);
  /// Control passes over the counter.
  Outcome collected(const OrderCollected& body, const Event& event);

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
  /// The node will not send these units of the line; what it says of its shelf by that, `reason` tells.
  void refuse(OrderIndex order, NodeId node, const Line& told, std::int32_t quantity_each, PickReason reason);
  Amounts sell(OrderIndex order, NodeId node, const Code& shipment, const Event& event);
  /// What is handed over the counter arrives as it leaves.
  void arrive(OrderIndex order, NodeId node, const Event& event);

  Context& c_;
  Units& units_;
  Allocation& allocation_;
  Shelf& shelf_;
  Payments& payments_;
  Parcels& parcels_;
  Arrivals& arrivals_;
  std::vector<ParcelUnits> handed_over_;  ///< working storage
};

}  // namespace omnisim::core
