#include "models/nodes/till.hpp"

#include <algorithm>

namespace omnisim::models {

using world::FactKind;
using world::Place;

Till::Till(const Context& context, Site& site, GiftCards& gift_cards, Payments& payments, Gate& gate)
    : context_(context),
      site_(site),
      gift_cards_(gift_cards),
      payments_(payments),
      tills_(&gate.open_way_in(context.network, "tills", site.party().name(), core::Format::pos_xml,
                               site.party())) {}

void Till::state_wants(FactKind kind, const core::Code& number, std::span<const core::Line> lines) {
  if (lines.empty()) return;
  context_.world.state(
      {.kind = kind, .at = context_.now(), .order = number, .node = site_.id(), .lines = lines});
}

void Till::sell(const WalkIn& customer, std::span<const Want> wants) {
  sale_.number = wire::code_of(site_.party().name() + "-s", customer.visit);
  scratch_.clear();
  for (const Want& want : wants) {
    scratch_.push_back({.line_no = static_cast<std::uint32_t>(scratch_.size() + 1),
                        .sku = want.sku,
                        .quantity_each = want.quantity_each});
  }
  state_wants(FactKind::demand_wanted, sale_.number, scratch_);

  sale_.lines.clear();
  core::Money total;
  for (core::Line& line : scratch_) {
    const std::int32_t units = std::min(line.quantity_each, site_.shelf(line.sku));
    if (units > 0) {
      core::Line sold{.line_no = static_cast<std::uint32_t>(sale_.lines.size() + 1),
                      .sku = line.sku,
                      .quantity_each = units};
      sold.net = context_.master.prices[line.sku.value] * units;
      sold.tax = basis_points(sold.net, context_.params.demand.tax_bp);
      total += sold.net + sold.tax;
      site_.move(line.sku, units, Place::shelf, Place::customer);
      sale_.lines.push_back(sold);
    }
    line.quantity_each -= units;
  }
  std::erase_if(scratch_, [](const core::Line& line) { return line.quantity_each == 0; });
  state_wants(FactKind::demand_refused, sale_.number, scratch_);
  if (sale_.lines.empty()) return;
  if (crm_ != nullptr) total = redeem(customer, total);
  sale_.tenders = pay(customer, sale_.number, total);
  record_sale(sale_);
  plan_return(sale_);
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
    line.net = without_tax(gross - off, context_.params.demand.tax_bp);
    line.tax = gross - off - line.net;
    line.discount += list - line.net;
  }
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

void Till::record_sale(const Sale& sale) {
  wire::Author& author = site_.author();
  const core::Code message = author.next_id();
  context_.world.state({.kind = FactKind::till_sold,
                        .at = context_.now(),
                        .order = sale.number,
                        .node = site_.id(),
                        .tenders = sale.tenders,
                        .message_source = author.name(),
                        .message_id = message,
                        .lines = sale.lines});
  const wire::Stamp stamp = author.stamp(message, sale.number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_sale(
        out, context_.master.names_at(site_.id()), stamp,
        {.sale = sale.number, .node = site_.id(), .till = 1, .tenders = sale.tenders, .lines = sale.lines});
  });
}

void Till::train(core::SkuId sku, std::int32_t quantity_each, std::uint64_t visit) {
  core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  line.net = context_.master.prices[sku.value] * quantity_each;
  line.tax = basis_points(line.net, context_.params.demand.tax_bp);
  wire::Author& author = site_.author();
  const core::Code number = wire::code_of(site_.party().name() + "-t", visit);
  const wire::Stamp stamp =
      author.stamp(author.next_id(), number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_sale(out, context_.master.names_at(site_.id()), stamp,
                   {.sale = number,
                    .node = site_.id(),
                    .till = 1,
                    .tenders = {.cash = line.net + line.tax},
                    .lines = {&line, 1},
                    .training = true});
  });
}

void Till::sell_gift_card(core::Money value, bool pays_cash) {
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
  const DemandParams& demand = context_.params.demand;
  if (demand.return_share_store <= 0) return;
  Sale goods{.number = sale.number, .tenders = sale.tenders, .lines = {}};
  for (const core::Line& line : sale.lines) {
    std::int32_t units = 0;
    for (std::int32_t u = 0; u < line.quantity_each; ++u) {
      const std::uint64_t identity = (std::uint64_t{line.sku.value} << 32U) | static_cast<std::uint32_t>(u);
      if (context_.chance(sale.number, "return", identity) < demand.return_share_store) ++units;
    }
    if (units == 0) continue;
    core::Line back{.line_no = static_cast<std::uint32_t>(goods.lines.size() + 1),
                    .sku = line.sku,
                    .quantity_each = units,
                    .net = part_of(line.net, line.quantity_each, 0, units),
                    .tax = part_of(line.tax, line.quantity_each, 0, units)};
    if (context_.chance(sale.number, "damaged", line.sku.value) < demand.return_damaged_share)
      back.condition = core::Condition::damaged;
    goods.lines.push_back(back);
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
  context_.after(context_.lasting(demand.return_after, sale.number, "return after"), *this, slot);
}

void Till::on_event(sim::Time, std::uint64_t slot) {
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
                        .lines = goods.lines});
  const wire::Stamp stamp = author.stamp(message, goods.number, site_.party().clock_reading(context_.now()));
  context_.post(*tills_, [&](std::string& out) {
    wire::pos_return(out, context_.master.names_at(site_.id()), stamp,
                     {.document = message, .node = site_.id(), .tenders = back, .lines = goods.lines});
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
