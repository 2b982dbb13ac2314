#include "core/orchestration/freight.hpp"

#include <algorithm>
#include <utility>

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
  if (accrues_at_once() && !parcel.billed) {
    Amounts amounts;
    amounts[Component::fee] = more;
    c_.post(Occasion::freight_accrued, amounts, body.order, {}, body.node);
  }
  // A line that asked for too much may be right now.
  if (parcel.charge + parcel.surcharge != parcel.booked) judge(at);
  accrue(parcel);
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
  judge(at);
}

Outcome Freight::invoiced(const FreightInvoiced& body) {
  if (!is_kept()) return Outcome::refused(ExceptionCategory::no_handler, "nobody here owes freight");
  const HashKey key = shipment_key(body.shipment);
  const std::uint32_t at = index_.find(key);
  if (at == no_index) {
    const std::uint32_t shipment = c_.book.shipment_index.find(key);
    return shipment == no_index
               ? Outcome::wait(key, "the shipment is not known yet")
               : Outcome::refused(ExceptionCategory::unknown_reference, why_not_kept(shipment));
  }
  Parcel& parcel = parcels_[at];
  if (parcel.carrier != c_.step.source)
    return Outcome::refused(ExceptionCategory::unknown_reference, "another carrier's parcel");
  parcel.charge += body.charge;
  parcel.surcharge += body.surcharge;
  parcel.asked = c_.step.cause;
  parcel.asked_by = c_.step.id;
  judge(at);
  return Outcome::done();
}

/// Waiting for what is here already would end in a dead letter that says that it never came.
std::string_view Freight::why_not_kept(std::uint32_t shipment) const {
  const std::uint32_t item = c_.book.shipments[shipment].first_item;
  const bool has_rate =
      item != no_index && freight_rate_of(c_.config.freight_rates,
                                          c_.book.legs[c_.book.shipment_items[item].leg].node) != nullptr;
  return has_rate ? "its freight was settled long ago, or not agreed when it left"
                  : "nothing is agreed for its node";
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
  const bool is_due = is_agreed && (parcel.billed || !asked.is_zero());
  if (is_due) {
    book(parcel);
    accrue(parcel);
  }
  // Nothing is owed where the label was voided; whatever goes on after this ends again.
  if (is_due || (is_agreed && parcel.owed.is_zero())) finish(at);
  if (!c_.can().reconciliation) return;
  const Money ours = parcel.billed ? parcel.booked : parcel.owed;
  breaks_.compare(BreakKind::freight, parcel.shipment, is_agreed ? Money{} : asked - ours);
}

void Freight::finish(std::uint32_t at) {
  parcels_[at].ended = c_.step.now;
  endings_.add(c_, at);
}

void Freight::book(Parcel& parcel) {
  const Money more = parcel.charge + parcel.surcharge - parcel.booked;
  Amounts amounts;
  amounts[Component::fee] = parcel.billed || !accrues_at_once() ? Money{} : parcel.owed;
  amounts[Component::variance] = more - amounts[Component::fee];
  amounts[Component::gross] = more;
  const Step& step = c_.step;
  // What an invoice asked before a carton was heard of that had left by then is the invoice's debt all the
  // same, of its day.
  const bool is_late = parcel.asked.occurred_at > step.cause.occurred_at;
  const Cause& cause = is_late ? parcel.asked : step.cause;
  if (!parcel.billed) parcel.billed_at = cause.occurred_at;
  parcel.billed = true;
  parcel.booked += more;
  c_.books.post(Occasion::freight_invoiced, amounts,
                {cause,
                 step.now,
                 is_late ? parcel.carrier : step.source,
                 is_late ? parcel.asked_by : step.id,
                 step.correlation.empty() ? parcel.order : step.correlation,
                 {},
                 parcel.node,
                 {},
                 {}});
}

Time Freight::end_of(BusinessDay day) const {
  return Time{day + std::chrono::days{1}} - std::chrono::minutes{c_.config.policies.ledger_utc_offset_min};
}

/// Whether something may still be dated to `day`.
bool Freight::is_open(BusinessDay day) const {
  return c_.books.closed_through() < day &&
         posting_day(c_.config.periods, c_.config.policies.ledger_utc_offset_min, end_of(day) - Duration{1},
                     c_.step.now) == day;
}

