// The vocabulary between handlers and posting rules: on which occasions something is posted, and the named
// amounts that a rule may use on each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/canonical/event.hpp"
#include "core/canonical/money.hpp"

namespace omnisim::core {

enum class Occasion : std::uint8_t {
  stock_opened,
  stock_received,
  payment_captured,
  shipment_shipped,
  till_sale,
  returns_accrued,
  return_received,
  return_inspected,
  refund_approved,
  refund_settled,
  till_return,
  shipment_lost,
  payout_paid,
  settlement_closed,
  gift_card_sold,
  stock_adjusted,
  stock_damaged,
  charge_recorded,
  transfer_shipped,
  transfer_received,
  transfer_lost,
  order_collected,
  shipment_voided,
  order_repaid,
  till_void,
  return_disposed,
  exchange_credited,
  invoice_matched,
  invoice_paid,
  receipts_cleared,
  supplier_returned,
  dispute_opened,
  dispute_won,
  dispute_lost,
  refund_covered,
  gift_card_issued,
  deposit_returned,
  gift_card_breakage,
  gift_card_reversed,
  gift_card_credited,
  settlement_line,
  settlement_paid,
  shipment_sent,
  shipment_delivered,
  shipment_lost_undelivered,
  shipment_came_back,
  stock_revalued,
  order_accepted,  ///< nothing is posted on it by standard rules: control has not passed
  tax_corrected,
  loyalty_earned,
  loyalty_reversed,
  loyalty_redeemed,
  loyalty_expired,
  settlement_revalued,  ///< an order in another currency was settled at another rate than it was booked at
  freight_accrued,
  freight_invoiced,
  freight_reversed,  ///< an accrual of the close, in the period after it
  freight_voided
};
inline constexpr std::size_t occasion_count = 58;
std::string_view name_of(Occasion occasion);
std::optional<Occasion> occasion_from_name(std::string_view name);

enum class Component : std::uint8_t {
  net,
  discount,
  tax,
  gross,
  cost,
  cost_resellable,
  cost_damaged,
  shipping_net,
  shipping_tax,
  card,
  gift_card,
  cash,
  marketplace,
  fee,
  commission,
  unexplained,
  shipping,
  manual,
  sample,
  gift_voucher,
  bank_charge,
  marketplace_fee,
  variance,
  loss,
  covered,
  breakage,
  escheat,
  fulfilment_fee,
  shipping_fee,
  reserve,
  adjustment,
  rounding,
  inventory,
  held,
  moving,
  exchange
};
inline constexpr std::size_t component_count = 36;
std::string_view name_of(Component component);
std::optional<Component> component_from_name(std::string_view name);

/// The amounts of one occasion; what a handler does not set is zero.
class Amounts {
 public:
  Money& operator[](Component c) { return amounts_[static_cast<std::size_t>(c)]; }
  Money operator[](Component c) const { return amounts_[static_cast<std::size_t>(c)]; }

 private:
  std::array<Money, component_count> amounts_{};
};

/// What handlers guarantee: on `occasion`, `component` is the sum of `coefficients` times the others. Rules
/// are proven to balance with these identities, whatever the amounts.
struct Identity {
  Occasion occasion{};
  Component component{};
  std::array<std::int8_t, component_count> coefficients{};
};
const std::vector<Identity>& identities();

}  // namespace omnisim::core
