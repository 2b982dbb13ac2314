// What happens at the shelf outside of orders: deliveries from suppliers, counts, and corrections after
// failed picks. When the books fall below what is reserved, reservations yield.
#pragma once

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/payments.hpp"

namespace omnisim::core {

class Shelf {
 public:
  Shelf(Context& context, Allocation& allocation, Payments& payments);

  void open(NodeId node, SkuId sku, std::int32_t quantity_each);
  Outcome received(const StockReceived& body, const Event& event);
  Outcome counted(const StockCounted& body, const Event& event);

  /// A picker did not find `quantity_each` units; `reason` decides what that says about the shelf (HotWax).
  /// Reservations of the line itself have been resolved already.
  void correct(SkuId sku, NodeId node, PickReason reason, std::int32_t quantity_each,
               const Code& correlation);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(counted_at_);
  }

 private:
  /// Books the shelf at `shelf_each`; returns the loss at cost (negative: a gain).
  Money set(SkuId sku, NodeId node, std::int32_t shelf_each);
  void post_adjustment(Occasion occasion, Money loss, NodeId node, const Code& correlation);

  Context& c_;
  Allocation& allocation_;
  Payments& payments_;
  std::vector<Time> counted_at_;  ///< [sku][node]: freshness of the last count applied
};

}  // namespace omnisim::core
