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

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::core {

/// How a customer paid, or is paid back, split by tender. `marketplace` is money that a marketplace collected
/// for us.
struct Tenders {
  Money card{};
  Money gift_card{};
  Money cash{};
  Money marketplace{};
  Code gift_card_no{};

  Money total() const { return card + gift_card + cash + marketplace; }
};

enum class Fulfilment : std::uint8_t { ship, collect };
enum class CancelledBy : std::uint8_t { customer, seller, system };
/// Why a picker could not pick (HotWax): it decides what happens to the record, see domain.md "Inventory".
enum class PickReason : std::uint8_t { not_in_stock, short_by, damaged, no_variance };
enum class Condition : std::uint8_t { resellable, damaged };
/// What a document line that moves no goods stands for; chosen by the source, posted by rule.
enum class ChargeKind : std::uint8_t {
  shipping,
  manual,
  discount,
  gift_voucher,
  bank_charge,
  marketplace_fee,
  sample
};
/// What a number published as availability means to the channel that receives it.
enum class QuantitySemantics : std::uint8_t { absolute, delta };

/// One line of goods. Which fields are set depends on the event; unset ones are zero.
struct Line {
  std::uint32_t line_no = 0;  ///< position in the order or document, from 1
  SkuId sku;
  std::int32_t quantity_each = 0;
  Money net{};       ///< for the whole line, after discount, without tax
  Money discount{};  ///< list price minus net, for the whole line, ≥ 0
  Money tax{};       ///< tax that *we* owe on the line; zero where a marketplace remits it
  Money cost{};      ///< for the whole line; stock.received only
  Condition condition = Condition::resellable;  ///< pos.return and return.inspected only
};

// --- orders
// -----------------------------------------------------------------------------------------------------
struct OrderPlaced {
  Code order;
  ChannelId channel;
  Fulfilment fulfilment = Fulfilment::ship;
  NodeId collect_at;  ///< for Fulfilment::collect
  Money shipping_net;
  Money shipping_tax;
  Tenders tenders;        ///< adds up to lines (net + tax) + shipping (net + tax)
  Time promised_by;       ///< latest shipping time that the customer was told
  bool promised = false;  ///< true: the channel has accepted the order already; false: it waits for our reply
};
struct OrderCancelled {
  Code order;
  ChannelId channel;
  CancelledBy by = CancelledBy::customer;
};
// --- money
// ------------------------------------------------------------------------------------------------------
struct PaymentAuthorised {
  Code order;
  ChannelId channel;
  Code payment;
  Money amount;
};
struct PaymentDeclined {
  Code order;
  ChannelId channel;
  Code payment;
  Money amount;
};
struct PaymentCaptured {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
struct CaptureFailed {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
/// A refund that reached the customer. `tenders` says through which tender (one of them is non-zero).
struct RefundSucceeded {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;
};
struct PayoutPaid {
  Code payout;
  Money gross;
  Money fee;
  Money net;
  std::uint32_t items = 0;
};
struct SettlementClosed {
  ChannelId channel;
  Code settlement;
  Money gross;
  Money commission;
  Money net;
  std::uint32_t items = 0;
};
/// Sold against `tenders` (card or cash); the value becomes a liability, not revenue.
struct GiftCardActivated {
  Code card;
  Money value;
  Tenders tenders;
};
struct GiftCardRedeemed {
  Code card;
  Code order;
  Money value;
};
struct TaxCommitted {
  Code order;
  ChannelId channel;
  Code jurisdiction;
  Money tax;
};
/// A document line without goods (postage, bank charge, voucher …): signed, positive raises what customers
/// owe us.
struct ChargeRecorded {
  Code document;
  ChargeKind kind = ChargeKind::manual;
  Money amount;
};
// --- tills
// ------------------------------------------------------------------------------------------------------
struct PosSale {
  Code sale;
  NodeId node;
  std::uint32_t till = 0;
  Tenders tenders;
  bool training = false;
  bool voided = false;
};
/// Goods brought back to a store. `order`/`channel` name the original online order; both empty for a store
/// sale. `tenders` is what the till paid out itself (cash, store card terminal); zero where the core is to
/// refund.
struct PosReturn {
  Code document;
  NodeId node;
  Code order;
  ChannelId channel;
  Tenders tenders;
};
// --- goods
// ------------------------------------------------------------------------------------------------------
struct StockReceived {
  NodeId node;
  Code purchase_order;
};
struct StockPicked {
  Code order;
  ChannelId channel;
  NodeId node;
};
/// Lines carry the quantity that could *not* be picked.
struct PickRejected {
  Code order;
  ChannelId channel;
  NodeId node;
  PickReason reason = PickReason::short_by;
};
struct StockPacked {
  Code order;
  ChannelId channel;
  NodeId node;
};
struct ShipmentShipped {
  Code order;
  ChannelId channel;
  NodeId node;
  Code shipment;
};
struct ShipmentDelivered {
  Code shipment;
};
struct ShipmentLost {
  Code shipment;
};
struct ReturnAuthorised {
  Code rma;
  Code order;
  ChannelId channel;
};
struct ReturnReceived {
  Code rma;
  Code order;
  ChannelId channel;
  NodeId node;
};
struct ReturnInspected {
  Code rma;
  Code order;
  ChannelId channel;
  NodeId node;
};
/// Lines carry what lies on the shelf (sellable and reserved, not what is already picked), after every
/// earlier event of the same source: the envelope's `sequence` is the watermark.
struct StockCounted {
  NodeId node;
  Code count;
};
// --- ERP
// --------------------------------------------------------------------------------------------------------
struct JournalAcknowledged {
  Code entry;
  bool accepted = true;
};
// --- commands and notices that the core sends
// ---------------------------------------------------------------------
struct OrderAccepted {
  Code order;
  ChannelId channel;
};
struct OrderRejected {
  Code order;
  ChannelId channel;
};
/// Pick, pack and ship these lines at `node`.
struct LineAllocated {
  Code order;
  ChannelId channel;
  NodeId node;
  Time promised_by;
};
/// These lines will not come: the seller cancels. The channel tells (and a marketplace repays) the customer.
struct LineCancelled {
  Code order;
  ChannelId channel;
};
struct CaptureRequested {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
struct RefundRequested {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;
};
struct AuthorisationVoided {
  Code order;
  ChannelId channel;
  Code payment;
};
struct AvailabilityPublished {
  ChannelId channel;
  SkuId sku;
  std::int32_t quantity_each = 0;
  QuantitySemantics semantics = QuantitySemantics::absolute;
};
/// A journal entry for the ERP; its postings are `Posting`s beside the body.
struct JournalPosted {
  Code entry;
  std::uint16_t rule = 0;
  BusinessDay day;
};

using Body = std::variant<
    // inbound, in the order of EventType
    OrderPlaced, OrderCancelled, PaymentAuthorised, PaymentDeclined, PaymentCaptured, CaptureFailed,
    RefundSucceeded, PayoutPaid, SettlementClosed, GiftCardActivated, GiftCardRedeemed, TaxCommitted,
    ChargeRecorded, PosSale, PosReturn, StockReceived, StockPicked, PickRejected, StockPacked,
    ShipmentShipped, ShipmentDelivered, ShipmentLost, ReturnAuthorised, ReturnReceived, ReturnInspected,
    StockCounted, JournalAcknowledged,
    // outbound
    OrderAccepted, OrderRejected, LineAllocated, LineCancelled, CaptureRequested, RefundRequested,
    AuthorisationVoided, AvailabilityPublished, JournalPosted>;

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
  journal_posted
};
inline constexpr std::size_t event_type_count = std::variant_size_v<Body>;
inline constexpr std::size_t inbound_event_type_count =
    static_cast<std::size_t>(EventType::journal_acknowledged) + 1;

/// One side of a journal entry. Debits are positive, credits negative; an entry's postings add up to zero.
struct Posting {
  std::uint16_t account = 0;  ///< number in the chart of accounts, account_first … account_last
  std::uint16_t dimension =
      0;  ///< ChannelId or NodeId value + 1 where the account is kept by channel or node, else 0
  Money amount;
};

/// Breaking changes of an event's fields get a new version; new optional fields do not. A reader refuses a
/// version that it does not know, because it cannot know what the fields mean in it.
inline constexpr std::uint16_t schema_version_newest = 1;
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
      0;  ///< gapless per source from 1 to max_sequence; 0 = the source does not number them
  std::uint16_t schema_version = 1;
  Time occurred_at;          ///< when it happened, by the source's clock
  Time observed_at;          ///< freshness token: when the stated quantity was true at its writer
  Time recorded_at;          ///< when the source wrote it down, where it says so
  BusinessDay business_day;  ///< the day that the source counts it to, where it says so
};

struct Event {
  Envelope envelope;
  Body body;
  std::vector<Line> lines;
  std::vector<Posting> postings;  ///< journal.posted only

  EventType type() const { return static_cast<EventType>(body.index()); }
};

}  // namespace omnisim::core
