// Deliveries: each site gets what is expected to be sold there in so many days, pushed, or ordered from the
// supplier where the scenario buys by order.
#pragma once

#include <vector>

#include "models/nodes/site.hpp"
#include "models/supply/buyer.hpp"

namespace omnisim::models {

class Supplier final : private sim::Handler {
 public:
  Supplier(const Context& context, std::vector<Site*> sites) : context_(context), sites_(std::move(sites)) {}
  /// Where nothing is pushed: who orders, and where it comes in, by node.
  void buy_through(Buyer& buyer, std::vector<Receiving*> docks) {
    buyer_ = &buyer;
    docks_ = std::move(docks);
  }

  void start();
  /// From the supplier, by purchase order. Needs `buy_through`.
  void order(const Site& site, const Buyer::Order& order) { buyer_->order(*docks_[site.id().value], order); }
  /// One delivery of one item, now.
  void deliver(Site& site, core::SkuId sku, std::int32_t quantity_each, std::optional<sim::Time> dated = {},
               core::Money unit_cost = {});

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  void arm();
  void deliver_all(Site& site);
  bool by_order() const { return buyer_ != nullptr && context_.params.procurement.by_order; }

  const Context& context_;
  std::vector<Site*> sites_;
  Buyer* buyer_ = nullptr;
  std::vector<Receiving*> docks_;
  std::vector<core::Line> lines_;
  std::uint64_t deliveries_ = 0, orders_ = 0;
};

}  // namespace omnisim::models
