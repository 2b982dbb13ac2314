#include "core/orchestration/goods.hpp"

#include <algorithm>

#include "core/orchestration/documents.hpp"
#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

namespace {

std::size_t at(UnitState state) { return static_cast<std::size_t>(state); }

/// States at the node from which `event` takes units, nearest first.
std::span<const UnitState> sources_of(UnitEvent event) {
  static constexpr std::array<UnitState, 5> nearest_first = {
      UnitState::ready, UnitState::packed, UnitState::picked, UnitState::allocated, UnitState::held};
  const std::span<const UnitState> all = nearest_first;
  switch (event) {
    case UnitEvent::ship:
    case UnitEvent::collect:
      return all;
    case UnitEvent::make_ready:
      return all.subspan(1);
    case UnitEvent::pack:
      return all.subspan(2);
    default:
      return all.subspan(3);
  }
}

/// Units of the leg that have passed `state` or are in it.
std::int32_t moved_to(const Leg& leg, UnitState state) {
  const auto units = [&](UnitState s) { return leg.units[at(s)]; };
  std::int32_t moved = units(UnitState::packed) + units(UnitState::shipped) + units(UnitState::delivered) +
                       units(UnitState::lost) + units(UnitState::ready) + units(UnitState::returned);
  if (state == UnitState::picked) moved += units(UnitState::picked);
  return moved;
}

}  // namespace

Outcome Goods::find_order(ChannelId channel, const Code& code, const Event& event, OrderIndex& order) const {
  order = c_.book.find(channel, code);
  if (order == no_index) return Outcome::wait(order_key(channel, code), "the order is not known yet");
  for (const Line& line : event.lines) {
    const LineIndex found = c_.book.find_line(order, line);
    if (found == no_index || line.quantity_each > c_.book.lines[found].quantity_each) {
      return Outcome::refused(ExceptionCategory::unknown_reference, "not what was ordered");
    }
  }
  return Outcome::done();
}

Outcome Goods::picked(const StockPicked& body, const Event& event) {
  OrderIndex order;
  const Outcome found = find_order(body.channel, body.order, event, order);
  return found.kind == Outcome::Kind::done ? advance(order, body.node, UnitEvent::pick, event) : found;
}

Outcome Goods::packed(const StockPacked& body, const Event& event) {
  OrderIndex order;
  const Outcome found = find_order(body.channel, body.order, event, order);
  return found.kind == Outcome::Kind::done ? advance(order, body.node, UnitEvent::pack, event) : found;
}

Outcome Goods::shipped(const ShipmentShipped& body, const Event& event) {
  OrderIndex order;
  const Outcome found = find_order(body.channel, body.order, event, order);
  if (found.kind != Outcome::Kind::done) return found;
  for (const Line& line : event.lines) {
    const std::int64_t told = std::int64_t{line.quantity_each} + line.short_each;
    if (told > c_.book.lines[c_.book.find_line(order, line)].quantity_each)
      return Outcome::refused(ExceptionCategory::unknown_reference, "more is short than was ordered");
  }
  const Outcome advanced = advance(order, body.node, UnitEvent::ship, event);
  if (advanced.kind != Outcome::Kind::done) return advanced;
  if (quantity_of(event) > 0) {
    payments_.recognise(order, body.node, body.shipment, sell(order, body.node, body.shipment, event));
    parcels_.add(order, body, event);
    c_.parking.wake(c_.book.orders[order].key());
    c_.parking.wake(shipment_key(body.shipment));
  }
  // What lies on its shelves the node says by counts and lists.
  for (const Line& told : event.lines)
    refuse(order, body.node, told, told.short_each, PickReason::no_variance);
  return Outcome::done();
}

std::int32_t Goods::to_move(const Leg& leg, UnitEvent event, std::int32_t told_each) const {
  if (event == UnitEvent::pick)
    return std::max(0, leg.picks_told + told_each - moved_to(leg, UnitState::picked));
  if (event == UnitEvent::pack)
    return std::max(0, leg.packs_told + told_each - moved_to(leg, UnitState::packed));
  return told_each;
}

bool Goods::can_advance(OrderIndex order, NodeId node, UnitEvent event, const Event& message) const {
  if (!c_.can().idempotency) return true;
  return std::all_of(message.lines.begin(), message.lines.end(), [&](const Line& told) {
    const LineIndex index = c_.book.find_line(order, told);
    const OrderLine& line = c_.book.lines[index];
    std::int32_t found = line.units[at(UnitState::placed)] + line.units[at(UnitState::backordered)] +
                         line.units[at(UnitState::cancelled)];
    std::int32_t needed = told.quantity_each;
    for (LegIndex i = line.first_leg; i != no_index; i = c_.book.legs[i].next) {
      const Leg& leg = c_.book.legs[i];
      if (leg.node != node) {
        found += leg.units[at(UnitState::allocated)];
        continue;
      }
      needed = to_move(leg, event, told.quantity_each);
      for (const UnitState state : sources_of(event)) found += leg.units[at(state)];
    }
    return needed <= found;
  });
}

