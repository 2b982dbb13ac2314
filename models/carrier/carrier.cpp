#include "models/carrier/carrier.hpp"

#include "models/wire/others.hpp"

namespace omnisim::models {

Carrier::Carrier(const Context& context, Gate& gate, Recipient& recipient)
    : context_(context),
      party_("carrier", context.faults),
      author_(party_.name(), false),
      recipient_(recipient),
      scans_(&gate.open_way_in(context.network, "carrier", "", core::Format::carrier_csv, party_)) {}

void Carrier::carry(Site& site, OrderNumber order, const core::Code& shipment,
                    std::span<const core::Line> lines) {
  std::size_t slot = parcels_.size();
  if (free_.empty()) {
    parcels_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Parcel& parcel = parcels_[slot];
  parcel.site = &site;
  parcel.order = order;
  parcel.shipment = shipment;
  parcel.lines.assign(lines.begin(), lines.end());
  const core::Code& label = context_.orders[order].code;
  parcel.lost = context_.pattern.faults &&
                context_.chance(label, "parcel", lines.front().line_no) < context_.params.carrier.lost_share;
  parcel.ended = false;
  const sim::Duration transit = context_.lasting(context_.params.carrier.transit, label, "transit");
  context_.after(party_.slowed(context_.now(), transit), *this, slot);
}

void Carrier::on_event(sim::Time now, std::uint64_t slot) {
  if (!parcels_[slot].ended) {
    end(now, parcels_[slot]);
    // The scan is the carrier's own paperwork; where nobody waits, there is none to wait for.
    const auto& delay = context_.params.carrier.scan_delay;
    const sim::Duration wait =
        context_.pattern.limits ? context_.lasting(delay, parcels_[slot].shipment, "scan") : sim::Duration{};
    if (wait.count() > 0) return context_.after(wait, *this, slot);
  }
  scan(parcels_[slot]);
  free_.push_back(slot);
}

void Carrier::end(sim::Time now, Parcel& parcel) {
  parcel.ended = true;
  parcel.ended_at = now;
  parcel.scan = author_.next_id();
  const auto to = parcel.lost ? world::Place::lost : world::Place::customer;
  for (const core::Line& line : parcel.lines)
    parcel.site->move(line.sku, line.quantity_each, world::Place::in_transit_out, to);
  const Order& order = context_.orders[parcel.order];
  context_.world.state({.kind = parcel.lost ? world::FactKind::units_lost : world::FactKind::units_delivered,
                        .at = now,
                        .order = order.code,
                        .channel = order.channel,
                        .node = parcel.site->id(),
                        .reference = parcel.shipment,
                        .message_source = author_.name(),
                        .message_id = parcel.scan,
                        .lines = parcel.lines});
  if (!parcel.lost) recipient_.delivered(parcel.order, parcel.site->id(), parcel.shipment, parcel.lines);
}

void Carrier::scan(const Parcel& parcel) {
  // The scanner stamped the parcel when it was there, by the carrier's clock.
  const wire::Stamp stamp =
      author_.stamp(parcel.scan, context_.orders[parcel.order].code, party_.clock_reading(parcel.ended_at));
  context_.post(*scans_,
                [&](std::string& out) { wire::carrier_scan(out, stamp, parcel.shipment, !parcel.lost); });
}

}  // namespace omnisim::models
