// How allocation ends: time-outs, and the commands of a step.
#include <algorithm>
#include <utility>

#include "core/orchestration/allocation.hpp"

namespace omnisim::core {

namespace {

std::size_t at(UnitState state) { return static_cast<std::size_t>(state); }

/// A document names a line once, however many times of the step its units came up.
void add_to_document(std::vector<Line>& lines, const Line& more) {
  const auto same = std::find_if(lines.begin(), lines.end(),
                                 [&](const Line& line) { return line.line_no == more.line_no; });
  if (same == lines.end())
    lines.push_back(more);
  else
    same->quantity_each += more.quantity_each;
}

}  // namespace

void Allocation::hold_expired(OrderIndex order) {
  if (cancel_unallocated(order, UnitEvent::expire, true) > 0) ++c_.counters.holds_expired;
}

void Allocation::authorisation_expired(OrderIndex order) {
  cancel_unallocated(order, UnitEvent::expire, true);
}

void Allocation::backorder_expired(OrderIndex order_index) {
  const Order& order = c_.book.orders[order_index];
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    const std::int32_t overdue = backorders_.overdue_each(line);
    cancel(line, no_index, UnitState::backordered, overdue, UnitEvent::expire, true);
  }
  backorders_.watch(order_index);
  shrunk_.push_back(order_index);
}

void Allocation::renewal_declined(OrderIndex order_index) {
  const Order& order = c_.book.orders[order_index];
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line)
    cancel(line, no_index, UnitState::backordered, everything, UnitEvent::cancel, true);
  shrunk_.push_back(order_index);
}

void Allocation::pick_overdue(LegIndex leg_index) {
  // Units move only as far as another node has them; a slow node keeps the rest, for it may still answer.
  const LineIndex line = c_.book.legs[leg_index].line;
  const Order& order = c_.book.orders[c_.book.lines[line].order];
  if (!c_.can().resourcing || !order.collect_at.is_none()) return;
  c_.book.legs[leg_index].refused = true;
  const auto refused = [&](NodeId node) {
    const LegIndex leg = c_.book.find_leg(line, node);
    return leg != no_index && c_.book.legs[leg].refused;
  };
  plan_.clear();
  const std::int32_t waiting = units_.count(line, leg_index, UnitState::allocated);
  const std::int32_t found = c_.sourcing.plan(c_.book.lines[line].sku, waiting, refused, plan_);
  if (found <= 0) return;
  units_.fire(line, leg_index, UnitState::allocated, UnitEvent::overdue, found);
  // The node may yet wake up and find its task; two parcels for one order are one too many.
  call_back(leg_index, found);
  source(line, found);
}

void Allocation::end() {
  if (!called_back_.empty()) {
    send_to_nodes(called_back_, [](const Order& order, NodeId) {
      return LineCancelled{order.code, order.channel};
    });
  }
  if (!told_.empty()) {
    send_to_nodes(told_, [](const Order& order, NodeId node) {
      return LineAllocated{order.code, order.channel, node, order.promised_by};
    });
  }
  if (!dropped_.empty()) send_cancellations();
  for (const OrderIndex order : shrunk_) {
    payments_.repay_surplus(order);
    void_if_gone(order);
  }
  shrunk_.clear();
}

template <class Make>
void Allocation::send_to_nodes(std::vector<Told>& told, Make make) {
  // In the order in which they first came up.
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i].quantity_each == 0) continue;
    const OrderIndex order_index = told[i].order;
    const Order& order = c_.book.orders[order_index];
    const NodeId node = c_.book.legs[told[i].leg].node;
    c_.outbox.start(make(order, node));
    for (std::size_t j = i; j < told.size(); ++j) {
      const Leg& leg = c_.book.legs[told[j].leg];
      if (told[j].order != order_index || leg.node != node || told[j].quantity_each == 0) continue;
      Line line;
      line.line_no = c_.book.lines[leg.line].line_no;
      line.sku = c_.book.lines[leg.line].sku;
      line.quantity_each = std::exchange(told[j].quantity_each, 0);
      add_to_document(c_.outbox.lines(), line);
    }
    c_.send({System::node, node.value}, order.code);
  }
  told.clear();
}

void Allocation::send_cancellations() {
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    if (dropped_[i].quantity_each == 0) continue;
    const OrderIndex order_index = dropped_[i].order;
    const Order& order = c_.book.orders[order_index];
    c_.outbox.start(LineCancelled{order.code, order.channel});
    for (std::size_t j = i; j < dropped_.size(); ++j) {
      if (dropped_[j].order != order_index || dropped_[j].quantity_each == 0) continue;
      // The units cancelled are the last ones of the line: those that ship come first.
      const OrderLine& ordered = c_.book.lines[dropped_[j].line];
      const std::int32_t n = std::exchange(dropped_[j].quantity_each, 0);
      const std::int32_t to = ordered.quantity_each - dropped_[j].cancelled_before;
      const auto part = [&](Money total) { return share(total, ordered.quantity_each, to - n, to); };
      Line line;
      line.line_no = ordered.line_no;
      line.sku = ordered.sku;
      line.quantity_each = n;
      line.net = part(ordered.net);
      line.discount = part(ordered.discount);
      line.tax = part(ordered.tax);
      c_.outbox.lines().push_back(line);
    }
    c_.send({System::channel, order.channel.value}, order.code);
  }
  dropped_.clear();
}

void Allocation::void_if_gone(OrderIndex order_index) {
  Order& order = c_.book.orders[order_index];
  if (!order.authorised || order.voided || order.units[at(UnitState::cancelled)] < order.ordered_each) return;
  order.voided = true;
  payments_.void_authorisation(order_index);
}

}  // namespace omnisim::core
