// Freight (decision 0020): a parcel is owed to its carrier from its hand-over, once, at the rate of the
// contract (rule 17). The carrier's invoices are held against that parcel by parcel: what agrees is a debt
// (rule 171), what differs beyond the policies is a break of the parcel and is nobody's debt.
#pragma once

#include "core/orchestration/breaks.hpp"

namespace omnisim::core {

class Freight {
 public:
  Freight(Context& context, Breaks& breaks) : c_(context), breaks_(breaks) {}

  /// Of the message that is being acted on; another carton of a known shipment adds its units.
  void handed_over(const ShipmentShipped& body, std::int32_t quantity_each);
  /// The label was taken off again: there is nothing to bill.
  void voided(const Code& shipment);
  Outcome invoiced(const FreightInvoiced& body);

  /// Policy `soft_close`: what was handed over by the last day of a period and was not billed by then is its
  /// expense, and comes off the next period's. Until the period is closed for good that follows what changes.
  void accrue_through(BusinessDay last);
  /// Parcels that nobody has billed for too long are breaks (policy `receipt_ageing`).
  void look_for_unbilled();
  /// What 2060 should owe.
  Money accrued() const;
  bool is_kept() const { return !c_.config.freight_rates.empty(); }

  /// Forgets parcels that were settled before.
  void forget_before(Time before);
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(parcels_, index_, endings_, closing_);
  }

 private:
  struct Parcel {
    Code shipment;
    Code order, message;  ///< of its hand-over
    Code carrier;
    NodeId node;
    Cause cause;
    Money owed;               ///< by the contract
    Money charge, surcharge;  ///< all that was asked so far, less credits
    Money booked;             ///< of that
    bool billed = false;      ///< something of it is booked, and its accrual is cleared
    Time billed_at;           ///< date of the invoice
    BusinessDay closed;       ///< policy `soft_close`: the last period at whose close it was looked at …
    Money accrued;            ///< … and what was accrued then
    Time ended;               ///< when it last agreed
  };
  bool accrues_at_once() const {
    return c_.config.policies.accounting.freight_accrued == FreightAccrual::handover;
  }
  bool agrees(const Parcel& parcel) const;
  void judge(std::uint32_t at);
  void book(Parcel& parcel);
  void accrue(Parcel& parcel);
  void post(const Parcel& parcel, Occasion occasion, Money amount, Time dated);

  Context& c_;
  Breaks& breaks_;
  Pool<Parcel> parcels_;  ///< a row that was given back has no shipment
  Index index_;
  Endings endings_;
  BusinessDay closing_ = BusinessDay::min();  ///< last day of the period that was closed softly
};

}  // namespace omnisim::core
