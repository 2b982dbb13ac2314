#include "models/money/gift_cards.hpp"

#include <algorithm>

namespace omnisim::models {

GiftCards::GiftCards(const Context& context, Gate& gate)
    : context_(context),
      party_("gift_cards", context.faults),
      author_(party_.name(), false),
      records_(&gate.open_way_in(context.network, "gift_cards", "", core::Format::gift_card_fixed, party_)),
      reader_(context.names()) {}

wire::Stamp GiftCards::stamp(const core::Code& message, const core::Code& correlation) {
  return author_.stamp(message, correlation, party_.clock_reading(context_.now()));
}

core::Code GiftCards::issue(core::Money value) {
  const core::Code number = wire::code_of("GC", cards_.size() + 1);
  index_.insert(number, static_cast<std::uint32_t>(cards_.size()));
  cards_.push_back({.number = number, .balance = value});
  return number;
}

void GiftCards::record_sale(const core::Code& card, core::Money value, const core::Tenders& paid_with) {
  const core::Code message = author_.next_id();
  context_.world.state({.kind = world::FactKind::gift_card_sold,
                        .at = context_.now(),
                        .order = card,
                        .amount = value,
                        .tenders = paid_with,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp s = stamp(message, card);
  context_.post(*records_, [&](std::string& out) { wire::gift_card_sold(out, s, card, value, paid_with); });
}

std::optional<GiftCards::Use> GiftCards::use(core::Money most, const core::Code& order) {
  while (oldest_ < cards_.size() && cards_[oldest_].balance.is_zero()) ++oldest_;
  if (oldest_ == cards_.size() || most.minor <= 0) return std::nullopt;
  Card& card = cards_[oldest_];
  const core::Money amount = std::min(most, card.balance);
  card.balance -= amount;
  const wire::Stamp s = stamp(author_.next_id(), order);
  context_.post(*records_,
                [&](std::string& out) { wire::gift_card_used(out, s, card.number, order, amount); });
  return Use{.card = card.number, .amount = amount};
}

void GiftCards::give_back(const core::Code& card, core::Money amount) {
  const std::uint32_t at = index_.find(card);
  if (at == CodeIndex::none) return;
  cards_[at].balance += amount;
  oldest_ = std::min<std::size_t>(oldest_, at);
}

void GiftCards::take(sim::Time now, const Mail& mail) {
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr || mail.type != core::EventType::refund_requested) return;
  const OrderNumber order = context_.orders.find(command->order, command->channel);
  const core::Money amount = command->tenders.gift_card;
  if (order == no_order || amount.minor <= 0 || !refunds_.insert(command->refund, 1)) return;
  const Order& o = context_.orders[order];
  give_back(o.tenders.gift_card_no, amount);
  const core::Code message = author_.next_id();
  context_.world.state({.kind = world::FactKind::refunded,
                        .at = now,
                        .order = o.code,
                        .channel = o.channel,
                        .reference = command->refund,
                        .amount = amount,
                        .tenders = {.gift_card = amount, .gift_card_no = o.tenders.gift_card_no},
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp s = stamp(message, o.code);
  const wire::RefundNotice notice{.order = o.code,
                                  .channel = o.channel,
                                  .refund = command->refund,
                                  .amount = amount,
                                  .gift_card_no = o.tenders.gift_card_no};
  context_.post(*records_,
                [&](std::string& out) { wire::gift_card_refund(out, context_.names(), s, notice); });
}

}  // namespace omnisim::models
