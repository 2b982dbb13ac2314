#include "core/orchestration/order_desk.hpp"

#include <algorithm>
#include <utility>

namespace omnisim::core {

namespace {

std::size_t at(UnitState state) { return static_cast<std::size_t>(state); }

/// What has to be authorised on a card before the order is funded.
bool needs_payment(const Order& order, const Directory& directory) {
  if (directory.channel(order.channel).kind == ChannelKind::marketplace) return false;
  return order.tenders.card.minor > 0;
}

}  // namespace

Outcome OrderDesk::placed(const OrderPlaced& body, const Event& event) {
  if (c_.book.find(body.channel, body.order) != no_index) {
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the order number is taken");
  }
  const auto orders_something = [](const Line& line) { return line.quantity_each > 0; };
  if (std::none_of(event.lines.begin(), event.lines.end(), orders_something)) {
    return Outcome::refused(ExceptionCategory::invalid, "an order without lines");
  }
  if (const auto reason = not_exchangeable(body, event); !reason.empty())
    return Outcome::refused(ExceptionCategory::invalid, reason);
  const OrderIndex index = record(body, event);
  const bool authority = c_.can().reservation_authority;
  c_.book.orders[index].funded = !needs_payment(c_.book.orders[index], c_.config.directory);
  if (!body.promised) {
    const bool accepted = !authority || can_promise(index);
    if (!accepted) allocation_.cancel_unallocated(index, UnitEvent::cancel, false);
    reply(index, accepted);
    if (!accepted) {
      c_.parking.wake(c_.book.orders[index].key());
      return Outcome::done();
    }
  }
  payments_.order_accepted(index);
  tell_feeds(index);
  if (authority) {
    reserve(index);
  } else if (c_.book.orders[index].funded) {
    allocation_.allocate(index);
  }
  const Order& order = c_.book.orders[index];
  if (authority && c_.can().timeouts && !order.funded) {
    c_.timers.arm(TimerKind::hold, c_.step.now + c_.config.policies.hold, c_.step.cause.input, index, 0);
  }
  watch_ship_deadline(index);
  c_.parking.wake(order.key());
  return Outcome::done();
}

void OrderDesk::watch_ship_deadline(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  const Duration grace = c_.config.policies.marketplace_cancels_after;
  const bool has_one = c_.config.directory.channel(order.channel).kind == ChannelKind::marketplace;
  if (!has_one || grace == Duration::zero() || !c_.can().timeouts) return;
  const Time due = order.promised_by + grace;
  if (due > c_.step.now)
    c_.timers.arm(TimerKind::ship_deadline, due, c_.step.cause.input, index, order.placed_by);
}

RateRow OrderDesk::rate_for(const Event& event) const {
  const std::chrono::minutes zone{c_.config.policies.ledger_utc_offset_min};
  const auto day = std::chrono::floor<std::chrono::days>(c_.step.cause.occurred_at + zone);
  return rate_on(c_.config.rates, event.envelope.currency, day);
}

std::string_view OrderDesk::not_exchangeable(const OrderPlaced& body, const Event& event) const {
  if (event.envelope.currency.empty()) return {};
  if (c_.config.directory.channel(body.channel).kind != ChannelKind::marketplace)
    return "only what a marketplace collects may be in another currency";
  if (rate_for(event) == no_rate) return "no rate of exchange for the order's currency on its day";
  return c_.config.directory.channel(body.channel).currency == event.envelope.currency
             ? std::string_view{}
             : "the channel does not sell in that currency";
}

OrderIndex OrderDesk::record(const OrderPlaced& body, const Event& event) {
  Order order;
  order.code = body.order;
  order.channel = body.channel;
  if (body.fulfilment == Fulfilment::collect) order.collect_at = body.collect_at;
  order.placed_at = c_.step.cause.occurred_at;
  order.since = c_.step.now;
  order.promised_by = body.promised_by;
  order.placed_by = c_.step.cause.input;
  const Tenders& t = body.tenders;
  order.tenders = {t.card, t.gift_card, t.cash, t.marketplace, c_.book.keep(t.gift_card_no)};
  if (!event.envelope.currency.empty()) order.rate = rate_for(event);
  order.shipping_net = body.shipping_net;
  order.shipping_tax = body.shipping_tax;
  order.jurisdiction_row = dimension_of(body.jurisdiction);
  const auto is_some = [](const Line& line) { return line.quantity_each > 0; };
  order.line_count =
      static_cast<std::uint32_t>(std::count_if(event.lines.begin(), event.lines.end(), is_some));
  order.first_line = c_.book.add_lines(order.line_count);
  const OrderIndex index = c_.book.orders.add(order);
  LineIndex next = order.first_line;
  for (const Line& line : event.lines) {
    if (!is_some(line)) continue;
    OrderLine& ordered = c_.book.lines[next++];
    ordered.order = index;
    ordered.line_no = line.line_no;
    ordered.sku = line.sku;
    ordered.quantity_each = line.quantity_each;
    ordered.net = line.net;
    ordered.discount = line.discount;
    ordered.tax = line.tax;
    ordered.units[at(UnitState::placed)] = line.quantity_each;
    order.ordered_each += line.quantity_each;
    c_.availability.uncommitted_changed(line.sku, line.quantity_each);
  }
  order.units[at(UnitState::placed)] = order.ordered_each;
  c_.book.order_index.insert(order.key(), index);
  c_.book.orders[index] = order;
  return index;
}

bool OrderDesk::can_promise(OrderIndex index) const {
  const Order& order = c_.book.orders[index];
  const LineIndex end = order.first_line + order.line_count;
  for (LineIndex i = order.first_line; i < end; ++i) {
    const SkuId sku = c_.book.lines[i].sku;
    std::int64_t needed = 0;
    for (LineIndex j = order.first_line; j <= i; ++j) {
      if (c_.book.lines[j].sku == sku) needed += c_.book.lines[j].quantity_each;
    }
    std::int64_t there = c_.availability.available(sku, order.channel);
    if (!order.collect_at.is_none()) {
      there = std::int64_t{c_.ledger.sellable(sku, order.collect_at)} -
              c_.availability.safety_stock(order.channel);
    }
    if (needed > there) return false;
  }
  return true;
}

void OrderDesk::reply(OrderIndex index, bool accepted) {
  const Order& order = c_.book.orders[index];
  if (accepted) {
    c_.outbox.start(OrderAccepted{order.code, order.channel});
  } else {
    c_.outbox.start(OrderRejected{order.code, order.channel});
  }
  c_.send({System::channel, order.channel.value}, order.code);
}

void OrderDesk::tell_feeds(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  for (LineIndex i = order.first_line; i < order.first_line + order.line_count; ++i) {
    c_.availability.promised_by(order.channel, c_.book.lines[i].sku, c_.book.lines[i].quantity_each);
  }
}

void OrderDesk::reserve(OrderIndex index) {
  const LineIndex first = c_.book.orders[index].first_line;
  const LineIndex end = first + c_.book.orders[index].line_count;
  for (LineIndex line = first; line < end; ++line) {
    allocation_.source_or_give_up(line, c_.book.lines[line].quantity_each);
  }
}

Outcome OrderDesk::cancelled(const OrderCancelled& body) {
  const OrderIndex index = c_.book.find(body.channel, body.order);
  if (index == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  const Order& order = c_.book.orders[index];
  if (order.units[at(UnitState::cancelled)] >= order.ordered_each) return Outcome::done();
  if (allocation_.cancel_unallocated(index, UnitEvent::cancel, false) == 0) {
    return Outcome::refused(ExceptionCategory::illegal_transition, "the order is being fulfilled already");
  }
  return Outcome::done();
}

Outcome OrderDesk::amended(const OrderAmended& body, const Event& event) {
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  for (const Line& line : event.lines) {
    const LineIndex index = c_.book.find_line(order, line);
    if (index == no_index || line.quantity_each > c_.book.lines[index].quantity_each)
      return Outcome::refused(ExceptionCategory::unknown_reference, "not what was ordered");
    std::int64_t wanted = 0;
    for (const Line& other : event.lines)
      wanted += c_.book.find_line(order, other) == index ? other.quantity_each : 0;
    if (wanted > allocation_.not_shipped(index))
      return Outcome::refused(ExceptionCategory::illegal_transition, "shipped or cancelled already");
  }
  for (const Line& line : event.lines) {
    if (line.quantity_each > 0)
      allocation_.take_off(c_.book.find_line(order, line), line.quantity_each, UnitEvent::cancel, false);
  }
  return Outcome::done();
}

Outcome OrderDesk::authorised(const PaymentAuthorised& body) {
  const OrderIndex index = c_.book.find(body.channel, body.order);
  const bool of_cards = gift_cards_.authorised(order_key(body.channel, body.order), body.payment);
  if (index == no_index && of_cards) return Outcome::done();
  if (index == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  Order& order = c_.book.orders[index];
  const bool renewed = std::exchange(order.renewal_asked, false);
  const bool starts = !order.authorised || renewed;
  if (renewed && order.payment != body.payment) payments_.void_authorisation(index);
  order.authorised = true;
  order.payment = body.payment;
  payments_.authorised(index);
  if (order.units[at(UnitState::cancelled)] >= order.ordered_each) {
    // Too late: the order is gone. An empty cancellation lets `end` give the customer's money free.
    allocation_.cancel_unallocated(index, UnitEvent::cancel, false);
    return Outcome::done();
  }
  order.funded = true;
  allocation_.allocate(index);
  if (starts) start_authorisation(index);
  return Outcome::done();
}

void OrderDesk::start_authorisation(OrderIndex index) {
  Order& order = c_.book.orders[index];
  order.authorised_at = c_.step.now;
  order.authorised_by = c_.step.cause.input;
  if (!c_.can().timeouts) return;
  c_.timers.arm(TimerKind::authorisation, c_.step.now + c_.config.policies.authorisation_life,
                c_.step.cause.input, index, order.authorised_by);
  backorders_.watch_authorisation(index);
}

void OrderDesk::reauthorise(OrderIndex index) {
  if (!backorders_.reauthorise(index)) return;
  c_.book.orders[index].renewal_asked = true;
  payments_.request_authorisation(index);
}

Outcome OrderDesk::authorisation_expired(const AuthorisationExpired& body) {
  const OrderIndex index = c_.book.find(body.channel, body.order);
  if (index == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  Order& order = c_.book.orders[index];
  if (order.payment != body.payment)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the order does not live on this payment");
  order.payment = {};
  order.authorised = order.renewal_asked = false;
  allocation_.authorisation_expired(index);
  return Outcome::done();
}

Outcome OrderDesk::declined(const PaymentDeclined& body) {
  const OrderIndex index = c_.book.find(body.channel, body.order);
  if (index == no_index && gift_cards_.declined(order_key(body.channel, body.order))) return Outcome::done();
  if (index == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  if (std::exchange(c_.book.orders[index].renewal_asked, false)) {
    allocation_.renewal_declined(index);
    return Outcome::done();
  }
  if (c_.book.orders[index].funded) {
    return Outcome::refused(ExceptionCategory::illegal_transition, "the order is funded already");
  }
  gift_cards_.declined(c_.book.orders[index].key());
  allocation_.cancel_unallocated(index, UnitEvent::cancel, false);
  return Outcome::done();
}

}  // namespace omnisim::core
