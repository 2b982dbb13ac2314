#include "harness/audit/true_freight.hpp"

namespace omnisim::audit {

using core::Money;

void TrueFreight::owed(const world::Fact& fact) {
  Parcel& parcel = parcels_[fact.reference];
  parcel.agreed += fact.amount;
  parcel.accrued += fact.amount;
}

bool TrueFreight::is_right(const Parcel& parcel) const {
  if (parcel.asked < Money{} || parcel.extra < Money{} || parcel.extra > surcharge_max_) return false;
  if (parcel.asked <= parcel.agreed) return true;
  // At most so much dearer, without a division.
  __extension__ typedef __int128 Wide;
  const Wide dearer = Wide{(parcel.asked - parcel.agreed).minor} * 10'000;
  return dearer <= Wide{parcel.agreed.minor} * rate_bp_;
}

TrueFreight::Debt TrueFreight::billed(const world::Fact& fact) {
  const auto found = parcels_.find(fact.reference);
  if (found == parcels_.end()) return {};
  Parcel& parcel = found->second;
  parcel.asked += fact.amount;
  parcel.extra += fact.fee;
  const Money wanted = parcel.asked + parcel.extra;
  // What was asked for and taken back in full was never billed.
  if (!is_right(parcel) || (wanted.is_zero() && parcel.taken.is_zero())) return {};
  const Debt debt{.settled = parcel.accrued, .due = wanted - parcel.taken};
  parcel.accrued = {};
  parcel.taken = wanted;
  return debt;
}

}  // namespace omnisim::audit
