// Carts: units that are kept for a customer who has checked out and not paid. What others are refused
// meanwhile is a fair price where the customer pays, and undersold where the cart comes to nothing.
#include <algorithm>
#include <utility>

#include "harness/audit/promises.hpp"

namespace omnisim::audit {

void Promises::keep_cart(const world::Fact& fact, KnownOrder& order) {
  if (order.kept) return;
  order.kept = true;
  order.kept_since = fact.at;
  for (const OrderLine& line : order.lines) {
    ++carts_[line.agreed.sku.value].open;
    stock_.on_promise(fact.at, line.agreed.sku, line.agreed.quantity_each);
  }
}

/// The units are free again, or promised in the same moment.
void Promises::let_go(Time at, KnownOrder& order) {
  if (!order.kept) return;
  order.kept = false;
  for (const OrderLine& line : order.lines) {
    stock_.on_promise(at, line.agreed.sku, -line.agreed.quantity_each);
    Carts& carts = carts_[line.agreed.sku.value];
    if (--carts.open == 0) carts.refusals.clear();
  }
}

/// What was never paid is no order that was placed.
void Promises::no_order(KnownOrder& order) {
  if (!std::exchange(order.only_a_cart, true)) --orders_captured;
}

/// Each unit that the cart kept for nothing could have gone to one customer who was refused meanwhile. Carts
/// end in the order of time, and each answers for the oldest refusals of its own time: no other assignment
/// explains more of them.
void Promises::comes_to_nothing(KnownOrder& order) {
  ++carts_abandoned;
  no_order(order);
  for (const OrderLine& line : order.lines) {
    std::int32_t kept = order.kept ? line.agreed.quantity_each : 0;
    for (Refusal& refusal : carts_[line.agreed.sku.value].refusals) {
      if (refusal.at < order.kept_since) continue;
      const std::int32_t units = std::min(kept, refusal.units);
      refusal.units -= units, kept -= units;
      undersold_cart_units += units, undersold_units += units;
    }
  }
}

void Promises::abandon_cart(Time at, KnownOrder& order) {
  comes_to_nothing(order);
  let_go(at, order);
}

}  // namespace omnisim::audit
