// What warehouses and stores' back rooms write: flat records with `|` between cells, one LIN record a line,
// money in minor units, times as digits down to the microsecond.
#pragma once

#include <span>
#include <string>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

/// `reference` is the shipment, the RMA, the purchase order, the count or the transfer, by record.
struct GoodsMovement {
  core::Code order{};
  core::ChannelId channel{};
  core::NodeId node{};
  core::NodeId to_node{};  ///< of a transfer that leaves
  core::Code reference{};
  std::span<const core::Line> lines{};
};

void wms_received(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// Lines in damaged condition broke on their way to the shelf.
void wms_put_away(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// `order` is the purchase order, `reference` the supplier return.
void wms_sent_back(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const GoodsMovement& m);
void wms_picked(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// Short by the quantities of the lines.
void wms_short(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// What is there is set aside for others: the record is right.
void wms_taken(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
void wms_packed(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
void wms_shipped(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// Click and collect: all that the site has of the order waits.
void wms_ready(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
void wms_collected(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const GoodsMovement& m);
void wms_return_received(std::string& out, const core::Directory& names, const Stamp& stamp,
                         const GoodsMovement& m);
void wms_return_inspected(std::string& out, const core::Directory& names, const Stamp& stamp,
                          const GoodsMovement& m);
void wms_transfer_shipped(std::string& out, const core::Directory& names, const Stamp& stamp,
                          const GoodsMovement& m);
void wms_transfer_received(std::string& out, const core::Directory& names, const Stamp& stamp,
                           const GoodsMovement& m);
void wms_counted(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);

}  // namespace omnisim::models::wire
