#include "core/governance/api_catalogue.hpp"

#include <algorithm>
#include <array>

namespace omnisim::core {

namespace {

using enum EventType;
using enum ApiLayer;

// What each API carries, and in which formats its systems may speak.
constexpr EventType till_events[] = {pos_sale, pos_return, pos_voided, gift_card_activated};
constexpr EventType goods_events[] = {
    stock_received,   stock_put_away,       stock_picked,           pick_rejected,   stock_packed,
    shipment_shipped, shipment_voided,      stock_counted,          stock_adjusted,  count_issued,
    count_approved,   transfer_shipped,     transfer_received,      return_received, return_inspected,
    return_disposed,  substitution_offered, order_ready_for_pickup, order_collected, supplier_return_shipped};
constexpr EventType partner_events[] = {order_placed, stock_snapshot, shipment_shipped, asn_received,
                                        line_allocated};
constexpr EventType supplier_events[] = {asn_received, invoice_received};
constexpr EventType carrier_events[] = {shipment_scanned, shipment_delivered, shipment_lost,
                                        shipment_returned_to_sender, freight_invoiced};
constexpr EventType psp_events[] = {payment_authorised,    payment_declined, payment_captured, capture_failed,
                                    authorisation_expired, refund_pending,   refund_succeeded, refund_failed,
                                    dispute_opened,        dispute_won,      dispute_lost};
constexpr EventType payout_events[] = {payout_paid};
constexpr EventType settlement_events[] = {settlement_closed};
constexpr EventType settlement_line_events[] = {settlement_line};
constexpr EventType bank_events[] = {bank_statement};
constexpr EventType gift_card_events[] = {gift_card_activated, gift_card_redeemed,    gift_card_credited,
                                          gift_card_breakage,  gift_card_deactivated, refund_succeeded};
constexpr EventType tax_events[] = {tax_quoted, tax_committed, tax_voided, tax_corrected};
constexpr EventType erp_events[] = {journal_acknowledged, journal_imported};
constexpr EventType master_events[] = {item_changed,       price_changed,    purchase_order_approved,
                                       transfer_requested, invoice_received, invoice_paid,
                                       period_soft_closed, period_closed};
constexpr EventType crm_events[] = {loyalty_earned, loyalty_reversed, loyalty_redeemed, loyalty_expired,
                                    loyalty_merged};
constexpr EventType document_events[] = {charge_recorded};
constexpr EventType storefront_events[] = {order_placed,    order_cancelled,   order_amended,
                                           order_exchanged, return_authorised, gift_card_ordered,
                                           feed_applied};
constexpr EventType marketplace_events[] = {order_placed, order_cancelled, refund_succeeded, feed_applied};
constexpr EventType reply_events[] = {order_accepted, order_rejected, line_cancelled, line_backordered,
                                      refund_requested};
constexpr EventType availability_events[] = {availability_published};
constexpr EventType fulfilment_events[] = {line_allocated, line_cancelled, count_requested, transfer_claimed};
constexpr EventType payment_commands[] = {capture_requested, refund_requested, authorisation_requested,
                                          authorisation_voided, evidence_submitted};
constexpr EventType gift_card_commands[] = {refund_requested, gift_card_activation_requested};
constexpr EventType ledger_commands[] = {journal_posted, adjustment_proposed, invoice_approved, invoice_held};
constexpr EventType notices[] = {stock_reserved, stock_released, reservation_expired, reservation_broken,
                                 break_opened,   break_cleared,  dead_letter_parked,  dead_letter_replayed};

constexpr Format pos[] = {Format::pos_xml, Format::canonical_json};
constexpr Format flat[] = {Format::wms_flat, Format::canonical_json};
constexpr Format edi[] = {Format::x12};
constexpr Format carrier_csv[] = {Format::carrier_csv, Format::canonical_json};
constexpr Format psp_json[] = {Format::psp_json, Format::canonical_json};
constexpr Format payout_csv[] = {Format::payout_csv};
constexpr Format market[] = {Format::marketplace_a_json, Format::marketplace_b_csv, Format::canonical_json};
constexpr Format gift_card[] = {Format::gift_card_fixed, Format::canonical_json};
constexpr Format tax_json[] = {Format::tax_json, Format::canonical_json};
constexpr Format erp_json[] = {Format::erp_json, Format::canonical_json};
constexpr Format shop_json[] = {Format::storefront_json, Format::canonical_json};
constexpr Format camt053[] = {Format::camt053_xml};
constexpr Format canonical[] = {Format::canonical_json};

constexpr BusinessDay day(int year, unsigned month, unsigned of_month) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{of_month}};
}

