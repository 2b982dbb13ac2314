#include "models/channels/storefront.hpp"

#include <algorithm>
#include <vector>

namespace omnisim::models {

using world::FactKind;

namespace {

/// A customer does not look at "please wait" for longer.
constexpr sim::Duration patience = std::chrono::minutes{10};

}  // namespace

Storefront::Storefront(const Context& context, core::ChannelId id, GiftCards& gift_cards, Payments& payments,
                       TaxEngine& tax, Gate& gate)
    : SalesChannel(context, id, gift_cards),
      payments_(payments),
      tax_(tax),
      rates_(context, party_, tax, context.params.tax.shops),
      events_(&gate.open_way_in(context.network, "storefront", params_.code, params_.format, party_)) {}

void Storefront::reserve(OrderNumber n) {
  if (keeps_mirror()) take_from_mirror(n, 1);
  if (context_.pattern.channel_promises) return pays_at_once(n) ? pay(n) : keep(n);
  order(n).state = OrderState::asked;
  report(n, false);
  // Where the question or its answer can get lost for good, the shop has to give up some time.
  if (!context_.network.is_reliable("storefront") || !context_.network.is_reliable("replies"))
    arm(context_.now() + patience, patience_ends, n);
}

Quote Storefront::quote(core::JurisdictionId where, const core::Code& order) {
  return rates_.ask(where, order);
}

/// A whole order that is off is no sale to be taxed.
void Storefront::void_tax_if_off(OrderNumber n) {
  const std::span<const OrderLine> lines = context_.orders.lines(n);
  if (std::all_of(lines.begin(), lines.end(),
                  [](const OrderLine& l) { return l.cancelled == l.quantity_each; }))
    tax_.void_commit(n);
}

void Storefront::report(OrderNumber n, bool promised) {
  const Order& o = order(n);
  const wire::Stamp s = stamp(o.message_id, o.code, o.placed_at);
  const wire::ShopOrder message = wire_order(n, promised);
  context_.post(*events_,
                [&](std::string& out) { wire::shop_order(out, dialect_, context_.names(), s, message); });
}

void Storefront::authorised(OrderNumber n, bool accepted) {
  if (order(n).state != OrderState::promised) return;
  if (!accepted) {
    order(n).state = OrderState::over;
    state(FactKind::order_declined, n, lines_of(n));
    if (keeps_mirror()) take_from_mirror(n, -1);
    return return_unused_gift_card(n);
  }
  if (context_.pattern.channel_promises) report(n, true);
  tax_.commit(n);
}

void Storefront::take(sim::Time, const Mail& mail) {
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr) return;
  if (mail.type == core::EventType::availability_published) {
    if (command->sku.is_none()) return;
    const sim::Time observed = command->observed == sim::Time{} ? command->at : command->observed;
    return mirror_.publish(command->sku, command->quantity_each, command->is_delta,
                           {observed, wire::number_of(command->id)}, context_.pattern.feed_is_fresh);
  }
  const OrderNumber n = context_.orders.find(command->order, id_);
  if (n == no_order) return;
  if (mail.type == core::EventType::order_accepted) accepted_by_core(n);
  if (mail.type == core::EventType::order_rejected) refused_by_core(n);
  if (mail.type == core::EventType::line_cancelled) cancelled_by_core(n, command->lines);
}

void Storefront::accepted_by_core(OrderNumber n) {
  if (order(n).state != OrderState::asked) return;
  pays_at_once(n) ? pay(n) : keep(n);
}

void Storefront::refused_by_core(OrderNumber n) {
  if (order(n).state == OrderState::asked) refuse(n);
}

void Storefront::refuse(OrderNumber n) {
  order(n).state = OrderState::over;
  const bool was_paying = params_.reserve_at == ReserveAt::payment && pays_at(n) > order(n).placed_at;
  if (was_paying) state(FactKind::cart_refused, n, lines_of(n));
  state(FactKind::demand_refused, n, lines_of(n));
  if (keeps_mirror()) take_from_mirror(n, -1);
  return_unused_gift_card(n);
}

