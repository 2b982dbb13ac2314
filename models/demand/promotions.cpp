#include "models/demand/promotions.hpp"

#include <algorithm>
#include <cmath>

namespace omnisim::models {
namespace {

std::vector<bool> promoted_items(const PromotionParams& params, const core::Directory& directory) {
  std::vector<bool> items(directory.item_count());
  for (const std::string& code : params.items) {
    if (const core::SkuId sku = directory.sku(code); !sku.is_none()) items[sku.value] = true;
  }
  const auto upto = [&](std::size_t count) {
    return std::floor(static_cast<double>(count) * params.catalogue_share + 1e-9);
  };
  for (std::size_t i = 0; i < items.size(); ++i)
    if (upto(i + 1) > upto(i)) items[i] = true;
  return items;
}

std::vector<bool> promoting_sellers(const PromotionParams& params, const core::Directory& directory) {
  std::vector<bool> sellers(directory.channel_count() + 1, params.channels.empty());
  for (const std::string& code : params.channels) {
    if (code == tills_word) sellers.back() = true;
    const core::ChannelId channel = directory.channel(code);
    if (!channel.is_none()) sellers[channel.value] = true;
  }
  return sellers;
}

/// Times `lift` for the items of a promotion; of the extra units, a share is taken from all other items
/// alike, but no more than is wanted of them.
void lift(std::vector<double>& weights, const std::vector<bool>& items, const PromotionParams& params) {
  double promoted = 0, others = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) (items[i] ? promoted : others) += weights[i];
  const double extra = std::max(0.0, params.lift - 1) * promoted;
  const double kept = others > 0 ? std::max(0.0, 1 - params.cannibalisation * extra / others) : 1;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= items[i] ? params.lift : kept;
}

void dip(std::vector<double>& weights, const std::vector<bool>& items, double share) {
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (items[i]) weights[i] *= 1 - share;
}

}  // namespace

Promotions::Promotions(const std::vector<PromotionParams>& promotions, const core::Directory& directory) {
  for (const PromotionParams& params : promotions) {
    promotions_.push_back({.params = params,
                           .items = promoted_items(params, directory),
                           .sellers = promoting_sellers(params, directory)});
  }
}

std::int32_t Promotions::price_off_bp(Seller seller, core::SkuId sku, core::Time now) const {
  std::int32_t most = 0;
  for (const Promotion& p : promotions_) {
    if (now >= p.params.from && now < p.params.to && p.sellers[seller] && p.items[sku.value])
      most = std::max(most, p.params.price_off_bp);
  }
  return most;
}

std::vector<core::Time> Promotions::changes(Seller seller) const {
  std::vector<core::Time> times;
  for (const Promotion& p : promotions_) {
    if (!p.sellers[seller]) continue;
    times.insert(times.end(), {p.params.from, p.params.to, p.dip_ends()});
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

void Promotions::apply(std::vector<double>& weights, Seller seller, core::Time now) const {
  for (const Promotion& p : promotions_) {
    if (!p.sellers[seller]) continue;
    if (now >= p.params.from && now < p.params.to) lift(weights, p.items, p.params);
    if (now >= p.params.to && now < p.dip_ends()) dip(weights, p.items, p.params.dip);
  }
}

}  // namespace omnisim::models
