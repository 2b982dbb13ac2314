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
      dialect_{.format = params_.format,
               .currency = params_.currency.empty() ? context.params.currency : params_.currency},
      list_rate_(rate_at(context.params, params_.currency, context.params.calendar.from)),
      waiting_(*this) {}

void SalesChannel::want(const Customer& customer, std::span<const Want> wants) {
  core::Code number =
      customer.order.empty() ? wire::code_of(params_.code + "-o", customer.visit) : customer.order;
  for (std::uint64_t again = 2; context_.orders.find(number, id_) != no_order; ++again)
    number = wire::code_of(customer.order.view(), again);
  state_wants(FactKind::demand_wanted, number, wants);
  if (!customer.from_cart && !shows(wants)) {
    if (!finds_substitutes(number, wants)) return state_refused(number);
    state_lines(FactKind::demand_substituted, number, lacking_);
    wants = replaced_;
  }
  const core::JurisdictionId where = goes_to(customer, number);
  const Quote told = quote(where, number);
  const Checkout checkout{customer, number, where, told.rate_bp};
  if (told.wait.count() > 0) return wait_for_tax(checkout, wants, told.wait);
  check_out(checkout, wants);
}

/// What is collected at a store is taxed there.
core::JurisdictionId SalesChannel::goes_to(const Customer& customer, const core::Code& number) const {
  const TaxLaw& law = context_.master.taxes;
  if (!customer.jurisdiction.is_none() || !law.has_jurisdictions()) return customer.jurisdiction;
  if (!customer.collect_at.is_none()) return law.of_node(customer.collect_at);
  return law.drawn(context_.chance(number, "jurisdiction"));
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
  // Somebody else may have taken the last one meanwhile; nobody looks for another item at the checkout.
  if (checkout.customer.from_cart || of.shows(wants))
    of.check_out(checkout, wants);
  else
    of.state_refused(checkout.number);
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

bool SalesChannel::shows(std::span<const Want> wants) {
  lacking_.clear();
  for (std::size_t i = 0; i < wants.size(); ++i) {
    // A document may name an item twice.
    std::int64_t units = 0;
    for (std::size_t k = 0; k <= i; ++k) units += wants[k].sku == wants[i].sku ? wants[k].quantity_each : 0;
    if (units <= mirror_.shown(wants[i].sku)) continue;
    lacking_.push_back({.line_no = static_cast<std::uint32_t>(i + 1),
                        .sku = wants[i].sku,
                        .quantity_each = wants[i].quantity_each});
  }
  return lacking_.empty();
}

/// Whether a customer is of that kind belongs to the customer, so it is the same in every pattern. Documents
/// have agreed on their items already.
bool SalesChannel::finds_substitutes(const core::Code& number, std::span<const Want> wants) {
  const Substitutes& substitutes = context_.master.market.substitutes();
  if (substitutes.share() <= 0 || wants.front().net) return false;
  if (context_.chance(number, "substitute") >= substitutes.share()) return false;
  replaced_.assign(wants.begin(), wants.end());
  for (const core::Line& line : lacking_) {
    const core::SkuId other = substitutes.nearest(line.sku, [&](core::SkuId sku) {
      const bool taken =
          std::any_of(replaced_.begin(), replaced_.end(), [&](const Want& want) { return want.sku == sku; });
      return !taken && mirror_.shown(sku) >= line.quantity_each;
    });
    if (other.is_none()) return false;
    replaced_[line.line_no - 1].sku = other;
  }
  return true;
}

void SalesChannel::state_wants(FactKind kind, const core::Code& number, std::span<const Want> wants) {
  scratch_.clear();
  for (const Want& want : wants) {
    scratch_.push_back({.line_no = static_cast<std::uint32_t>(scratch_.size() + 1),
                        .sku = want.sku,
                        .quantity_each = want.quantity_each});
  }
  state_lines(kind, number, scratch_);
}

/// The customer leaves without an order; refused are the lines that were not shown, numbered among
/// themselves.
void SalesChannel::state_refused(const core::Code& number) {
  for (std::size_t i = 0; i < lacking_.size(); ++i) lacking_[i].line_no = static_cast<std::uint32_t>(i + 1);
  state_lines(FactKind::demand_refused, number, lacking_);
}

void SalesChannel::state_lines(FactKind kind, const core::Code& number, std::span<const core::Line> lines) {
  context_.world.state({.kind = kind, .at = context_.now(), .order = number, .channel = id_, .lines = lines});
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
    const Offer offer =
        want.net ? Offer{.net = *want.net, .discount = {}}
                 : context_.master.market.offer(id_.value, want.sku, want.quantity_each, context_.now());
    const core::Money net = list(offer.net);
    agreed_.push_back({.sku = want.sku,
                       .quantity_each = want.quantity_each,
                       .net = net,
                       .discount = list(offer.discount),
                       .tax = basis_points(net, tax_bp)});
    total += agreed_.back().net + agreed_.back().tax;
  }
  order.collect_at = customer.collect_at;
  order.comes_for_it = customer.comes_for_it;
  order.abandons = customer.abandons;
  if (customer.pays_shipping && customer.collect_at.is_none()) {
    order.shipping_net = list(context_.params.demand.shipping_fee);
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
          .collect_at = o.collect_at,
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
