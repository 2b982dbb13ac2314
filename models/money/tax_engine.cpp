#include "models/money/tax_engine.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {

TaxEngine::TaxEngine(const Context& context, Gate& gate)
    : context_(context),
      party_("tax", context.faults),
      author_(party_.name(), false),
      commits_(&gate.open_way_in(context.network, "tax", "", core::Format::tax_json, party_)) {}

TaxEngine::Answer TaxEngine::answer(const core::Code& sale) const {
  const TaxParams& params = context_.params.tax;
  const sim::Time now = context_.now();
  const sim::Duration wait = party_.slowed(now, context_.lasting(params.quote_time, sale, "tax quote"));
  if (party_.up(now) && wait <= params.quote_timeout) return {true, wait};
  return {false, params.quote_timeout};
}

std::string_view TaxEngine::code_of(core::JurisdictionId where) const {
  return where.is_none() ? "home" : context_.names().jurisdiction(where).view();
}

core::Money TaxEngine::due(OrderNumber order) const {
  const Order& o = context_.orders[order];
  const std::int32_t rate = context_.master.taxes.rate_bp(o.jurisdiction, o.placed_at);
  core::Money tax = basis_points(o.shipping_net, rate);
  for (const OrderLine& line : context_.orders.lines(order)) tax += basis_points(line.net, rate);
  return tax;
}

void TaxEngine::commit(OrderNumber order) {
  Order& o = context_.orders[order];
  core::Money charged = o.shipping_tax;
  for (const OrderLine& line : context_.orders.lines(order)) charged += line.tax;
  const core::Money owed = due(order);
  o.tax_committed = true;
  const wire::Stamp stamp = author_.stamp(author_.next_id(), o.code, party_.clock_reading(context_.now()));
  const wire::TaxCommit commit{
      .order = o.code, .channel = o.channel, .jurisdiction = code_of(o.jurisdiction), .tax = owed};
  context_.post(*commits_,
                [&](std::string& out) { wire::tax_committed(out, context_.names(), stamp, commit); });
  if (owed == charged) return;
  correct({.document = o.code,
           .channel = o.channel,
           .jurisdiction = code_of(o.jurisdiction),
           .charged = charged,
           .due = owed},
          o.placed_at);
}

void TaxEngine::void_commit(OrderNumber order) {
  Order& o = context_.orders[order];
  if (!context_.master.taxes.has_jurisdictions() || !std::exchange(o.tax_committed, false)) return;
  const wire::Stamp stamp = author_.stamp(author_.next_id(), o.code, party_.clock_reading(context_.now()));
  const wire::TaxCommit voided{
      .order = o.code, .channel = o.channel, .jurisdiction = code_of(o.jurisdiction), .tax = due(order)};
  context_.post(*commits_, [&](std::string& out) { wire::tax_voided(out, context_.names(), stamp, voided); });
}

void TaxEngine::report(const TillDocument& document) {
  if (document.charged == document.due) return;
  if (reported_.empty())
    context_.at(next_tick(context_.now(), context_.params.tax.till_report_every), *this, 0);
  reported_.push_back(document);
}

void TaxEngine::on_event(sim::Time, std::uint64_t) {
  for (const TillDocument& document : reported_) {
    correct({.document = document.document,
             .node = document.node,
             .jurisdiction = code_of(context_.master.taxes.of_node(document.node)),
             .charged = document.charged,
             .due = document.due},
            document.at);
  }
  reported_.clear();
}

/// Dated when the tax became due, so that it is booked into the period that it belongs to.
void TaxEngine::correct(const wire::TaxCorrection& correction, sim::Time at) {
  const wire::Stamp stamp = author_.stamp(author_.next_id(), correction.document, party_.clock_reading(at));
  context_.post(*commits_,
                [&](std::string& out) { wire::tax_corrected(out, context_.names(), stamp, correction); });
}

}  // namespace omnisim::models
