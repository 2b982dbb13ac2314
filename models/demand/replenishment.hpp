// What stores order from the supplier, by their own records: (s, Q) with periodic review. A unit that was
// stolen is still on record until somebody counts, so it is not ordered again.
#pragma once

#include <vector>

#include "models/demand/supplier.hpp"

namespace omnisim::models {

class Replenishment final : public DeliveryWatcher, private sim::Handler {
 public:
  /// Orders for those of `sites` that are stores.
  Replenishment(const Context& context, Supplier& supplier, const std::vector<Site*>& sites);
  void start();
  /// Where stores buy by order: what has come is on order no more.
  void delivered(core::NodeId node, std::span<const core::Line> ordered) override;

 private:
  struct Store {
    Site* site;
    std::vector<std::int32_t> on_order;  ///< by item, units
  };
  void on_event(sim::Time now, std::uint64_t what) override;
  void arm();
  void review(std::size_t store);

  const Context& context_;
  const ReplenishmentParams& policy_;
  Supplier& supplier_;
  std::vector<Store> stores_;
};

}  // namespace omnisim::models
