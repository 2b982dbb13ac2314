#include "models/nodes/till.hpp"

#include <algorithm>

namespace omnisim::models {

using world::FactKind;
using world::Place;

Till::Till(const Context& context, Site& site, GiftCards& gift_cards, Payments& payments, TaxEngine& tax,
           Gate& gate)
    : context_(context),
      site_(site),
      gift_cards_(gift_cards),
      payments_(payments),
      tax_(tax),
      rates_(context, site.party(), tax, context.params.tax.tills),
      jurisdiction_(context.master.taxes.of_node(site.id())),
      tills_(&gate.open_way_in(context.network, "tills", site.party().name(), core::Format::pos_xml,
                               site.party())) {}

void Till::state_wants(FactKind kind, const core::Code& number, std::span<const core::Line> lines) {
  if (lines.empty()) return;
  context_.world.state(
      {.kind = kind, .at = context_.now(), .order = number, .node = site_.id(), .lines = lines});
}

void Till::sell(const WalkIn& customer, std::span<const Want> wants) {
  if (!hours().open(context_.now())) return;
  sale_.number = wire::code_of(site_.party().name() + "-s", customer.visit);
  scratch_.clear();
  for (const Want& want : wants) {
    scratch_.push_back({.line_no = static_cast<std::uint32_t>(scratch_.size() + 1),
                        .sku = want.sku,
                        .quantity_each = want.quantity_each});
  }
  state_wants(FactKind::demand_wanted, sale_.number, scratch_);

  sale_.lines.clear();
  sale_.tax_due = {};
  sale_.charged_bp = rate_of(sale_.number);
  sale_.due_bp = context_.master.taxes.rate_bp(jurisdiction_, context_.now());
  for (core::Line& line : scratch_) {
    const std::int32_t units = std::min(line.quantity_each, site_.shelf(line.sku));
    if (units > 0) put_into_sale(line.sku, units);
    line.quantity_each -= units;
  }
  std::erase_if(scratch_, [](const core::Line& line) { return line.quantity_each == 0; });
  if (!scratch_.empty()) take_others(wants);
  state_wants(FactKind::demand_refused, sale_.number, scratch_);
  if (sale_.lines.empty()) return;
  core::Money total;
  for (const core::Line& line : sale_.lines) total += line.net + line.tax;
  if (crm_ != nullptr) total = redeem(customer, total);
  sale_.tenders = pay(customer, sale_.number, total);
  state_tax_due(sale_, record_sale(sale_), false);
  plan_return(sale_);
}

void Till::put_into_sale(core::SkuId sku, std::int32_t quantity_each) {
  const Market& market = context_.master.market;
  const Offer offer = market.offer(market.tills(), sku, quantity_each, context_.now());
  sale_.lines.push_back({.line_no = static_cast<std::uint32_t>(sale_.lines.size() + 1),
                         .sku = sku,
                         .quantity_each = quantity_each,
                         .net = offer.net,
                         .discount = offer.discount,
                         .tax = basis_points(offer.net, sale_.charged_bp)});
  sale_.tax_due += basis_points(offer.net, sale_.due_bp);
  site_.move(sku, quantity_each, Place::shelf, Place::customer);
}

/// Some customers take as many of another item from the shelf in place of what is missing. What stays in
/// `scratch_` is refused.
void Till::take_others(std::span<const Want> wants) {
  const Substitutes& substitutes = context_.master.market.substitutes();
  if (substitutes.share() <= 0 || context_.chance(sale_.number, "substitute") >= substitutes.share()) return;
  substituted_.clear();
  for (core::Line& line : scratch_) {
    const core::SkuId other = substitutes.nearest(line.sku, [&](core::SkuId sku) {
      const auto is_it = [&](const auto& one) { return one.sku == sku; };
      return std::none_of(wants.begin(), wants.end(), is_it) &&
             std::none_of(sale_.lines.begin(), sale_.lines.end(), is_it) &&
             site_.shelf(sku) >= line.quantity_each;
    });
    if (other.is_none()) continue;
    put_into_sale(other, line.quantity_each);
    substituted_.push_back(line);
    line.quantity_each = 0;
  }
  std::erase_if(scratch_, [](const core::Line& line) { return line.quantity_each == 0; });
  state_wants(FactKind::demand_substituted, sale_.number, substituted_);
}

std::int32_t Till::rate_of(const core::Code& sale) {
  // Nobody is sent away for want of a rate: that a till refuses is no policy it can have.
  return rates_.ask(jurisdiction_, sale).rate_bp.value_or(0);
}

void Till::state_tax_due(const Sale& sale, const core::Code& message, bool goods_back) {
  if (jurisdiction_.is_none()) return;
  context_.world.state({.kind = FactKind::tax_due,
                        .at = context_.now(),
                        .order = sale.number,
                        .node = site_.id(),
                        .reference = goods_back ? message : core::Code{},
                        .amount = sale.tax_due,
                        .message_source = site_.author().name(),
                        .message_id = message,
                        .jurisdiction = jurisdiction_,
                        .lines = sale.lines});
  core::Money charged;
  for (const core::Line& line : sale.lines) charged += line.tax;
  tax_.report({.document = goods_back ? message : sale.number,
               .node = site_.id(),
               .charged = goods_back ? -charged : charged,
               .due = goods_back ? -sale.tax_due : sale.tax_due,
               .at = context_.now()});
}

/// Points lower the price, and with it the tax: who buys pays less for the same goods.
core::Money Till::redeem(const WalkIn& customer, core::Money total) {
  crm_->belongs(sale_.number, customer.member);
  const core::Code member = crm_->member_of(sale_.number, true);
  const std::uint32_t points = customer.points > 0 ? customer.points : crm_->would_redeem(member);
  core::Money left = crm_->redeem(member, points, sale_.number, total);
  total = total - left;
  for (core::Line& line : sale_.lines) {
    const core::Money gross = line.net + line.tax, off = std::min(left, gross), list = line.net;
    if (off.is_zero()) continue;
    left -= off;
    line.net = without_tax(gross - off, sale_.charged_bp);
    line.tax = gross - off - line.net;
    line.discount += list - line.net;
  }
  sale_.tax_due = {};
  for (const core::Line& line : sale_.lines) sale_.tax_due += basis_points(line.net, sale_.due_bp);
  return total;
}

core::Tenders Till::pay(const WalkIn& customer, const core::Code& sale, core::Money total) {
  core::Tenders tenders;
  if (customer.has_gift_card) {
    if (const auto use = gift_cards_.use(total, sale)) {
      tenders.gift_card = use->amount;
      tenders.gift_card_no = use->card;
    }
  }
  (customer.pays_cash ? tenders.cash : tenders.card) = total - tenders.gift_card;
  payments_.book_card_sale(tenders.card);
  return tenders;
}

core::Code Till::record_sale(const Sale& sale) {
  wire::Author& author = site_.author();
  const core::Code message = author.next_id();
  context_.world.state({.kind = FactKind::till_sold,
                        .at = context_.now(),
                        .order = sale.number,
                        .node = site_.id(),
                        .tenders = sale.tenders,
                        .message_source = author.name(),
                        .message_id = message,
                        .jurisdiction = jurisdiction_,
                        .lines = sale.lines});
  const wire::Stamp stamp = author.stamp(message, sale.number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_sale(out, context_.master.names_at(site_.id()), stamp,
                   {.sale = sale.number,
                    .node = site_.id(),
                    .till = 1,
                    .tenders = sale.tenders,
                    .lines = sale.lines,
                    .jurisdiction = jurisdiction_});
  });
  return message;
}

