#include "models/channels/settlement.hpp"

#include <algorithm>
#include <utility>

namespace omnisim::models {

using core::SettlementKind;
using world::FactKind;

Settlement::Settlement(const Context& context, core::ChannelId id, const Party& party, wire::Author& author,
                       Way& way)
    : context_(context),
      id_(id),
      params_(context.params.channels[id.value]),
      party_(party),
      author_(author),
      way_(way),
      dialect_{.format = params_.format,
               .currency = context.params.currency,
               .original_currency = params_.currency} {
  if (params_.settlement.reserve_bp > 0) context.world.add_observer(*this);
}

void Settlement::sold(OrderNumber order, core::Money gross, std::int32_t units) {
  add({.order = order, .amount = gross, .units = units});
  const core::Money withheld = basis_points(gross, params_.settlement.reserve_bp);
  if (withheld.minor > 0) reserves_.push_back({.order = order, .amount = withheld, .under_way = units});
}

void Settlement::refunded(OrderNumber order, core::Money amount) { add({.order = order, .amount = -amount}); }

void Settlement::add(const Item& item) {
  items_.push_back(item);
  settle_after(context_.now());
}

void Settlement::settle_after(sim::Time when) {
  const sim::Time start = context_.params.calendar.from;
  const sim::Time tick = start + ((when - start) / params_.settlement_every + 1) * params_.settlement_every;
  if (ticks_.insert(tick).second) context_.at(tick, *this, 0);
}

/// A parcel that is lost or brought back is on its way no longer either: the refund is another matter.
void Settlement::on_fact(const world::Fact& fact) {
  if (fact.kind != FactKind::units_delivered && fact.kind != FactKind::units_lost &&
      fact.kind != FactKind::returned_to_sender)
    return;
  if (fact.channel != id_) return;
  const OrderNumber order = context_.orders.find(fact.order, id_);
  std::int32_t arrived = 0;
  for (const core::Line& part : fact.lines) arrived += part.quantity_each;
  for (Reserve& reserve : reserves_) {
    if (reserve.order != order || reserve.under_way == 0) continue;
    const std::int32_t units = std::min(arrived, reserve.under_way);
    arrived -= units, reserve.under_way -= units;
    if (reserve.under_way > 0) return;
    reserve.due = fact.at + params_.settlement.reserve_for;
    settle_after(reserve.due);
  }
}

void Settlement::on_event(sim::Time now, std::uint64_t) {
  ticks_.erase(now);
  if (params_.settlement.form == SettlementForm::totals) return close_by_totals(now);
  close_by_lines(now);
}

void Settlement::close_by_totals(sim::Time now) {
  core::Money gross;
  for (const Item& item : items_) gross += item.amount;
  const auto items = static_cast<std::uint32_t>(items_.size());
  items_.clear();
  number_ = wire::code_of(params_.code + "-settle", ++made_);
  close(now, gross, basis_points(gross, params_.commission_bp), items);
}

void Settlement::close_by_lines(sim::Time now) {
  const bool is_due = std::any_of(reserves_.begin(), reserves_.end(), [&](const Reserve& reserve) {
    return reserve.withheld && reserve.due <= now;
  });
  if (items_.empty() && unnamed_.is_zero() && !is_due) return;
  number_ = wire::code_of(params_.code + "-settle", ++made_);
  rate_ = rate_at(context_.params, params_.currency, now);
  sum_ = {};
  lines_ = 0;
  for (const Item& item : items_) fees_of(now, item);
  reserves(now);
  adjust(now);
  items_.clear();
  close(now, sum_, {}, lines_);
}

void Settlement::fees_of(sim::Time now, const Item& item) {
  const SettlementParams& terms = params_.settlement;
  const bool is_sale = item.units > 0;
  const core::Money paid = to_base(item.amount, rate_);
  wire::ShopSettlementLine principal =
      of(item.order, is_sale ? SettlementKind::sale : SettlementKind::refund, paid);
  if (!params_.currency.empty()) principal.original = item.amount;
  line(now, principal);
  line(now, of(item.order, SettlementKind::commission, -basis_points(paid, params_.commission_bp)));
  if (!is_sale) return;
  line(now, of(item.order, SettlementKind::fulfilment_fee, -(terms.fulfilment_fee * item.units)));
  line(now, of(item.order, SettlementKind::shipping_fee, -terms.label_fee));
}

/// What is due before any settlement has withheld it never was.
void Settlement::reserves(sim::Time now) {
  for (Reserve& reserve : reserves_) {
    const bool is_due = reserve.due <= now;
    if (is_due && reserve.withheld)
      line(now, of(reserve.order, SettlementKind::reserve_released, reserve.amount));
    if (is_due || std::exchange(reserve.withheld, true)) continue;
    reserve.amount = to_base(reserve.amount, rate_);
    line(now, of(reserve.order, SettlementKind::reserve_held, -reserve.amount));
  }
  std::erase_if(reserves_, [&](const Reserve& reserve) { return reserve.due <= now; });
}

void Settlement::adjust(sim::Time now) {
  if (!unnamed_.is_zero()) {
    say_line(now, {.kind = SettlementKind::adjustment, .amount = unnamed_});
    say_line(now, {.kind = SettlementKind::fulfilment_fee, .amount = -unnamed_});
  }
  unnamed_ = items_.empty() ? core::Money{} : params_.settlement.adjustment;
  if (unnamed_.is_zero()) return;
  const wire::ShopSettlementLine taken{.kind = SettlementKind::adjustment, .amount = -unnamed_};
  state_line(now, taken, SettlementKind::fulfilment_fee, say_line(now, taken));
  settle_after(now);
}

void Settlement::line(sim::Time now, const wire::ShopSettlementLine& line) {
  if (!line.amount.is_zero()) state_line(now, line, line.kind, say_line(now, line));
}

core::Code Settlement::say_line(sim::Time now, wire::ShopSettlementLine line) {
  sum_ += line.amount;
  ++lines_;
  line.channel = id_;
  line.settlement = number_;
  const core::Code message = author_.next_id();
  const wire::Stamp stamp = author_.stamp(message, number_, party_.clock_reading(now));
  context_.post(way_, [&](std::string& out) {
    wire::shop_settlement_line(out, dialect_, context_.names(), stamp, line);
  });
  return message;
}

void Settlement::state_line(sim::Time now, const wire::ShopSettlementLine& line, SettlementKind truly,
                            const core::Code& message) {
  context_.world.state({.kind = FactKind::settlement_line,
                        .at = now,
                        .order = line.order,
                        .channel = id_,
                        .reference = number_,
                        .amount = line.amount,
                        .settlement_kind = truly,
                        .original = line.original,
                        .message_source = author_.name(),
                        .message_id = message});
}

void Settlement::close(sim::Time now, core::Money gross, core::Money commission, std::uint32_t items) {
  const core::Code message = author_.next_id();
  context_.world.state({.kind = FactKind::settlement_paid,
                        .at = now,
                        .channel = id_,
                        .reference = number_,
                        .amount = gross,
                        .fee = commission,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp stamp = author_.stamp(message, number_, party_.clock_reading(now));
  context_.post(way_, [&](std::string& out) {
    wire::shop_settlement(
        out, dialect_, context_.names(), stamp,
        {.channel = id_, .settlement = number_, .gross = gross, .commission = commission, .items = items});
  });
}

}  // namespace omnisim::models
