// Trade with suppliers and carriers: orders, ship notices, invoices. Part of event.hpp, which says what holds
// for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// Why a supplier's invoice is not paid yet.
enum class HoldReason : std::uint8_t { quantity, price, no_receipt, no_order };
template <>
struct EnumNames<HoldReason> {
  static constexpr std::array<std::string_view, 4> names{"quantity", "price", "no_receipt", "no_order"};
};

/// Goods on their way to one of our nodes.
struct AsnReceived {
  Code asn;
  NodeId node;
  Code purchase_order;
  Time expected_at;  ///< unset where the supplier does not say
};
template <class V>
void visit_fields(V& v, AsnReceived& b) {
  v.required("asn", b.asn);
  v.required("node", b.node);
  v.required("purchase_order", b.purchase_order);
  v.optional("expected_at", b.expected_at);
}

/// Lines carry the agreed cost.
struct PurchaseOrderApproved {
  Code purchase_order;
  Code supplier;
  NodeId node;
  Time expected_at;
};
template <class V>
void visit_fields(V& v, PurchaseOrderApproved& b) {
  v.required("purchase_order", b.purchase_order);
  v.required("supplier", b.supplier);
  v.required("node", b.node);
  v.required("expected_at", b.expected_at);
}

struct InvoiceReceived {
  Code invoice;
  Code purchase_order;
  Code supplier;
  Money tax;
  Money gross;  ///< lines (cost) + tax
};
template <class V>
void visit_fields(V& v, InvoiceReceived& b) {
  v.required("invoice", b.invoice);
  v.required("purchase_order", b.purchase_order);
  v.required("supplier", b.supplier);
  v.optional("tax_total", b.tax);
  v.required("gross", b.gross);
}

struct InvoicePaid {
  Code invoice;
  Money amount;
};
template <class V>
void visit_fields(V& v, InvoicePaid& b) {
  v.required("invoice", b.invoice);
  v.required("amount", b.amount);
}

/// One line of a carrier's invoice: what it asks for one parcel. Below zero: a credit.
struct FreightInvoiced {
  Code invoice;
  Code shipment;
  Money charge;     ///< at the rate of the contract
  Money surcharge;  ///< on top, for what the carrier had with it
};
template <class V>
void visit_fields(V& v, FreightInvoiced& b) {
  v.required("invoice", b.invoice);
  v.required("shipment", b.shipment);
  v.required("charge", b.charge);
  v.optional("surcharge", b.surcharge);
}

struct SupplierReturnShipped {
  Code supplier_return;
  Code purchase_order;
  NodeId node;
};
template <class V>
void visit_fields(V& v, SupplierReturnShipped& b) {
  v.required("supplier_return", b.supplier_return);
  v.required("purchase_order", b.purchase_order);
  v.required("node", b.node);
}

/// Order, receipts and invoice agree: pay it.
struct InvoiceApproved {
  Code invoice;
  Money gross;
};
template <class V>
void visit_fields(V& v, InvoiceApproved& b) {
  v.required("invoice", b.invoice);
  v.required("gross", b.gross);
}

struct InvoiceHeld {
  Code invoice;
  HoldReason reason = HoldReason::quantity;
};
template <class V>
void visit_fields(V& v, InvoiceHeld& b) {
  v.required("invoice", b.invoice);
  v.required("reason", b.reason);
}

}  // namespace omnisim::core
