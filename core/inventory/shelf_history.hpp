// What happened to a node's shelf (sellable and reserved) after a moment, by business time: what somebody
// read there at that moment is compared with the books as they were then, and stays below what came later.
#pragma once

#include <cstdint>
#include <vector>

#include "core/inventory/ledger.hpp"

namespace omnisim::core {

class ShelfHistory {
 public:
  ShelfHistory(const Directory& directory, const Ledger& ledger)
      : ledger_(ledger), items_(directory.item_count()) {}

  /// Reads the movements at `node` that happened after `watermark`. `watermark` ≤ `read_at`, when the shelf
  /// was looked at. `in_order`: the message that says so came in the order of its source's numbers; then what
  /// came so, too, happened before it, whatever clocks say (a node's numbered messages are of one source).
  void read(NodeId node, Time watermark, Time read_at, bool in_order = false);

  /// Net change after `read_at`.
  std::int32_t change_after(SkuId sku) const { return items_[sku.value].after; }
  /// The shelf moved between the watermark and the reading.
  bool moved_before(SkuId sku) const { return items_[sku.value].moved; }
  /// What the books say that lay on the shelf at `read_at`.
  std::int32_t booked_then(SkuId sku, NodeId node) const;

 private:
  struct Item {
    std::int32_t after = 0;
    bool moved = false;
  };
  const Ledger& ledger_;
  std::vector<Item> items_;  ///< by SKU; working storage, not state
  std::vector<SkuId> touched_;
};

}  // namespace omnisim::core
