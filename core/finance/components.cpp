#include "core/finance/components.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

constexpr std::array<std::string_view, occasion_count> occasions = {
    "stock.opened",       "stock.received",     "payment.captured",
    "shipment.shipped",   "pos.sale",           "returns.accrued",
    "return.received",    "return.inspected",   "refund.approved",
    "refund.succeeded",   "pos.return",         "shipment.lost",
    "payout.paid",        "settlement.closed",  "giftcard.activated",
    "stock.adjusted",     "stock.damaged",      "charge.recorded",
    "transfer.shipped",   "transfer.received",  "transfer.lost",
    "order.collected",    "shipment.voided",    "order.cancelled",
    "pos.void",           "return.disposed",    "order.exchanged",
    "invoice.matched",    "invoice.paid",       "receipts.cleared",
    "supplier.returned",  "dispute.opened",     "dispute.won",
    "dispute.lost",       "refund.covered",     "giftcard.issued",
    "deposit.returned",   "giftcard.breakage",  "giftcard.reversed",
    "giftcard.credited",  "settlement.line",    "settlement.paid",
    "shipment.sent",      "shipment.delivered", "shipment.lost_undelivered",
    "shipment.came_back", "stock.revalued",     "order.accepted",
    "tax.corrected",      "loyalty.earned",     "loyalty.reversed",
    "loyalty.redeemed",   "loyalty.expired",    "settlement.revalued",
    "freight.accrued",    "freight.invoiced",   "freight.reversed",
    "freight.voided"};

constexpr std::array<std::string_view, component_count> components = {"net",          "discount",
                                                                      "tax",          "gross",
                                                                      "cost",         "cost_resellable",
                                                                      "cost_damaged", "shipping_net",
                                                                      "shipping_tax", "card",
                                                                      "gift_card",    "cash",
                                                                      "marketplace",  "fee",
                                                                      "commission",   "unexplained",
                                                                      "shipping",     "manual",
                                                                      "sample",       "gift_voucher",
                                                                      "bank_charge",  "marketplace_fee",
                                                                      "variance",     "loss",
                                                                      "covered",      "breakage",
                                                                      "escheat",      "fulfilment_fee",
                                                                      "shipping_fee", "reserve",
                                                                      "adjustment",   "rounding",
                                                                      "inventory",    "held",
                                                                      "moving",       "exchange"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

struct Term {
  Component component;
  std::int8_t factor;
};

Identity identity(Occasion occasion, Component component, std::initializer_list<Term> terms) {
  Identity result{occasion, component, {}};
  for (const Term& term : terms) result.coefficients[static_cast<std::size_t>(term.component)] = term.factor;
  return result;
}

/// The card pays what the other tenders leave of what is owed back for a parcel that never arrived, of its
/// carriage, and of the cents by which parts of a line differ.
Identity card_rest_of_lost(Occasion occasion) {
  using enum Component;
  return identity(
      occasion, card,
      {{gross, 1}, {rounding, 1}, {shipping_net, 1}, {shipping_tax, 1}, {gift_card, -1}, {marketplace, -1}});
}

/// The card pays what the other tenders leave of a sale.
Identity card_rest(Occasion occasion) {
  using enum Component;
  return identity(
      occasion, card,
      {{net, 1}, {tax, 1}, {shipping_net, 1}, {shipping_tax, 1}, {gift_card, -1}, {marketplace, -1}});
}

/// … that is made when its parcel arrives, and of the cents by which what was paid for its units differs from
/// what as many of their line are sold for.
Identity card_rest_of_delivered() {
  Identity rest = card_rest(Occasion::shipment_delivered);
  rest.coefficients[static_cast<std::size_t>(Component::rounding)] = 1;
  return rest;
}

}  // namespace

std::string_view name_of(Occasion occasion) { return occasions[static_cast<std::size_t>(occasion)]; }
std::string_view name_of(Component component) { return components[static_cast<std::size_t>(component)]; }
std::optional<Occasion> occasion_from_name(std::string_view name) {
  return find_name<Occasion>(occasions, name);
}
std::optional<Component> component_from_name(std::string_view name) {
  return find_name<Component>(components, name);
}

const std::vector<Identity>& identities() {
  using enum Component;
  static const std::vector<Identity> table = {
      // Tenders are split so that they add up to what is recognised; what a message leaves unexplained is a
      // component.
      card_rest(Occasion::shipment_shipped),
      card_rest(Occasion::order_collected),
      card_rest_of_delivered(),
      card_rest_of_lost(Occasion::shipment_lost_undelivered),
      card_rest_of_lost(Occasion::shipment_came_back),
      card_rest(Occasion::shipment_voided),
      card_rest(Occasion::order_accepted),
      identity(Occasion::till_void, unexplained,
               {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}, {net, -1}, {tax, -1}}),
      identity(Occasion::till_sale, unexplained,
               {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}, {net, -1}, {tax, -1}}),
      identity(Occasion::till_return, unexplained,
               {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}, {net, -1}, {tax, -1}}),
      identity(Occasion::till_return, cost, {{cost_resellable, 1}, {cost_damaged, 1}}),
      identity(Occasion::return_inspected, cost, {{cost_resellable, 1}, {cost_damaged, 1}}),
      identity(Occasion::refund_approved, gross, {{net, 1}, {tax, 1}, {rounding, -1}}),
      identity(Occasion::refund_settled, gross, {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}}),
      identity(Occasion::payout_paid, unexplained, {{gross, 1}, {fee, -1}, {net, -1}}),
      identity(Occasion::settlement_closed, unexplained, {{gross, 1}, {commission, -1}, {net, -1}}),
      identity(Occasion::gift_card_sold, unexplained,
               {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}, {gross, -1}}),
      identity(Occasion::invoice_matched, unexplained, {{gross, 1}, {cost, -1}, {variance, -1}, {tax, -1}}),
      identity(Occasion::gift_card_issued, unexplained,
               {{card, 1}, {gift_card, 1}, {cash, 1}, {marketplace, 1}, {gross, -1}}),
      identity(Occasion::settlement_paid, unexplained, {{gross, 1}, {net, -1}}),
      identity(Occasion::dispute_lost, gross, {{loss, 1}, {covered, 1}}),
      identity(Occasion::freight_invoiced, gross, {{Component::fee, 1}, {variance, 1}}),
      identity(Occasion::stock_revalued, inventory,
               {{held, -1},
                {moving, -1},
                {cost, -1},
                {cost_damaged, -1},
                {loss, -1},
                {variance, -1},
                {rounding, -1}}),
      identity(Occasion::charge_recorded, gross,
               {{shipping, 1},
                {manual, 1},
                {sample, 1},
                {Component::discount, 1},
                {gift_voucher, 1},
                {bank_charge, 1},
                {marketplace_fee, 1}}),
  };
  return table;
}

}  // namespace omnisim::core
