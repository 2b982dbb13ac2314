// What is truly owed to the carrier, kept from facts: each parcel at the contract's rate from its hand-over
// on, and of what its invoices ask the part that agrees with that. The policy of decision 0020 is written
// here a second time (decision 0007): a parcel is owed once; an asked rate may be below the contract's, or
// above it within the tolerance; a surcharge is owed as it is stated, up to the agreed most. What is beyond
// is nobody's debt until a credit has made it agree.
#pragma once

#include "harness/audit/code_map.hpp"
#include "models/world/facts.hpp"

namespace omnisim::audit {

class TrueFreight {
 public:
  void tolerate(std::int32_t rate_bp) { rate_bp_ = rate_bp; }
  void allow_surcharge(core::Money most) { surcharge_max_ = most; }

  void owed(const world::Fact& fact);
  /// What a line of an invoice makes a debt, and how much of what was accrued for its parcel that settles.
  struct Debt {
    core::Money settled, due;
  };
  Debt billed(const world::Fact& fact);

 private:
  struct Parcel {
    core::Money agreed, accrued;      ///< by contract; of that not settled by an invoice
    core::Money asked, extra, taken;  ///< all lines together; of which a debt by now
  };
  bool is_right(const Parcel& parcel) const;

  CodeMap<Parcel> parcels_;
  std::int32_t rate_bp_ = 0;
  core::Money surcharge_max_;
};

}  // namespace omnisim::audit
