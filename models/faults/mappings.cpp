#include "models/faults/mappings.hpp"

#include <algorithm>
#include <cmath>

#include "models/money/tax_law.hpp"
#include "models/support.hpp"

namespace omnisim::models::mappings {
namespace {

/// Under another name, so that an inbox takes the message for a new one.
void from_another_source(core::Event& event, std::string name) {
  name += event.envelope.source.view();
  name.resize(std::min(name.size(), core::Code::max_size));
  event.envelope.source = *core::Code::from(name);
  event.envelope.sequence = 0;
}

}  // namespace

Mapped facilitator_tax_as_ours(core::Event& event, const sim::FaultSpec&, const EstateParams& params) {
  auto* order = std::get_if<core::OrderPlaced>(&event.body);
  if (order == nullptr || order->tenders.marketplace.is_zero()) return Mapped::as_it_was;
  const TaxLaw law(params);
  if (!law.marketplace_remits(order->jurisdiction)) return Mapped::as_it_was;  // It is ours, and in there.
  const std::int32_t rate = law.rate_bp(order->jurisdiction, event.envelope.occurred_at);
  const auto take = [&](core::Money net, core::Money& tax) {
    tax = basis_points(net, rate);
    order->tenders.marketplace += tax;
  };
  for (core::Line& line : event.lines) take(line.net, line.tax);
  take(order->shipping_net, order->shipping_tax);
  return Mapped::changed;
}

Mapped fee_label_renamed(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  auto* settlement = std::get_if<core::SettlementClosed>(&event.body);
  if (settlement == nullptr) return Mapped::as_it_was;
  settlement->commission = {};
  return Mapped::changed;
}

Mapped settlement_by_order(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  // The join finds the first line that names the order, which is its principal.
  auto* line = std::get_if<core::SettlementLine>(&event.body);
  if (line == nullptr || line->order.empty()) return Mapped::as_it_was;
  line->kind = core::SettlementKind::sale;
  return Mapped::changed;
}

Mapped presentment_as_base(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  if (event.envelope.currency.empty()) return Mapped::as_it_was;
  event.envelope.currency = {};
  return Mapped::changed;
}

Mapped tax_rounded_by_unit(core::Event& event, const sim::FaultSpec&, const EstateParams& params) {
  const auto* sale = std::get_if<core::PosSale>(&event.body);
  if (sale == nullptr) return Mapped::as_it_was;
  const std::int32_t rate = TaxLaw(params).rate_bp(sale->jurisdiction, event.envelope.occurred_at);
  for (core::Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    const core::Money gross = line.net + line.tax;
    const core::Money each{line.net.minor / line.quantity_each};
    line.tax = basis_points(each, rate) * line.quantity_each;
    line.net = gross - line.tax;
  }
  return Mapped::changed;
}

Mapped refund_at_current_price(core::Event& event, const sim::FaultSpec& spec, const EstateParams&) {
  auto* goods = std::get_if<core::PosReturn>(&event.body);
  if (goods == nullptr || !goods->order.empty()) return Mapped::as_it_was;
  const auto today = [&](core::Money then) {
    return core::Money{std::llround(static_cast<double>(then.minor) / spec.factor)};
  };
  core::Money total;
  for (core::Line& line : event.lines) {
    line.net = today(line.net), line.tax = today(line.tax);
    total += line.net + line.tax;
  }
  // The money that went out is made to fit.
  core::Tenders& out = goods->tenders;
  core::Money& rest = out.cash.is_zero() ? out.card : out.cash;
  rest = total - (out.total() - rest);
  return Mapped::changed;
}

Mapped till_uploads_twice(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  if (!std::holds_alternative<core::PosSale>(event.body)) return Mapped::as_it_was;
  from_another_source(event, "eod-");
  return Mapped::changed_and_again;
}

Mapped chargeback_as_refund_too(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  const auto* dispute = std::get_if<core::DisputeOpened>(&event.body);
  if (dispute == nullptr) return Mapped::as_it_was;
  event.body = core::RefundSucceeded{.order = dispute->order,
                                     .channel = dispute->channel,
                                     .refund = dispute->dispute,
                                     .tenders = {.card = dispute->amount}};
  from_another_source(event, "balance-");
  return Mapped::changed_and_again;
}

Mapped shop_says_paid(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  const auto* placed = std::get_if<core::OrderPlaced>(&event.body);
  if (placed == nullptr || placed->tenders.card.is_zero()) return Mapped::as_it_was;
  event.body = core::PaymentAuthorised{.order = placed->order,
                                       .channel = placed->channel,
                                       .payment = placed->order,
                                       .amount = placed->tenders.card};
  event.lines.clear();
  from_another_source(event, "plug-in-");
  return Mapped::changed_and_again;
}

Mapped invoice_names_no_order(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  auto* invoice = std::get_if<core::InvoiceReceived>(&event.body);
  if (invoice == nullptr) return Mapped::as_it_was;
  // The mapping takes the supplier's own order number for ours.
  std::string theirs = "SO-" + std::string(invoice->purchase_order.view());
  theirs.resize(std::min(theirs.size(), core::Code::max_size));
  invoice->purchase_order = *core::Code::from(theirs);
  return Mapped::changed;
}

Mapped training_posted(core::Event& event, const sim::FaultSpec&, const EstateParams&) {
  auto* sale = std::get_if<core::PosSale>(&event.body);
  if (sale == nullptr || !(sale->training || sale->voided)) return Mapped::as_it_was;
  sale->training = sale->voided = false;
  return Mapped::changed;
}

}  // namespace omnisim::models::mappings
