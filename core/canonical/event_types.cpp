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
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].type) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by EventType");

constexpr std::uint64_t bits(std::initializer_list<EventType> types) {
  std::uint64_t set = 0;
  for (const EventType type : types) set |= std::uint64_t{1} << static_cast<int>(type);
  return set;
}

/// What each format carries, in the order of Format.
constexpr std::array<std::uint64_t, format_count> carried{
    bits({pos_sale, pos_return, gift_card_activated}),
    bits({order_placed, order_cancelled, return_authorised}),
    bits({order_placed, refund_succeeded, settlement_closed}),
    bits({order_placed, refund_succeeded, settlement_closed}),
    bits({stock_received, stock_picked, pick_rejected, stock_packed, shipment_shipped, return_received,
          return_inspected, stock_counted}),
    bits({shipment_delivered, shipment_lost}),
    bits({payment_authorised, payment_declined, payment_captured, capture_failed, refund_succeeded}),
    bits({payout_paid}),
    bits({gift_card_activated, gift_card_redeemed, refund_succeeded}),
    bits({tax_committed}),
    bits({journal_acknowledged}),
    ~std::uint64_t{0}};

template <std::size_t... I>
void emplace_by_index(Body& body, std::size_t index, std::index_sequence<I...>) {
  (void)((I == index ? (body.emplace<I>(), true) : false) || ...);
}

}  // namespace

const std::array<EventTypeRow, event_type_count>& event_type_table() { return table; }

bool carries(Format format, EventType type) {
  return ((carried[static_cast<std::size_t>(format)] >> static_cast<int>(type)) & 1) != 0;
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
