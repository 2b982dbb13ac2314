// What a sales channel believes is available, item by item. What it shows its customers is never below zero.
#pragma once

#include <vector>

#include "models/context.hpp"

namespace omnisim::models {

class Mirror {
 public:
  Mirror(const Context& context, core::ChannelId channel)
      : context_(context),
        channel_(channel),
        numbers_(context.master.item_count()),
        observed_(context.master.item_count()) {}

  /// The number at go-live.
  void load(core::SkuId sku, std::int32_t number) { set(sku, number); }
  std::int32_t shown(core::SkuId sku) const { return std::max(0, numbers_[sku.value]); }
  /// The channel's own promise, or with a negative quantity the end of one.
  void take(core::SkuId sku, std::int32_t quantity_each) { set(sku, numbers_[sku.value] - quantity_each); }

  /// A published number. `checks_age`: one that was true earlier than what is known is ignored.
  void publish(core::SkuId sku, std::int32_t number, bool is_delta, sim::Time observed, bool checks_age) {
    if (is_delta) return set(sku, numbers_[sku.value] + number);
    sim::Time& known = observed_[sku.value];
    if (checks_age && observed < known) return;
    known = observed;
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
  std::vector<sim::Time> observed_;
};

}  // namespace omnisim::models
