#include "core/orchestration/purchasing.hpp"

#include <algorithm>

#include "core/orchestration/documents.hpp"
#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

namespace {

HashKey key_of_purchase(const Code& code) { return key_of(KeyKind::purchase_order, code); }

Outcome too_much() {
  return Outcome::refused(ExceptionCategory::invalid, "no goods, or more than one document may name");
}

/// Costs are not negative, and products of them stay within 64 bits.
bool is_document_value(const Event& event) {
  Money cost;
  for (const Line& line : event.lines) {
    if (line.cost.minor < 0 || line.cost > max_document_value) return false;
    cost += line.cost;
  }
  return cost <= max_document_value;
}

}  // namespace

bool Purchasing::knows(const Code& purchase) const {
  const std::uint32_t found = book_.find(purchase);
  return found != no_index && book_.purchases[found].state != PurchaseState::unknown;
}

std::uint32_t Purchasing::find_for(const Code& purchase, PurchaseEvent event) const {
  const std::uint32_t found = book_.find(purchase);
  if (found == no_index || purchase_table.find(book_.purchases[found].state, event) == nullptr)
    return no_index;
  return found;
}

void Purchasing::watch(std::uint32_t index) {
  Purchase& purchase = book_.purchases[index];
  ++purchase.overdue_version;
  if (!c_.can().timeouts || expected_each(purchase) == 0) return;
  c_.timers.arm(TimerKind::purchase_overdue,
                std::max(purchase.expected_at, c_.step.now) + c_.config.policies.supplier_grace,
                c_.step.cause.input, index, purchase.overdue_version);
}

bool Purchasing::still_wanted(const Timer& timer) const {
  return book_.purchases[timer.subject].overdue_version == timer.version;
}

std::int64_t Purchasing::expected_each(const Purchase& purchase) const {
  std::int64_t each = 0;
  book_.for_each_line(purchase,
                      [&](const PurchaseLine& line) { each += line.on_order_each + line.in_transit_each; });
  return each;
}

void Purchasing::tell_backorders(const Purchase& purchase) {
  if (!c_.can().backorders || purchase.expected_at == Time{}) return;
  for (std::uint32_t i = purchase.first_line; i != no_index; i = book_.lines[i].next) {
    const PurchaseLine& line = book_.lines[i];
    backorders_.expect(i, line.sku, purchase.node, purchase.expected_at,
                       line.on_order_each + line.in_transit_each + line.receiving_each);
  }
}

Outcome Purchasing::approved(const PurchaseOrderApproved& body, const Event& event) {
  if (!is_document_quantity(quantity_of(event)) || !is_document_value(event)) return too_much();
  if (knows(body.purchase_order))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the purchase order number is taken");
  const std::uint32_t index = book_.find_or_open(body.purchase_order, c_.step.now);
  Purchase& purchase = book_.purchases[index];
  purchase.supplier = body.supplier;
  purchase.node = body.node;
  purchase.expected_at = body.expected_at;
  purchase.opened_by = c_.step.id;
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    PurchaseLine ordered;
    ordered.line_no = line.line_no;
    ordered.sku = line.sku;
    ordered.ordered_each = ordered.priced_each = ordered.on_order_each = line.quantity_each;
    ordered.cost = line.cost;
    book_.add_line(purchase, ordered);
    c_.move(line.sku, body.node, Bucket::supplier, Bucket::on_order, line.quantity_each);
  }
  purchase.state = purchase_table.find(purchase.state, PurchaseEvent::approve)->next;
  tell_backorders(purchase);
  watch(index);
  invoices_.reconcile(index);
  c_.parking.wake(key_of_purchase(body.purchase_order));
  return Outcome::done();
}

Outcome Purchasing::announced(const AsnReceived& body, const Event& event) {
  const std::uint32_t index = find_for(body.purchase_order, PurchaseEvent::announce);
  const HashKey key = key_of_purchase(body.purchase_order);
  if (index == no_index) return Outcome::wait(key, "the purchase order is not known yet");
  Purchase& purchase = book_.purchases[index];
  if (!is_document_quantity(quantity_of(event))) return too_much();
  if (!documents_.insert(key_of(KeyKind::ship_notice, body.asn, index), 0))
    return Outcome::refused(ExceptionCategory::duplicate_conflict,
                            "the ship notice has been taken in already");
  const auto* row = purchase_table.find(purchase.state, PurchaseEvent::announce);
  if (row->action == PurchaseAction::announce) {
    for (const Line& line : event.lines) {
      if (line.quantity_each <= 0) continue;
      const std::uint32_t found = book_.find_line(purchase, line.line_no, line.sku);
      if (found != no_index) announce(purchase, book_.lines[found], line.quantity_each);
    }
    purchase.expected_at = std::max(purchase.expected_at, body.expected_at);
    watch(index);
  }
  tell_backorders(purchase);
  purchase.state = row->next;
  return Outcome::done();
}

