// What a customer takes in place of an item that is sold out: one of its category, nearest in price.
#pragma once

#include <cstdint>
#include <vector>

#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"
#include "models/demand_params.hpp"

namespace omnisim::models {

class Substitutes {
 public:
  Substitutes() = default;
  /// `prices` and `categories` by item.
  Substitutes(const SubstitutionParams& params, const std::vector<core::Money>& prices,
              const std::vector<std::uint32_t>& categories);

  /// Customers who would take another item; 0: nobody.
  double share() const { return params_.share; }

  /// Of the items that a customer looks at in place of `sku`, the first that `fits(item)`; none where none
  /// does. Of two that differ by as much the cheaper comes first.
  template <class Fits>
  core::SkuId nearest(core::SkuId sku, Fits&& fits) const {
    if (place_.empty()) return {};
    std::size_t below = place_[sku.value], above = below + 1;
    for (std::uint32_t looked = 0; looked < params_.looks_at; ++looked) {
      const core::SkuId next = step(sku, below, above);
      if (next.is_none() || fits(next)) return next;
    }
    return {};
  }

 private:
  /// The nearest of the two items at [below - 1] and [above], and on to the next; none where both are too
  /// far.
  core::SkuId step(core::SkuId sku, std::size_t& below, std::size_t& above) const;
  std::int64_t distance(core::SkuId sku, std::size_t place) const;

  SubstitutionParams params_;
  std::vector<core::Money> prices_;
  std::vector<std::uint32_t> categories_;
  std::vector<core::SkuId> by_price_;  ///< category by category, ascending
  std::vector<std::size_t> place_;     ///< of an item in by_price_
};

}  // namespace omnisim::models