void Storefront::cancelled_by_core(OrderNumber n, std::span<const core::Line> lines) {
  // Cancelled before it was promised: the customer only hears no.
  if (order(n).state == OrderState::asked) return refuse(n);
  if (order(n).state == OrderState::held) return forget_cart(n);
  if (order(n).state == OrderState::over) return;
  const std::span<const core::Line> gone = cancel(n, lines);
  if (gone.empty()) return;
  // What has waited at a store is cancelled because nobody came for it.
  const bool waited = std::all_of(gone.begin(), gone.end(), [&](const core::Line& line) {
    const OrderLine& ordered = *context_.orders.line(n, line.line_no);
    return ordered.made_ready >= ordered.shipped + line.quantity_each;
  });
  state(waited ? FactKind::not_collected : FactKind::order_cancelled, n, gone);
  void_tax_if_off(n);
  return_unused_gift_card(n);
}

void Storefront::customer_cancels(const core::Code& code, std::int32_t quantity_each) {
  const OrderNumber n = context_.orders.find(code, id_);
  if (n == no_order || order(n).state == OrderState::over) return;
  std::vector<core::Line> unwanted(lines_of(n).begin(), lines_of(n).end());
  for (core::Line& line : unwanted)
    line.quantity_each =
        quantity_each == 0 ? line.quantity_each : std::min(quantity_each, line.quantity_each);
  // The shop does not know what has left already; it asks in any case.
  const wire::Stamp s = stamp(author_.next_id(), code, context_.now());
  context_.post(*events_, [&](std::string& out) {
    if (quantity_each == 0) return wire::shop_cancelled(out, context_.names(), s, code, id_);
    wire::shop_amended(out, context_.names(), s, {.order = code, .channel = id_, .lines = unwanted});
  });
  const std::span<const core::Line> gone = cancel(n, unwanted);
  if (gone.empty()) return;
  state(FactKind::customer_cancelled, n, gone);
  if (keeps_mirror()) {
    for (const core::Line& line : gone) mirror_.take(line.sku, -line.quantity_each);
  }
  void_tax_if_off(n);
  return_unused_gift_card(n);
}

void Storefront::return_unused_gift_card(OrderNumber n) {
  Order& o = order(n);
  if (o.gift_card_used.is_zero()) return;
  // What is left of the order still uses the card first.
  core::Money rest;
  bool anything = false;
  for (const OrderLine& line : context_.orders.lines(n)) {
    const std::int32_t units = o.state == OrderState::over ? 0 : line.quantity_each - line.cancelled;
    anything = anything || units > 0;
    rest += part_of(line.net, line.quantity_each, 0, units) + part_of(line.tax, line.quantity_each, 0, units);
  }
  if (anything) rest += o.shipping_net + o.shipping_tax;
  if (rest >= o.gift_card_used) return;
  gift_cards_.give_back(o.tenders.gift_card_no, o.gift_card_used - rest);
  o.gift_card_used = rest;
}

void Storefront::arm(sim::Time at, Event event, OrderNumber n) { context_.at(at, *this, event << 32U | n); }

void Storefront::on_event(sim::Time, std::uint64_t event) {
  const auto n = static_cast<OrderNumber>(event & 0xffffffffU);
  switch (static_cast<Event>(event >> 32U)) {
    case patience_ends:
      return give_up_waiting(n);
    case comes_to_pay:
      return come_to_pay(n);
    case hold_ends:
      if (order(n).state == OrderState::held) forget_cart(n);
  }
}

void Storefront::give_up_waiting(OrderNumber n) {
  if (order(n).state != OrderState::asked) return;
  refuse(n);
  const wire::Stamp s = stamp(author_.next_id(), order(n).code, context_.now());
  context_.post(*events_, [&](std::string& out) {
    wire::shop_cancelled(out, context_.names(), s, order(n).code, id_);
  });
}

void Storefront::authorise_return(OrderNumber n, const core::Code& rma, std::span<const core::Line> lines) {
  const Order& o = order(n);
  const wire::Stamp s = stamp(author_.next_id(), o.code, context_.now());
  const wire::ShopReturn message{.rma = rma, .order = o.code, .channel = o.channel, .lines = lines};
  context_.post(*events_, [&](std::string& out) { wire::shop_return(out, context_.names(), s, message); });
}

}  // namespace omnisim::models
