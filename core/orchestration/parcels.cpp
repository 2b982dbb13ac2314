#include "core/orchestration/parcels.hpp"

#include <algorithm>
#include <utility>

#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

template <class Act>
void Parcels::for_each_order(Act act) {
  const auto order_of = [&](const ParcelUnits& units) { return c_.book.lines[units.line].order; };
  for (auto first = closed_.begin(); first != closed_.end();) {
    const OrderIndex order = order_of(*first);
    const auto end =
        std::find_if(first, closed_.end(), [&](const auto& units) { return order_of(units) != order; });
    act(order, std::span<const ParcelUnits>(first, end));
    first = end;
  }
}

void Parcels::add(OrderIndex order, const ShipmentShipped& body, const Event& event) {
  const HashKey key = shipment_key(body.shipment);
  std::uint32_t shipment = c_.book.shipment_index.find(key);
  if (shipment == no_index) {
    Shipment made;
    made.code = body.shipment;
    made.order = order;
    std::uint32_t& first = c_.book.orders[order].first_shipment;
    made.next = first;
    first = shipment = c_.book.shipments.add(made);
    c_.book.shipment_index.insert(key, shipment);
  }
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    const LegIndex leg = c_.book.find_leg(c_.book.find_line(order, line), body.node);
    std::uint32_t& first = c_.book.shipments[shipment].first_item;
    first = c_.book.shipment_items.add({leg, line.quantity_each, first});
  }
  // A second carton whose shipment has been delivered already is with the customer, too.
  if (c_.book.shipments[shipment].delivered) hand_over(shipment);
}

std::int32_t Parcels::hand_over(std::uint32_t shipment) {
  const std::int32_t closed = close(shipment, UnitEvent::deliver);
  if (arrivals_.decide())
    for_each_order([&](OrderIndex order, auto units) { arrivals_.delivered(order, units); });
  return closed;
}

std::int32_t Parcels::close(std::uint32_t shipment, UnitEvent event) {
  std::int32_t closed = 0;
  closed_.clear();
  for (std::uint32_t i = c_.book.shipments[shipment].first_item; i != no_index;
       i = c_.book.shipment_items[i].next) {
    ShipmentItem& item = c_.book.shipment_items[i];
    const Leg& leg = c_.book.legs[item.leg];
    const std::int32_t n =
        std::min(std::exchange(item.open_each, 0), units_.count(leg.line, item.leg, UnitState::shipped));
    if (n <= 0) continue;
    units_.fire(leg.line, item.leg, UnitState::shipped, event, n);
    closed_.push_back({leg.line, leg.node, n});
    closed += n;
  }
  return closed;
}

Outcome Parcels::delivered(const ShipmentDelivered& body) {
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t shipment = c_.book.shipment_index.find(key);
  if (shipment == no_index) return Outcome::wait(key, "the shipment is not known yet");
  if (hand_over(shipment) == 0 && c_.can().idempotency) {
    return Outcome::refused(ExceptionCategory::illegal_transition, "delivered or lost already");
  }
  c_.book.shipments[shipment].delivered = true;
  return Outcome::done();
}

Outcome Parcels::lost(const ShipmentLost& body) {
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t shipment = c_.book.shipment_index.find(key);
  if (shipment == no_index) return Outcome::wait(key, "the shipment is not known yet");
  if (close(shipment, UnitEvent::lose) == 0) {
    return Outcome::refused(ExceptionCategory::illegal_transition, "delivered or lost already");
  }
  for_each_order([&](OrderIndex order, auto units) { returns_.lost(order, body.shipment, units); });
  return Outcome::done();
}

Outcome Parcels::scanned(const ShipmentScanned& body) {
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t found = c_.book.shipment_index.find(key);
  if (found == no_index) return Outcome::wait(key, "the shipment is not known yet");
  Shipment& shipment = c_.book.shipments[found];
  ++shipment.scans;
  shipment.scanned_at = std::max(shipment.scanned_at, c_.step.cause.occurred_at);
  return Outcome::done();
}

Outcome Parcels::returned_to_sender(const ReturnedToSender& body) {
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t shipment = c_.book.shipment_index.find(key);
  if (shipment == no_index) return Outcome::wait(key, "the shipment is not known yet");
  if (!all_are_out(shipment))
    return Outcome::refused(ExceptionCategory::illegal_transition, "goods of it have come back already");
  if (close(shipment, UnitEvent::come_back) == 0)
    return Outcome::refused(ExceptionCategory::illegal_transition, "delivered or lost already");
  for_each_order(
      [&](OrderIndex order, auto units) { returns_.came_back(order, body.shipment, body.node, units); });
  return Outcome::done();
}

bool Parcels::all_are_out(std::uint32_t shipment) const {
  const auto first = c_.book.shipments[shipment].first_item;
  for (std::uint32_t i = first; i != no_index; i = c_.book.shipment_items[i].next) {
    const LineIndex line = c_.book.legs[c_.book.shipment_items[i].leg].line;
    std::int32_t open = 0;
    for (std::uint32_t j = first; j != no_index; j = c_.book.shipment_items[j].next) {
      const ShipmentItem& item = c_.book.shipment_items[j];
      if (c_.book.legs[item.leg].line == line) open += item.open_each;
    }
    if (c_.book.lines[line].refunded_each + open > c_.book.lines[line].shipped_each) return false;
  }
  return true;
}

bool Parcels::is_of(std::uint32_t shipment, OrderIndex order, NodeId node) const {
  for (std::uint32_t i = c_.book.shipments[shipment].first_item; i != no_index;
       i = c_.book.shipment_items[i].next) {
    const Leg& leg = c_.book.legs[c_.book.shipment_items[i].leg];
    if (leg.node != node || c_.book.lines[leg.line].order != order) return false;
  }
  return true;
}

Outcome Parcels::voided(const ShipmentVoided& body) {
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t shipment = c_.book.shipment_index.find(key);
  if (shipment == no_index) return Outcome::wait(key, "the shipment is not known yet");
  if (!is_of(shipment, order, body.node))
    return Outcome::refused(ExceptionCategory::unknown_reference, "another order's or node's shipment");
  const Shipment& parcel = c_.book.shipments[shipment];
  const bool still_here = !parcel.delivered && parcel.scans == 0 && all_are_out(shipment);
  if (!still_here || close(shipment, UnitEvent::void_label) == 0)
    return Outcome::refused(ExceptionCategory::illegal_transition, "on its way, or voided already");
  // The last units of a line are taken back from what was sold, so that what stays sold adds up to the cent.
  Amounts amounts;
  for (const ParcelUnits& part : closed_) {
    OrderLine& line = c_.book.lines[part.line];
    const std::int32_t to = std::exchange(line.shipped_each, line.shipped_each - part.quantity_each);
    const auto last = [&](Money total) { return share(total, line.quantity_each, line.shipped_each, to); };
    amounts[Component::net] += last(line.net);
    amounts[Component::discount] += last(line.discount);
    amounts[Component::tax] += last(line.tax);
    amounts[Component::cost] += stock_cost::restocked(
        c_, part.line, line.shipped_each, to, arrivals_.decide() ? CostPlace::in_transit : CostPlace::sold,
        body.node, body.shipment);
  }
  payments_.reverse(order, body.node, amounts);
  payments_.repay_surplus(order);
  return Outcome::done();
}

}  // namespace omnisim::core
