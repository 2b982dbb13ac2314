#include "models/channels/marketplace.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {

using world::FactKind;

Marketplace::Marketplace(const Context& context, core::ChannelId id, GiftCards& gift_cards, Gate& gate)
    : SalesChannel(context, id, gift_cards),
      orders_(&gate.open_way_in(context.network, "marketplaces", params_.code, params_.format, party_)),
      settlements_(&gate.open_way_in(context.network, "settlements", params_.code, params_.format, party_)),
      ingestion_times_(context.streams.get(params_.code, "ingestion")) {}

void Marketplace::place(OrderNumber n) {
  order(n).state = OrderState::promised;
  take_from_mirror(n, 1);
  state(FactKind::order_promised, n, lines_of(n));
  if (!context_.pattern.limits || params_.order_batch_every.count() == 0) return export_order(n);
  if (unexported_.empty())
    context_.at(next_tick(context_.now(), params_.order_batch_every), *this, export_orders);
  unexported_.push_back(n);
}

/// It knows the law. Where it remits the tax itself, the seller never sees it.
Quote Marketplace::quote(core::JurisdictionId where, const core::Code&) {
  const TaxLaw& law = context_.master.taxes;
  return {law.marketplace_remits(where) ? 0 : law.rate_bp(where, context_.now())};
}

void Marketplace::on_event(sim::Time now, std::uint64_t event) {
  switch (event) {
    case export_orders:
      return export_all();
    case settle:
      return close_settlement(now);
    default:
      return show(event - ingest);
  }
}

void Marketplace::export_all() {
  for (const OrderNumber n : unexported_) export_order(n);
  unexported_.clear();
}

void Marketplace::export_order(OrderNumber n) {
  const Order& o = order(n);
  const wire::Stamp s = stamp(o.message_id, o.code, o.placed_at);
  const wire::ShopOrder message = wire_order(n, true);
  context_.post(*orders_,
                [&](std::string& out) { wire::shop_order(out, dialect_, context_.names(), s, message); });
}

void Marketplace::take(sim::Time, const Mail& mail) {
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr) return;
  if (mail.type == core::EventType::availability_published) return take_number(*command);
  if (mail.type == core::EventType::refund_requested) return refund(*command);
  const OrderNumber n = context_.orders.find(command->order, id_);
  if (n == no_order || mail.type != core::EventType::line_cancelled) return;
  const std::span<const core::Line> gone = cancel(n, command->lines);
  if (!gone.empty()) state(FactKind::order_cancelled, n, gone);
}

void Marketplace::take_number(const wire::Command& command) {
  if (command.sku.is_none()) return;
  std::size_t slot = published_.size();
  if (free_.empty()) {
    published_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  const sim::Time observed = command.observed == sim::Time{} ? command.at : command.observed;
  published_[slot] = {.sku = command.sku,
                      .number = command.quantity_each,
                      .is_delta = command.is_delta,
                      .freshness = {observed, wire::number_of(command.id)}};
  const sim::Duration wait =
      context_.pattern.limits ? params_.feed_ingestion.sample_duration(ingestion_times_) : sim::Duration{};
  if (wait.count() == 0) return show(slot);
  context_.after(party_.slowed(context_.now(), wait), *this, ingest + slot);
}

void Marketplace::show(std::size_t slot) {
  const Published& p = published_[slot];
  mirror_.publish(p.sku, p.number, p.is_delta, p.freshness, context_.pattern.feed_is_fresh);
  free_.push_back(slot);
}

void Marketplace::refund(const wire::Command& command) {
  const OrderNumber n = context_.orders.find(command.order, id_);
  const core::Money amount = command.tenders.marketplace;
  if (n == no_order || amount.minor <= 0 || !refunds_.insert(command.refund, 1)) return;
  const core::Code message = author_.next_id();
  context_.world.state({.kind = FactKind::refunded,
                        .at = context_.now(),
                        .order = order(n).code,
                        .channel = id_,
                        .reference = command.refund,
                        .amount = amount,
                        .tenders = {.marketplace = amount},
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp s = stamp(message, order(n).code, context_.now());
  const wire::ShopRefund notice{
      .order = order(n).code, .channel = id_, .refund = command.refund, .amount = amount};
  context_.post(*orders_,
                [&](std::string& out) { wire::shop_refund(out, dialect_, context_.names(), s, notice); });
  account(-amount);
}

void Marketplace::shipped(OrderNumber n, std::span<const core::Line> lines) {
  core::Money gross;
  for (const core::Line& line : lines) {
    const OrderLine* ordered = context_.orders.line(n, line.line_no);
    if (ordered == nullptr) continue;
    const std::int32_t before = ordered->shipped - line.quantity_each;
    gross += part_of(ordered->net, ordered->quantity_each, before, line.quantity_each) +
             part_of(ordered->tax, ordered->quantity_each, before, line.quantity_each);
  }
  if (!std::exchange(order(n).shipping_settled, true)) gross += order(n).shipping_net + order(n).shipping_tax;
  account(gross);
}

void Marketplace::account(core::Money gross) {
  gross_ += gross;
  ++items_;
  if (settlement_armed_) return;
  settlement_armed_ = true;
  const sim::Time start = context_.params.calendar.from;
  const auto periods = (context_.now() - start) / params_.settlement_every + 1;
  context_.at(start + periods * params_.settlement_every, *this, settle);
}

void Marketplace::close_settlement(sim::Time now) {
  settlement_armed_ = false;
  const core::Money gross = std::exchange(gross_, {});
  const std::uint32_t items = std::exchange(items_, 0);
  const core::Money commission = basis_points(gross, params_.commission_bp);
  const core::Code settlement = wire::code_of(params_.code + "-settle", ++settlements_made_);
  const core::Code message = author_.next_id();
  context_.world.state({.kind = FactKind::settlement_paid,
                        .at = now,
                        .channel = id_,
                        .reference = settlement,
                        .amount = gross,
                        .fee = commission,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp s = stamp(message, settlement, now);
  context_.post(*settlements_, [&](std::string& out) {
    wire::shop_settlement(
        out, dialect_, context_.names(), s,
        {.channel = id_, .settlement = settlement, .gross = gross, .commission = commission, .items = items});
  });
}

}  // namespace omnisim::models
