// Goods at nodes and on their way: received, picked, shipped, moved, counted; and what the core says of
// stock. Part of event.hpp, which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// Why a node corrects its record without a count: the first three take units off, `found` adds them.
enum class AdjustReason : std::uint8_t { shrinkage, damage, scrap, found };
template <>
struct EnumNames<AdjustReason> {
  static constexpr std::array<std::string_view, 4> names{"shrinkage", "damage", "scrap", "found"};
};

struct StockReceived {
  NodeId node;
  Code purchase_order;
};
template <class V>
void visit_fields(V& v, StockReceived& b) {
  v.required("node", b.node);
  v.required("purchase_order", b.purchase_order);
}

struct StockPicked {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, StockPicked& b) {
  visit_goods(v, b);
}

/// Lines carry the quantity that could *not* be picked.
struct PickRejected {
  Code order;
  ChannelId channel;
  NodeId node;
  PickReason reason = PickReason::short_by;
};
template <class V>
void visit_fields(V& v, PickRejected& b) {
  visit_goods(v, b);
  v.required("reason", b.reason);
}

struct StockPacked {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, StockPacked& b) {
  visit_goods(v, b);
}

struct ShipmentShipped {
  Code order;
  ChannelId channel;
  NodeId node;
  Code shipment;
};
template <class V>
void visit_fields(V& v, ShipmentShipped& b) {
  visit_goods(v, b);
  v.required("shipment", b.shipment);
}

struct ShipmentDelivered {
  Code shipment;
};
template <class V>
void visit_fields(V& v, ShipmentDelivered& b) {
  v.required("shipment", b.shipment);
}

struct ShipmentLost {
  Code shipment;
};
template <class V>
void visit_fields(V& v, ShipmentLost& b) {
  v.required("shipment", b.shipment);
}

/// Lines carry what lies on the shelf (sellable and reserved, not what is already picked), after every
/// earlier event of the same source: the envelope's `sequence` is the watermark.
struct StockCounted {
  NodeId node;
  Code count;
};
template <class V>
void visit_fields(V& v, StockCounted& b) {
  v.required("node", b.node);
  v.required("count", b.count);
}

struct AvailabilityPublished {
  ChannelId channel;
  SkuId sku;
  std::int32_t quantity_each = 0;
  QuantitySemantics semantics = QuantitySemantics::absolute;
};
template <class V>
void visit_fields(V& v, AvailabilityPublished& b) {
  v.required("channel", b.channel);
  v.required("sku", b.sku);
  v.required("quantity", b.quantity_each);
  v.required("semantics", b.semantics);
}

/// What a node says it has for sale, by its own books, at the envelope's `observed_at`; no promise to keep
/// it.
struct StockSnapshot {
  NodeId node;
  Code snapshot;
};
template <class V>
void visit_fields(V& v, StockSnapshot& b) {
  v.required("node", b.node);
  v.required("snapshot", b.snapshot);
}

/// Received goods have reached the shelf.
struct StockPutAway {
  NodeId node;
  Code purchase_order;
};
template <class V>
void visit_fields(V& v, StockPutAway& b) {
  v.required("node", b.node);
  v.required("purchase_order", b.purchase_order);
}

/// A planner wants goods moved between nodes.
struct TransferRequested {
  Code transfer;
  NodeId node;  ///< from here
  NodeId to_node;
  Time expected_at;
};
template <class V>
void visit_fields(V& v, TransferRequested& b) {
  v.required("transfer", b.transfer);
  v.required("node", b.node);
  v.required("to_node", b.to_node);
  v.required("expected_at", b.expected_at);
}

struct TransferShipped {
  Code transfer;
  NodeId node;  ///< from here
  NodeId to_node;
};
template <class V>
void visit_fields(V& v, TransferShipped& b) {
  v.required("transfer", b.transfer);
  v.required("node", b.node);
  v.required("to_node", b.to_node);
}

/// Lines carry what came, which may be less or more than what was shipped.
struct TransferReceived {
  Code transfer;
  NodeId node;
};
template <class V>
void visit_fields(V& v, TransferReceived& b) {
  v.required("transfer", b.transfer);
  v.required("node", b.node);
}

struct StockAdjusted {
  NodeId node;
  Code adjustment;
  AdjustReason reason = AdjustReason::shrinkage;
};
template <class V>
void visit_fields(V& v, StockAdjusted& b) {
  v.required("node", b.node);
  v.required("adjustment", b.adjustment);
  v.required("reason", b.reason);
}

/// A count is to be made. Lines carry the quantities that the record showed then.
struct CountIssued {
  NodeId node;
  Code count;
};
template <class V>
void visit_fields(V& v, CountIssued& b) {
  v.required("node", b.node);
  v.required("count", b.count);
}

/// Somebody stands for the differences of a count.
struct CountApproved {
  NodeId node;
  Code count;
};
template <class V>
void visit_fields(V& v, CountApproved& b) {
  v.required("node", b.node);
  v.required("count", b.count);
}

/// The label was taken off again: the parcel never left.
struct ShipmentVoided {
  Code order;
  ChannelId channel;
  NodeId node;
  Code shipment;
};
template <class V>
void visit_fields(V& v, ShipmentVoided& b) {
  visit_goods(v, b);
  v.required("shipment", b.shipment);
}

/// A carrier has seen the parcel.
struct ShipmentScanned {
  Code shipment;
  Code place;  ///< the carrier's name of it
};
template <class V>
void visit_fields(V& v, ShipmentScanned& b) {
  v.required("shipment", b.shipment);
  v.required("place", b.place);
}

/// The carrier could not deliver and has brought the parcel to `node`.
struct ReturnedToSender {
  Code shipment;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReturnedToSender& b) {
  v.required("shipment", b.shipment);
  v.required("node", b.node);
}

struct StockReserved {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, StockReserved& b) {
  visit_goods(v, b);
}

struct StockReleased {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, StockReleased& b) {
  visit_goods(v, b);
}

struct ReservationExpired {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReservationExpired& b) {
  visit_goods(v, b);
}

/// Somebody took units that were reserved.
struct ReservationBroken {
  Code order;
  ChannelId channel;
  NodeId node;
};
template <class V>
void visit_fields(V& v, ReservationBroken& b) {
  visit_goods(v, b);
}

/// Count these items (again). Lines carry what the record shows.
struct CountRequested {
  NodeId node;
  Code count;
};
template <class V>
void visit_fields(V& v, CountRequested& b) {
  v.required("node", b.node);
  v.required("count", b.count);
}

/// Lines carry what was shipped and never came.
struct TransferClaimed {
  Code transfer;
};
template <class V>
void visit_fields(V& v, TransferClaimed& b) {
  v.required("transfer", b.transfer);
}

}  // namespace omnisim::core
