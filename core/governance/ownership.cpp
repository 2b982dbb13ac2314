#include "core/governance/ownership.hpp"

#include <initializer_list>

namespace omnisim::core {
namespace {

using enum EventType;
using enum Role;

constexpr std::uint32_t by(std::initializer_list<Role> roles) {
  std::uint32_t set = 0;
  for (const Role role : roles) set |= 1U << static_cast<unsigned>(role);
  return set;
}
constexpr std::uint32_t the_core = 0;

constexpr std::array<OwnershipRow, event_type_count> table{{
    {order_placed, "order", by({channel})},
    {order_cancelled, "order", by({channel})},
    {payment_authorised, "payment", by({payment_provider})},
    {payment_declined, "payment", by({payment_provider})},
    {payment_captured, "payment", by({payment_provider})},
    {capture_failed, "payment", by({payment_provider})},
    {refund_succeeded, "refund", by({payment_provider, gift_card_service, channel})},
    {payout_paid, "cash", by({payment_provider})},
    {settlement_closed, "cash", by({channel})},
    {gift_card_activated, "gift card", by({till, gift_card_service})},
    {gift_card_redeemed, "gift card", by({gift_card_service})},
    {tax_committed, "tax", by({tax_engine})},
    {charge_recorded, "revenue", by({document_desk})},
    {pos_sale, "on hand, revenue", by({till})},
    {pos_return, "on hand, revenue", by({till})},
    {stock_received, "on hand", by({warehouse})},
    {stock_picked, "on hand", by({warehouse})},
    {pick_rejected, "on hand", by({warehouse})},
    {stock_packed, "on hand", by({warehouse})},
    {shipment_shipped, "on hand, revenue", by({warehouse})},
    {shipment_delivered, "shipment", by({carrier})},
    {shipment_lost, "shipment", by({carrier})},
    {return_authorised, "return", by({channel})},
    {return_received, "on hand, return", by({warehouse})},
    {return_inspected, "on hand, return", by({warehouse})},
    {stock_counted, "on hand", by({warehouse})},
    {journal_acknowledged, "ledger", by({erp})},
    {order_accepted, "promise", the_core},
    {order_rejected, "promise", the_core},
    {line_allocated, "reserved", the_core},
    {line_cancelled, "promise", the_core},
    {capture_requested, "payment", the_core},
    {refund_requested, "refund", the_core},
    {authorisation_voided, "payment", the_core},
    {availability_published, "available", the_core},
    {journal_posted, "ledger", the_core},
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].type) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by EventType");

constexpr std::array<std::string_view, role_count> names{
    "any",        "till", "warehouse",    "channel", "carrier", "payment provider", "gift card service",
    "tax engine", "ERP",  "document desk"};

}  // namespace

std::string_view name_of(Role role) { return names[static_cast<std::size_t>(role)]; }

const std::array<OwnershipRow, event_type_count>& ownership_table() { return table; }

bool may_state(Role role, EventType type) {
  return role == any || (table[static_cast<std::size_t>(type)].owners & by({role})) != 0;
}

}  // namespace omnisim::core
