#include "models/demand/substitutes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <tuple>

namespace omnisim::models {
namespace {

constexpr std::int64_t too_far = std::numeric_limits<std::int64_t>::max();

}  // namespace

Substitutes::Substitutes(const SubstitutionParams& params, const std::vector<core::Money>& prices,
                         const std::vector<std::uint32_t>& categories)
    : params_(params) {
  if (params.share <= 0) return;
  prices_ = prices;
  categories_ = categories;
  for (std::uint32_t i = 0; i < prices.size(); ++i) by_price_.push_back({i});
  const auto rank = [&](core::SkuId sku) {
    return std::tuple(categories_[sku.value], prices_[sku.value].minor, sku.value);
  };
  std::sort(by_price_.begin(), by_price_.end(),
            [&](core::SkuId a, core::SkuId b) { return rank(a) < rank(b); });
  place_.resize(by_price_.size());
  for (std::size_t i = 0; i < by_price_.size(); ++i) place_[by_price_[i].value] = i;
}

std::int64_t Substitutes::distance(core::SkuId sku, std::size_t place) const {
  if (place >= by_price_.size()) return too_far;
  const core::SkuId other = by_price_[place];
  if (categories_[other.value] != categories_[sku.value]) return too_far;
  const std::int64_t apart = std::abs(prices_[other.value].minor - prices_[sku.value].minor);
  const double most = static_cast<double>(prices_[sku.value].minor) * params_.price_within;
  return static_cast<double>(apart) <= most ? apart : too_far;
}

core::SkuId Substitutes::step(core::SkuId sku, std::size_t& below, std::size_t& above) const {
  const std::int64_t cheaper = below == 0 ? too_far : distance(sku, below - 1);
  const std::int64_t dearer = distance(sku, above);
  if (cheaper == too_far && dearer == too_far) return {};
  return by_price_[cheaper <= dearer ? --below : above++];
}

}  // namespace omnisim::models
