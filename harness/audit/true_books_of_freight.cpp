// What carriers are owed for parcels.
#include "harness/audit/books.hpp"

namespace omnisim::audit {

using world::FactKind;

/// The carriage of a parcel is an expense from its hand-over on, whenever and by whatever policy the books
/// come to know it. What an invoice asks more or less than was accrued was an estimate before, and is an
/// expense of the invoice's day (IAS 8, changes in estimates).
void TrueBooks::freight(const world::Fact& fact) {
  rate_ = 0;  // A carrier is paid in the ledger's currency, whatever the order was paid in.
  if (fact.kind == FactKind::freight_owed) {
    freight_.owed(fact);
    begin(17, fact, "freight of");
    debit(6200, fact.amount), credit(2060, fact.amount);
    return end();
  }
  const TrueFreight::Debt debt = freight_.billed(fact);
  if (debt.settled.is_zero() && debt.due.is_zero()) return;
  begin(171, fact, "carrier's invoice for");
  debit(2060, debt.settled), debit(6200, debt.due - debt.settled), credit(2000, debt.due);
  end();
}

}  // namespace omnisim::audit
