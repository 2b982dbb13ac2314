// The supplier: delivers to each site what is expected to be sold there in so many days.
#pragma once

#include <vector>

#include "models/nodes/site.hpp"

namespace omnisim::models {

class Supplier final : private sim::Handler {
 public:
  Supplier(const Context& context, std::vector<Site*> sites) : context_(context), sites_(std::move(sites)) {}

  void start();
  /// One delivery of one item, now.
  void deliver(Site& site, core::SkuId sku, std::int32_t quantity_each, std::optional<sim::Time> dated = {},
               core::Money unit_cost = {});

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  void arm();
  void deliver_all(Site& site);

  const Context& context_;
  std::vector<Site*> sites_;
  std::vector<core::Line> lines_;
  std::uint64_t deliveries_ = 0, orders_ = 0;
};

}  // namespace omnisim::models
