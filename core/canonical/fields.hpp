// The fields of each event, once: readers and writers of every format walk the same description, so no two of
// them can forget a different field. A visitor `v` has `v.required(key, member)` and `v.optional(key,
// member)` for every member type below.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/canonical/event.hpp"

namespace omnisim::core {

/// A field's name in the three spellings that formats use, made at compile time from snake_case.
class Key {
 public:
  template <std::size_t N>
  consteval Key(const char (&snake)[N]) {  // NOLINT: a literal is a key
    static_assert(N <= 24);
    snake_ = snake;
    size_ = N - 1;
    json_[0] = ',';
    json_[1] = json_[N + 1] = '"';
    json_[N + 2] = ':';
    bool up = false;
    for (std::size_t i = 0; i + 1 < N; ++i) {
      json_[i + 2] = snake[i];
      if (snake[i] == '_') {
        up = true;
        continue;
      }
      const char upper =
          snake[i] >= 'a' && snake[i] <= 'z' ? static_cast<char>(snake[i] - 'a' + 'A') : snake[i];
      pascal_[camel_size_] = up || camel_size_ == 0 ? upper : snake[i];
      camel_[camel_size_++] = up ? upper : snake[i];
      up = false;
    }
  }
  /// Static text, which outlives the key; the other spellings live in the key.
  constexpr std::string_view snake() const { return {snake_, size_}; }
  constexpr std::string_view camel() const { return {camel_.data(), camel_size_}; }
  constexpr std::string_view pascal() const { return {pascal_.data(), camel_size_}; }
  /// `,"snake":`, as it stands before a member of a JSON object.
  constexpr std::string_view json() const { return {json_.data(), size_ + 4}; }

