// Money on the card before control passes: captured early, or for a shipment that was voided. It pays for
// what ships later, and goes back once nothing is left that it could pay for.
#include <algorithm>

#include "core/orchestration/payments.hpp"

namespace omnisim::core {

namespace {

/// The card's part of `gross`: a gift card is used up first.
Money card_part(const Order& order, Money gross) { return gross - std::min(order.tenders.gift_card, gross); }

}  // namespace

Money Payments::card_due(const Order& order) const {
  Money gross;
  bool ships = order.shipping_recognised;
  for (LineIndex i = order.first_line; i < order.first_line + order.line_count; ++i) {
    const OrderLine& line = c_.book.lines[i];
    const std::int32_t kept = line.quantity_each - line.units[static_cast<std::size_t>(UnitState::cancelled)];
    if (kept <= 0) continue;
    ships = true;
    gross += share(line.net, line.quantity_each, 0, kept) + share(line.tax, line.quantity_each, 0, kept);
  }
  if (ships) gross += order.shipping_net + order.shipping_tax;
  return card_part(order, gross);
}

void Payments::limit_paid(Order& order) {
  order.paid.card = std::min(card_part(order, order.recognised),
                             order.card_asked - c_.book.aftermath_of(order).card_repaid);
}

void Payments::repay_surplus(OrderIndex index) {
  Order& order = c_.book.orders[index];
  const Aftermath& before = c_.book.aftermath_of(order);
  if (order.card_captured <= before.card_repaid) return;
  const Money kept = std::max(card_due(order), order.paid.card);
  const Money surplus = order.card_captured - before.card_repaid - kept;
  if (surplus.minor <= 0) return;
  const Money own_left = order.card_captured - before.exchange_credit - before.card_repaid;
  Aftermath& after = c_.book.open_aftermath(order);
  after.card_repaid += surplus;
  Amounts amounts;
  amounts[Component::card] = surplus;
  c_.post(Occasion::order_repaid, amounts, order.code, order.channel);
  const std::uint32_t money_back =
      c_.book.open_return(index, order.code, own_return_key(order.key(), order.code), c_.step.now);
  advance(c_.book.returns[money_back], ReturnEvent::cancel);
  // What an exchange has credited was paid with the card of the order that came back.
  const Money own = std::clamp(own_left, Money{}, surplus);
  refunds_.request_deposit(order.code, money_back, own);
  if (own == surplus) return;
  after.exchange_credit -= surplus - own;
  order.card_captured -= surplus - own;
  order.card_asked -= surplus - own;
  after.card_repaid -= surplus - own;
  refunds_.request_deposit(c_.book.code(after.replaces), money_back, surplus - own);
}

void Payments::request_authorisation(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  const Money amount = card_due(order) - order.card_asked + c_.book.aftermath_of(order).card_repaid;
  if (amount.minor <= 0) return;
  c_.outbox.start(AuthorisationRequested{order.code, order.channel, order.payment, amount});
  c_.send({System::psp, 0}, order.code);
}

void Payments::void_authorisation(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  c_.outbox.start(AuthorisationVoided{order.code, order.channel, order.payment});
  c_.send({System::psp, 0}, order.code);
}

bool Payments::is_covered(const Order& order) const {
  return order.card_captured - c_.book.aftermath_of(order).card_repaid >= card_due(order);
}

Money Payments::credit_replacement(OrderIndex index, OrderIndex replacement, Money refund) {
  Order& order = c_.book.orders[index];
  Order& next = c_.book.orders[replacement];
  const Money open = card_due(next) + c_.book.aftermath_of(next).card_repaid - next.card_asked;
  const Money left = order.paid.card - c_.book.aftermath_of(order).refunds.card;
  const Money credit = std::max(Money{}, std::min({refund, left, open}));
  if (credit.is_zero()) return credit;
  c_.book.open_aftermath(order).refunds.card += credit;
  next.card_asked += credit;
  next.card_captured += credit;
  c_.book.open_aftermath(next).exchange_credit += credit;
  Amounts amounts;
  amounts[Component::gross] = credit;
  c_.post(Occasion::exchange_credited, amounts, order.code, order.channel);
  return credit;
}

void Payments::reverse(OrderIndex index, NodeId node, Amounts goods) {
  Order& order = c_.book.orders[index];
  bool anything_left = false;
  for (LineIndex i = order.first_line; i < order.first_line + order.line_count; ++i)
    anything_left |= c_.book.lines[i].shipped_each > 0;
  if (!anything_left && order.shipping_recognised) {
    order.shipping_recognised = false;
    goods[Component::shipping_net] = order.shipping_net;
    goods[Component::shipping_tax] = order.shipping_tax;
  }
  const Money gross = goods[Component::net] + goods[Component::tax] + goods[Component::shipping_net] +
                      goods[Component::shipping_tax];
  const Money before = order.recognised;
  order.recognised -= gross;
  if (c_.config.directory.channel(order.channel).kind == ChannelKind::marketplace) {
    goods[Component::marketplace] = gross;
    order.paid.marketplace -= gross;
  } else {
    goods[Component::card] = card_part(order, before) - card_part(order, order.recognised);
    goods[Component::gift_card] = gross - goods[Component::card];
    order.paid.gift_card -= goods[Component::gift_card];
    limit_paid(order);
  }
  if (c_.config.policies.accounting.revenue_at == RecognitionPoint::delivery) {
    Amounts not_sent;
    not_sent[Component::cost] = -goods[Component::cost];
    return c_.post(Occasion::shipment_sent, not_sent, order.code, order.channel, node);
  }
  c_.book.recognised += c_.receivable(order, -gross);
  c_.post(Occasion::shipment_voided, goods, order.code, order.channel, node, order.jurisdiction());
  bear_tax(index);
  gift_cards_.use(c_.book.code(order.tenders.gift_card_no), -goods[Component::gift_card]);
  Amounts expected;
  expected[Component::net] = -goods[Component::net];
  expected[Component::cost] = -goods[Component::cost];
  accrue_expected_returns(order.key(), expected, order.code, order.rate);
}

}  // namespace omnisim::core