Outcome Goods::advance(OrderIndex order, NodeId node, UnitEvent event, const Event& message) {
  if (!can_advance(order, node, event, message)) {
    return Outcome::refused(ExceptionCategory::illegal_transition, "more units than the order has left");
  }
  for (const Line& told : message.lines) {
    if (told.quantity_each <= 0) continue;
    const LineIndex line = c_.book.find_line(order, told);
    const LegIndex leg = c_.book.leg_at(line, node);
    const std::int32_t n = to_move(c_.book.legs[leg], event, told.quantity_each);
    if (event == UnitEvent::pick) c_.book.legs[leg].picks_told += told.quantity_each;
    if (event == UnitEvent::pack) c_.book.legs[leg].packs_told += told.quantity_each;
    advance_line(line, leg, event, n);
    // Units that nobody had reserved may have taken the shelf below what others have.
    allocation_.break_reservations(c_.book.lines[line].sku, node);
  }
  return Outcome::done();
}

void Goods::advance_line(LineIndex line, LegIndex leg, UnitEvent event, std::int32_t quantity_each) {
  std::int32_t left = quantity_each;
  for (const UnitState state : sources_of(event)) {
    const std::int32_t n = std::min(left, units_.count(line, leg, state));
    if (n > 0) units_.fire(line, leg, state, event, n);
    left -= std::max(n, 0);
  }
  if (left <= 0) return;
  if (c_.can().idempotency) {
    advance_unasked(line, leg, event, left);
  } else {
    units_.add_unordered(line, left);
    units_.fire(line, leg, UnitState::placed, event, left);
  }
}

std::int32_t Goods::advance_unasked(LineIndex line, LegIndex leg, UnitEvent event,
                                    std::int32_t quantity_each) {
  std::int32_t left = quantity_each;
  // What was cancelled meanwhile stays where it is; no other node's task is taken for it.
  if (event == UnitEvent::pick || event == UnitEvent::pack) {
    const std::int32_t put_back = std::min(left, units_.count(line, leg, UnitState::cancelled));
    Leg& here = c_.book.legs[leg];
    (event == UnitEvent::pick ? here.picks_told : here.packs_told) -= put_back;
    left -= put_back;
  }
  for (LegIndex other = c_.book.lines[line].first_leg; other != no_index; other = c_.book.legs[other].next) {
    if (other == leg) continue;
    const std::int32_t n = std::min(left, units_.count(line, other, UnitState::allocated));
    if (n <= 0) continue;
    units_.fire(line, other, UnitState::allocated, UnitEvent::overdue, n);
    units_.fire(line, leg, UnitState::placed, event, n);
    // The other node has been told to pick them; two parcels for one order are one too many.
    allocation_.call_back(other, n);
    left -= n;
  }
  for (const UnitState state : {UnitState::placed, UnitState::backordered, UnitState::cancelled}) {
    const std::int32_t n = std::min(left, units_.count(line, leg, state));
    if (n <= 0) continue;
    units_.fire(line, leg, state, event, n);
    left -= n;
  }
  return quantity_each - left;
}

Amounts Goods::sell(OrderIndex order, NodeId node, const Code& shipment, const Event& event) {
  const CostPlace place = arrivals_.decide() ? CostPlace::in_transit : CostPlace::sold;
  Amounts amounts;
  for (const Line& told : event.lines) {
    const std::int32_t n = told.quantity_each;
    if (n <= 0) continue;
    const LineIndex index = c_.book.find_line(order, told);
    OrderLine& line = c_.book.lines[index];
    if (line.shipped_each == 0 && arrivals_.decide()) arrivals_.begin(index);
    const std::int32_t to = std::min(line.shipped_each + n, line.quantity_each);
    line.shipped_each = to;
    const auto part = [&](Money total) { return share(total, line.quantity_each, to - n, to); };
    amounts[Component::net] += part(line.net);
    amounts[Component::discount] += part(line.discount);
    amounts[Component::tax] += part(line.tax);
    amounts[Component::cost] += stock_cost::shipped(c_, index, node, n, place, shipment);
  }
  return amounts;
}

