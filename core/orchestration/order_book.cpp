#include "core/orchestration/order_book.hpp"

#include <string>
#include <utility>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

template <class Counts>
void add(Digest& digest, const Counts& units) {
  for (const std::int32_t n : units) digest.add(n);
}

void add(Digest& digest, const TenderTotals& t) { digest.add(t.card, t.gift_card, t.marketplace); }

}  // namespace

LineIndex OrderBook::find_line(OrderIndex order, const Line& line) const {
  const Order& o = orders[order];
  LineIndex same_item = no_index;
  for (LineIndex i = o.first_line; i < o.first_line + o.line_count; ++i) {
    if (lines[i].sku != line.sku) continue;
    if (lines[i].line_no == line.line_no) return i;
    if (same_item == no_index) same_item = i;
  }
  return same_item;
}

LineIndex OrderBook::find_line_no(OrderIndex order, std::uint32_t line_no) const {
  const Order& o = orders[order];
  for (LineIndex i = o.first_line; i < o.first_line + o.line_count; ++i)
    if (lines[i].line_no == line_no) return i;
  return no_index;
}

LegIndex OrderBook::find_leg(LineIndex line, NodeId node) const {
  LegIndex leg = lines[line].first_leg;
  while (leg != no_index && legs[leg].node != node) leg = legs[leg].next;
  return leg;
}

LegIndex OrderBook::leg_at(LineIndex line, NodeId node) {
  const LegIndex found = find_leg(line, node);
  if (found != no_index) return found;
  Leg leg;
  leg.line = line;
  leg.node = node;
  leg.next = lines[line].first_leg;
  return lines[line].first_leg = legs.add(leg);
}

LineIndex OrderBook::add_lines(std::uint32_t count) {
  if (count < free_lines_.size() && free_lines_[count] != no_index) {
    const LineIndex first = free_lines_[count];
    free_lines_[count] = std::exchange(lines[first].first_leg, no_index);
    return first;
  }
  const auto first = static_cast<LineIndex>(lines.size());
  for (std::uint32_t i = 0; i < count; ++i) lines.push_back({});
  return first;
}

void OrderBook::forget_return(std::uint32_t goods_return) {
  for (std::uint32_t i = returns[goods_return].first_line; i != no_index;) {
    return_lines.free(std::exchange(i, return_lines[i].next));
  }
  for (std::uint32_t i = returns[goods_return].first_refund; i != no_index;) {
    refund_index.erase(key_of(KeyKind::refund, refunds[i].id));
    refunds.free(std::exchange(i, refunds[i].next));
  }
  returns.free(goods_return);
}

void OrderBook::forget(OrderIndex index) {
  const Order order = orders[index];
  for (std::uint32_t i = order.first_shipment; i != no_index;) {
    shipment_index.erase(shipment_key(shipments[i].code));
    for (std::uint32_t item = shipments[i].first_item; item != no_index;) {
      shipment_items.free(std::exchange(item, shipment_items[item].next));
    }
    shipments.free(std::exchange(i, shipments[i].next));
  }
  for (std::uint32_t i = order.first_capture; i != no_index;) {
    capture_index.erase(key_of(KeyKind::capture, captures[i].id));
    captures.free(std::exchange(i, captures[i].next));
  }
  for (std::uint32_t i = order.first_return; i != no_index;) {
    const std::uint32_t next = returns[i].next;
    return_index.erase(returns[i].key);
    forget_return(i);
    i = next;
  }
  for (LineIndex line = order.first_line; line < order.first_line + order.line_count; ++line) {
    for (LegIndex i = lines[line].first_leg; i != no_index;) legs.free(std::exchange(i, legs[i].next));
    lines[line] = {};
  }
  if (order.line_count > 0) {
    if (free_lines_.size() <= order.line_count) free_lines_.resize(order.line_count + 1, no_index);
    lines[order.first_line].first_leg = std::exchange(free_lines_[order.line_count], order.first_line);
  }
  for (const CodeRow row : {order.tenders.gift_card_no, aftermath_of(order).replaces})
    if (row != no_index) codes.free(row);
  if (order.aftermath != no_index) aftermaths.free(order.aftermath);
  order_index.erase(order.key());
  orders.free(index);
}

