// Goods that were ordered from suppliers, and what is owed and paid for them.
#include "harness/audit/books.hpp"

namespace omnisim::audit {

using core::Money;
using world::FactKind;

void TrueBooks::purchases(const world::Fact& fact) {
  switch (fact.kind) {
    case FactKind::purchase_ordered:
      return payables_.ordered(fact);
    case FactKind::goods_received:
      received(fact);
      return agreed(fact, fact.reference);
    case FactKind::goods_put_away:
      return broken_on_the_way(fact);
    case FactKind::supplier_invoiced:
      payables_.invoiced(fact);
      return agreed(fact, fact.order);
    case FactKind::supplier_paid:
      begin(201, fact, "supplier paid");
      debit(2000, fact.amount), credit(1000, fact.amount);
      return end();
    default:
      return;
  }
}

/// Inventory is kept at standard cost; what the order says more or less is a variance of the price. What is
/// rejected is not ours to pay.
void TrueBooks::received(const world::Fact& fact) {
  Money standard;
  for (const core::Line& line : fact.lines) {
    if (line.condition != core::Condition::damaged) standard += cost(line.sku, line.quantity_each);
  }
  const Money owed = payables_.accepted(fact);
  if (standard.is_zero() && owed.is_zero()) return;
  begin(1, fact, "goods received");
  debit(1200, standard, dimension_of(fact.node)), debit(5150, owed - standard), credit(2050, owed);
  end();
}

void TrueBooks::agreed(const world::Fact& fact, const core::Code& order) {
  for (const Payables::Agreed& invoice : payables_.newly_agreed(order)) {
    begin(2, fact, "supplier invoice");
    debit(2050, invoice.value), debit(5150, invoice.asked - invoice.value), credit(2000, invoice.asked);
    end();
  }
}

void TrueBooks::broken_on_the_way(const world::Fact& fact) {
  Money lost;
  for (const core::Line& line : fact.lines) {
    if (line.condition == core::Condition::damaged) lost += cost(line.sku, line.quantity_each);
  }
  if (lost.is_zero()) return;
  begin(14, fact, "broken before it was on the shelf");
  debit(5200, lost), credit(1200, lost, dimension_of(fact.node));
  end();
}

}  // namespace omnisim::audit
