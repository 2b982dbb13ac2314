// What a sales channel believes is available, item by item. What it shows its customers is never below zero.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "models/context.hpp"

namespace omnisim::models {

class Mirror {
 public:
  Mirror(const Context& context, core::ChannelId channel)
      : context_(context),
        channel_(channel),
        numbers_(context.master.item_count()),
        known_(context.master.item_count()) {}

  /// How fresh a published number is: when it was true, and which of those of one moment was sent last.
  struct Freshness {
    sim::Time observed{};
    std::uint64_t number = 0;
    friend auto operator<=>(const Freshness&, const Freshness&) = default;
  };

  /// The number at go-live.
  void load(core::SkuId sku, std::int32_t number) { set(sku, number); }
  std::int32_t shown(core::SkuId sku) const { return std::max(0, numbers_[sku.value]); }
  /// The channel's own promise, or with a negative quantity the end of one.
  void take(core::SkuId sku, std::int32_t quantity_each) { set(sku, numbers_[sku.value] - quantity_each); }

  /// A published number. `checks_age`: one that is less fresh than what is known is ignored.
  void publish(core::SkuId sku, std::int32_t number, bool is_delta, Freshness freshness, bool checks_age) {
    if (is_delta) return set(sku, numbers_[sku.value] + number);
    Freshness& known = known_[sku.value];
    if (checks_age && freshness < known) return;
    known = freshness;
    set(sku, number);
  }

 private:
  void set(core::SkuId sku, std::int32_t number) {
    const std::int32_t before = shown(sku);
    numbers_[sku.value] = number;
    if (shown(sku) == before) return;
    context_.world.show({.at = context_.now(), .channel = channel_, .sku = sku, .quantity_each = shown(sku)});
  }

  const Context& context_;
  core::ChannelId channel_;
  std::vector<std::int32_t> numbers_;
  std::vector<Freshness> known_;  ///< by item
};

}  // namespace omnisim::models
