// Parcels on their way: what carriers say of them, and labels that were taken off again.
#pragma once

#include <vector>

#include "core/orchestration/payments.hpp"
#include "core/orchestration/returns.hpp"
#include "core/orchestration/units.hpp"

namespace omnisim::core {

class Parcels {
 public:
  Parcels(Context& context, Units& units, Payments& payments, Returns& returns, Arrivals& arrivals)
      : c_(context), units_(units), payments_(payments), returns_(returns), arrivals_(arrivals) {}

  /// Units of `order` have left in a shipment, a new one or another carton of a known one.
  void add(OrderIndex order, const ShipmentShipped& body, const Event& event);
  Outcome delivered(const ShipmentDelivered& body);
  Outcome lost(const ShipmentLost& body);
  /// Kept, and nothing else: a scan moves neither goods nor money.
  Outcome scanned(const ShipmentScanned& body);
  /// The parcel never left: its units are packed again, its sale is reversed. Refused once a carrier or
  /// customer has had anything of it.
  Outcome voided(const ShipmentVoided& body);
  Outcome returned_to_sender(const ReturnedToSender& body);

 private:
  /// … of a shipment are with the customer; returns how many.
  std::int32_t hand_over(std::uint32_t shipment);
  /// Takes all open units of a shipment to `event`, into `closed_`; returns how many.
  std::int32_t close(std::uint32_t shipment, UnitEvent event);
  /// None of the open units of `shipment` can be among those that have been taken back.
  bool all_are_out(std::uint32_t shipment) const;
  /// Everything in `shipment` is of that order and was sent by that node.
  bool is_of(std::uint32_t shipment, OrderIndex order, NodeId node) const;
  /// Calls `act(order, units)` for each order that `closed_` has units of.
  template <class Act>
  void for_each_order(Act act);

  Context& c_;
  Units& units_;
  Payments& payments_;
  Returns& returns_;
  Arrivals& arrivals_;
  std::vector<ParcelUnits> closed_;
};

}  // namespace omnisim::core
