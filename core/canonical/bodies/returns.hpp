// Tills, and goods that come back. Part of event.hpp, which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// What becomes of inspected goods.
enum class Disposition : std::uint8_t { restock, scrap, supplier, quarantine };
template <>
struct EnumNames<Disposition> {
  static constexpr std::array<std::string_view, 4> names{"restock", "scrap", "supplier", "quarantine"};
};

template <class V, class B>
void visit_return(V& v, B& b) {
  v.required("rma", b.rma);
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("node", b.node);
}

struct PosSale {
  Code sale;
  NodeId node;
  std::uint32_t till = 0;
  Tenders tenders;
  bool training = false;
  bool voided = false;
  JurisdictionId jurisdiction{};  ///< whose sales tax it is: where the store is
};
template <class V>
void visit_fields(V& v, PosSale& b) {
  v.required("sale", b.sale);
  v.required("node", b.node);
  v.required("till", b.till);
  visit_fields(v, b.tenders);
  v.optional("training", b.training);
  v.optional("voided", b.voided);
  v.optional("jurisdiction", b.jurisdiction);
}

/// Goods brought back to a store. `order`/`channel` name the original online order; both empty for a store
/// sale. `tenders` is what the till paid out itself (cash, store card terminal); zero where the core is to
/// refund.
struct PosReturn {
  Code document;
  NodeId node;
  Code order;
  ChannelId channel;
  Tenders tenders;
  bool no_receipt = false;        ///< the core decides what the customer gets: neither order nor tenders
  JurisdictionId jurisdiction{};  ///< of the till sale that comes back
};
template <class V>
void visit_fields(V& v, PosReturn& b) {
  v.required("document", b.document);
  v.required("node", b.node);
  v.optional("order", b.order);
  v.optional("channel", b.channel);
  visit_fields(v, b.tenders);
  v.optional("no_receipt", b.no_receipt);
  v.optional("jurisdiction", b.jurisdiction);
}

struct ReturnAuthorised {
  Code rma;
  Code order;
  ChannelId channel;
};
template <class V>
void visit_fields(V& v, ReturnAuthorised& b) {
  v.required("rma", b.rma);
  v.required("order", b.order);
  v.required("channel", b.channel);
}

struct ReturnReceived {
  Code rma;
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReturnReceived& b) {
  visit_return(v, b);
}

struct ReturnInspected {
  Code rma;
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReturnInspected& b) {
  visit_return(v, b);
}

/// A sale that was already reported is taken back whole.
struct PosVoided {
  Code sale;  ///< an earlier one of this node
  NodeId node;
  std::uint32_t till = 0;
};
template <class V>
void visit_fields(V& v, PosVoided& b) {
  v.required("sale", b.sale);
  v.required("node", b.node);
  v.required("till", b.till);
}

/// What was done with goods that came back.
struct ReturnDisposed {
  Code rma;
  Code order;
  ChannelId channel;
  NodeId node;
  Disposition disposition = Disposition::restock;
};
template <class V>
void visit_fields(V& v, ReturnDisposed& b) {
  visit_return(v, b);
  v.required("disposition", b.disposition);
}

}  // namespace omnisim::core
