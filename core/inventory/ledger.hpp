// The stock-movement ledger: how many units are booked in which bucket, per SKU and node, and every movement
// that led there. All changes go through `move`, a double entry between two buckets, so units are never
// created or destroyed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/canonical/directory.hpp"
#include "core/inventory/movements.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

/// Buckets that may be below zero in the books: `sellable`, because a till can sell what the books do not
/// know of; `delivered`, `transfer_in_transit` and the outside accounts, because they stand for the world
/// beyond the node (a customer brings back to one node what another one delivered; a transfer leaves one node
/// and comes to another, so what is on its way is the sum over the nodes).
constexpr bool may_be_negative(Bucket bucket) {
  return bucket == Bucket::sellable || bucket == Bucket::delivered || bucket == Bucket::transfer_in_transit ||
         bucket >= Bucket::supplier;
}

class Ledger {
 public:
  explicit Ledger(const Directory& directory);

  /// Moves `quantity_each` > 0. Throws BrokenInvariant when `from` would fall below zero and may not: callers
  /// look first.
  void move(const Cause& cause, SkuId sku, NodeId node, Bucket from, Bucket to, std::int32_t quantity_each);

  /// How the message came that the next movements are of (Movement::numbered).
  void begin_step(bool numbered) { numbered_ = numbered; }

  std::int32_t balance(SkuId sku, NodeId node, Bucket bucket) const {
    return balances_[plane(bucket) + cell(sku, node)];
  }
  std::int32_t sellable(SkuId sku, NodeId node) const { return balance(sku, node, Bucket::sellable); }
  std::int32_t on_hand(SkuId sku, NodeId node) const;
  /// Sellable units over the nodes that fulfil online orders; kept up to date by `move`.
  std::int32_t pool(SkuId sku) const { return pool_[sku.value]; }

  const Movements& movements() const { return movements_; }
  /// Index into `movements` before which none that is remembered happened after `at`; there may be such ones
  /// behind it that did not either, since messages come late.
  std::size_t first_after(Time at) const;
  void forget_before(std::size_t movement) { movements_.forget_before(movement); }

  /// Changes of `pool` since the last `clear_pool_changes`, in order.
  struct PoolChange {
    SkuId sku;
    std::int32_t change_each = 0;
  };
  std::span<const PoolChange> pool_changes() const { return pool_changes_; }
  void clear_pool_changes() { pool_changes_.clear(); }

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(balances_, pool_, movements_, peaks_, peak_, pool_changes_);
  }

 private:
  std::size_t cell(SkuId sku, NodeId node) const {
    return static_cast<std::size_t>(sku.value) * nodes_ + node.value;
  }
  std::size_t plane(Bucket bucket) const { return static_cast<std::size_t>(bucket) * cells_; }
  void add(SkuId sku, NodeId node, Bucket bucket, std::int32_t quantity_each);

  std::size_t nodes_;
  std::size_t cells_;
  /// One plane per bucket, in it [sku][node]: the search for a node that has a SKU reads neighbouring
  /// numbers.
  std::vector<std::int32_t> balances_;
  std::vector<std::int32_t> pool_;
  std::vector<bool> serves_online_;
  Movements movements_;
  static constexpr std::size_t peak_every = 1024;
  std::vector<Time> peaks_;  ///< the latest business time among the first 1024, 2048 … movements
  Time peak_ = Time::min();
  std::vector<PoolChange> pool_changes_;
  bool numbered_ = false;  ///< of one step, not state
};

}  // namespace omnisim::core