void Purchasing::announce(const Purchase& purchase, PurchaseLine& line, std::int32_t quantity_each) {
  // What was received before its notice came is on its way no more.
  line.announced_each = std::min(line.announced_each + quantity_each, max_quantity_each);
  const std::int32_t in_transit = std::max(0, line.announced_each - line.delivered_each);
  const std::int32_t fresh = in_transit - line.in_transit_each;
  const std::int32_t ordered = std::clamp(fresh, 0, line.on_order_each);
  if (ordered > 0) c_.move(line.sku, purchase.node, Bucket::on_order, Bucket::in_transit_in, ordered);
  if (fresh > ordered)
    c_.move(line.sku, purchase.node, Bucket::supplier, Bucket::in_transit_in, fresh - ordered);
  line.on_order_each -= ordered;
  line.in_transit_each += std::max(fresh, 0);
}

Outcome Purchasing::received(const StockReceived& body, const Event& event) {
  const std::uint32_t index = book_.find(body.purchase_order);
  Purchase& purchase = book_.purchases[index];
  const std::int64_t quantity_each = quantity_of(event);
  if (!is_document_quantity(quantity_each) || !is_document_quantity(purchase.delivered_each + quantity_each))
    return too_much();
  purchase.delivered_each += quantity_each;
  Amounts amounts;
  for (const Line& came : event.lines) {
    const std::int32_t n = came.quantity_each;
    if (n <= 0) continue;
    const std::uint32_t found = book_.find_line(purchase, came.line_no, came.sku);
    PurchaseLine unasked;
    unasked.line_no = came.line_no;
    unasked.sku = came.sku;
    unasked.cost = c_.cost(came.sku, 1);
    PurchaseLine& line = found == no_index ? book_.add_line(purchase, unasked) : book_.lines[found];
    take_in(purchase, line, body.node, n);
    if (came.condition == Condition::damaged) {
      c_.move(line.sku, body.node, Bucket::receiving, Bucket::damaged, n);
      line.rejected_each += n;
      continue;
    }
    const Money value = line.value(line.accepted_each, line.accepted_each + n);
    line.accepted_each += n;
    line.receiving_each += n;
    // Where costs follow from receipts, goods are worth what was paid for them.
    const Money worth = c_.costs.are_derived() ? value : c_.cost(line.sku, n);
    amounts[Component::cost] += stock_cost::received(c_, came, body.node, worth, body.purchase_order);
    amounts[Component::variance] += value - worth;
  }
  c_.post(Occasion::stock_received, amounts, purchase.code, {}, body.node);
  const auto event_kind =
      expected_each(purchase) > 0 ? PurchaseEvent::receive_part : PurchaseEvent::receive_rest;
  purchase.state = purchase_table.find(purchase.state, event_kind)->next;
  if (event_kind == PurchaseEvent::receive_rest) ++purchase.overdue_version;
  tell_backorders(purchase);
  invoices_.reconcile(index);
  c_.parking.wake(key_of_purchase(body.purchase_order));
  return Outcome::done();
}

void Purchasing::take_in(const Purchase& purchase, PurchaseLine& line, NodeId node,
                         std::int32_t quantity_each) {
  std::int32_t left = quantity_each;
  const auto take = [&](std::int32_t& booked, Bucket bucket) {
    const std::int32_t n = std::min(left, booked);
    if (n <= 0) return;
    // Goods that were delivered to another node than the one they were ordered for are not coming here.
    c_.move(line.sku, purchase.node, bucket, node == purchase.node ? Bucket::receiving : Bucket::supplier, n);
    if (node != purchase.node) c_.move(line.sku, node, Bucket::supplier, Bucket::receiving, n);
    booked -= n;
    left -= n;
  };
  take(line.in_transit_each, Bucket::in_transit_in);
  take(line.on_order_each, Bucket::on_order);
  if (left > 0) c_.move(line.sku, node, Bucket::supplier, Bucket::receiving, left);
  line.delivered_each += quantity_each;
}

template <class Counter>
bool Purchasing::take_off(const Purchase& purchase, const Event& event, Counter count) {
  for (std::size_t i = 0; i < event.lines.size(); ++i) {
    const Line& line = event.lines[i];
    if (line.quantity_each <= 0) continue;
    const std::uint32_t found = book_.find_line(purchase, line.line_no, line.sku);
    if (found != no_index && count(book_.lines[found], line) >= line.quantity_each) {
      count(book_.lines[found], line) -= line.quantity_each;
      continue;
    }
    while (i-- > 0) {
      const Line& before = event.lines[i];
      if (before.quantity_each <= 0) continue;
      count(book_.lines[book_.find_line(purchase, before.line_no, before.sku)], before) +=
          before.quantity_each;
    }
    return false;
  }
  return true;
}