void Till::train(core::SkuId sku, std::int32_t quantity_each, std::uint64_t visit) {
  core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  line.net = context_.master.prices[sku.value] * quantity_each;
  wire::Author& author = site_.author();
  const core::Code number = wire::code_of(site_.party().name() + "-t", visit);
  line.tax = basis_points(line.net, rate_of(number));
  const wire::Stamp stamp =
      author.stamp(author.next_id(), number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_sale(out, context_.master.names_at(site_.id()), stamp,
                   {.sale = number,
                    .node = site_.id(),
                    .till = 1,
                    .tenders = {.cash = line.net + line.tax},
                    .lines = {&line, 1},
                    .training = true,
                    .jurisdiction = jurisdiction_});
  });
}

void Till::sell_gift_card(core::Money value, bool pays_cash) {
  if (!hours().open(context_.now())) return;
  wire::Author& author = site_.author();
  const core::Code card = gift_cards_.issue(value);
  core::Tenders tenders;
  (pays_cash ? tenders.cash : tenders.card) = value;
  payments_.book_card_sale(tenders.card);
  const core::Code message = author.next_id();
  context_.world.state({.kind = FactKind::gift_card_sold,
                        .at = context_.now(),
                        .order = card,
                        .node = site_.id(),
                        .amount = value,
                        .tenders = tenders,
                        .message_source = author.name(),
                        .message_id = message});
  const wire::Stamp stamp = author.stamp(message, card, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_gift_card(out, stamp, {.card = card, .value = value, .tenders = tenders});
  });
}

