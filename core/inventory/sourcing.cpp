#include "core/inventory/sourcing.hpp"

namespace omnisim::core {

Sourcing::Sourcing(const Directory& directory, const Ledger& ledger) : ledger_(ledger) {
  for (std::uint32_t i = 0; i < directory.node_count(); ++i) {
    if (directory.node(NodeId{i}).fulfils_online) nodes_.push_back(NodeId{i});
  }
  std::stable_sort(nodes_.begin(), nodes_.end(), [&](NodeId a, NodeId b) {
    return directory.node(a).priority < directory.node(b).priority;
  });
}

NodeId Sourcing::best_guess(SkuId sku, std::int32_t quantity_each) const {
  NodeId best;
  for (const NodeId node : nodes_) {
    const std::int32_t here = ledger_.sellable(sku, node);
    if (here >= quantity_each) return node;
    if (best.is_none() || here > ledger_.sellable(sku, best)) best = node;
  }
  return best;
}

}  // namespace omnisim::core
