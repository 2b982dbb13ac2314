#include "core/orchestration/back_orders.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

std::int32_t waiting_of(const OrderLine& line) {
  return line.units[static_cast<std::size_t>(UnitState::backordered)];
}

}  // namespace

Backorders::Place Backorders::place_of(LineIndex index) const {
  const OrderLine& line = c_.book.lines[index];
  const Order& order = c_.book.orders[line.order];
  const std::uint32_t priority =
      c_.can().channel_priority ? c_.config.directory.channel(order.channel).priority : 0;
  return {line.sku, priority, order.placed_by, index};
}

std::size_t Backorders::first_of(SkuId sku) const {
  const auto before = [](const Backorder& b, SkuId s) { return b.place.sku < s; };
  return static_cast<std::size_t>(std::lower_bound(queue_.begin(), queue_.end(), sku, before) -
                                  queue_.begin());
}

Backorders::Backorder* Backorders::find(LineIndex line) {
  const Place place = place_of(line);
  const auto before = [](const Backorder& b, const Place& p) { return b.place < p; };
  const auto found = std::lower_bound(queue_.begin(), queue_.end(), place, before);
  return found != queue_.end() && found->place == place ? &*found : nullptr;
}

std::span<const Backorders::Incoming> Backorders::incoming_of(SkuId sku) const {
  const auto of_sku = [&](const Incoming& i) { return i.sku == sku; };
  const auto before = [](const Incoming& i, SkuId s) { return i.sku < s; };
  const auto first = std::lower_bound(incoming_.begin(), incoming_.end(), sku, before);
  return {first, std::find_if_not(first, incoming_.end(), of_sku)};
}

std::int32_t Backorders::waiting(const Backorder& b) const { return waiting_of(c_.book.lines[b.place.line]); }

void Backorders::fire(Backorder& backorder, BackorderEvent event) {
  const auto* row = back_order_table.find(backorder.state, event);
  if (row == nullptr)
    throw BrokenInvariant("a back-order " + std::string(name_of(backorder.state)) + " cannot " +
                          std::string(name_of(event)));
  backorder.state = row->next;
  if (row->action == BackorderAction::park) backorder.since = c_.step.now;
  backorder.to_tell |= row->action == BackorderAction::park || row->action == BackorderAction::tell;
}

void Backorders::units_changed(LineIndex line, UnitEvent event) {
  touched_.push_back(line);
  Backorder* found = find(line);
  if (event != UnitEvent::run_short) {
    const bool dropped = event == UnitEvent::cancel || event == UnitEvent::expire;
    const bool rest = waiting(*found) == 0;
    fire(*found, dropped ? rest ? BackorderEvent::drop_rest : BackorderEvent::drop_part
                 : rest  ? BackorderEvent::source_rest
                         : BackorderEvent::source_part);
    return;
  }
  if (found == nullptr) {
    Backorder made;
    made.place = place_of(line);
    const auto after = [](const Place& p, const Backorder& b) { return p < b.place; };
    found = &*queue_.insert(std::upper_bound(queue_.begin(), queue_.end(), made.place, after), made);
  } else if (is_terminal(found->state)) {
    *found = {found->place};
  }
  fire(*found, BackorderEvent::run_short);
  const OrderIndex order = c_.book.lines[line].order;
  watch(order);
  watch_authorisation(order);
}

void Backorders::expect(std::uint32_t purchase_line, SkuId sku, NodeId node, Time expected_at,
                        std::int32_t quantity_each) {
  const auto before = [](const Incoming& a, const Incoming& b) {
    return std::tie(a.sku, a.expected_at, a.purchase_line) < std::tie(b.sku, b.expected_at, b.purchase_line);
  };
  const auto known = incoming_of(sku);
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const Incoming& i) { return i.purchase_line == purchase_line; });
  if (same != known.end()) {
    if (same->quantity_each == quantity_each && same->expected_at == expected_at) return;
    incoming_.erase(incoming_.begin() + (&*same - incoming_.data()));
  } else if (quantity_each == 0) {
    return;
  }
  supplied_.push_back(sku);
  if (quantity_each == 0) return;
  const Incoming made{sku, expected_at, purchase_line, node, quantity_each};
  incoming_.insert(std::upper_bound(incoming_.begin(), incoming_.end(), made, before), made);
}

Time Backorders::short_since(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  Time latest = Time::min();
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    if (waiting_of(c_.book.lines[line]) > 0) latest = std::max(latest, find(line)->since);
  }
  return latest;
}

void Backorders::watch(OrderIndex index) {
  if (!c_.can().timeouts) return;
  Order& order = c_.book.orders[index];
  const Time since = short_since(index);
  std::optional<Time> due;
  const auto wait_from = [&](Time from) {
    const Time until = from + c_.config.policies.backorder_wait;
    due = due ? std::min(*due, until) : until;
  };
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    const std::int32_t waits = waiting_of(c_.book.lines[line]);
    if (waits == 0) continue;
    const Backorder& backorder = *find(line);
    if (backorder.tied_each < waits) wait_from(since);
    if (backorder.tied_each > 0) wait_from(backorder.expected_at);
  }
  order.backorder_round = ++rounds_;
  if (due) c_.timers.arm(TimerKind::backorder, std::max(*due, c_.step.now), order.placed_by, index, rounds_);
}

