#include "core/orchestration/allocation.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

std::size_t at(UnitState state) { return static_cast<std::size_t>(state); }

}  // namespace

std::int32_t Allocation::source(LineIndex line_index, std::int32_t quantity_each, UnitState from) {
  const OrderLine& line = c_.book.lines[line_index];
  const Order& order = c_.book.orders[line.order];
  const auto refused = [&](NodeId node) {
    if (from == UnitState::backordered) return false;
    const LegIndex leg = c_.book.find_leg(line_index, node);
    return leg != no_index && c_.book.legs[leg].refused;
  };
  plan_.clear();
  std::int32_t found = 0;
  if (order.collect_at.is_none()) {
    found = c_.sourcing.plan(line.sku, quantity_each, refused, plan_);
  } else if (!refused(order.collect_at)) {
    found = std::min(c_.ledger.sellable(line.sku, order.collect_at), quantity_each);
    if (found > 0) plan_.push_back({order.collect_at, found});
  }
  for (const Sourced& part : plan_) {
    const LegIndex leg = c_.book.leg_at(line_index, part.node);
    if (c_.can().reservation_authority) {
      units_.fire(line_index, leg, from, UnitEvent::hold, part.quantity_each);
      if (order.funded) allocate_leg(leg, UnitState::held, part.quantity_each);
    } else if (order.funded) {
      allocate_leg(leg, from, part.quantity_each);
    }
  }
  return std::max(found, 0);
}

void Allocation::source_or_give_up(LineIndex line, std::int32_t quantity_each) {
  const std::int32_t found = source(line, quantity_each);
  if (found < quantity_each) give_up(line, quantity_each - found);
}

void Allocation::give_up(LineIndex line_index, std::int32_t quantity_each) {
  const OrderLine& line = c_.book.lines[line_index];
  if (!c_.can().backorders) {
    units_.fire(line_index, no_index, UnitState::placed, UnitEvent::cancel, quantity_each);
    const std::int32_t cancelled = line.units[at(UnitState::cancelled)];
    dropped_.push_back({line.order, line_index, quantity_each, cancelled - quantity_each});
    shrunk_.push_back(line.order);
    return;
  }
  units_.fire(line_index, no_index, UnitState::placed, UnitEvent::run_short, quantity_each);
}

void Allocation::allocate(OrderIndex order_index) {
  const Order& order = c_.book.orders[order_index];
  const LineIndex end = order.first_line + order.line_count;
  for (LineIndex line = order.first_line; line < end; ++line) {
    for (LegIndex leg = c_.book.lines[line].first_leg; leg != no_index; leg = c_.book.legs[leg].next) {
      const std::int32_t held = c_.book.legs[leg].units[at(UnitState::held)];
      if (held > 0) allocate_leg(leg, UnitState::held, held);
    }
    const std::int32_t placed = c_.book.lines[line].units[at(UnitState::placed)];
    if (placed <= 0) continue;
    const SkuId sku = c_.book.lines[line].sku;
    const NodeId node = order.collect_at.is_none() ? c_.sourcing.best_guess(sku, placed) : order.collect_at;
    if (node.is_none()) {
      give_up(line, placed);
    } else {
      allocate_leg(c_.book.leg_at(line, node), UnitState::placed, placed);
    }
  }
}

void Allocation::allocate_leg(LegIndex leg_index, UnitState from, std::int32_t quantity_each) {
  const LineIndex line = c_.book.legs[leg_index].line;
  units_.fire(line, leg_index, from, UnitEvent::allocate, quantity_each);
  const OrderIndex order = c_.book.lines[line].order;
  told_.push_back({order, leg_index, quantity_each});
  if (!c_.can().timeouts) return;
  c_.timers.arm(TimerKind::pick_deadline, c_.step.now + c_.config.policies.pick_deadline, c_.step.cause.input,
                leg_index, ++c_.book.legs[leg_index].version);
}

std::int32_t Allocation::cancel_unallocated(OrderIndex order_index, UnitEvent event, bool tell_channel) {
  const Order& order = c_.book.orders[order_index];
  const std::int32_t before = order.units[at(UnitState::cancelled)];
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    cancel(line, no_index, UnitState::placed, everything, event, tell_channel);
    cancel(line, no_index, UnitState::backordered, everything, event, tell_channel);
    for (LegIndex leg = c_.book.lines[line].first_leg; leg != no_index; leg = c_.book.legs[leg].next) {
      cancel(line, leg, UnitState::held, everything, event, tell_channel);
    }
  }
  shrunk_.push_back(order_index);
  return order.units[at(UnitState::cancelled)] - before;
}

void Allocation::break_reservations(SkuId sku, NodeId node) {
  // What was held is sourced again only after the shelf is in order, so that it cannot come back to the same
  // node.
  homeless_.clear();
  while (c_.ledger.sellable(sku, node) < 0) {
    const ReservationId id = c_.reservations.first_to_yield(sku, node, c_.can().channel_priority);
    if (id == no_reservation) break;
    const LegIndex leg_index = c_.reservations.at(id).owner;
    const Leg& leg = c_.book.legs[leg_index];
    const std::int32_t held = leg.units[at(UnitState::held)];
    const std::int32_t reserved = held > 0 ? std::min(held, leg.reserved_each) : leg.reserved_each;
    const std::int32_t n = std::min(-c_.ledger.sellable(sku, node), reserved);
    units_.fire(leg.line, leg_index, held > 0 ? UnitState::held : UnitState::allocated,
                UnitEvent::break_reservation, n);
    if (held > 0) homeless_.emplace_back(leg.line, n);
    ++c_.counters.reservations_broken;
  }
  for (const auto& [line, n] : homeless_) {
    c_.can().resourcing ? source_or_give_up(line, n) : give_up(line, n);
  }
}

void Allocation::serve_backorders(SkuId sku) {
  backorders_.for_each_waiting(sku, [&](LineIndex line) {
    const std::int32_t waiting = units_.count(line, no_index, UnitState::backordered);
    if (waiting > 0) source(line, waiting, UnitState::backordered);
  });
}

}  // namespace omnisim::core
