// Between checkout and payment: carts that are kept, paid, given up, or come too late.
#include <algorithm>

#include "models/channels/storefront.hpp"

namespace omnisim::models {

using world::FactKind;

/// Where a gift card covers the whole order, the card's service took it as the order was agreed.
bool Storefront::is_paid_for(OrderNumber n) const {
  const core::Tenders& tenders = context_.orders[n].tenders;
  return tenders.card.is_zero() && !tenders.gift_card.is_zero();
}

bool Storefront::abandons(OrderNumber n) const {
  if (is_paid_for(n)) return false;
  const Order& o = context_.orders[n];
  return o.abandons ||
         (params_.abandoned_share > 0 && context_.chance(o.code, "abandon") < params_.abandoned_share);
}

sim::Time Storefront::pays_at(OrderNumber n) const {
  const Order& o = context_.orders[n];
  if (is_paid_for(n)) return o.placed_at;
  return o.placed_at + context_.lasting(params_.payment_after, o.code, "payment");
}

bool Storefront::pays_at_once(OrderNumber n) const {
  return params_.reserve_at == ReserveAt::payment ||
         (!abandons(n) && pays_at(n) == context_.orders[n].placed_at);
}

void Storefront::place(OrderNumber n) {
  const bool goes_on = !abandons(n) && pays_at(n) == order(n).placed_at;
  if (params_.reserve_at == ReserveAt::checkout || goes_on) return reserve(n);
  order(n).state = OrderState::in_cart;
  arm(pays_at(n), comes_to_pay, n);
}

/// The units are somebody's from now on: until the payment, or until the hold ends.
void Storefront::keep(OrderNumber n) {
  order(n).state = OrderState::held;
  state(FactKind::cart_held, n, lines_of(n));
  if (!abandons(n)) arm(std::max(context_.now(), pays_at(n)), comes_to_pay, n);
  // Where the core keeps the units, it is the core that lets go of them, and tells.
  if (context_.pattern.channel_promises) arm(context_.now() + context_.params.policies.hold, hold_ends, n);
}

void Storefront::come_to_pay(OrderNumber n) {
  switch (order(n).state) {
    case OrderState::held:
      return pay(n);
    case OrderState::in_cart:
      return abandons(n) ? forget_cart(n) : turn_away_or_reserve(n);
    case OrderState::over:  // The hold has ended before.
      return turn_away(n);
    case OrderState::asked:
    case OrderState::promised:
      return;
  }
}

/// Nothing was kept: the mirror is looked at again, as far as it decides.
void Storefront::turn_away_or_reserve(OrderNumber n) {
  std::vector<Want> wants;
  for (const OrderLine& line : context_.orders.lines(n))
    wants.push_back({.sku = line.sku, .quantity_each = line.quantity_each});
  if (!shows(wants)) {
    order(n).state = OrderState::over;
    turn_away(n);
    return return_unused_gift_card(n);
  }
  reserve(n);
}

void Storefront::turn_away(OrderNumber n) {
  state(FactKind::cart_refused, n, lines_of(n));
  state(FactKind::demand_refused, n, lines_of(n));
}

void Storefront::pay(OrderNumber n) {
  order(n).state = OrderState::promised;
  state(FactKind::order_promised, n, lines_of(n));
  payments_.authorise(n, *this, !context_.pattern.channel_promises);
}

void Storefront::forget_cart(OrderNumber n) {
  const bool was_kept = order(n).state == OrderState::held;
  order(n).state = OrderState::over;
  state(FactKind::cart_abandoned, n, lines_of(n));
  if (was_kept && keeps_mirror()) take_from_mirror(n, -1);
  return_unused_gift_card(n);
}

}  // namespace omnisim::models
