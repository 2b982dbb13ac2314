// Orders: what a customer wants, what a channel says of it, and what the core answers. Part of event.hpp,
// which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

template <class V, class B>
void visit_order(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
}

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
  JurisdictionId jurisdiction{};  ///< whose sales tax it is: where the goods go
};
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
  v.optional("jurisdiction", b.jurisdiction);
}

struct OrderCancelled {
  Code order;
  ChannelId channel;
  CancelledBy by = CancelledBy::customer;
};
template <class V>
void visit_fields(V& v, OrderCancelled& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("by", b.by);
}

struct OrderAccepted {
  Code order;
  ChannelId channel;
};
template <class V>
void visit_fields(V& v, OrderAccepted& b) {
  visit_order(v, b);
}

struct OrderRejected {
  Code order;
  ChannelId channel;
};
template <class V>
void visit_fields(V& v, OrderRejected& b) {
  visit_order(v, b);
}

/// Pick, pack and ship these lines at `node`.
struct LineAllocated {
  Code order;
  ChannelId channel;
  NodeId node;
  Time promised_by;
};
template <class V>
void visit_fields(V& v, LineAllocated& b) {
  visit_goods(v, b);
  v.required("promised_by", b.promised_by);
}

/// These lines will not come: the seller cancels. The channel tells (and a marketplace repays) the customer.
/// To a node: they are not to be picked any more, and what is picked goes back on the shelf.
struct LineCancelled {
  Code order;
  ChannelId channel;
};
template <class V>
void visit_fields(V& v, LineCancelled& b) {
  visit_order(v, b);
}

/// A partial cancellation. Lines carry the quantities taken off.
struct OrderAmended {
  Code order;
  ChannelId channel;
  CancelledBy by = CancelledBy::customer;
};
template <class V>
void visit_fields(V& v, OrderAmended& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("by", b.by);
}

/// Goods come back against others: one transaction, of which only the difference is paid.
struct OrderExchanged {
  Code order;
  ChannelId channel;
  Code rma;          ///< of the return
  Code replacement;  ///< the order that replaces what comes back
};
template <class V>
void visit_fields(V& v, OrderExchanged& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("rma", b.rma);
  v.required("replacement", b.replacement);
}

/// A node has not what was ordered and offers other goods. Lines carry, under the line number of the order,
/// what it offers.
struct SubstitutionOffered {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, SubstitutionOffered& b) {
  visit_goods(v, b);
}

/// Click and collect: the goods wait for the customer.
struct ReadyForPickup {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReadyForPickup& b) {
  visit_goods(v, b);
}

/// Click and collect: the customer has taken them, and control passes.
struct OrderCollected {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, OrderCollected& b) {
  visit_goods(v, b);
}

/// These lines wait for stock.
struct LineBackordered {
  Code order;
  ChannelId channel;
  Time expected_at;  ///< where a purchase order says so
};
template <class V>
void visit_fields(V& v, LineBackordered& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.optional("expected_at", b.expected_at);
}

}  // namespace omnisim::core
