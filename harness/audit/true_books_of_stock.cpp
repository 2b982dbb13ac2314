// Goods that come, go and move between nodes without a customer.
#include "harness/audit/books.hpp"

namespace omnisim::audit {

using core::Money;
using world::FactKind;

void TrueBooks::stock(const world::Fact& fact) {
  const bool opened = fact.kind == FactKind::stock_opened, received = fact.kind == FactKind::stock_received;
  const bool found = fact.kind == FactKind::stock_found;
  begin(opened     ? 0
        : received ? 1
                   : 14,
        fact,
        opened     ? "opening stock"
        : received ? "goods received"
        : found    ? "stock found"
                   : "stock gone");
  if (!opened && !received && costs_.are_derived()) costs_are_knowable = false;
  for (const core::Line& line : fact.lines) {
    core::Line goods = line;
    if (opened) goods.cost = cost(line.sku, line.quantity_each);
    const AccountKey shelf = account_key(1200, dimension_of(fact.node));
    if (opened || received)
      value(fact, goods,
            {.flow = Flow::in,
             .debit = shelf,
             .credit = account_key(opened ? 3000 : 2050),
             .document = fact.reference});
    else if (found)
      value(fact, goods, {.flow = Flow::turned_up, .debit = shelf, .credit = account_key(5200)});
    else
      value(fact, goods, {.flow = Flow::out, .debit = account_key(5200), .credit = shelf});
  }
  end();
}

/// Goods go between nodes at standard cost: what lost ones cost beyond it was in the inventory of their node.
void TrueBooks::lost_between(const world::Fact& fact, const core::Line& line, Money standard) {
  const std::uint32_t from = dimension_of(fact.node);
  value(fact, line,
        {.flow = Flow::out,
         .debit = account_key(5210),
         .credit = account_key(1200, from),
         .document = fact.reference});
  debit(1200, standard, from), credit(1230, standard);
}

void TrueBooks::transfer(const world::Fact& fact) {
  const bool out = fact.kind == FactKind::transfer_shipped, in = fact.kind == FactKind::transfer_received;
  begin(out ? 13 : in ? 131 : 132, fact, out ? "transfer out" : in ? "transfer in" : "transfer short");
  for (const core::Line& line : fact.lines) {
    const Money goods = cost(line.sku, line.quantity_each);
    if (out)
      debit(1230, goods), credit(1200, goods, dimension_of(fact.node));
    else if (in)
      debit(1200, goods, dimension_of(fact.node)), credit(1230, goods);
    else
      lost_between(fact, line, goods);
  }
  end();
}

}  // namespace omnisim::audit
