#include "core/orchestration/units.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

std::size_t at(UnitState state) { return static_cast<std::size_t>(state); }

ReservationPhase phase_after(UnitEvent event) {
  switch (event) {
    case UnitEvent::expire:
      return ReservationPhase::expired;
    case UnitEvent::break_reservation:
      return ReservationPhase::broken;
    default:
      return ReservationPhase::voided;
  }
}

EventType notice_of(UnitEvent event) {
  switch (event) {
    case UnitEvent::expire:
      return EventType::reservation_expired;
    case UnitEvent::break_reservation:
      return EventType::reservation_broken;
    default:
      return EventType::stock_released;
  }
}

}  // namespace

std::int32_t& Units::count(LineIndex line, LegIndex leg, UnitState state) {
  return is_at_node(state) ? c_.book.legs[leg].units[at(state)] : c_.book.lines[line].units[at(state)];
}

void Units::add_unordered(LineIndex line, std::int32_t quantity_each) {
  OrderLine& l = c_.book.lines[line];
  l.units[at(UnitState::placed)] += quantity_each;
  c_.book.orders[l.order].units[at(UnitState::placed)] += quantity_each;
  c_.availability.uncommitted_changed(l.sku, quantity_each);
}

void Units::fire(LineIndex line_index, LegIndex leg_index, UnitState from, UnitEvent event,
                 std::int32_t quantity_each) {
  const auto* row = reserve_to_fulfil.find(from, event);
  if (row == nullptr || count(line_index, leg_index, from) < quantity_each || quantity_each <= 0) {
    throw BrokenInvariant("units " + std::string(name_of(from)) + " cannot " + std::string(name_of(event)));
  }
  OrderLine& line = c_.book.lines[line_index];
  Order& order = c_.book.orders[line.order];
  const std::int32_t uncommitted_before = uncommitted(line, leg_index);
  count(line_index, leg_index, from) -= quantity_each;
  count(line_index, leg_index, row->next) += quantity_each;
  order.units[at(from)] -= quantity_each;
  order.units[at(row->next)] += quantity_each;
  if (from == UnitState::backordered || row->next == UnitState::backordered)
    backorders_.units_changed(line_index, event);
  if (leg_index != no_index) act(line, leg_index, row->action, from, row->next, event, quantity_each);
  const bool is_kept = c_.config.policies.keep_finished == Duration::zero();
  if (!is_kept && is_terminal(row->next) && row->next != from && order.has_ended())
    c_.book.ended.push({c_.step.now, line.order});
  const std::int32_t change = uncommitted(line, leg_index) - uncommitted_before;
  if (change != 0) c_.availability.uncommitted_changed(line.sku, change);
}

std::int32_t Units::uncommitted(const OrderLine& line, LegIndex leg_index) const {
  const std::int32_t unsourced = line.units[at(UnitState::placed)] + line.units[at(UnitState::backordered)];
  if (leg_index == no_index) return unsourced;
  const Leg& leg = c_.book.legs[leg_index];
  return unsourced + leg.units[at(UnitState::held)] + leg.units[at(UnitState::allocated)] - leg.reserved_each;
}

void Units::act(const OrderLine& line, LegIndex leg_index, UnitAction action, UnitState from, UnitState to,
                UnitEvent event, std::int32_t quantity_each) {
  Leg& leg = c_.book.legs[leg_index];
  switch (action) {
    case UnitAction::reserve:
      reserve(line, leg_index, quantity_each, Bucket::sellable);
      c_.notices.note(EventType::stock_reserved, leg.line, leg.node, quantity_each);
      break;
    case UnitAction::put_back:
      reserve(line, leg_index, quantity_each, bucket_of(from));
      break;
    case UnitAction::confirm:
      c_.reservations.confirm(leg.reservation);
      break;
    case UnitAction::move:
      move_stock(line, leg, from, to, quantity_each);
      break;
    case UnitAction::release: {
      const std::int32_t reserved = std::min(quantity_each, leg.reserved_each);
      if (reserved > 0) {
        c_.reservations.release(c_.step.cause, leg.reservation, reserved, phase_after(event));
        c_.notices.note(notice_of(event), leg.line, leg.node, reserved);
      }
      take_from_reservation(leg, reserved);
      break;
    }
    case UnitAction::none:
      break;
  }
  // A pick deadline is over once nothing is left to pick.
  if (from == UnitState::allocated && leg.units[at(UnitState::allocated)] == 0) ++leg.version;
}

void Units::take_from_reservation(Leg& leg, std::int32_t quantity_each) {
  leg.reserved_each -= quantity_each;
  if (leg.reserved_each > 0 || leg.reservation == no_reservation) return;
  c_.reservations.forget(std::exchange(leg.reservation, no_reservation));
}

void Units::reserve(const OrderLine& line, LegIndex leg_index, std::int32_t quantity_each, Bucket from) {
  Leg& leg = c_.book.legs[leg_index];
  if (leg.reserved_each > 0) {
    c_.reservations.extend(c_.step.cause, leg.reservation, quantity_each, from);
  } else {
    const ChannelId channel = c_.book.orders[line.order].channel;
    const std::uint32_t priority = c_.config.directory.channel(channel).priority;
    leg.reservation =
        c_.reservations.hold(c_.step.cause, line.sku, leg.node, quantity_each, priority, leg_index, from);
  }
  leg.reserved_each += quantity_each;
}

void Units::move_stock(const OrderLine& line, Leg& leg, UnitState from, UnitState to,
                       std::int32_t quantity_each) {
  std::int32_t left = quantity_each;
  if (from == UnitState::allocated || from == UnitState::held) {
    const std::int32_t reserved = std::min(left, leg.reserved_each);
    if (reserved > 0) {
      c_.reservations.consume(c_.step.cause, leg.reservation, reserved, bucket_of(to));
      c_.keep_reading(line.sku, leg.node, Bucket::reserved, bucket_of(to), reserved);
    }
    take_from_reservation(leg, reserved);
    left -= reserved;
  }
  if (left > 0) c_.move(line.sku, leg.node, bucket_of(from), bucket_of(to), left);
}

}  // namespace omnisim::core