constexpr std::array<ApiRow, 26> rows{{
    {"tills", system, true, "store systems", 1, 0, "every store", till_events, pos,
     "sales and returns of stores, POSLog-style XML"},
    {"back_office", system, true, "store systems", 1, 0, "every store", goods_events, flat,
     "stores' goods events: picked, packed, shipped, counted, received"},
    {"wms", system, true, "logistics systems", 1, 0, "every DC", goods_events, flat, "DCs' goods events"},
    {"trading_partners", system, true, "integration", 1, 60, "3PLs and marketplaces by EDI", partner_events,
     edi, "X12 846, 850, 856, 940 and 945"},
    {"suppliers", system, true, "procurement", 1, 60, "suppliers", supplier_events, canonical,
     "ship notices and invoices"},
    {"carrier", system, true, "logistics systems", 1, 0, "carriers", carrier_events, carrier_csv,
     "scans, invoices"},
    {"psp", system, true, "payments", 1, 0, "the payment provider", psp_events, psp_json,
     "authorisations, captures, refunds and disputes, by webhook"},
    {"payouts", system, true, "payments", 1, 10, "the payment provider", payout_events, payout_csv,
     "the payout file"},
    {"settlements", system, true, "marketplace operations", 1, 10, "marketplaces", settlement_events, market,
     "settlements as totals", day(2027, 12, 31), "settlement_lines"},
    {"settlement_lines", system, true, "marketplace operations", 1, 600, "marketplaces",
     settlement_line_events, canonical, "settlements line by line, typed"},
    {"bank", system, true, "treasury", 1, 10, "the bank", bank_events, camt053, "statements, camt.053"},
    {"gift_cards", system, true, "payments", 1, 0, "the gift card service", gift_card_events, gift_card,
     "activations, redemptions, credits and breakage"},
    {"tax", system, true, "tax", 1, 0, "the tax engine", tax_events, tax_json,
     "quoted, committed, voided and corrected tax"},
    {"erp_replies", system, true, "finance systems", 1, 0, "the ERP", erp_events, erp_json,
     "acknowledgements of journal entries, and entries made there"},
    {"master_data", system, true, "finance systems", 1, 600, "the ERP", master_events, canonical,
     "items, prices, purchase orders, invoices and periods"},
    {"crm", system, true, "customer service", 1, 0, "the CRM", crm_events, canonical,
     "what becomes of members' points, and which members are one person"},
    {"documents", system, true, "integration", 1, 0, "imported traces", document_events, canonical,
     "charges of documents without goods"},
    {"storefront", experience, true, "digital", 1, 2400, "web shop and app", storefront_events, shop_json,
     "orders, changes and return announcements"},
    {"marketplaces", experience, true, "marketplace operations", 1, 0, "marketplaces", marketplace_events,
     market, "order batches and cancellations, a format each"},
    {"replies", experience, false, "digital", 1, 2400, "channels", reply_events, canonical,
     "order accepted, rejected, line cancelled or waiting"},
    {"availability", experience, false, "digital", 1, 2400, "channels", availability_events, canonical,
     "what may be sold"},
    {"fulfilment", process, false, "order operations", 1, 0, "stores and DCs", fulfilment_events, canonical,
     "what to pick, count and claim"},
    {"payments", process, false, "payments", 1, 6000, "the payment provider", payment_commands, canonical,
     "captures, refunds, voids and evidence"},
    {"gift_card_commands", process, false, "payments", 1, 600, "the gift card service", gift_card_commands,
     canonical, "refunds to gift cards, and activations"},
    {"journal", process, false, "finance systems", 1, 1200, "the ERP", ledger_commands, canonical,
     "journal entries, proposed adjustments and approved invoices"},
    {"notices", process, false, "integration", 1, 0, "whoever subscribes", notices, canonical,
     "what the core decided or found, for those who only want to know"},
}};

}  // namespace

std::string_view name_of(ApiLayer layer) {
  static constexpr std::array<std::string_view, 3> names{"system", "process", "experience"};
  return names[static_cast<std::size_t>(layer)];
}

std::span<const ApiRow> api_catalogue() { return rows; }

const ApiRow* find_api(std::string_view name) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ApiRow& r) { return r.name == name; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace omnisim::core