void Freight::accrue_through(BusinessDay last) {
  if (accrues_at_once()) return;
  std::erase_if(closing_, [&](BusinessDay day) { return !is_open(day); });
  for (Parcel& parcel : parcels_) drop_closed(parcel);
  if (!is_open(last)) return;
  if (std::find(closing_.begin(), closing_.end(), last) == closing_.end()) closing_.push_back(last);
  for (Parcel& parcel : parcels_) accrue(parcel, last);
}

void Freight::accrue(Parcel& parcel) {
  for (const BusinessDay last : closing_)
    if (is_open(last)) accrue(parcel, last);
}

void Freight::accrue(Parcel& parcel, BusinessDay last) {
  const Time end = end_of(last);
  if (parcel.shipment.empty() || parcel.cause.occurred_at >= end) return;
  std::uint32_t at = parcel.first_accrual;
  while (at != no_index && accruals_[at].last != last) at = accruals_[at].next;
  const bool was_billed = parcel.billed && parcel.billed_at < end;
  const Money so_far = at == no_index ? Money{} : accruals_[at].amount;
  const Money change = (was_billed ? Money{} : parcel.owed) - so_far;
  if (change.is_zero()) return;
  if (at == no_index) at = parcel.first_accrual = accruals_.add({last, {}, parcel.first_accrual});
  accruals_[at].amount += change;
  post(parcel, Occasion::freight_accrued, change, end - Duration{1});
  post(parcel, Occasion::freight_reversed, change, end);
}

/// What was accrued for a period that is closed for good stays.
void Freight::drop_closed(Parcel& parcel) {
  for (std::uint32_t* at = &parcel.first_accrual; *at != no_index;) {
    Accrual& it = accruals_[*at];
    if (std::find(closing_.begin(), closing_.end(), it.last) != closing_.end()) {
      at = &it.next;
    } else {
      const std::uint32_t gone = std::exchange(*at, it.next);
      accruals_.free(gone);
    }
  }
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
    const bool is_unbilled = !parcel.billed && parcel.charge.is_zero() && parcel.surcharge.is_zero();
    if (!parcel.shipment.empty() && is_unbilled && parcel.cause.occurred_at < since)
      breaks_.compare(BreakKind::freight, parcel.shipment, -parcel.owed);
  }
}

Money Freight::accrued() const {
  Money sum;
  if (!accrues_at_once()) return sum;
  for (const Parcel& parcel : parcels_) sum += parcel.billed ? Money{} : parcel.owed;
  return sum;
}

/// Whether a period that had its last day between hand-over and invoice may still be closed: nobody has to
/// say beforehand which days are a period's last.
bool Freight::may_be_accrued(const Parcel& parcel) const {
  if (accrues_at_once() || !c_.can().reconciliation || !parcel.billed) return false;
  const std::int32_t zone = c_.config.policies.ledger_utc_offset_min;
  const BusinessDay billed = day_of(parcel.billed_at, zone);
  return day_of(parcel.cause.occurred_at, zone) < billed && is_open(billed - std::chrono::days{1});
}

void Freight::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t at, Time ended) {
    Parcel& parcel = parcels_[at];
    if (parcel.ended != ended || parcel.shipment.empty()) return;
    // One that was asked for again is not settled until that is; one whose label was voided may have a new
    // one that nobody has billed.
    if (!agrees(parcel) || (!parcel.billed && !parcel.owed.is_zero())) return;
    if (may_be_accrued(parcel)) return finish(at);
    index_.erase(shipment_key(parcel.shipment));
    for (std::uint32_t i = parcel.first_accrual; i != no_index;)
      accruals_.free(std::exchange(i, accruals_[i].next));
    parcels_.free(at);
  });
}

void Freight::digest(Digest& digest) const {
  for (const Parcel& it : parcels_) {
    digest.add(it.shipment, it.order, it.message, it.carrier, it.node, it.cause.input, it.owed, it.charge,
               it.surcharge, it.asked.input, it.asked_by, it.booked, it.billed, it.billed_at,
               it.first_accrual, it.ended);
  }
  for (const Accrual& it : accruals_) digest.add(it.last, it.amount, it.next);
  for (const BusinessDay day : closing_) digest.add(day);
  digest.add(parcels_.size(), index_.size(), accruals_.size(), closing_.size());
  endings_.digest(digest);
}

}  // namespace omnisim::core
