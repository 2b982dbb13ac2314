// What happens at the shelf outside of orders: deliveries from suppliers, counts, and corrections after
// failed picks. When the books fall below what is reserved, reservations yield.
#pragma once

#include "core/inventory/shelf_history.hpp"
#include "core/orchestration/allocation.hpp"

namespace omnisim::core {

class Shelf {
 public:
  Shelf(Context& context, Allocation& allocation)
      : c_(context), allocation_(allocation), history_(context.config.directory, context.ledger) {}

  void open(NodeId node, SkuId sku, std::int32_t quantity_each);
  Outcome received(const StockReceived& body, const Event& event);
  Outcome counted(const StockCounted& body, const Event& event);
  /// A node corrects its record, and says why.
  Outcome adjusted(const StockAdjusted& body, const Event& event);

  /// Nothing newer is known of that shelf than what this step states. Counts what is stale.
  bool is_fresh(SkuId sku, NodeId node);
  /// `is_fresh`, and what is older than this step is stale from now on.
  bool take_reading(SkuId sku, NodeId node);
  /// Books so many units more (or fewer) on the shelf; returns the loss at cost (negative: a gain).
  Money change(SkuId sku, NodeId node, std::int32_t difference_each);
  void post_adjustment(Occasion occasion, Money loss, NodeId node, const Code& correlation);

  /// A picker did not find `quantity_each` units; `reason` decides what that says about the shelf (HotWax).
  /// Reservations of the line itself have been resolved already.
  void correct(SkuId sku, NodeId node, PickReason reason, std::int32_t quantity_each,
               const Code& correlation);

  /// What this step's message moved and a later count had seen was no loss, or no gain, of that count.
  void post_settled();

  void digest(Digest& digest) const { digest.add(adjustments_.size()); }
  template <class Archive>
  void archive(Archive& a) {
    a(adjustments_);
  }

 private:
  /// Books the shelf at `shelf_each`; returns the loss at cost (negative: a gain).
  Money set(SkuId sku, NodeId node, std::int32_t shelf_each);

  Context& c_;
  Allocation& allocation_;
  ShelfHistory history_;
  Index adjustments_;  ///< their numbers, by node
};

}  // namespace omnisim::core
