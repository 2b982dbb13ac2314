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
  /// Every period has accruals of its own: what nobody bills for two months is accrued at the end of both.
  void accrue_through(BusinessDay last);
  /// Parcels that nobody has billed for too long are breaks (policy `receipt_ageing`).
  void look_for_unbilled();
  /// What 2060 should owe.
  Money accrued() const;
  bool is_kept() const { return !c_.config.freight_rates.empty(); }

  /// Forgets parcels that were settled before, and that no close may still ask for.
  void forget_before(Time before);
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(parcels_, index_, endings_, accruals_, closing_);
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
    Cause asked;              ///< the last line of an invoice …
    Code asked_by;            ///< … and its message
    Money booked;             ///< of what was asked
    bool billed = false;      ///< something of it is booked, and its accrual is cleared
    Time billed_at;           ///< date of the invoice
    std::uint32_t first_accrual = no_index;
    Time ended;  ///< when it last agreed, was voided, or had to be kept longer
  };
  /// Policy `soft_close`: what was accrued for a parcel at the close of one period.
  struct Accrual {
    BusinessDay last;  ///< day of the period
    Money amount;
    std::uint32_t next = no_index;  ///< of the same parcel
  };
  bool accrues_at_once() const {
    return c_.config.policies.accounting.freight_accrued == FreightAccrual::handover;
  }
  bool agrees(const Parcel& parcel) const;
  void judge(std::uint32_t at);
  void finish(std::uint32_t at);
  void book(Parcel& parcel);
  std::string_view why_not_kept(std::uint32_t shipment) const;

  Time end_of(BusinessDay day) const;
  bool is_open(BusinessDay day) const;
  bool may_be_accrued(const Parcel& parcel) const;
  void accrue(Parcel& parcel);
  void accrue(Parcel& parcel, BusinessDay last);
  void drop_closed(Parcel& parcel);
  void post(const Parcel& parcel, Occasion occasion, Money amount, Time dated);

  Context& c_;
  Breaks& breaks_;
  Pool<Parcel> parcels_;  ///< a row that was given back has no shipment
  Index index_;
  Endings endings_;
  Pool<Accrual> accruals_;
  std::vector<BusinessDay> closing_;  ///< last days of the periods that are closed softly and not for good
};

}  // namespace omnisim::core
