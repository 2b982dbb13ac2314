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
  for (const core::Line& line : fact.lines) {
    const Money goods = received ? line.cost : cost(line.sku, line.quantity_each);
    const std::uint32_t inventory_of = dimension_of(fact.node);
    if (opened || received)
      debit(1200, goods, inventory_of), credit(opened ? 3000 : 2050, goods);
    else if (found)
      debit(1200, goods, inventory_of), credit(5200, goods);
    else
      debit(5200, goods), credit(1200, goods, inventory_of);
  }
  end();
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
      debit(5210, goods), credit(1230, goods);
  }
  end();
}

}  // namespace omnisim::audit
