#include "models/supply/buyer.hpp"

#include <algorithm>

#include "models/wire/supply.hpp"

namespace omnisim::models {

Buyer::Buyer(const Context& context, Gate& gate, Vendor& vendor)
    : context_(context),
      party_("erp", context.faults),
      author_("erp-purchasing", false),
      way_(&gate.open_way_in(context.network, "master_data", "", core::Format::canonical_json, party_)),
      vendor_(vendor) {}

bool Buyer::is_wanted(const EstateParams& params) {
  return params.procurement.by_order ||
         std::any_of(params.script.begin(), params.script.end(),
                     [](const StepParams& step) { return step.what == "purchase"; });
}

void Buyer::order(Receiving& dock, const Order& order) {
  const sim::Time now = context_.now();
  Purchase purchase{.number = order.number.empty() ? wire::code_of("P", ++orders_) : order.number,
                    .dock = &dock,
                    .lines = {order.lines.begin(), order.lines.end()},
                    .missing_each = order.missing_each};
  for (core::Line& line : purchase.lines) {
    if (line.cost.is_zero()) line.cost = context_.names().item(line.sku).unit_cost * line.quantity_each;
  }
  const core::Code id = author_.next_id();
  context_.world.state({.kind = world::FactKind::purchase_ordered,
                        .at = now,
                        .node = dock.site().id(),
                        .reference = purchase.number,
                        .message_source = author_.name(),
                        .message_id = id,
                        .lines = purchase.lines});
  const wire::PurchaseDocument document{
      .purchase = purchase.number,
      .supplier = Vendor::name(),
      .node = dock.site().id(),
      .expected_at = now + sim::from_seconds(context_.params.supplier.lead_time.mean()),
      .lines = purchase.lines};
  const wire::Stamp stamp = author_.stamp(id, purchase.number, party_.clock_reading(now));
  context_.post(*way_,
                [&](std::string& out) { wire::purchase_order(out, context_.names(), stamp, document); });
  vendor_.accept(purchase);
}

void Buyer::take(sim::Time, const Mail& mail) {
  using enum core::EventType;
  if (mail.type != invoice_approved && mail.type != invoice_held) return;
  const auto verdict = wire::read_verdict(mail.bytes);
  if (!verdict) return;
  if (verdict->held) {
    if (verdict->disputed) vendor_.dispute(verdict->invoice);
    return;
  }
  if (!approved_.insert(verdict->invoice, 1))
    return;  // An invoice is paid once, however often it is approved.
  payments_.push_back({verdict->invoice, verdict->amount});
  ++due_;
  context_.after(context_.params.procurement.payment_terms, *this, payments_.size() - 1);
}

void Buyer::on_event(sim::Time now, std::uint64_t number) {
  if (!party_.up(now)) return context_.at(party_.up_at(now), *this, number);
  const Payment& payment = payments_[number];
  --due_;
  const core::Code id = author_.next_id();
  context_.world.state({.kind = world::FactKind::supplier_paid,
                        .at = now,
                        .reference = payment.invoice,
                        .amount = payment.amount,
                        .message_source = author_.name(),
                        .message_id = id});
  const wire::Stamp stamp = author_.stamp(id, payment.invoice, party_.clock_reading(now));
  context_.post(*way_, [&](std::string& out) {
    wire::invoice_paid(out, stamp, {.invoice = payment.invoice, .amount = payment.amount});
  });
}

}  // namespace omnisim::models