void Till::plan_return(const Sale& sale) {
  const Habits& habits = context_.master.market.habits(context_.master.market.tills());
  if (habits.return_share <= 0) return;
  Sale goods{.number = sale.number,
             .tenders = sale.tenders,
             .lines = {},
             .tax_due = {},
             .charged_bp = sale.charged_bp,
             .due_bp = sale.due_bp};
  for (const core::Line& line : sale.lines) {
    std::int32_t units = 0;
    for (std::int32_t u = 0; u < line.quantity_each; ++u) {
      const std::uint64_t identity = (std::uint64_t{line.sku.value} << 32U) | static_cast<std::uint32_t>(u);
      if (context_.chance(sale.number, "return", identity) < habits.return_share) ++units;
    }
    if (units == 0) continue;
    core::Line back{.line_no = static_cast<std::uint32_t>(goods.lines.size() + 1),
                    .sku = line.sku,
                    .quantity_each = units,
                    .net = part_of(line.net, line.quantity_each, 0, units),
                    .tax = part_of(line.tax, line.quantity_each, 0, units)};
    if (context_.chance(sale.number, "damaged", line.sku.value) < habits.return_damaged_share)
      back.condition = core::Condition::damaged;
    goods.lines.push_back(back);
    goods.tax_due += part_of(basis_points(line.net, sale.due_bp), line.quantity_each, 0, units);
  }
  if (goods.lines.empty()) return;
  std::size_t slot = returns_.size();
  if (free_.empty()) {
    returns_.push_back(std::move(goods));
  } else {
    slot = free_.back();
    free_.pop_back();
    returns_[slot] = std::move(goods);
  }
  context_.after(context_.lasting(habits.return_after, sale.number, "return after"), *this, slot);
}

void Till::on_event(sim::Time now, std::uint64_t slot) {
  if (!hours().open(now)) return context_.at(hours().next_open(now), *this, slot);
  take_back_sale(returns_[slot]);
  free_.push_back(slot);
}

void Till::put_back(std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    const bool good = line.condition == core::Condition::resellable;
    site_.move(line.sku, line.quantity_each, Place::customer, good ? Place::shelf : Place::damaged);
  }
}

void Till::take_back_sale(const Sale& goods) {
  core::Money total;
  for (const core::Line& line : goods.lines) total += line.net + line.tax;
  // What a gift card has paid goes back to it first; the rest as it was paid.
  core::Tenders back;
  back.gift_card = std::min(total, goods.tenders.gift_card);
  if (!back.gift_card.is_zero()) {
    back.gift_card_no = goods.tenders.gift_card_no;
    gift_cards_.give_back(back.gift_card_no, back.gift_card);
  }
  (goods.tenders.cash.is_zero() ? back.card : back.cash) = total - back.gift_card;
  payments_.book_card_sale(-back.card);
  put_back(goods.lines);

  wire::Author& author = site_.author();
  const core::Code message = author.next_id();
  context_.world.state({.kind = FactKind::till_returned,
                        .at = context_.now(),
                        .order = goods.number,
                        .node = site_.id(),
                        .reference = message,
                        .tenders = back,
                        .message_source = author.name(),
                        .message_id = message,
                        .jurisdiction = jurisdiction_,
                        .lines = goods.lines});
  state_tax_due(goods, message, true);
  const wire::Stamp stamp = author.stamp(message, goods.number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_return(out, context_.master.names_at(site_.id()), stamp,
                     {.document = message,
                      .node = site_.id(),
                      .tenders = back,
                      .lines = goods.lines,
                      .jurisdiction = jurisdiction_});
  });
}

void Till::take_back(OrderNumber n, const core::Code& document, std::span<const core::Line> lines) {
  put_back(lines);
  const Order& order = context_.orders[n];
  wire::Author& author = site_.author();
  const core::Code message = author.next_id();
  for (const FactKind kind : {FactKind::return_received, FactKind::return_inspected}) {
    context_.world.state({.kind = kind,
                          .at = context_.now(),
                          .order = order.code,
                          .channel = order.channel,
                          .node = site_.id(),
                          .reference = document,
                          .message_source = author.name(),
                          .message_id = message,
                          .lines = lines});
  }
  const wire::Stamp stamp = author.stamp(message, order.code, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_return(out, context_.master.names_at(site_.id()), stamp,
                     {.document = document,
                      .node = site_.id(),
                      .order = order.code,
                      .channel = order.channel,
                      .lines = lines});
  });
}

}  // namespace omnisim::models
