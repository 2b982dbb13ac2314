// Money: payments and refunds, payouts and settlements, tax, and the core's requests. Part of event.hpp,
// which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// What an amount of a marketplace's settlement is. Positive is in our favour.
enum class SettlementKind : std::uint8_t {
  sale,
  refund,
  commission,
  fulfilment_fee,
  shipping_fee,
  reserve_held,
  reserve_released,
  adjustment,
  tax_remitted
};
template <>
struct EnumNames<SettlementKind> {
  static constexpr std::array<std::string_view, 9> names{
      "sale",         "refund",           "commission", "fulfilment_fee", "shipping_fee",
      "reserve_held", "reserve_released", "adjustment", "tax_remitted"};
};

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

template <class V, class B>
void visit_refund(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("refund", b.refund);
  visit_fields(v, b.tenders);
}

struct PaymentAuthorised {
  Code order;
  ChannelId channel;
  Code payment;
  Money amount;
};
template <class V>
void visit_fields(V& v, PaymentAuthorised& b) {
  visit_payment(v, b);
}

struct PaymentDeclined {
  Code order;
  ChannelId channel;
  Code payment;
  Money amount;
};
template <class V>
void visit_fields(V& v, PaymentDeclined& b) {
  visit_payment(v, b);
}

struct PaymentCaptured {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
template <class V>
void visit_fields(V& v, PaymentCaptured& b) {
  visit_capture(v, b);
}

struct CaptureFailed {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
template <class V>
void visit_fields(V& v, CaptureFailed& b) {
  visit_capture(v, b);
}

/// A refund that reached the customer. `tenders` says through which tender (one of them is non-zero).
struct RefundSucceeded {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;
};
template <class V>
void visit_fields(V& v, RefundSucceeded& b) {
  visit_refund(v, b);
}

struct PayoutPaid {
  Code payout;
  Money gross;
  Money fee;
  Money net;
  std::uint32_t items = 0;
};
template <class V>
void visit_fields(V& v, PayoutPaid& b) {
  v.required("payout", b.payout);
  v.required("gross", b.gross);
  v.required("fee", b.fee);
  v.required("net", b.net);
  v.optional("items", b.items);
}

struct SettlementClosed {
  ChannelId channel;
  Code settlement;
  Money gross;
  Money commission;
  Money net;
  std::uint32_t items = 0;
};
template <class V>
void visit_fields(V& v, SettlementClosed& b) {
  v.required("channel", b.channel);
  v.required("settlement", b.settlement);
  v.required("gross", b.gross);
  v.required("commission", b.commission);
  v.required("net", b.net);
  v.optional("items", b.items);
}

struct TaxCommitted {
  Code order;
  ChannelId channel;
  Code jurisdiction;
  Money tax;
};
template <class V>
void visit_fields(V& v, TaxCommitted& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("jurisdiction", b.jurisdiction);
  v.required("tax_total", b.tax);
}

/// A document line without goods (postage, bank charge, voucher …): signed, positive raises what customers
/// owe us.
struct ChargeRecorded {
  Code document;
  ChargeKind kind = ChargeKind::manual;
  Money amount;
};
template <class V>
void visit_fields(V& v, ChargeRecorded& b) {
  v.required("document", b.document);
  v.required("kind", b.kind);
  v.required("amount", b.amount);
}

struct CaptureRequested {
  Code order;
  ChannelId channel;
  Code payment;
  Code capture;
  Money amount;
};
template <class V>
void visit_fields(V& v, CaptureRequested& b) {
  visit_capture(v, b);
}

struct RefundRequested {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;
};
template <class V>
void visit_fields(V& v, RefundRequested& b) {
  visit_refund(v, b);
}

struct AuthorisationVoided {
  Code order;
  ChannelId channel;
  Code payment;
};
template <class V>
void visit_fields(V& v, AuthorisationVoided& b) {
  visit_order(v, b);
  v.required("payment", b.payment);
}

/// The authorisation runs out before the goods can leave: the same money is to be held for as long again. The
/// answer is `payment.authorised` (with the same payment or another) or `payment.declined`.
struct AuthorisationRequested {
  Code order;
  ChannelId channel;
  Code payment;  ///< that expires
  Money amount;  ///< not captured yet
};
template <class V>
void visit_fields(V& v, AuthorisationRequested& b) {
  visit_order(v, b);
  v.required("payment", b.payment);
  v.required("amount", b.amount);
}

/// The customer's bank holds the money no longer.
struct AuthorisationExpired {
  Code order;
  ChannelId channel;
  Code payment;
};
template <class V>
void visit_fields(V& v, AuthorisationExpired& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("payment", b.payment);
}

/// The provider has the request; the customer does not have the money.
struct RefundPending {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;  ///< one of them is non-zero
};
template <class V>
void visit_fields(V& v, RefundPending& b) {
  visit_refund(v, b);
}

struct RefundFailed {
  Code order;
  ChannelId channel;
  Code refund;
  Tenders tenders;  ///< one of them is non-zero
};
template <class V>
void visit_fields(V& v, RefundFailed& b) {
  visit_refund(v, b);
}

/// A chargeback: the customer's bank has pulled amount and fee.
struct DisputeOpened {
  Code dispute;
  Code order;
  ChannelId channel;
  Code payment;
  Money amount;
  Money fee;  ///< kept by the provider
  Time respond_by;
};
template <class V>
void visit_fields(V& v, DisputeOpened& b) {
  v.required("dispute", b.dispute);
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("payment", b.payment);
  v.required("amount", b.amount);
  v.required("fee", b.fee);
  v.required("respond_by", b.respond_by);
}

struct DisputeWon {
  Code dispute;
  Money amount;
};
template <class V>
void visit_fields(V& v, DisputeWon& b) {
  v.required("dispute", b.dispute);
  v.required("amount", b.amount);
}

struct DisputeLost {
  Code dispute;
  Money amount;
};
template <class V>
void visit_fields(V& v, DisputeLost& b) {
  v.required("dispute", b.dispute);
  v.required("amount", b.amount);
}

struct SettlementLine {
  ChannelId channel;
  Code settlement;
  SettlementKind kind = SettlementKind::sale;
  Money amount;
  Code order;           ///< empty where the marketplace names none
  Money original = {};  ///< of an order in another currency: the amount in that one
};
template <class V>
void visit_fields(V& v, SettlementLine& b) {
  v.required("channel", b.channel);
  v.required("settlement", b.settlement);
  v.required("kind", b.kind);
  v.required("amount", b.amount);
  v.optional("order", b.order);
  v.optional("original", b.original);
}

struct TaxQuoted {
  Code order;
  ChannelId channel;
  Code jurisdiction;
  Money tax;
};
template <class V>
void visit_fields(V& v, TaxQuoted& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("jurisdiction", b.jurisdiction);
  v.required("tax_total", b.tax);
}

/// What was committed is not owed.
struct TaxVoided {
  Code order;
  ChannelId channel;
  Code jurisdiction;
  Money tax;
};
template <class V>
void visit_fields(V& v, TaxVoided& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("jurisdiction", b.jurisdiction);
  v.required("tax_total", b.tax);
}

/// A document charged another tax than is due: what an order (`channel` set) or a till's document (`node`
/// set) charged, and what it should have. What was charged too little is owed by the seller; what was charged
/// too much is owed all the same.
struct TaxCorrected {
  Code document{};
  ChannelId channel{};
  NodeId node{};
  JurisdictionId jurisdiction{};
  Money charged{};
  Money due{};
};
template <class V>
void visit_fields(V& v, TaxCorrected& b) {
  v.required("document", b.document);
  v.optional("channel", b.channel);
  v.optional("node", b.node);
  v.optional("jurisdiction", b.jurisdiction);
  v.required("charged", b.charged);
  v.required("due", b.due);
}

/// What we have to say against a chargeback.
enum class EvidenceGrounds : std::uint8_t { delivered, shipped, already_refunded };
template <>
struct EnumNames<EvidenceGrounds> {
  static constexpr std::array<std::string_view, 3> names{"delivered", "shipped", "already_refunded"};
};

/// What we answer to a chargeback; the documents are those of the order.
struct EvidenceSubmitted {
  Code dispute;
  Code order;
  ChannelId channel;
  EvidenceGrounds grounds = EvidenceGrounds::delivered;
};
template <class V>
void visit_fields(V& v, EvidenceSubmitted& b) {
  v.required("dispute", b.dispute);
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("grounds", b.grounds);
}

}  // namespace omnisim::core
