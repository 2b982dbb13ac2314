#include "core/orchestration/settlement_lines.hpp"

namespace omnisim::core {

Amounts amounts_of(const SettlementLine& line) {
  Amounts amounts;
  const Money taken = -line.amount;
  switch (line.kind) {
    case SettlementKind::commission:
      amounts[Component::commission] = taken;
      break;
    case SettlementKind::fulfilment_fee:
      amounts[Component::fulfilment_fee] = taken;
      break;
    case SettlementKind::shipping_fee:
      amounts[Component::shipping_fee] = taken;
      break;
    case SettlementKind::reserve_held:
    case SettlementKind::reserve_released:
      amounts[Component::reserve] = taken;
      break;
    case SettlementKind::adjustment:
      amounts[Component::adjustment] = taken;
      break;
    case SettlementKind::sale:
    case SettlementKind::refund:
    case SettlementKind::tax_remitted:
      break;
  }
  return amounts;
}

}  // namespace omnisim::core
