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
    {pos_return, "on hand, revenue", by({till, document_desk})},
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
    {stock_snapshot, "on hand", by({warehouse, erp})},
    {asn_received, "on order", by({supplier})},
    {bank_statement, "cash", by({bank})},
    {journal_imported, "ledger", by({erp})},
    {stock_put_away, "on hand", by({warehouse})},
    {transfer_requested, "on hand", by({erp})},
    {transfer_shipped, "on hand", by({warehouse})},
    {transfer_received, "on hand", by({warehouse})},
    {stock_adjusted, "on hand", by({warehouse})},
    {count_issued, "on hand", by({warehouse, erp})},
    {count_approved, "on hand", by({warehouse, erp})},
    {shipment_voided, "on hand, revenue", by({warehouse})},
    {shipment_scanned, "shipment", by({carrier})},
    {shipment_returned_to_sender, "shipment", by({carrier})},
    {order_amended, "order", by({channel})},
    {order_exchanged, "order", by({channel})},
    {substitution_offered, "promise", by({warehouse})},
    {order_ready_for_pickup, "order", by({warehouse})},
    {order_collected, "on hand, revenue", by({warehouse})},
    {pos_voided, "on hand, revenue", by({till})},
    {return_disposed, "on hand", by({warehouse})},
    {authorisation_expired, "payment", by({payment_provider})},
    {refund_pending, "refund", by({payment_provider, gift_card_service, channel})},
    {refund_failed, "refund", by({payment_provider, gift_card_service, channel})},
    {dispute_opened, "payment", by({payment_provider})},
    {dispute_won, "payment", by({payment_provider})},
    {dispute_lost, "payment", by({payment_provider})},
    {settlement_line, "cash", by({channel})},
    {tax_quoted, "tax", by({tax_engine})},
    {tax_voided, "tax", by({tax_engine})},
    {gift_card_ordered, "gift card", by({channel})},
    {gift_card_credited, "gift card", by({gift_card_service})},
    {gift_card_breakage, "gift card", by({gift_card_service})},
    {gift_card_deactivated, "gift card", by({gift_card_service})},
    {purchase_order_approved, "on order", by({erp})},
    {invoice_received, "payable", by({erp, supplier})},
    {invoice_paid, "payable", by({erp})},
    {supplier_return_shipped, "on hand", by({warehouse})},
    {period_soft_closed, "ledger", by({erp})},
    {period_closed, "ledger", by({erp})},
    {item_changed, "item", by({erp})},
    {price_changed, "price", by({erp})},
    {feed_applied, "available", by({channel})},
    {stock_reserved, "reserved", the_core},
    {stock_released, "reserved", the_core},
    {reservation_expired, "reserved", the_core},
    {reservation_broken, "reserved", the_core},
    {line_backordered, "promise", the_core},
    {count_requested, "on hand", the_core},
    {gift_card_activation_requested, "gift card", the_core},
    {evidence_submitted, "payment", the_core},
    {invoice_approved, "payable", the_core},
    {invoice_held, "payable", the_core},
    {transfer_claimed, "on hand", the_core},
    {break_opened, "ledger", the_core},
    {break_cleared, "ledger", the_core},
    {dead_letter_parked, "exception", the_core},
    {dead_letter_replayed, "exception", the_core},
    {adjustment_proposed, "ledger", the_core},
    {authorisation_requested, "payment", the_core},
    {tax_corrected, "tax", by({tax_engine})},
    {loyalty_earned, "points", by({crm})},
    {loyalty_reversed, "points", by({crm})},
    {loyalty_redeemed, "points", by({crm})},
    {loyalty_expired, "points", by({crm})},
    {loyalty_merged, "points", by({crm})},
    {freight_invoiced, "payable", by({carrier})},
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].type) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by EventType");

constexpr std::array<std::string_view, role_count> names{"any",
                                                         "till",
                                                         "warehouse",
                                                         "channel",
                                                         "carrier",
                                                         "payment provider",
                                                         "gift card service",
                                                         "tax engine",
                                                         "ERP",
                                                         "document desk",
                                                         "supplier",
                                                         "bank",
                                                         "CRM"};

}  // namespace

std::string_view name_of(Role role) { return names[static_cast<std::size_t>(role)]; }

const std::array<OwnershipRow, event_type_count>& ownership_table() { return table; }

bool may_state(Role role, EventType type) {
  return role == any || (table[static_cast<std::size_t>(type)].owners & by({role})) != 0;
}

}  // namespace omnisim::core
