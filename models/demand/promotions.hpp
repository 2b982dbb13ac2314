// What is promoted where and when: what of it is wanted, and what it costs.
#pragma once

#include <vector>

#include "core/canonical/directory.hpp"
#include "models/demand_params.hpp"

namespace omnisim::models {

/// Who sells: channels by their number, then all tills together.
using Seller = std::size_t;

class Promotions {
 public:
  Promotions() = default;
  Promotions(const std::vector<PromotionParams>& promotions, const core::Directory& directory);

  bool empty() const { return promotions_.empty(); }
  /// Basis points off the price of an item; where several promotions hold, the largest.
  std::int32_t price_off_bp(Seller seller, core::SkuId sku, core::Time now) const;
  /// When something begins or ends for this seller, ascending, each once.
  std::vector<core::Time> changes(Seller seller) const;
  /// Turns weights of an ordinary day into those at `now`: their sum says how much more or less is wanted in
  /// all. Several promotions work one after the other, in the order of the scenario.
  void apply(std::vector<double>& weights, Seller seller, core::Time now) const;

 private:
  struct Promotion {
    PromotionParams params;
    std::vector<bool> items;    ///< by item
    std::vector<bool> sellers;  ///< by seller
    core::Time dip_ends() const { return params.to + (params.dip > 0 ? params.dip_for : core::Duration{}); }
  };
  std::vector<Promotion> promotions_;
};

}  // namespace omnisim::models
