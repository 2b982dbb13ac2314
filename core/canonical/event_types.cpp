#include "core/canonical/event_types.hpp"

#include <algorithm>
#include <utility>

#include "core/canonical/encode.hpp"

namespace omnisim::core {
namespace {

using enum EventType;

constexpr std::array<EventTypeRow, event_type_count> table{{
    {order_placed, "order.placed", "ORDER"},
    {order_cancelled, "order.cancelled", "ORDER_CANCELLED"},
    {payment_authorised, "payment.authorised", "charge.authorised"},
    {payment_declined, "payment.declined", "charge.declined"},
    {payment_captured, "payment.captured", "charge.captured"},
    {capture_failed, "payment.capture_failed", "charge.capture_failed"},
    {refund_succeeded, "refund.succeeded", "REFUND"},
    {payout_paid, "payout.paid", "PAYOUT"},
    {settlement_closed, "settlement.closed", "SETTLEMENT"},
    {gift_card_activated, "giftcard.activated", "GIFTCARD_SALE"},
    {gift_card_redeemed, "giftcard.redeemed", "GIFTCARD_USE"},
    {tax_committed, "tax.committed", "Commit"},
    {charge_recorded, "charge.recorded", ""},
    {pos_sale, "pos.sale", "Sale"},
    {pos_return, "pos.return", "Return"},
    {stock_received, "stock.received", "RCV"},
    {stock_picked, "stock.picked", "PIK"},
    {pick_rejected, "stock.pick_rejected", "SHT"},
    {stock_packed, "stock.packed", "PAK"},
    {shipment_shipped, "shipment.shipped", "SHP"},
    {shipment_delivered, "shipment.delivered", "DL"},
    {shipment_lost, "shipment.lost", "LO"},
    {return_authorised, "return.authorised", "RETURN_AUTHORISED"},
    {return_received, "return.received", "RTR"},
    {return_inspected, "return.inspected", "RTI"},
    {stock_counted, "stock.counted", "CNT"},
    {journal_acknowledged, "journal.acknowledged", "JournalImportResult"},
    {order_accepted, "order.accepted", ""},
    {order_rejected, "order.rejected", ""},
    {line_allocated, "line.allocated", ""},
    {line_cancelled, "line.cancelled", ""},
    {capture_requested, "capture.requested", ""},
    {refund_requested, "refund.requested", ""},
    {authorisation_voided, "authorisation.voided", ""},
    {availability_published, "availability.published", ""},
    {journal_posted, "journal.posted", ""},
    {stock_snapshot, "stock.snapshot", "846"},
    {asn_received, "asn.received", "856"},
    {bank_statement, "bank.statement", "BkToCstmrStmt"},
    {journal_imported, "journal.imported", "JournalImport"},
    {stock_put_away, "stock.put_away", "PUT"},
    {transfer_requested, "transfer.requested", ""},
    {transfer_shipped, "transfer.shipped", "TSH"},
    {transfer_received, "transfer.received", "TRC"},
    {stock_adjusted, "stock.adjusted", ""},
    {count_issued, "count.issued", ""},
    {count_approved, "count.approved", ""},
    {shipment_voided, "shipment.voided", ""},
    {shipment_scanned, "shipment.scanned", "SC"},
    {shipment_returned_to_sender, "shipment.returned_to_sender", "RS"},
    {order_amended, "order.amended", "ORDER_AMENDED"},
    {order_exchanged, "order.exchanged", ""},
    {substitution_offered, "substitution.offered", ""},
    {order_ready_for_pickup, "order.ready_for_pickup", "RDY"},
    {order_collected, "order.collected", "COL"},
    {pos_voided, "pos.void", ""},
    {return_disposed, "return.disposed", ""},
    {authorisation_expired, "payment.auth_expired", "charge.expired"},
    {refund_pending, "refund.pending", ""},
    {refund_failed, "refund.failed", ""},
    {dispute_opened, "dispute.opened", "dispute.opened"},
    {dispute_won, "dispute.won", "dispute.won"},
    {dispute_lost, "dispute.lost", "dispute.lost"},
    {settlement_line, "settlement.line", "SETTLEMENT_LINE"},
    {tax_quoted, "tax.quoted", ""},
    {tax_voided, "tax.voided", "Void"},
    {gift_card_ordered, "giftcard.ordered", ""},
    {gift_card_credited, "giftcard.credited", ""},
    {gift_card_breakage, "giftcard.breakage", ""},
    {gift_card_deactivated, "giftcard.deactivated", ""},
    {purchase_order_approved, "po.approved", ""},
    {invoice_received, "invoice.received", "", 2},
    {invoice_paid, "invoice.paid", ""},
    {supplier_return_shipped, "supplier_return.shipped", "RTV"},
    {period_soft_closed, "period.soft_closed", ""},
    {period_closed, "period.closed", ""},
    {item_changed, "item.changed", ""},
    {price_changed, "price.changed", ""},
    {feed_applied, "feed.applied", ""},
    {stock_reserved, "stock.reserved", ""},
    {stock_released, "stock.released", ""},
    {reservation_expired, "stock.expired", ""},
    {reservation_broken, "stock.reservation_broken", ""},
    {line_backordered, "line.backordered", ""},
    {count_requested, "count.requested", ""},
    {gift_card_activation_requested, "giftcard.activation_requested", ""},
    {evidence_submitted, "evidence.submitted", ""},
    {invoice_approved, "invoice.approved", "", 2},
    {invoice_held, "invoice.held", ""},
    {transfer_claimed, "transfer.claimed", ""},
    {break_opened, "break.opened", ""},
    {break_cleared, "break.cleared", ""},
    {dead_letter_parked, "deadletter.parked", ""},
    {dead_letter_replayed, "deadletter.replayed", ""},
    {adjustment_proposed, "adjustment.proposed", ""},
    {authorisation_requested, "authorisation.requested", ""},
    {tax_corrected, "tax.corrected", "Correct"},
    {loyalty_earned, "loyalty.earned", ""},
    {loyalty_reversed, "loyalty.reversed", ""},
    {loyalty_redeemed, "loyalty.redeemed", ""},
    {loyalty_expired, "loyalty.expired", ""},
    {loyalty_merged, "loyalty.merged", ""},
    {freight_invoiced, "freight.invoiced", "INV"},
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].type) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by EventType");

constexpr bool versions_are_ranges() {
  return std::all_of(table.begin(), table.end(), [](const EventTypeRow& row) {
    return row.oldest_read >= 1 && row.oldest_read <= row.newest && row.newest <= max_version;
  });
}
static_assert(versions_are_ranges());

using Carried = std::array<bool, event_type_count>;
constexpr Carried only(std::initializer_list<EventType> types) {
  Carried set{};
  for (const EventType type : types) set[static_cast<std::size_t>(type)] = true;
  return set;
}
constexpr Carried everything() {
  Carried set{};
  set.fill(true);
  return set;
}

/// What each format carries, in the order of Format.
constexpr std::array<Carried, format_count> carried{
    only({pos_sale, pos_return, gift_card_activated}),
    only({order_placed, order_cancelled, order_amended, return_authorised}),
    only({order_placed, order_amended, refund_succeeded, settlement_closed, settlement_line}),
    only({order_placed, order_amended, refund_succeeded, settlement_closed, settlement_line}),
    only({stock_received, stock_picked, pick_rejected, stock_packed, shipment_shipped, return_received,
          return_inspected, stock_counted, transfer_shipped, transfer_received, stock_put_away,
          supplier_return_shipped, order_ready_for_pickup, order_collected}),
    only(
        {shipment_delivered, shipment_lost, shipment_scanned, shipment_returned_to_sender, freight_invoiced}),
    only({payment_authorised, payment_declined, authorisation_expired, payment_captured, capture_failed,
          refund_succeeded, dispute_opened, dispute_won, dispute_lost}),
    only({payout_paid}),
    only({gift_card_activated, gift_card_redeemed, refund_succeeded}),
    only({tax_committed, tax_voided, tax_corrected}),
    only({journal_acknowledged, journal_imported}),
    everything(),
    only({order_placed, shipment_shipped, line_allocated, stock_snapshot, asn_received}),
    only({bank_statement})};

template <std::size_t... I>
void emplace_by_index(Body& body, std::size_t index, std::index_sequence<I...>) {
  (void)((I == index ? (body.emplace<I>(), true) : false) || ...);
}

}  // namespace

const std::array<EventTypeRow, event_type_count>& event_type_table() { return table; }

bool carries(Format format, EventType type) {
  return carried[static_cast<std::size_t>(format)][static_cast<std::size_t>(type)];
}

bool type_from_wire(Format format, std::string_view wire_name, EventType& type) {
  for (const EventTypeRow& row : table) {
    if (!carries(format, row.type)) continue;
    if (wire_name == (format == Format::canonical_json ? row.name : row.wire_name)) {
      type = row.type;
      return true;
    }
  }
  return false;
}

void emplace_body(Body& body, EventType type) {
  if (body.index() == static_cast<std::size_t>(type)) {
    std::visit([](auto& b) { b = {}; }, body);
  } else {
    emplace_by_index(body, static_cast<std::size_t>(type), std::make_index_sequence<event_type_count>{});
  }
}

std::string_view name_of(EventType type) { return table[static_cast<std::size_t>(type)].name; }

bool type_from_name(std::string_view name, EventType& type) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const EventTypeRow& r) { return r.name == name; });
  if (row == table.end()) return false;
  type = row->type;
  return true;
}

}  // namespace omnisim::core
