// Compensation: units that are not wanted any more, undone in the reverse order of what was done for them.
#include <algorithm>

#include "core/orchestration/allocation.hpp"

namespace omnisim::core {

namespace {

constexpr std::array<UnitState, 5> at_a_node = {UnitState::held, UnitState::allocated, UnitState::picked,
                                                UnitState::packed, UnitState::ready};

}  // namespace

std::int32_t Allocation::not_shipped(LineIndex line) const {
  const auto in = [](const auto& units, UnitState state) { return units[static_cast<std::size_t>(state)]; };
  const OrderLine& l = c_.book.lines[line];
  std::int32_t n = in(l.units, UnitState::placed) + in(l.units, UnitState::backordered);
  for (LegIndex leg = l.first_leg; leg != no_index; leg = c_.book.legs[leg].next)
    for (const UnitState state : at_a_node) n += in(c_.book.legs[leg].units, state);
  return n;
}

void Allocation::take_off(LineIndex line, std::int32_t quantity_each, UnitEvent event, bool tell_channel) {
  std::int32_t left = quantity_each;
  for (const UnitState state : {UnitState::placed, UnitState::backordered})
    left -= cancel(line, no_index, state, left, event, tell_channel);
  for (const UnitState state : at_a_node) {
    for (LegIndex leg = c_.book.lines[line].first_leg; leg != no_index; leg = c_.book.legs[leg].next)
      left -= cancel(line, leg, state, left, event, tell_channel);
  }
  shrunk_.push_back(c_.book.lines[line].order);
}

std::int32_t Allocation::cancel(LineIndex line_index, LegIndex leg, UnitState from, std::int32_t at_most,
                                UnitEvent event, bool tell_channel) {
  const std::int32_t n = std::min(at_most, units_.count(line_index, leg, from));
  if (n <= 0) return 0;
  const bool node_is_at_it = is_at_node(from) && from != UnitState::held;
  if (node_is_at_it && from != UnitState::allocated) put_back(line_index, leg, from, n);
  units_.fire(line_index, leg, node_is_at_it ? UnitState::allocated : from, event, n);
  if (node_is_at_it) call_back(leg, n);
  const OrderLine& line = c_.book.lines[line_index];
  const std::int32_t cancelled = line.units[static_cast<std::size_t>(UnitState::cancelled)];
  if (tell_channel) dropped_.push_back({line.order, line_index, n, cancelled - n});
  return n;
}

void Allocation::put_back(LineIndex line, LegIndex leg_index, UnitState from, std::int32_t quantity_each) {
  units_.fire(line, leg_index, from, UnitEvent::put_back, quantity_each);
  // What the node has told of these units is undone with them.
  Leg& leg = c_.book.legs[leg_index];
  leg.picks_told = std::max(0, leg.picks_told - quantity_each);
  if (from != UnitState::picked) leg.packs_told = std::max(0, leg.packs_told - quantity_each);
}

void Allocation::call_back(LegIndex leg, std::int32_t quantity_each) {
  called_back_.push_back({c_.book.lines[c_.book.legs[leg].line].order, leg, quantity_each});
}

void Allocation::pickup_expired(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    for (LegIndex leg = c_.book.lines[line].first_leg; leg != no_index; leg = c_.book.legs[leg].next)
      cancel(line, leg, UnitState::ready, everything, UnitEvent::expire, true);
  }
  shrunk_.push_back(index);
}

void Allocation::ship_deadline_passed(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    const std::int32_t n = not_shipped(line);
    if (n > 0) take_off(line, n, UnitEvent::expire, true);
  }
}

}  // namespace omnisim::core
