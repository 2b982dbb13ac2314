#include "models/channels/sales_channel.hpp"

#include <algorithm>

namespace omnisim::models {

using world::FactKind;

SalesChannel::SalesChannel(const Context& context, core::ChannelId id, GiftCards& gift_cards)
    : context_(context),
      id_(id),
      params_(context.params.channels[id.value]),
      party_(params_.code, context.faults),
      author_(params_.code, false),
      gift_cards_(gift_cards),
      mirror_(context, id),
      reader_(context.names()),
      dialect_{.format = params_.format, .currency = context.params.currency},
      waiting_(*this) {}

void SalesChannel::want(const Customer& customer, std::span<const Want> wants) {
  core::Code number =
      customer.order.empty() ? wire::code_of(params_.code + "-o", customer.visit) : customer.order;
  for (std::uint64_t again = 2; context_.orders.find(number, id_) != no_order; ++again)
    number = wire::code_of(customer.order.view(), again);
  state_wants(FactKind::demand_wanted, number, wants);
  if (!customer.from_cart && refuses(number, wants)) return;
  core::JurisdictionId where = customer.jurisdiction;
  const TaxLaw& law = context_.master.taxes;
  if (where.is_none() && law.has_jurisdictions()) where = law.drawn(context_.chance(number, "jurisdiction"));
  const Quote told = quote(where, number);
  const Checkout checkout{customer, number, where, told.rate_bp};
  if (told.wait.count() > 0) return wait_for_tax(checkout, wants, told.wait);
  check_out(checkout, wants);
}

void SalesChannel::wait_for_tax(const Checkout& checkout, std::span<const Want> wants, sim::Duration wait) {
  std::size_t slot = waiting_.checkouts.size();
  if (waiting_.free.empty()) {
    waiting_.checkouts.emplace_back();
  } else {
    slot = waiting_.free.back();
    waiting_.free.pop_back();
  }
  waiting_.checkouts[slot].first = checkout;
  waiting_.checkouts[slot].second.assign(wants.begin(), wants.end());
  context_.after(wait, waiting_, slot);
}

void SalesChannel::Waiting::on_event(sim::Time, std::uint64_t slot) {
  const auto& [checkout, wants] = checkouts[slot];
  // Somebody else may have taken the last one meanwhile.
  if (checkout.customer.from_cart || !of.refuses(checkout.number, wants)) of.check_out(checkout, wants);
  free.push_back(slot);
}

void SalesChannel::check_out(const Checkout& checkout, std::span<const Want> wants) {
  if (!checkout.tax_bp) return state_wants(FactKind::demand_refused, checkout.number, wants);
  const OrderNumber n = agree(checkout, wants);
  state(FactKind::order_placed, n, lines_of(n));
  state_tax_due(n);
  place(n);
}

/// What is due on an order that is ours to tax.
void SalesChannel::state_tax_due(OrderNumber n) {
  const Order& o = order(n);
  const TaxLaw& law = context_.master.taxes;
  if (!law.has_jurisdictions() || (collects_the_money() && law.marketplace_remits(o.jurisdiction))) return;
  const std::int32_t rate = law.rate_bp(o.jurisdiction, o.placed_at);
  core::Money due = basis_points(o.shipping_net, rate);
  for (const OrderLine& line : context_.orders.lines(n)) due += basis_points(line.net, rate);
  context_.world.state({.kind = FactKind::tax_due,
                        .at = context_.now(),
                        .order = o.code,
                        .channel = id_,
                        .amount = due,
                        .shipping_tax = o.shipping_tax,
                        .jurisdiction = o.jurisdiction,
                        .lines = lines_of(n)});
}

/// Where something is not shown the customer leaves without an order; refused are the lines that were not
/// shown.
bool SalesChannel::refuses(const core::Code& number, std::span<const Want> wants) {
  lacking_.clear();
  for (std::size_t i = 0; i < wants.size(); ++i) {
    // A document may name an item twice.
    std::int64_t units = 0;
    for (std::size_t k = 0; k <= i; ++k) units += wants[k].sku == wants[i].sku ? wants[k].quantity_each : 0;
    if (units > mirror_.shown(wants[i].sku)) lacking_.push_back(wants[i]);
  }
  if (lacking_.empty()) return false;
  state_wants(FactKind::demand_refused, number, lacking_);
  return true;
}

void SalesChannel::state_wants(FactKind kind, const core::Code& number, std::span<const Want> wants) {
  scratch_.clear();
  for (const Want& want : wants) {
    scratch_.push_back({.line_no = static_cast<std::uint32_t>(scratch_.size() + 1),
                        .sku = want.sku,
                        .quantity_each = want.quantity_each});
  }
  context_.world.state(
      {.kind = kind, .at = context_.now(), .order = number, .channel = id_, .lines = scratch_});
}

OrderNumber SalesChannel::agree(const Checkout& checkout, std::span<const Want> wants) {
  const Customer& customer = checkout.customer;
  const core::Code& number = checkout.number;
  const std::int32_t tax_bp = checkout.tax_bp.value_or(0);
  Order order{.code = number,
              .channel = id_,
              .message_id = author_.next_id(),
              .placed_at = context_.now(),
              .promised_by = context_.now() + context_.params.demand.promise,
              .jurisdiction = checkout.jurisdiction};
  core::Money total;
  agreed_.clear();
  for (const Want& want : wants) {
    const core::Money net = want.net.value_or(context_.master.prices[want.sku.value] * want.quantity_each);
    agreed_.push_back({.sku = want.sku,
                       .quantity_each = want.quantity_each,
                       .net = net,
                       .discount = {},
                       .tax = basis_points(net, tax_bp)});
    total += agreed_.back().net + agreed_.back().tax;
  }
  if (customer.pays_shipping) {
    order.shipping_net = context_.params.demand.shipping_fee;
    order.shipping_tax = basis_points(order.shipping_net, tax_bp);
    total += order.shipping_net + order.shipping_tax;
  }
  if (collects_the_money()) {
    order.tenders.marketplace = total;
  } else {
    if (customer.has_gift_card) {
      if (const auto use = gift_cards_.use(total, number)) {
        order.tenders.gift_card = order.gift_card_used = use->amount;
        order.tenders.gift_card_no = use->card;
      }
    }
    order.tenders.card = total - order.tenders.gift_card;
  }
  return context_.orders.add(order, agreed_);
}

std::span<const core::Line> SalesChannel::lines_of(OrderNumber n) {
  scratch_.clear();
  for (const OrderLine& line : context_.orders.lines(n)) {
    scratch_.push_back({.line_no = static_cast<std::uint32_t>(scratch_.size() + 1),
                        .sku = line.sku,
                        .quantity_each = line.quantity_each,
                        .net = line.net,
                        .discount = line.discount,
                        .tax = line.tax});
  }
  return scratch_;
}

void SalesChannel::state(FactKind kind, OrderNumber n, std::span<const core::Line> lines) {
  const Order& o = order(n);
  world::Fact fact{.kind = kind,
                   .at = context_.now(),
                   .order = o.code,
                   .channel = id_,
                   .message_source = author_.name(),
                   .message_id = o.message_id,
                   .jurisdiction = o.jurisdiction,
                   .lines = lines};
  if (kind == FactKind::order_placed) {
    fact.shipping_net = o.shipping_net;
    fact.shipping_tax = o.shipping_tax;
    fact.tenders = o.tenders;
    fact.amount = o.tenders.total();
  }
  fact.promised_by = o.promised_by;
  context_.world.state(fact);
}

void SalesChannel::take_from_mirror(OrderNumber n, std::int32_t sign) {
  for (const OrderLine& line : context_.orders.lines(n)) mirror_.take(line.sku, sign * line.quantity_each);
}

wire::ShopOrder SalesChannel::wire_order(OrderNumber n, bool promised) {
  const Order& o = order(n);
  return {.order = o.code,
          .channel = id_,
          .shipping_net = o.shipping_net,
          .shipping_tax = o.shipping_tax,
          .tenders = o.tenders,
          .promised_by = o.promised_by,
          .promised = promised,
          .lines = lines_of(n),
          .jurisdiction = o.jurisdiction};
}

wire::Stamp SalesChannel::stamp(const core::Code& message, const core::Code& correlation, sim::Time at) {
  return author_.stamp(message, correlation, party_.clock_reading(at));
}

std::span<const core::Line> SalesChannel::cancel(OrderNumber n, std::span<const core::Line> lines) {
  scratch_.clear();
  for (const core::Line& line : lines) {
    OrderLine* ordered = context_.orders.line(n, line.line_no);
    if (ordered == nullptr) continue;
    const std::int32_t open = ordered->quantity_each - ordered->shipped - ordered->cancelled;
    const std::int32_t units = std::min(line.quantity_each, open);
    if (units <= 0) continue;
    ordered->cancelled += units;
    scratch_.push_back({.line_no = line.line_no, .sku = ordered->sku, .quantity_each = units});
  }
  return scratch_;
}

}  // namespace omnisim::models