std::int32_t Backorders::overdue_each(LineIndex line) {
  if (waiting_of(c_.book.lines[line]) == 0) return 0;
  const SkuId sku = c_.book.lines[line].sku;
  tie(sku);
  supplied_.push_back(sku);  // Whoever moved is told at the end of the step.
  const Time since = short_since(c_.book.lines[line].order);
  if (c_.step.now - since < c_.config.policies.backorder_wait) return 0;
  const Backorder& backorder = *find(line);
  return waiting(backorder) - backorder.tied_each;
}

void Backorders::watch_authorisation(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  const bool waits = order.units[static_cast<std::size_t>(UnitState::backordered)] > 0;
  if (!waits || !order.authorised || order.renewal_asked || !c_.can().timeouts) return;
  const Policies& policies = c_.config.policies;
  const Duration life = policies.authorisation_life;
  const Time due = order.authorised_at + std::max(life - policies.reauthorise_margin, life / 2);
  c_.timers.arm(TimerKind::reauthorise, std::max(due, c_.step.now), order.placed_by, index,
                order.authorised_by);
}

bool Backorders::reauthorise(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  bool waits = false;
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    if (waiting_of(c_.book.lines[line]) == 0) continue;
    fire(*find(line), BackorderEvent::reauthorise);
    waits = true;
  }
  return waits;
}

void Backorders::end_step() {
  for (const LineIndex line : touched_) {
    Backorder* const backorder = find(line);
    if (backorder == nullptr) continue;
    if (is_terminal(backorder->state)) {
      queue_.erase(queue_.begin() + (backorder - queue_.data()));
    } else if (backorder->tied_each == 0 && incoming_of(backorder->place.sku).empty()) {
      tell(*backorder);
    } else {
      supplied_.push_back(backorder->place.sku);
    }
  }
  touched_.clear();
  std::sort(supplied_.begin(), supplied_.end());
  supplied_.erase(std::unique(supplied_.begin(), supplied_.end()), supplied_.end());
  for (const SkuId sku : supplied_) {
    tie(sku);
    for (std::size_t i = first_of(sku); i < queue_.size() && queue_[i].place.sku == sku; ++i) tell(queue_[i]);
  }
  supplied_.clear();
}

void Backorders::tie(SkuId sku) {
  const auto incoming = incoming_of(sku);
  const auto is_late = [&](const Incoming& i) {
    return i.expected_at + c_.config.policies.backorder_wait <= c_.step.now;
  };
  left_.clear();
  for (const Incoming& i : incoming) left_.push_back(is_late(i) ? 0 : i.quantity_each);
  for (std::size_t at = first_of(sku); at < queue_.size() && queue_[at].place.sku == sku; ++at) {
    Backorder& backorder = queue_[at];
    if (is_terminal(backorder.state)) continue;
    const NodeId only = c_.book.orders[c_.book.lines[backorder.place.line].order].collect_at;
    std::int32_t tied = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < incoming.size() && tied < waiting(backorder); ++i) {
      const NodeId node = incoming[i].node;
      const bool serves = only.is_none() ? c_.config.directory.node(node).fulfils_online : node == only;
      const std::int32_t n = serves ? std::min(left_[i], waiting(backorder) - tied) : 0;
      if (n == 0) continue;
      left_[i] -= n;
      tied += n;
      last = i;
    }
    if (tied == 0) {
      tie_to(backorder, 0, no_index, {});
    } else {
      tie_to(backorder, tied, incoming[last].purchase_line, incoming[last].expected_at);
    }
  }
}

void Backorders::tie_to(Backorder& backorder, std::int32_t tied_each, std::uint32_t purchase_line,
                        Time expected_at) {
  const bool rest = tied_each == waiting(backorder);
  const bool same_goods = backorder.purchase_line == purchase_line && backorder.expected_at == expected_at;
  const std::int32_t before = std::exchange(backorder.tied_each, tied_each);
  backorder.purchase_line = purchase_line;
  backorder.expected_at = expected_at;
  if (tied_each == 0) {
    if (backorder.state == BackorderState::parked) return;
    fire(backorder, BackorderEvent::untie);
  } else if (rest) {
    if (same_goods && backorder.state == BackorderState::tied) return;
    fire(backorder, BackorderEvent::tie_rest);
  } else {
    if (same_goods && backorder.state == BackorderState::part_tied && before == tied_each) return;
    fire(backorder, BackorderEvent::tie_part);
  }
  watch(c_.book.lines[backorder.place.line].order);
}

void Backorders::tell(Backorder& backorder) {
  if (!std::exchange(backorder.to_tell, false)) return;
  const LineIndex line = backorder.place.line;
  const std::int32_t untied = waiting(backorder) - backorder.tied_each;
  if (backorder.tied_each > 0) c_.notices.note_backorder(line, backorder.tied_each, backorder.expected_at);
  if (untied > 0) c_.notices.note_backorder(line, untied, {});
}

void Backorders::list_open(std::vector<OpenItem>& items) const {
  for (const Backorder& b : queue_)
    items.push_back({ItemKind::backorder, c_.book.orders[c_.book.lines[b.place.line].order].code,
                     name_of(b.state), b.since});
}

void Backorders::digest(Digest& digest) const {
  for (const Backorder& b : queue_)
    digest.add(b.place.sku, b.place.priority, b.place.age, b.place.line, b.state, b.tied_each,
               b.purchase_line, b.expected_at, b.since);
  for (const Incoming& i : incoming_)
    digest.add(i.sku, i.expected_at, i.purchase_line, i.node, i.quantity_each);
  digest.add(queue_.size(), incoming_.size(), rounds_);
}

}  // namespace omnisim::core
