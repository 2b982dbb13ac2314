// What a line of a marketplace's settlement is booked as.
#pragma once

#include "core/canonical/event.hpp"
#include "core/finance/components.hpp"

namespace omnisim::core {

/// What a line takes from us, by the account that it goes to; sales and refunds are booked already.
Amounts amounts_of(const SettlementLine& line);

/// What was paid for goods, or repaid; the rest is taken off it.
constexpr bool is_principal(SettlementKind kind) {
  return kind == SettlementKind::sale || kind == SettlementKind::refund;
}

}  // namespace omnisim::core
