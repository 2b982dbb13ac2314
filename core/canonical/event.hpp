// The canonical events: one typed struct for each, one envelope for all (CloudEvents 1.0 attributes plus
// correlation and causation). Every message of every party is decoded into this form before the core acts on
// it, and every command of the core leaves in it.
//
// Shapes and units: quantities are counts of sales units and positive; amounts are minor units for the whole
// line quantity (not per unit); `lines` is outside the body so that a decoder can reuse its storage.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/canonical/bodies/books.hpp"
#include "core/canonical/bodies/gift_cards.hpp"
#include "core/canonical/bodies/goods.hpp"
#include "core/canonical/bodies/loyalty.hpp"
#include "core/canonical/bodies/money.hpp"
#include "core/canonical/bodies/orders.hpp"
#include "core/canonical/bodies/returns.hpp"
#include "core/canonical/bodies/trade.hpp"

namespace omnisim::core {

using Body = std::variant<
    // inbound, in the order of EventType
    OrderPlaced, OrderCancelled, PaymentAuthorised, PaymentDeclined, PaymentCaptured, CaptureFailed,
    RefundSucceeded, PayoutPaid, SettlementClosed, GiftCardActivated, GiftCardRedeemed, TaxCommitted,
    ChargeRecorded, PosSale, PosReturn, StockReceived, StockPicked, PickRejected, StockPacked,
    ShipmentShipped, ShipmentDelivered, ShipmentLost, ReturnAuthorised, ReturnReceived, ReturnInspected,
    StockCounted, JournalAcknowledged,
    // outbound
    OrderAccepted, OrderRejected, LineAllocated, LineCancelled, CaptureRequested, RefundRequested,
    AuthorisationVoided, AvailabilityPublished, JournalPosted,
    // inbound, later
    StockSnapshot, AsnReceived, BankStatement, JournalImported, StockPutAway, TransferRequested,
    TransferShipped, TransferReceived, StockAdjusted, CountIssued, CountApproved, ShipmentVoided,
    ShipmentScanned, ReturnedToSender, OrderAmended, OrderExchanged, SubstitutionOffered, ReadyForPickup,
    OrderCollected, PosVoided, ReturnDisposed, AuthorisationExpired, RefundPending, RefundFailed,
    DisputeOpened, DisputeWon, DisputeLost, SettlementLine, TaxQuoted, TaxVoided, GiftCardOrdered,
    GiftCardCredited, GiftCardBreakage, GiftCardDeactivated, PurchaseOrderApproved, InvoiceReceived,
    InvoicePaid, SupplierReturnShipped, PeriodSoftClosed, PeriodClosed, ItemChanged, PriceChanged,
    FeedApplied,
    // outbound, later
    StockReserved, StockReleased, ReservationExpired, ReservationBroken, LineBackordered, CountRequested,
    GiftCardActivationRequested, EvidenceSubmitted, InvoiceApproved, InvoiceHeld, TransferClaimed,
    BreakOpened, BreakCleared, DeadLetterParked, DeadLetterReplayed, AdjustmentProposed,
    AuthorisationRequested,
    // inbound, later still
    TaxCorrected, LoyaltyEarned, LoyaltyReversed, LoyaltyRedeemed, LoyaltyExpired, LoyaltyMerged,
    FreightInvoiced>;

/// The type of an event is the alternative its body holds; `event_types.hpp` has the table of names.
enum class EventType : std::uint8_t {
  order_placed,
  order_cancelled,
  payment_authorised,
  payment_declined,
  payment_captured,
  capture_failed,
  refund_succeeded,
  payout_paid,
  settlement_closed,
  gift_card_activated,
  gift_card_redeemed,
  tax_committed,
  charge_recorded,
  pos_sale,
  pos_return,
  stock_received,
  stock_picked,
  pick_rejected,
  stock_packed,
  shipment_shipped,
  shipment_delivered,
  shipment_lost,
  return_authorised,
  return_received,
  return_inspected,
  stock_counted,
  journal_acknowledged,
  order_accepted,
  order_rejected,
  line_allocated,
  line_cancelled,
  capture_requested,
  refund_requested,
  authorisation_voided,
  availability_published,
  journal_posted,
  stock_snapshot,
  asn_received,
  bank_statement,
  journal_imported,
  stock_put_away,
  transfer_requested,
  transfer_shipped,
  transfer_received,
  stock_adjusted,
  count_issued,
  count_approved,
  shipment_voided,
  shipment_scanned,
  shipment_returned_to_sender,
  order_amended,
  order_exchanged,
  substitution_offered,
  order_ready_for_pickup,
  order_collected,
  pos_voided,
  return_disposed,
  authorisation_expired,
  refund_pending,
  refund_failed,
  dispute_opened,
  dispute_won,
  dispute_lost,
  settlement_line,
  tax_quoted,
  tax_voided,
  gift_card_ordered,
  gift_card_credited,
  gift_card_breakage,
  gift_card_deactivated,
  purchase_order_approved,
  invoice_received,
  invoice_paid,
  supplier_return_shipped,
  period_soft_closed,
  period_closed,
  item_changed,
  price_changed,
  feed_applied,
  stock_reserved,
  stock_released,
  reservation_expired,
  reservation_broken,
  line_backordered,
  count_requested,
  gift_card_activation_requested,
  evidence_submitted,
  invoice_approved,
  invoice_held,
  transfer_claimed,
  break_opened,
  break_cleared,
  dead_letter_parked,
  dead_letter_replayed,
  adjustment_proposed,
  authorisation_requested,
  tax_corrected,
  loyalty_earned,
  loyalty_reversed,
  loyalty_redeemed,
  loyalty_expired,
  loyalty_merged,
  freight_invoiced
};
inline constexpr std::size_t event_type_count = std::variant_size_v<Body>;
/// A fact, into the core; otherwise a command or notice, out of it.
constexpr bool is_inbound(EventType type) {
  return type <= EventType::journal_acknowledged ||
         (type >= EventType::stock_snapshot && type <= EventType::feed_applied) ||
         type >= EventType::tax_corrected;
}

/// Sequence numbers end here: every reader of JSON can hold them (RFC 8259, section 6), and so can 15 digits.
inline constexpr std::uint64_t max_sequence = 999'999'999'999'999;
inline constexpr std::size_t max_lines = 100'000;  ///< of one event
/// The numbers that an account may have in the chart of accounts.
inline constexpr std::uint16_t account_first = 1000, account_last = 9999;

struct Envelope {
  Code id;           ///< unique within `source`: `source` + `id` is the idempotency key
  Code source;       ///< the system that states the fact, e.g. "store-07", "psp"
  Code correlation;  ///< the business transaction: order, return or document number
  Code causation;    ///< id of the event that led to this one; empty at the origin
  std::uint64_t sequence =
      0;             ///< gapless per source from 1 to max_sequence; 0 = the source does not number them
  Time occurred_at;  ///< when it happened, by the source's clock
  Time observed_at;  ///< freshness token: when the stated quantity was true at its writer
  Time recorded_at;  ///< when the source wrote it down, where it says so
  BusinessDay business_day;  ///< the day that the source counts it to, where it says so
  Code currency;             ///< of an order's amounts (ISO 4217); empty: the ledger's
};

struct Event {
  Envelope envelope;
  Body body;
  std::vector<Line> lines;
  std::vector<Posting> postings;        ///< journal.posted and journal.imported only
  std::vector<StatementEntry> entries;  ///< bank.statement only

  EventType type() const { return static_cast<EventType>(body.index()); }
};

}  // namespace omnisim::core
