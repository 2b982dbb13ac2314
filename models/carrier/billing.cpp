#include "models/carrier/billing.hpp"

#include <utility>

#include "models/carrier/contract.hpp"

namespace omnisim::models {

using core::Money;
using world::FactKind;

CarrierBilling::CarrierBilling(const Context& context, Gate& gate)
    : context_(context),
      params_(context.params.carrier.freight),
      party_(std::string(carrier_name), context.faults),
      author_(party_.name(), false),
      way_(&gate.open_way_in(context.network, "carrier", "invoices", core::Format::carrier_csv, party_)) {
  context.world.add_observer(*this);
}

bool CarrierBilling::happens(const Line& line, std::string_view what, double share, bool is_mistake) const {
  if (share <= 0 || (is_mistake && !context_.pattern.faults)) return false;
  return context_.chance(line.order, what, line.first_line_no) < share;
}

void CarrierBilling::on_fact(const world::Fact& fact) {
  if (fact.kind != FactKind::units_shipped || fact.lines.empty()) return;
  const FreightRateParams* rate = rate_of(params_.rates, context_.names().node(fact.node).code.view());
  if (rate == nullptr) return;
  Line line{.order = fact.order,
            .shipment = fact.reference,
            .node = fact.node,
            .first_line_no = fact.lines.front().line_no,
            .owed = rate->per_parcel,
            .charge = {},
            .surcharge = {},
            .from = fact.at};
  for (const core::Line& part : fact.lines) line.owed += rate->per_unit * part.quantity_each;
  line.charge = line.owed;
  if (happens(line, "billed at another rate", params_.overcharge_share))
    line.charge += basis_points(line.owed, params_.overcharge_bp);
  if (happens(line, "costs more than the rate", params_.surcharge_share, false))
    line.surcharge = params_.surcharge;
  if (happens(line, "left out of its invoice", params_.missing_share)) line.from = next_date(fact.at);
  waiting_.push_back(line);
  arm();
  context_.world.state({.kind = FactKind::freight_owed,
                        .at = fact.at,
                        .order = fact.order,
                        .channel = fact.channel,
                        .node = fact.node,
                        .reference = fact.reference,
                        .amount = line.owed,
                        .message_source = fact.message_source,
                        .message_id = fact.message_id});
}

/// Invoices are dated at a cadence from the first day on.
sim::Time CarrierBilling::next_date(sim::Time now) const {
  const sim::Time start = context_.params.calendar.from;
  return start + ((now - start) / params_.invoice_every + 1) * params_.invoice_every;
}

void CarrierBilling::arm() {
  if (waiting_.empty() || std::exchange(armed_, true)) return;
  context_.at(next_date(context_.now()), *this, 0);
}

void CarrierBilling::on_event(sim::Time now, std::uint64_t event) {
  if (event > 0) return send(event - 1);
  armed_ = false;
  const core::Code number = wire::code_of("FINV", invoices_.size() + 1);
  std::vector<Written> invoice;
  for (std::size_t left = waiting_.size(); left > 0; --left) {
    const Line line = waiting_.front();
    waiting_.pop_front();
    if (line.from < now)
      write(now, line, number, invoice);
    else
      waiting_.push_back(line);
  }
  arm();
  if (invoice.empty()) return;
  unsent_ += invoice.size();
  invoices_.push_back(std::move(invoice));
  // Its way to us is paperwork; where nobody waits, there is none to wait for.
  const sim::Duration wait = context_.pattern.limits
                                 ? context_.lasting(params_.invoice_after, number, "invoice is sent")
                                 : sim::Duration{};
  context_.after(wait, *this, invoices_.size());
}

void CarrierBilling::write(sim::Time now, const Line& line, const core::Code& invoice,
                           std::vector<Written>& to) {
  const core::Code id = wire::code_of("carrier-bill", ++lines_);
  to.push_back({.stamp = author_.stamp(id, line.order, party_.clock_reading(now)),
                .line = {.invoice = invoice,
                         .shipment = line.shipment,
                         .charge = line.charge,
                         .surcharge = line.surcharge}});
  context_.world.state({.kind = FactKind::carrier_billed,
                        .at = now,
                        .order = line.order,
                        .node = line.node,
                        .reference = line.shipment,
                        .amount = line.charge,
                        .fee = line.surcharge,
                        .message_source = author_.name(),
                        .message_id = id});
  follow_up(now, line);
}

void CarrierBilling::follow_up(sim::Time now, const Line& line) {
  const auto later = [&](Money charge, Money surcharge, sim::Time from) {
    Line made = line;
    made.charge = charge;
    made.surcharge = surcharge;
    made.from = from;
    made.again = true;
    waiting_.push_back(made);
  };
  const bool credits = params_.credits_after.count() > 0;
  if (line.again) {
    // Billed for the second time; a credit is the end of it.
    const bool is_credit = line.charge.minor < 0;
    if (!is_credit && credits) later(-line.charge, -line.surcharge, now + params_.credits_after);
    return;
  }
  if (line.charge > line.owed && credits) later(line.owed - line.charge, {}, now + params_.credits_after);
  if (happens(line, "billed again", params_.twice_share)) later(line.charge, line.surcharge, now);
}

void CarrierBilling::send(std::size_t invoice) {
  for (const Written& written : invoices_[invoice])
    context_.post(*way_,
                  [&](std::string& out) { wire::carrier_invoice_line(out, written.stamp, written.line); });
  unsent_ -= invoices_[invoice].size();
  invoices_[invoice] = {};
}

}  // namespace omnisim::models
