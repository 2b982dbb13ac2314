#include "core/orchestration/payments.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace omnisim::core {

namespace {

/// "ORDER/SHIPMENT", or where that does not fit a Code, a hash of both.
Code capture_id(const Order& order, const Code& shipment) {
  char text[2 * Code::max_size + 1];
  const std::size_t n = order.code.view().size();
  const std::size_t m = shipment.view().size();
  std::memcpy(text, order.code.view().data(), n);
  text[n] = '/';
  std::memcpy(text + n + 1, shipment.view().data(), m);
  if (const auto code = Code::from({text, n + 1 + m})) return *code;
  const HashKey key = return_key(order.key(), shipment);
  return numbered('P', key.low);
}

Money smaller(Money a, Money b) { return std::min(a, b); }

}  // namespace

void set_tenders(Amounts& amounts, const Tenders& tenders) {
  amounts[Component::card] = tenders.card;
  amounts[Component::gift_card] = tenders.gift_card;
  amounts[Component::cash] = tenders.cash;
  amounts[Component::marketplace] = tenders.marketplace;
}

void Payments::recognise(OrderIndex index, NodeId node, const Code& shipment, Amounts goods,
                         Occasion occasion) {
  Order& order = c_.book.orders[index];
  if (!order.shipping_recognised) {
    order.shipping_recognised = true;
    goods[Component::shipping_net] = order.shipping_net;
    goods[Component::shipping_tax] = order.shipping_tax;
  }
  const Money gross = goods[Component::net] + goods[Component::tax] + goods[Component::shipping_net] +
                      goods[Component::shipping_tax];
  const Money before = order.recognised;
  order.recognised += gross;
  if (c_.config.directory.channel(order.channel).kind == ChannelKind::marketplace) {
    goods[Component::marketplace] = gross;
    order.paid.marketplace += gross;
  } else {
    const Money card = order.tenders.gift_card;
    goods[Component::gift_card] = smaller(card, order.recognised) - smaller(card, before);
    goods[Component::card] = gross - goods[Component::gift_card];
    order.paid.gift_card += goods[Component::gift_card];
    order.paid.card += goods[Component::card];
  }
  if (c_.config.policies.accounting.revenue_at == RecognitionPoint::delivery) {
    Amounts sent;
    sent[Component::cost] = goods[Component::cost];
    c_.post(Occasion::shipment_sent, sent, order.code, order.channel, node);
  } else {
    c_.book.recognised += c_.receivable(order, gross);
    c_.post(occasion, goods, order.code, order.channel, node, order.jurisdiction());
    bear_tax(index);
    gift_cards_.use(c_.book.code(order.tenders.gift_card_no), goods[Component::gift_card]);
    accrue_expected_returns(order.key(), goods, order.code, order.rate);
  }
  const Money uncovered = order.paid.card + c_.book.aftermath_of(order).card_repaid - order.card_asked;
  const Money amount = smaller(goods[Component::card], uncovered);
  if (amount.minor > 0) ask_for_capture(index, shipment, amount);
}

void Payments::order_accepted(OrderIndex index) {
  if (!c_.books.posts_on(Occasion::order_accepted)) return;
  const Order& order = c_.book.orders[index];
  Amounts all;
  for (LineIndex i = order.first_line; i < order.first_line + order.line_count; ++i) {
    const OrderLine& line = c_.book.lines[i];
    all[Component::net] += line.net;
    all[Component::discount] += line.discount;
    all[Component::tax] += line.tax;
    all[Component::cost] += c_.cost(line.sku, line.quantity_each);
  }
  all[Component::shipping_net] = order.shipping_net;
  all[Component::shipping_tax] = order.shipping_tax;
  const Money gross = all[Component::net] + all[Component::tax] + order.shipping_net + order.shipping_tax;
  if (c_.config.directory.channel(order.channel).kind == ChannelKind::marketplace) {
    all[Component::marketplace] = gross;
  } else {
    all[Component::gift_card] = smaller(order.tenders.gift_card, gross);
    all[Component::card] = gross - all[Component::gift_card];
  }
  c_.post(Occasion::order_accepted, all, order.code, order.channel, {}, order.jurisdiction());
}

void Payments::ask_for_capture(OrderIndex index, const Code& shipment, Money amount) {
  Order& order = c_.book.orders[index];
  order.card_asked += amount;
  const bool known = !order.payment.empty();
  Capture capture{capture_id(order, shipment),
                  amount,
                  c_.step.now,
                  index,
                  known ? CaptureState::requested : CaptureState::unfunded,
                  no_index,
                  no_index};
  bool is_new = c_.book.capture_index.find(key_of(KeyKind::capture, capture.id)) == no_index;
  if (!is_new && c_.can().idempotency) {
    // Not a repetition, then: another carton of the same shipment needs a capture of its own.
    capture.id = numbered('P', c_.book.captures_made);
    is_new = true;
  }
  if (is_new) record(capture);
  order.has_unfunded_captures |= !known;
  if (known) request_capture(order, capture);
}

