#include "models/demand/market.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "models/support.hpp"
#include "sim/exact_math.hpp"

namespace omnisim::models {
namespace {

/// Explicit items by the name of their category, generated ones in turn.
std::vector<std::uint32_t> categories_of(const CatalogueParams& catalogue, std::size_t item_count) {
  std::vector<std::uint32_t> categories(item_count);
  std::map<std::string, std::uint32_t> named;
  for (std::size_t i = 0; i < catalogue.items.size() && i < item_count; ++i) {
    const auto next = static_cast<std::uint32_t>(named.size());
    categories[i] = named.emplace(catalogue.items[i].category, next).first->second;
  }
  const auto first = static_cast<std::uint32_t>(named.size());
  for (std::size_t i = catalogue.items.size(); i < item_count; ++i)
    categories[i] = first + static_cast<std::uint32_t>((i - catalogue.items.size()) % catalogue.categories);
  return categories;
}

/// What customers of a channel want of each item, where it is not what everybody wants.
void apply_own_mix(std::vector<double>& weights, const ChannelDemandParams& own, const EstateParams& params,
                   const core::Directory& directory) {
  if (own.zipf_exponent && params.catalogue.generated > 0)
    weights = popularity_weights(params.catalogue, *own.zipf_exponent, directory.item_count());
  for (const MixParams& mix : own.mix) {
    for (const std::string& code : mix.items) {
      if (const core::SkuId sku = directory.sku(code); !sku.is_none()) weights[sku.value] *= mix.factor;
    }
  }
}

}  // namespace

std::vector<double> popularity_weights(const CatalogueParams& catalogue, double zipf_exponent,
                                       std::uint32_t item_count) {
  const auto explicit_count = static_cast<std::uint32_t>(catalogue.items.size());
  std::vector<double> weights(item_count, 0.0);
  for (std::uint32_t rank = 0; rank < catalogue.generated; ++rank)
    weights[explicit_count + rank] = sim::exact_exp(-zipf_exponent * sim::exact_log(rank + 1.0));
  if (catalogue.generated == 0) std::fill_n(weights.begin(), explicit_count, 1.0);
  return weights;
}

Market::Market(const EstateParams& params, const core::Directory& directory, const Choice& popularity,
               const std::vector<core::Money>& prices)
    : prices_(prices),
      promotions_(params.demand.promotions, directory),
      substitutes_(params.demand.substitution, prices, categories_of(params.catalogue, prices.size())) {
  const auto add = [&](const ChannelParams* channel, Seller seller) {
    habits_.push_back(habits_of(params, channel));
    const bool own = channel != nullptr && channel->demand &&
                     (channel->demand->zipf_exponent || !channel->demand->mix.empty());
    std::vector<double> weights;
    if (own || !promotions_.empty())
      weights = popularity_weights(params.catalogue, params.catalogue.zipf_exponent, directory.item_count());
    if (own) apply_own_mix(weights, *channel->demand, params, directory);
    mixes_.emplace_back(own ? Choice(weights) : popularity, weights, promotions_, seller);
  };
  for (std::size_t i = 0; i < params.channels.size(); ++i) add(&params.channels[i], i);
  add(nullptr, params.channels.size());
}

Offer Market::offer(Seller seller, core::SkuId sku, std::int32_t quantity_each, core::Time now) const {
  const std::int32_t price_bp = habits_[seller].price_bp;
  core::Money list = prices_[sku.value];
  if (price_bp != 10'000) list = basis_points(list, price_bp);
  list = list * quantity_each;
  const core::Money discount = basis_points(list, promotions_.price_off_bp(seller, sku, now));
  return {.net = list - discount, .discount = discount};
}

sim::Arrivals Market::arrivals(Seller seller) const {
  const Habits& habits = habits_[seller];
  std::vector<sim::RateMultiplier> factors = habits.season;
  for (const sim::RateMultiplier& factor : mixes_[seller].volume()) factors.push_back(factor);
  return sim::Arrivals(habits.per_day, habits.hour_weights, factors, habits.weekday_weights);
}

}  // namespace omnisim::models
