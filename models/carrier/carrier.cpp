#include "models/carrier/carrier.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "models/carrier/contract.hpp"
#include "models/wire/others.hpp"

namespace omnisim::models {

Carrier::Carrier(const Context& context, Gate& gate, Recipient& recipient)
    : context_(context),
      party_(std::string(carrier_name), context.faults),
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
  parcel.fate = fate_of(parcel);
  parcel.turned_back = parcel.ended = false;
  parcel.unsent.clear();
  const sim::Duration usual =
      context_.lasting(context_.params.carrier.transit, context_.orders[order].code, "transit");
  const sim::Duration transit = party_.slowed(context_.now(), usual);
  plan_scans(slot, transit);
  context_.after(transit, *this, slot);
}

bool Carrier::happens(const Parcel& parcel, const char* what, std::uint64_t n, double share) const {
  return share > 0 && context_.chance(context_.orders[parcel.order].code, what, n) < share;
}

/// A parcel is known by the unit that is first in it: of an order that is sent in two the second has a fate
/// of its own. That nobody is at home is no failure of ours: it happens in every pattern.
Carrier::Fate Carrier::fate_of(const Parcel& parcel) const {
  const CarrierParams& carrier = context_.params.carrier;
  const core::Line& line = parcel.lines.front();
  const OrderLine* const ordered = context_.orders.line(parcel.order, line.line_no);
  const std::int32_t before = ordered == nullptr ? 0 : std::max(0, ordered->shipped - line.quantity_each);
  const std::uint64_t first = std::uint64_t{static_cast<std::uint32_t>(before)} << 32U | line.line_no;
  if (context_.pattern.faults && happens(parcel, "parcel", first, carrier.lost_share)) return Fate::lost;
  return happens(parcel, "nobody takes it", first, carrier.return_to_sender_share) ? Fate::returned
                                                                                   : Fate::delivered;
}

void Carrier::plan_scans(std::size_t slot, sim::Duration transit) {
  const std::uint32_t scans = context_.params.carrier.scans_each;
  for (std::uint64_t k = 0; k < scans; ++k)
    context_.after(transit * static_cast<std::int64_t>(k) / static_cast<std::int64_t>(scans), *this,
                   (k + 1) << 32U | slot);
}

void Carrier::on_event(sim::Time now, std::uint64_t event) {
  const std::size_t slot = event & 0xffffffffU;
  if (const std::uint64_t number = event >> 32U; number > 0)
    return see(now, slot, static_cast<std::uint32_t>(number));
  if (!parcels_[slot].ended) {
    if (parcels_[slot].fate == Fate::returned && !std::exchange(parcels_[slot].turned_back, true)) {
      const core::Code& label = context_.orders[parcels_[slot].order].code;
      const sim::Duration back = context_.lasting(context_.params.carrier.transit, label, "transit back");
      return context_.after(party_.slowed(now, back), *this, slot);
    }
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

void Carrier::see(sim::Time now, std::size_t slot, std::uint32_t number) {
  Parcel& parcel = parcels_[slot];
  const Seen seen{.id = author_.next_id(), .number = number, .at = now};
  const double late = context_.pattern.faults ? context_.params.carrier.out_of_order_share : 0;
  if (happens(parcel, "out of order", number, late)) return parcel.unsent.push_back(seen);
  send(parcel, seen);
}

void Carrier::send(const Parcel& parcel, const Seen& seen) {
  const wire::Stamp stamp =
      author_.stamp(seen.id, context_.orders[parcel.order].code, party_.clock_reading(seen.at));
  const core::Code place =
      seen.number == 1 ? *core::Code::from("pick-up") : wire::code_of("hub", seen.number);
  context_.post(*scans_,
                [&](std::string& out) { wire::carrier_seen(out, stamp, parcel.shipment, place.view()); });
}

void Carrier::end(sim::Time now, Parcel& parcel) {
  parcel.ended = true;
  parcel.ended_at = now;
  parcel.scan = author_.next_id();
  if (parcel.fate == Fate::returned) {
    parcel.site->take_back_parcel(parcel.order, parcel.shipment, parcel.lines, author_.name(), parcel.scan);
    return recipient_.came_back(*parcel.site, parcel.order, parcel.shipment, parcel.lines);
  }
  const bool lost = parcel.fate == Fate::lost;
  const auto to = lost ? world::Place::lost : world::Place::customer;
  for (const core::Line& line : parcel.lines)
    parcel.site->move(line.sku, line.quantity_each, world::Place::in_transit_out, to);
  const Order& order = context_.orders[parcel.order];
  context_.world.state({.kind = lost ? world::FactKind::units_lost : world::FactKind::units_delivered,
                        .at = now,
                        .order = order.code,
                        .channel = order.channel,
                        .node = parcel.site->id(),
                        .reference = parcel.shipment,
                        .message_source = author_.name(),
                        .message_id = parcel.scan,
                        .lines = parcel.lines});
  if (!lost) recipient_.delivered(parcel.order, parcel.site->id(), parcel.shipment, parcel.lines);
}

void Carrier::scan(const Parcel& parcel) {
  const double missing = context_.pattern.faults ? context_.params.carrier.missing_scan_share : 0;
  if (!happens(parcel, "missing scan", parcel.lines.front().line_no, missing)) {
    // The scanner stamped the parcel when it was there, by the carrier's clock.
    const wire::Stamp stamp =
        author_.stamp(parcel.scan, context_.orders[parcel.order].code, party_.clock_reading(parcel.ended_at));
    context_.post(*scans_, [&](std::string& out) {
      if (parcel.fate == Fate::returned)
        return wire::carrier_returned(out, context_.names(), stamp, parcel.shipment, parcel.site->id());
      wire::carrier_scan(out, stamp, parcel.shipment, parcel.fate == Fate::delivered);
    });
  }
  for (const Seen& seen : parcel.unsent) send(parcel, seen);
}

}  // namespace omnisim::models