void Payments::record(Capture capture) {
  Order& order = c_.book.orders[capture.order];
  ++c_.book.captures_made;
  capture.next = order.first_capture;
  order.first_capture = c_.book.captures.add(capture);
  c_.book.capture_index.insert(key_of(KeyKind::capture, capture.id), order.first_capture);
}

void Payments::authorised(OrderIndex index) {
  Order& order = c_.book.orders[index];
  if (!std::exchange(order.has_unfunded_captures, false)) return;
  for (Capture& capture : c_.book.captures) {
    if (capture.order != index) continue;
    const auto* row = ship_to_settle.find(capture.state, CaptureEvent::authorised);
    if (row == nullptr) continue;
    capture.state = row->next;
    request_capture(order, capture);
  }
}

void Payments::request_capture(const Order& order, const Capture& capture) {
  c_.outbox.start(CaptureRequested{order.code, order.channel, order.payment, capture.id, capture.amount});
  c_.send({System::psp, 0}, order.code);
}

void Payments::approve_refund(OrderIndex index, Money net, Money tax, Money refund) {
  Order& order = c_.book.orders[index];
  Amounts amounts;
  amounts[Component::net] = net;
  amounts[Component::tax] = tax;
  amounts[Component::gross] = refund;
  amounts[Component::rounding] = net + tax - refund;
  c_.post(Occasion::refund_approved, amounts, order.code, order.channel, {}, order.jurisdiction());
  c_.book.open_aftermath(order).refund_approved += refund;
  bear_tax(index);
}

void Payments::refunded_at_till(OrderIndex index, const Tenders& tenders) {
  Order& order = c_.book.orders[index];
  TenderTotals& refunds = c_.book.open_aftermath(order).refunds;
  refunds.card += tenders.card + tenders.cash;
  refunds.gift_card += tenders.gift_card;
  refunds.marketplace += tenders.marketplace;
  Amounts amounts;
  set_tenders(amounts, tenders);
  amounts[Component::gross] = tenders.total();
  c_.post(Occasion::refund_settled, amounts, order.code, order.channel);
  gift_card_refilled(tenders);
}

Outcome Payments::captured(const PaymentCaptured& body) {
  if (const auto of_card = gift_cards_.captured(body)) return *of_card;
  OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  const std::uint32_t found = c_.book.capture_index.find(key_of(KeyKind::capture, body.capture));
  bool repeated = false;
  if (found == no_index) {
    // Nobody asked for it: money in advance, which comes once all the same.
    record({body.capture, body.amount, c_.step.now, order, CaptureState::captured, no_index, no_index});
    remittances_.captured(c_.book.orders[order].first_capture);
    c_.book.orders[order].card_asked += body.amount;
  } else {
    Capture& capture = c_.book.captures[found];
    order = capture.order;
    const auto* row = ship_to_settle.find(capture.state, CaptureEvent::captured);
    repeated = row == nullptr;
    if (repeated && c_.can().idempotency) {
      return Outcome::refused(ExceptionCategory::duplicate_conflict, "captured already");
    }
    if (!repeated) {
      if (capture.state == CaptureState::failed) {  // Its money was no longer counted on.
        c_.book.orders[order].card_asked += capture.amount;
        limit_paid(c_.book.orders[order]);
      }
      capture.state = row->next;
      remittances_.captured(found);
    }
  }
  Amounts amounts;
  amounts[Component::card] = body.amount;
  c_.post(Occasion::payment_captured, amounts, body.order, body.channel);
  if (repeated) return Outcome::done();
  c_.book.orders[order].card_captured += body.amount;
  repay_surplus(order);
  return Outcome::done();
}

Outcome Payments::capture_failed(const CaptureFailed& body) {
  if (const auto of_card = gift_cards_.capture_failed(body)) return *of_card;
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  const std::uint32_t found = c_.book.capture_index.find(key_of(KeyKind::capture, body.capture));
  if (found == no_index)
    return Outcome::refused(ExceptionCategory::unknown_reference, "a capture that nobody asked for");
  Capture& capture = c_.book.captures[found];
  const auto* row = ship_to_settle.find(capture.state, CaptureEvent::failed);
  if (row == nullptr)
    return Outcome::refused(ExceptionCategory::illegal_transition, "captured or given up already");
  capture.state = row->next;
  if (row->action == CaptureAction::raise) {
    Order& unpaid = c_.book.orders[capture.order];
    unpaid.card_asked -= capture.amount;
    limit_paid(unpaid);
    return Outcome::refused(ExceptionCategory::expired, "a capture failed twice");
  }
  request_capture(c_.book.orders[order], capture);
  return Outcome::done();
}

Outcome Payments::charged(const ChargeRecorded& body) {
  static constexpr std::array<Component, 7> by_kind = {
      Component::shipping,    Component::manual,          Component::discount, Component::gift_voucher,
      Component::bank_charge, Component::marketplace_fee, Component::sample};
  Amounts amounts;
  amounts[Component::gross] = body.amount;
  amounts[by_kind[static_cast<std::size_t>(body.kind)]] = body.amount;
  c_.post(Occasion::charge_recorded, amounts, body.document);
  if (body.kind == ChargeKind::gift_voucher) gift_cards_.owe(body.amount);
  return Outcome::done();
}

}  // namespace omnisim::core
