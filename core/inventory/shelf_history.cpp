#include "core/inventory/shelf_history.hpp"

#include "core/inventory/counted_shelves.hpp"

namespace omnisim::core {

namespace {

/// Wraps around, as the ledger does.
std::int32_t sum(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

/// What was found out about the record since, and moved nothing: the reading may have found it out, too.
bool is_finding(const Movement& m) { return m.to == Bucket::shrink || m.from == Bucket::found; }

}  // namespace

void ShelfHistory::read(NodeId node, Time watermark, Time read_at, bool in_order) {
  for (const SkuId sku : touched_) items_[sku.value] = {};
  touched_.clear();
  const auto& movements = ledger_.movements();
  for (std::size_t i = ledger_.first_after(watermark); i < movements.size(); ++i) {
    const Movement& m = movements[i];
    if (m.node != node || m.occurred_at <= watermark || is_on_shelf(m.from) == is_on_shelf(m.to)) continue;
    const bool after = m.occurred_at > read_at && !(in_order && m.numbered);
    if (after && is_finding(m)) continue;
    Item& item = items_[m.sku.value];
    if (!item.moved && item.after == 0) touched_.push_back(m.sku);
    if (after) {
      item.after = sum(item.after, is_on_shelf(m.to) ? m.quantity_each : -m.quantity_each);
    } else {
      item.moved = true;
    }
  }
}

std::int32_t ShelfHistory::booked_then(SkuId sku, NodeId node) const {
  const std::int32_t now = sum(ledger_.sellable(sku, node), ledger_.balance(sku, node, Bucket::reserved));
  return sum(now, -change_after(sku));
}

}  // namespace omnisim::core