std::uint32_t OrderBook::open_return(OrderIndex order, const Code& document, const HashKey& key, Time now) {
  const std::uint32_t found = return_index.find(key);
  if (found != no_index) return found;
  GoodsReturn made;
  made.code = document;
  made.key = key;
  made.order = order;
  made.since = now;
  std::uint32_t& first = orders[order].first_return;
  made.next = first;
  first = returns.add(made);
  return_index.insert(key, first);
  return first;
}

void advance(GoodsReturn& goods_return, ReturnEvent event) {
  const auto* row = return_to_refund.find(goods_return.state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a return " + std::string(name_of(goods_return.state)) + " cannot " +
                          std::string(name_of(event)));
  }
  goods_return.state = row->next;
}

void OrderBook::digest(Digest& digest) const {
  for (const Order& o : orders) {
    const Aftermath& after = aftermath_of(o);
    digest.add(o.code, o.channel, o.collect_at, o.placed_at, o.since, o.promised_by, o.placed_by, o.payment);
    digest.add(o.tenders.card, o.tenders.gift_card, o.tenders.cash, o.tenders.marketplace, o.shipping_net,
               o.shipping_tax);
    digest.add(o.recognised, o.funded, o.authorised, o.voided, o.shipping_recognised, o.has_unfunded_captures,
               o.first_line, o.line_count, after.charged_back, after.open_disputes, after.passed,
               after.foreign);
    digest.add(o.ordered_each, o.backorder_round, o.authorised_at, o.authorised_by, o.renewal_asked, o.rate);
    digest.add(o.pickup_round, o.card_asked, o.card_captured, after.card_repaid, after.exchange_credit,
               after.replaces, o.tenders.gift_card_no);
    digest.add(o.jurisdiction_row, after.refund_approved, after.tax_short, after.tax_borne);
    add(digest, o.paid);
    add(digest, after.refunds);
    add(digest, o.units);
  }
  for (const OrderLine& l : lines) {
    digest.add(l.order, l.line_no, l.sku, l.quantity_each, l.net, l.discount, l.tax, l.shipped_each,
               l.refunded_each, l.first_leg);
    add(digest, l.units);
  }
  for (const Leg& l : legs) {
    digest.add(l.line, l.next, l.node, l.refused, l.reservation, l.reserved_each, l.picks_told, l.packs_told,
               l.version);
    add(digest, l.units);
  }
  for (const Shipment& s : shipments)
    digest.add(s.code, s.order, s.delivered, s.first_item, s.scans, s.scanned_at);
  for (const ShipmentItem& i : shipment_items) digest.add(i.leg, i.open_each, i.next);
  for (const Capture& c : captures) digest.add(c.id, c.order, c.amount, c.state, c.since, c.next_paid);
  for (const GoodsReturn& r : returns) {
    digest.add(r.code, r.order, r.state, r.since, r.first_line, r.to_inspect_each, r.open_refunds,
               r.replacement, r.announced_by, r.undelivered);
  }
  for (const ReturnLine& l : return_lines)
    digest.add(l.line, l.from, l.to, l.sold_from, l.inspected, l.next, l.resellable, l.damaged,
               l.quarantined);
  for (const Refund& r : refunds) {
    digest.add(r.id, r.order_code, r.channel, r.order, r.goods_return, r.tender, r.state, r.amount, r.since);
  }
  for (const Code& code : codes) digest.add(code);
  digest.add(recognised, captures_made, refunds_made, ended.size());
  digest.add(orders.size(), lines.size(), legs.size(), shipments.size(), captures.size(), returns.size(),
             refunds.size());
}

}  // namespace omnisim::core
