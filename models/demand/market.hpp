// Customers as a scenario describes them, seller by seller: their habits, what they want, what it costs them,
// and what they take instead.
#pragma once

#include <vector>

#include "models/demand/habits.hpp"
#include "models/demand/mix.hpp"
#include "models/demand/substitutes.hpp"

namespace omnisim::models {

/// Of some units of an item: `net` is what is paid without tax, `discount` what the list price is above it.
struct Offer {
  core::Money net, discount;
};

class Market {
 public:
  Market() = default;
  /// `popularity` of all items on an ordinary day; `prices` by item.
  Market(const EstateParams& params, const core::Directory& directory, const Choice& popularity,
         const std::vector<core::Money>& prices);

  Seller tills() const { return habits_.size() - 1; }
  const Habits& habits(Seller seller) const { return habits_[seller]; }
  const Habits& habits(core::ChannelId channel) const { return habits_[channel.value]; }
  const Mix& mix(Seller seller) const { return mixes_[seller]; }
  const Substitutes& substitutes() const { return substitutes_; }
  Offer offer(Seller seller, core::SkuId sku, std::int32_t quantity_each, core::Time now) const;
  /// When customers of this seller come.
  sim::Arrivals arrivals(Seller seller) const;

 private:
  std::vector<core::Money> prices_;
  std::vector<Habits> habits_;  ///< by seller
  std::vector<Mix> mixes_;
  Promotions promotions_;
  Substitutes substitutes_;
};

/// Of each item on an ordinary day: generated ones by rank; explicit ones, all alike, where none is
/// generated.
std::vector<double> popularity_weights(const CatalogueParams& catalogue, double zipf_exponent,
                                       std::uint32_t item_count);

}  // namespace omnisim::models
