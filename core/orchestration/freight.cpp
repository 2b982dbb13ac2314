#include "core/orchestration/freight.hpp"

#include "core/finance/periods.hpp"

namespace omnisim::core {

void Freight::handed_over(const ShipmentShipped& body, std::int32_t quantity_each) {
  const FreightRate* const rate = freight_rate_of(c_.config.freight_rates, body.node);
  if (rate == nullptr) return;
  Money more = rate->per_unit * quantity_each;
  std::uint32_t at = index_.find(shipment_key(body.shipment));
  if (at == no_index) {
    Parcel made;
    made.shipment = body.shipment;
    made.order = body.order;
    made.message = c_.step.id;
    made.carrier = rate->carrier;
    made.node = body.node;
    made.cause = c_.step.cause;
    at = parcels_.add(made);
    index_.insert(shipment_key(body.shipment), at);
    more += rate->per_parcel;
  }
  Parcel& parcel = parcels_[at];
  parcel.owed += more;
  if (!accrues_at_once()) return accrue(parcel);
  if (parcel.billed) return;
  Amounts amounts;
  amounts[Component::fee] = more;
  c_.post(Occasion::freight_accrued, amounts, body.order, {}, body.node);
}

void Freight::voided(const Code& shipment) {
  const std::uint32_t at = index_.find(shipment_key(shipment));
  if (at == no_index || parcels_[at].billed) return;
  Parcel& parcel = parcels_[at];
  Amounts amounts;
  amounts[Component::fee] = accrues_at_once() ? parcel.owed : Money{};
  c_.post(Occasion::freight_voided, amounts, parcel.order, {}, parcel.node);
  parcel.owed = {};
  accrue(parcel);
}

Outcome Freight::invoiced(const FreightInvoiced& body) {
  if (!is_kept()) return Outcome::refused(ExceptionCategory::no_handler, "nobody here owes freight");
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t at = index_.find(key);
  if (at == no_index) return Outcome::wait(key, "the shipment is not known yet");
  Parcel& parcel = parcels_[at];
  if (parcel.carrier != c_.step.source)
    return Outcome::refused(ExceptionCategory::unknown_reference, "another carrier's parcel");
  parcel.charge += body.charge;
  parcel.surcharge += body.surcharge;
  judge(at);
  return Outcome::done();
}

/// Less than the contract's rate is taken as it is.
bool Freight::agrees(const Parcel& parcel) const {
  // Nobody compares: what is asked is owed.
  if (!c_.can().reconciliation) return true;
  constexpr std::int64_t whole_bp = 10'000;
  const Policies& policies = c_.config.policies;
  const Int128 above = Int128{parcel.charge.minor} - parcel.owed.minor;
  return parcel.charge.minor >= 0 && parcel.surcharge.minor >= 0 &&
         parcel.surcharge <= policies.accounting.freight_surcharge_max &&
         above * whole_bp <= Int128{parcel.owed.minor} * policies.price_tolerance_bp;
}

void Freight::judge(std::uint32_t at) {
  Parcel& parcel = parcels_[at];
  const Money asked = parcel.charge + parcel.surcharge;
  const bool is_agreed = agrees(parcel);
  if (is_agreed && (parcel.billed || !asked.is_zero())) {
    book(parcel);
    accrue(parcel);
    parcel.ended = c_.step.now;
    endings_.add(c_, at);
  }
  if (!c_.can().reconciliation) return;
  const Money ours = parcel.billed ? parcel.booked : parcel.owed;
  breaks_.compare(BreakKind::freight, parcel.shipment, is_agreed ? Money{} : asked - ours);
}

void Freight::book(Parcel& parcel) {
  const Money more = parcel.charge + parcel.surcharge - parcel.booked;
  Amounts amounts;
  amounts[Component::fee] = parcel.billed || !accrues_at_once() ? Money{} : parcel.owed;
  amounts[Component::variance] = more - amounts[Component::fee];
  amounts[Component::gross] = more;
  if (!parcel.billed) parcel.billed_at = c_.step.cause.occurred_at;
  parcel.billed = true;
  parcel.booked += more;
  c_.post(Occasion::freight_invoiced, amounts, parcel.order, {}, parcel.node);
}

void Freight::accrue_through(BusinessDay last) {
  if (accrues_at_once()) return;
  closing_ = last;
  for (Parcel& parcel : parcels_) accrue(parcel);
}

void Freight::accrue(Parcel& parcel) {
  if (closing_ == BusinessDay::min()) return;
  const std::int32_t zone = c_.config.policies.ledger_utc_offset_min;
  const Time end = Time{closing_ + std::chrono::days{1}} - std::chrono::minutes{zone};
  const Time last_moment = end - Duration{1};
  const bool is_open = posting_day(c_.config.periods, zone, last_moment, c_.step.now) == closing_ &&
                       c_.books.closed_through() < closing_;
  if (!is_open || parcel.shipment.empty() || parcel.cause.occurred_at >= end) return;
  if (parcel.closed != closing_) parcel.accrued = {};
  parcel.closed = closing_;
  const bool was_billed = parcel.billed && parcel.billed_at < end;
  const Money change = (was_billed ? Money{} : parcel.owed) - parcel.accrued;
  parcel.accrued += change;
  post(parcel, Occasion::freight_accrued, change, last_moment);
  post(parcel, Occasion::freight_reversed, change, end);
}

/// What follows from the hand-over of a parcel, at another time.
void Freight::post(const Parcel& parcel, Occasion occasion, Money amount, Time dated) {
  Amounts amounts;
  amounts[Component::fee] = amount;
  c_.books.post(occasion, amounts,
                {{parcel.cause.input, dated},
                 c_.step.now,
                 c_.step.source,
                 parcel.message,
                 parcel.order,
                 {},
                 parcel.node,
                 {},
                 {}});
}

void Freight::look_for_unbilled() {
  const Time since = c_.step.now - c_.config.policies.receipt_ageing;
  for (const Parcel& parcel : parcels_) {
    const bool is_open = !parcel.billed && parcel.charge.is_zero() && parcel.surcharge.is_zero();
    if (!parcel.shipment.empty() && is_open && parcel.cause.occurred_at < since)
      breaks_.compare(BreakKind::freight, parcel.shipment, -parcel.owed);
  }
}

Money Freight::accrued() const {
  Money sum;
  if (!accrues_at_once()) return sum;
  for (const Parcel& parcel : parcels_) sum += parcel.billed ? Money{} : parcel.owed;
  return sum;
}

void Freight::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t at, Time ended) {
    const Parcel& parcel = parcels_[at];
    // One that was asked for again is not settled until that is.
    if (parcel.ended != ended || parcel.shipment.empty() || !agrees(parcel)) return;
    index_.erase(shipment_key(parcel.shipment));
    parcels_.free(at);
  });
}

void Freight::digest(Digest& digest) const {
  for (const Parcel& it : parcels_) {
    digest.add(it.shipment, it.order, it.message, it.carrier, it.node, it.cause.input, it.owed, it.charge,
               it.surcharge, it.booked, it.billed, it.billed_at, it.closed, it.accrued, it.ended);
  }
  digest.add(parcels_.size(), index_.size(), closing_);
  endings_.digest(digest);
}

}  // namespace omnisim::core
