#include "models/supply/vendor.hpp"

#include <algorithm>
#include <cmath>

#include "models/wire/supply.hpp"

namespace omnisim::models {
namespace {

constexpr std::uint64_t errand_bits = 2;
/// Interchanges of suppliers are numbered beyond those of any warehouse.
constexpr std::uint32_t first_interchange = 900'000'001;

core::Money sum_of(std::span<const core::Line> lines) {
  core::Money sum;
  for (const core::Line& line : lines) sum += line.cost;
  return sum;
}

/// `units` of an ordered line behind the first `before`, at the order's cost.
core::Line some_of(const core::Line& ordered, std::int32_t before, std::int32_t units) {
  core::Line line = ordered;
  line.quantity_each = units;
  line.cost = part_of(ordered.cost, ordered.quantity_each, before, units);
  return line;
}

void drop_empty(std::vector<core::Line>& lines) {
  std::erase_if(lines, [](const core::Line& line) { return line.quantity_each <= 0; });
}

}  // namespace

Vendor::Vendor(const Context& context, Gate& gate)
    : context_(context),
      params_(context.params.supplier),
      party_("supplier", context.faults),
      notices_author_("SUPPLIER", first_interchange),
      author_(party_.name(), false),
      notices_(
          &gate.open_way_in(context.network, "trading_partners", party_.name(), core::Format::x12, party_)),
      invoices_(&gate.open_way_in(context.network, "suppliers", party_.name(), core::Format::canonical_json,
                                  party_)) {}

const core::Code& Vendor::name() {
  static const core::Code code = *core::Code::from("SUPPLIER");
  return code;
}

void Vendor::schedule(sim::Time at, Errand errand, std::size_t shipment) {
  context_.at(at, *this, shipment << errand_bits | errand);
}

bool Vendor::happens(const core::Code& order, std::string_view what, double share) const {
  return share > 0 && context_.chance(order, what) < share;
}

void Vendor::accept(const Purchase& purchase) {
  const sim::Time now = context_.now();
  const sim::Time due = now + context_.lasting(params_.lead_time, purchase.number, "lead time");
  const sim::Duration late = happens(purchase.number, "late", params_.late_share)
                                 ? context_.lasting(params_.late_by, purchase.number, "late by")
                                 : sim::Duration{};
  Shipment& shipment = shipments_.emplace_back();
  shipment.purchase = purchase;
  load(shipment);
  leave(shipments_.size() - 1, now, due, due + late);
}

/// What is on the truck, and what its papers say of that.
void Vendor::load(Shipment& shipment) const {
  const Purchase& order = shipment.purchase;
  const bool is_short = order.missing_each == 0 && happens(order.number, "short", params_.short_share);
  const bool is_unnoticed =
      order.missing_each > 0 || (is_short && happens(order.number, "unnoticed", params_.unnoticed_share));
  for (const core::Line& ordered : order.lines) {
    std::int32_t missing = &ordered == &order.lines.front() ? order.missing_each : 0;
    if (is_short)
      missing = static_cast<std::int32_t>(std::ceil(params_.short_by_share * ordered.quantity_each));
    const core::Line line =
        some_of(ordered, 0, ordered.quantity_each - std::min(missing, ordered.quantity_each));
    shipment.loaded.push_back(line);
    // Nobody overlooks that a line is missing altogether.
    shipment.told.push_back(is_unnoticed && line.quantity_each > 0 ? ordered : line);
  }
  shipment.accepted = shipment.loaded;
}

void Vendor::leave(std::size_t number, sim::Time now, sim::Time due, sim::Time comes) {
  Shipment& shipment = shipments_[number];
  shipment.due = due;
  const sim::Time departure = std::max(now, due - params_.notice_ahead);
  ++trucks_;
  if (params_.announces) schedule(departure, leaves, number);
  schedule(comes, arrives, number);
  if (!happens(shipment.purchase.number, "not invoiced", params_.uninvoiced_share)) {
    const sim::Duration wait = context_.lasting(params_.invoice_after, shipment.purchase.number,
                                                shipment.is_rest ? "invoice of the rest" : "invoice");
    schedule(departure + wait, invoices, number);
  }
}

void Vendor::on_event(sim::Time now, std::uint64_t arg) {
  const std::size_t number = arg >> errand_bits;
  switch (static_cast<Errand>(arg & ((1U << errand_bits) - 1))) {
    case leaves:
      return announce(shipments_[number]);
    case arrives:
      deliver(shipments_[number]);
      return follow_up(number, now + params_.rest_after);
    case invoices:
      return invoice(number);
    case corrects:
      return correct(shipments_[number]);
  }
}

/// What the supplier knows to be missing comes later, where it makes good for it, with an invoice of its own.
void Vendor::follow_up(std::size_t number, sim::Time comes) {
  if (shipments_[number].is_rest || params_.rest_after.count() == 0) return;
  Shipment rest;
  rest.purchase = shipments_[number].purchase;
  rest.is_rest = true;
  std::int32_t units = 0;
  for (std::size_t i = 0; i < rest.purchase.lines.size(); ++i) {
    const core::Line& ordered = rest.purchase.lines[i];
    const std::int32_t told = shipments_[number].told[i].quantity_each;
    rest.loaded.push_back(some_of(ordered, told, ordered.quantity_each - told));
    units += ordered.quantity_each - told;
  }
  if (units == 0) return;
  rest.told = rest.accepted = rest.loaded;
  shipments_.push_back(std::move(rest));
  leave(shipments_.size() - 1, context_.now(), comes, comes);
}

void Vendor::announce(const Shipment& shipment) {
  std::vector<core::Line> lines = shipment.told;
  drop_empty(lines);
  if (lines.empty()) return;
  const wire::Stamp stamp = notices_author_.stamp(notices_author_.next_id(), shipment.purchase.number,
                                                  party_.clock_reading(context_.now()));
  const wire::ShipNotice notice{.number = wire::code_of("ASN", ++notices_sent_),
                                .purchase = shipment.purchase.number,
                                .node = shipment.purchase.dock->site().id(),
                                .expected_at = shipment.due,
                                .lines = lines};
  context_.post(*notices_,
                [&](std::string& out) { wire::x12_ship_notice(out, context_.names(), stamp, notice); });
}

/// Units of a line of `shipment` that arrive broken.
std::int32_t Vendor::broken(const Shipment& shipment, const core::Line& line) const {
  std::int32_t units = 0;
  for (std::int32_t u = 0; params_.damaged_share > 0 && u < line.quantity_each; ++u) {
    const std::uint64_t identity = std::uint64_t{shipment.is_rest} << 63U |
                                   std::uint64_t{line.line_no} << 32U | static_cast<std::uint32_t>(u);
    if (context_.chance(shipment.purchase.number, "arrives broken", identity) < params_.damaged_share)
      ++units;
  }
  return units;
}

void Vendor::deliver(Shipment& shipment) {
  --trucks_;
  std::vector<core::Line> lines, rejected;
  for (core::Line& line : shipment.accepted) {
    const std::int32_t before = line.quantity_each, bad = broken(shipment, line);
    if (bad > 0) {
      core::Line& back = rejected.emplace_back(some_of(line, before - bad, bad));
      // A line number stands once in a document: what is broken comes behind all others.
      back.line_no += 1000;
      back.condition = core::Condition::damaged;
      line = some_of(line, 0, before - bad);
    }
    if (line.quantity_each > 0) lines.push_back(line);
  }
  lines.insert(lines.end(), rejected.begin(), rejected.end());
  Receiving& dock = *shipment.purchase.dock;
  if (!lines.empty()) dock.take_in(shipment.purchase.number, lines);
  if (!shipment.is_rest && watcher_ != nullptr)
    watcher_->delivered(dock.site().id(), shipment.purchase.lines);
}

void Vendor::invoice(std::size_t number) {
  Shipment& shipment = shipments_[number];
  std::vector<core::Line> lines = shipment.told;
  drop_empty(lines);
  if (lines.empty()) return;
  shipment.invoice = wire::code_of("INV", ++invoices_sent_);
  by_invoice_.insert(shipment.invoice, static_cast<std::uint32_t>(number));
  if (happens(shipment.purchase.number, "overcharges", params_.overcharge_share)) {
    for (core::Line& line : lines) line.cost += basis_points(line.cost, params_.overcharge_bp);
  }
  send_invoice(shipment, lines);
}

void Vendor::dispute(const core::Code& invoice) {
  const std::uint32_t number = by_invoice_.find(invoice);
  if (number == CodeIndex::none || params_.correction_after.count() == 0) return;
  schedule(context_.now() + params_.correction_after, corrects, number);
}

/// At the order's price, and what the buyer says he has accepted. Who has written that already has nothing to
/// correct: where the buyer's books miss a receipt, no invoice helps.
void Vendor::correct(Shipment& shipment) {
  std::vector<core::Line> lines = shipment.accepted;
  drop_empty(lines);
  if (sum_of(lines) != shipment.invoiced && !lines.empty()) send_invoice(shipment, lines);
}

void Vendor::send_invoice(Shipment& shipment, std::span<const core::Line> lines) {
  shipment.invoiced = sum_of(lines);
  const core::Code id = author_.next_id();
  const wire::PurchaseDocument document{.purchase = shipment.purchase.number,
                                        .invoice = shipment.invoice,
                                        .supplier = name(),
                                        .amount = sum_of(lines),
                                        .lines = lines};
  context_.world.state({.kind = world::FactKind::supplier_invoiced,
                        .at = context_.now(),
                        .order = document.purchase,
                        .node = shipment.purchase.dock->site().id(),
                        .reference = document.invoice,
                        .amount = document.amount,
                        .message_source = author_.name(),
                        .message_id = id,
                        .lines = lines});
  const wire::Stamp stamp = author_.stamp(id, shipment.purchase.number, party_.clock_reading(context_.now()));
  context_.post(*invoices_,
                [&](std::string& out) { wire::supplier_invoice(out, context_.names(), stamp, document); });
}

}  // namespace omnisim::models