 private:
  const char* snake_ = nullptr;
  std::array<char, 24> camel_{}, pascal_{};
  std::array<char, 28> json_{};
  std::size_t size_ = 0, camel_size_ = 0;
};

template <class E>
struct EnumNames;
template <>
struct EnumNames<Fulfilment> {
  static constexpr std::array<std::string_view, 2> names{"ship", "collect"};
};
template <>
struct EnumNames<CancelledBy> {
  static constexpr std::array<std::string_view, 3> names{"customer", "seller", "system"};
};
template <>
struct EnumNames<PickReason> {
  static constexpr std::array<std::string_view, 4> names{"not_in_stock", "short_by", "damaged",
                                                         "no_variance"};
};
template <>
struct EnumNames<Condition> {
  static constexpr std::array<std::string_view, 2> names{"resellable", "damaged"};
};
template <>
struct EnumNames<ChargeKind> {
  static constexpr std::array<std::string_view, 7> names{
      "shipping", "manual", "discount", "gift_voucher", "bank_charge", "marketplace_fee", "sample"};
};
template <>
struct EnumNames<QuantitySemantics> {
  static constexpr std::array<std::string_view, 2> names{"absolute", "delta"};
};

template <class V>
void visit_fields(V& v, Tenders& t) {
  v.optional("card", t.card);
  v.optional("gift_card", t.gift_card);
  v.optional("cash", t.cash);
  v.optional("marketplace", t.marketplace);
  v.optional("gift_card_no", t.gift_card_no);
}
template <class V>
void visit_fields(V& v, Line& l) {
  v.required("line_no", l.line_no);
  v.required("sku", l.sku);
  v.required("quantity", l.quantity_each);
  v.optional("net", l.net);
  v.optional("discount", l.discount);
  v.optional("tax", l.tax);
  v.optional("cost", l.cost);
  v.optional("condition", l.condition);
}
template <class V>
void visit_fields(V& v, Posting& p) {
  v.required("account", p.account);
  v.optional("dimension", p.dimension);
  v.required("amount", p.amount);
}

template <class V>
void visit_fields(V& v, OrderPlaced& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("fulfilment", b.fulfilment);
  v.optional("collect_at", b.collect_at);
  v.optional("shipping_net", b.shipping_net);
  v.optional("shipping_tax", b.shipping_tax);
  visit_fields(v, b.tenders);
  v.required("promised_by", b.promised_by);
  v.required("promised", b.promised);
}
template <class V>
void visit_fields(V& v, OrderCancelled& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("by", b.by);
}
template <class V, class B>
void visit_payment(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("payment", b.payment);
  v.required("amount", b.amount);
}
template <class V, class B>
void visit_capture(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("payment", b.payment);
  v.required("capture", b.capture);
  v.required("amount", b.amount);
}
template <class V>
void visit_fields(V& v, PaymentAuthorised& b) {
  visit_payment(v, b);
}
template <class V>
void visit_fields(V& v, PaymentDeclined& b) {
  visit_payment(v, b);
}
template <class V>
void visit_fields(V& v, PaymentCaptured& b) {
  visit_capture(v, b);
}
template <class V>
void visit_fields(V& v, CaptureFailed& b) {
  visit_capture(v, b);
}
template <class V, class B>
void visit_refund(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("refund", b.refund);
  visit_fields(v, b.tenders);
}
template <class V>
void visit_fields(V& v, RefundSucceeded& b) {
  visit_refund(v, b);
}
template <class V>
void visit_fields(V& v, PayoutPaid& b) {
  v.required("payout", b.payout);
  v.required("gross", b.gross);
  v.required("fee", b.fee);
  v.required("net", b.net);
  v.optional("items", b.items);
}
template <class V>
void visit_fields(V& v, SettlementClosed& b) {
  v.required("channel", b.channel);
  v.required("settlement", b.settlement);
  v.required("gross", b.gross);
  v.required("commission", b.commission);
  v.required("net", b.net);
  v.optional("items", b.items);
}
template <class V>
void visit_fields(V& v, GiftCardActivated& b) {
  v.required("giftcard", b.card);
  v.required("value", b.value);
  visit_fields(v, b.tenders);
}
template <class V>
void visit_fields(V& v, GiftCardRedeemed& b) {
  v.required("giftcard", b.card);
  v.required("order", b.order);
  v.required("value", b.value);
}
template <class V>
void visit_fields(V& v, TaxCommitted& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("jurisdiction", b.jurisdiction);
  v.required("tax_total", b.tax);
}
template <class V>
void visit_fields(V& v, ChargeRecorded& b) {
  v.required("document", b.document);
  v.required("kind", b.kind);
  v.required("amount", b.amount);
}
template <class V>
void visit_fields(V& v, PosSale& b) {
  v.required("sale", b.sale);
  v.required("node", b.node);
  v.required("till", b.till);
  visit_fields(v, b.tenders);
  v.optional("training", b.training);
  v.optional("voided", b.voided);
}
template <class V>
void visit_fields(V& v, PosReturn& b) {
  v.required("document", b.document);
  v.required("node", b.node);
  v.optional("order", b.order);
  v.optional("channel", b.channel);
  visit_fields(v, b.tenders);
}
template <class V>
void visit_fields(V& v, StockReceived& b) {
  v.required("node", b.node);
  v.required("purchase_order", b.purchase_order);
}
template <class V, class B>
void visit_goods(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("node", b.node);
}
template <class V>
void visit_fields(V& v, StockPicked& b) {
  visit_goods(v, b);
}
template <class V>
void visit_fields(V& v, PickRejected& b) {
  visit_goods(v, b);
  v.required("reason", b.reason);
}
template <class V>
void visit_fields(V& v, StockPacked& b) {
  visit_goods(v, b);
}
template <class V>
void visit_fields(V& v, ShipmentShipped& b) {
  visit_goods(v, b);
  v.required("shipment", b.shipment);
}
template <class V>
void visit_fields(V& v, ShipmentDelivered& b) {
  v.required("shipment", b.shipment);
}
template <class V>
void visit_fields(V& v, ShipmentLost& b) {
  v.required("shipment", b.shipment);
}
template <class V>
void visit_fields(V& v, ReturnAuthorised& b) {
  v.required("rma", b.rma);
  v.required("order", b.order);
  v.required("channel", b.channel);
}
template <class V, class B>
void visit_return(V& v, B& b) {
  v.required("rma", b.rma);
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("node", b.node);
}
template <class V>
void visit_fields(V& v, ReturnReceived& b) {
  visit_return(v, b);
}
template <class V>
void visit_fields(V& v, ReturnInspected& b) {
  visit_return(v, b);
}
template <class V>
void visit_fields(V& v, StockCounted& b) {
  v.required("node", b.node);
  v.required("count", b.count);
}
template <class V>
void visit_fields(V& v, JournalAcknowledged& b) {
  v.required("entry", b.entry);
  v.required("accepted", b.accepted);
}
template <class V, class B>
void visit_order(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
}
template <class V>
void visit_fields(V& v, OrderAccepted& b) {
  visit_order(v, b);
}
template <class V>
void visit_fields(V& v, OrderRejected& b) {
  visit_order(v, b);
}
template <class V>
void visit_fields(V& v, LineAllocated& b) {
  visit_goods(v, b);
  v.required("promised_by", b.promised_by);
}
template <class V>
void visit_fields(V& v, LineCancelled& b) {
  visit_order(v, b);
}
template <class V>
void visit_fields(V& v, CaptureRequested& b) {
  visit_capture(v, b);
}
template <class V>
void visit_fields(V& v, RefundRequested& b) {
  visit_refund(v, b);
}
template <class V>
void visit_fields(V& v, AuthorisationVoided& b) {
  visit_order(v, b);
  v.required("payment", b.payment);
}
template <class V>
void visit_fields(V& v, AvailabilityPublished& b) {
  v.required("channel", b.channel);
  v.required("sku", b.sku);
  v.required("quantity", b.quantity_each);
  v.required("semantics", b.semantics);
}
template <class V>
void visit_fields(V& v, JournalPosted& b) {
  v.required("entry", b.entry);
  v.required("rule", b.rule);
  v.required("day", b.day);
}

/// Does an event of this type carry lines of goods?
constexpr bool has_lines(EventType type) {
  using enum EventType;
  switch (type) {
    case order_placed:
    case pos_sale:
    case pos_return:
    case stock_received:
    case stock_picked:
    case pick_rejected:
    case stock_packed:
    case shipment_shipped:
    case return_authorised:
    case return_received:
    case return_inspected:
    case stock_counted:
    case line_allocated:
    case line_cancelled:
      return true;
    default:
      return false;
  }
}

}  // namespace omnisim::core