void Goods::arrive(OrderIndex order, NodeId node, const Event& event) {
  handed_over_.clear();
  for (const Line& told : event.lines) {
    if (told.quantity_each > 0)
      handed_over_.push_back({c_.book.find_line(order, told), node, told.quantity_each});
  }
  arrivals_.delivered(order, handed_over_);
}

Outcome Goods::rejected(const PickRejected& body, const Event& event) {
  OrderIndex order;
  const Outcome found = find_order(body.channel, body.order, event, order);
  if (found.kind != Outcome::Kind::done) return found;
  for (const Line& told : event.lines) refuse(order, body.node, told, told.quantity_each, body.reason);
  return Outcome::done();
}

void Goods::refuse(OrderIndex order, NodeId node, const Line& told, std::int32_t quantity_each,
                   PickReason reason) {
  if (quantity_each <= 0) return;
  const LineIndex line = c_.book.find_line(order, told);
  const LegIndex leg = c_.book.leg_at(line, node);
  c_.book.legs[leg].refused = true;
  const std::int32_t n = std::min(quantity_each, units_.count(line, leg, UnitState::allocated));
  if (n > 0) units_.fire(line, leg, UnitState::allocated, UnitEvent::reject, n);
  shelf_.correct(told.sku, node, reason, quantity_each, c_.book.orders[order].code);
  if (n > 0) c_.can().resourcing ? allocation_.source_or_give_up(line, n) : allocation_.give_up(line, n);
}

Outcome Goods::substitution_offered(const SubstitutionOffered& body, const Event& event) {
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  for (const Line& offered : event.lines) {
    const LineIndex line = c_.book.find_line_no(order, offered.line_no);
    if (line == no_index || c_.book.lines[line].sku == offered.sku)
      return Outcome::refused(ExceptionCategory::unknown_reference, "no substitute for what was ordered");
    const LegIndex leg = c_.book.find_leg(line, body.node);
    if (leg == no_index || units_.count(line, leg, UnitState::allocated) <= 0)
      return Outcome::refused(ExceptionCategory::illegal_transition, "nothing is asked of this node");
  }
  for (const Line& offered : event.lines) {
    const LineIndex line = c_.book.find_line_no(order, offered.line_no);
    const LegIndex leg = c_.book.find_leg(line, body.node);
    c_.book.legs[leg].refused = true;
    const std::int32_t n = std::min(offered.quantity_each, units_.count(line, leg, UnitState::allocated));
    if (n <= 0) continue;
    units_.fire(line, leg, UnitState::allocated, UnitEvent::reject, n);
    allocation_.call_back(leg, n);
    c_.can().resourcing ? allocation_.source_or_give_up(line, n) : allocation_.give_up(line, n);
  }
  return Outcome::done();
}

Outcome Goods::ready_for_pickup(const ReadyForPickup& body) {
  const OrderIndex index = c_.book.find(body.channel, body.order);
  if (index == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  Order& order = c_.book.orders[index];
  if (order.collect_at != body.node)
    return Outcome::refused(ExceptionCategory::illegal_transition, "nothing is to be collected here");
  std::int32_t ready = 0;
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    const LegIndex leg = c_.book.find_leg(line, body.node);
    if (leg == no_index) continue;
    for (const UnitState state : sources_of(UnitEvent::make_ready)) {
      const std::int32_t n = units_.count(line, leg, state);
      if (n > 0) units_.fire(line, leg, state, UnitEvent::make_ready, n);
      ready += n;
    }
    allocation_.break_reservations(c_.book.lines[line].sku, body.node);
  }
  if (ready == 0)
    return Outcome::refused(ExceptionCategory::illegal_transition, "nothing is left to make ready");
  if (c_.can().timeouts) {
    order.pickup_round = c_.step.cause.input;
    c_.timers.arm(TimerKind::pickup_shelf, c_.step.now + c_.config.policies.pickup_shelf, c_.step.cause.input,
                  index, order.pickup_round);
  }
  return Outcome::done();
}

Outcome Goods::collected(const OrderCollected& body, const Event& event) {
  OrderIndex order;
  const Outcome found = find_order(body.channel, body.order, event, order);
  if (found.kind != Outcome::Kind::done) return found;
  const Outcome advanced = advance(order, body.node, UnitEvent::collect, event);
  if (advanced.kind != Outcome::Kind::done) return advanced;
  static const Code handed_over = *Code::from("collected");
  payments_.recognise(order, body.node, handed_over, sell(order, body.node, handed_over, event),
                      Occasion::order_collected);
  if (arrivals_.decide()) arrive(order, body.node, event);
  c_.parking.wake(c_.book.orders[order].key());
  return Outcome::done();
}

}  // namespace omnisim::core
