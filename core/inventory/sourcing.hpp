// Where the units of an order line come from: nodes by priority, then configuration order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/inventory/ledger.hpp"

namespace omnisim::core {

struct Sourced {
  NodeId node;
  std::int32_t quantity_each = 0;
};

class Sourcing {
 public:
  Sourcing(const Directory& directory, const Ledger& ledger);

  /// Nodes that serve online orders, in the order in which they are asked.
  const std::vector<NodeId>& nodes() const { return nodes_; }

  /// Appends to `plan` who can serve up to `quantity_each` units from booked sellable stock: the first node
  /// that has all of it, else as many nodes as it takes. Returns the units found. `excluded(node)` nodes are
  /// not asked.
  template <class Excluded>
  std::int32_t plan(SkuId sku, std::int32_t quantity_each, Excluded excluded,
                    std::vector<Sourced>& plan) const {
    for (const NodeId node : nodes_) {
      if (ledger_.sellable(sku, node) < quantity_each || excluded(node)) continue;
      plan.push_back({node, quantity_each});
      return quantity_each;
    }
    std::int32_t found = 0;
    for (const NodeId node : nodes_) {
      const std::int32_t here = std::min(ledger_.sellable(sku, node), quantity_each - found);
      if (here <= 0 || excluded(node)) continue;
      plan.push_back({node, here});
      found += here;
    }
    return found;
  }

  /// The node that an estate without a reservation authority sends a line to: the first that seems to have
  /// enough, else the one that seems to have most, be it nothing. None only when no node serves online
  /// orders.
  NodeId best_guess(SkuId sku, std::int32_t quantity_each) const;

 private:
  const Ledger& ledger_;
  std::vector<NodeId> nodes_;
};

}  // namespace omnisim::core