Outcome Purchasing::put_away(const StockPutAway& body, const Event& event) {
  const HashKey key = key_of_purchase(body.purchase_order);
  const std::uint32_t index = find_for(body.purchase_order, PurchaseEvent::put_away);
  if (index == no_index) return Outcome::wait(key, "put away before it was received");
  Purchase& purchase = book_.purchases[index];
  if (!is_document_quantity(quantity_of(event))) return too_much();
  const auto at_the_dock = [](PurchaseLine& line, const Line&) -> std::int32_t& {
    return line.receiving_each;
  };
  if (!take_off(purchase, event, at_the_dock)) return Outcome::wait(key, "put away before it was received");
  Amounts broken;
  for (const Line& line : event.lines) {
    // Put away at another node than received: that node's dock never had them.
    const std::int32_t n =
        std::min(line.quantity_each, c_.ledger.balance(line.sku, body.node, Bucket::receiving));
    if (n <= 0) continue;
    const bool is_broken = line.condition == Condition::damaged;
    c_.move(line.sku, body.node, Bucket::receiving, is_broken ? Bucket::damaged : Bucket::sellable, n);
    if (is_broken)
      broken[Component::cost] += stock_cost::gone(c_, line.sku, body.node, n, CostPlace::written_off);
  }
  c_.post(Occasion::stock_damaged, broken, purchase.code, {}, body.node);
  purchase.state = purchase_table.find(purchase.state, PurchaseEvent::put_away)->next;
  tell_backorders(purchase);
  for (const Line& line : event.lines) allocation_.serve_backorders(line.sku);
  return Outcome::done();
}

Outcome Purchasing::sent_back(const SupplierReturnShipped& body, const Event& event) {
  const HashKey key = key_of_purchase(body.purchase_order);
  const std::uint32_t index = find_for(body.purchase_order, PurchaseEvent::send_back);
  if (index == no_index) return Outcome::wait(key, "sent back before it was received");
  Purchase& purchase = book_.purchases[index];
  if (!is_document_quantity(quantity_of(event))) return too_much();
  const HashKey document = key_of(KeyKind::supplier_return, body.supplier_return, index);
  if (documents_.find(document) != no_index)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the supplier return is known already");
  const auto ours = [](PurchaseLine& line, const Line& back) -> std::int32_t& {
    return back.condition == Condition::damaged ? line.rejected_each : line.accepted_each;
  };
  if (!take_off(purchase, event, ours)) return Outcome::wait(key, "sent back before it was received");
  documents_.insert(document, 0);
  Amounts amounts;
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    send_back(body.node, book_.lines[book_.find_line(purchase, line.line_no, line.sku)], line, amounts);
  }
  c_.post(Occasion::supplier_returned, amounts, purchase.code, {}, body.node);
  purchase.state = purchase_table.find(purchase.state, PurchaseEvent::send_back)->next;
  tell_backorders(purchase);
  invoices_.reconcile(index);
  for (const Line& line : event.lines) allocation_.break_reservations(line.sku, body.node);
  return Outcome::done();
}

void Purchasing::send_back(NodeId node, PurchaseLine& line, const Line& back, Amounts& amounts) {
  const bool was_rejected = back.condition == Condition::damaged;
  const Bucket first = was_rejected ? Bucket::damaged : Bucket::receiving;
  // What our books have scrapped, or put on the shelf, can be sent back all the same.
  const Bucket then = was_rejected ? Bucket::scrap : Bucket::sellable;
  std::int32_t n = std::clamp(c_.ledger.balance(line.sku, node, first), 0, back.quantity_each);
  if (!was_rejected) n = std::min(n, line.receiving_each);
  if (n > 0) c_.move(line.sku, node, first, Bucket::supplier, n);
  if (n < back.quantity_each) c_.move(line.sku, node, then, Bucket::supplier, back.quantity_each - n);
  if (was_rejected) return;
  line.receiving_each -= n;
  const Money value = line.value(line.accepted_each, line.accepted_each + back.quantity_each);
  const Money worth = stock_cost::gone(c_, line.sku, node, back.quantity_each, CostPlace::price_variance);
  amounts[Component::cost] += worth;
  amounts[Component::variance] += value - worth;
}

void Purchasing::overdue(std::uint32_t index) {
  Purchase& purchase = book_.purchases[index];
  c_.step.id = purchase.opened_by;
  c_.step.correlation = purchase.code;
  const auto* row = purchase_table.find(purchase.state, PurchaseEvent::overdue);
  if (row == nullptr) return;
  give_up(purchase);
  purchase.state = row->next;
  ++purchase.overdue_version;
  tell_backorders(purchase);
  invoices_.reconcile(index);
}

void Purchasing::give_up(const Purchase& purchase) {
  book_.for_each_line(purchase, [&](PurchaseLine& line) {
    if (line.on_order_each > 0)
      c_.move(line.sku, purchase.node, Bucket::on_order, Bucket::supplier, line.on_order_each);
    if (line.in_transit_each > 0)
      c_.move(line.sku, purchase.node, Bucket::in_transit_in, Bucket::supplier, line.in_transit_each);
    line.on_order_each = line.in_transit_each = 0;
    line.announced_each = line.delivered_each;
  });
}

void Purchasing::list_open(std::vector<OpenItem>& items) const {
  for (const Purchase& p : book_.purchases) {
    if (p.state == PurchaseState::unknown || is_terminal(p.state)) continue;
    items.push_back({ItemKind::purchase_order, p.code, name_of(p.state), p.since});
  }
}

std::string_view Purchasing::state_of(const Code& code) const {
  const std::uint32_t found = book_.find(code);
  return found == no_index ? std::string_view{} : name_of(book_.purchases[found].state);
}

}  // namespace omnisim::core
