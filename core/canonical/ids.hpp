// Strong ids. Master data (items, nodes, channels) is addressed by dense indices that the Directory hands out
// in configuration order, so that tables are plain arrays; everything a party invents at run time (order
// numbers, payment references …) is a `Code`, the text that party wrote.
#pragma once

#include <compare>
#include <cstdint>

namespace omnisim::core {

template <class Tag>
struct Id {
  std::uint32_t value = none_value;
  static constexpr std::uint32_t none_value = 0xffffffffu;

  constexpr bool is_none() const { return value == none_value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using SkuId = Id<struct SkuTag>;          ///< index of an item in the item master
using NodeId = Id<struct NodeTag>;        ///< index of a store or DC
using ChannelId = Id<struct ChannelTag>;  ///< index of a selling channel (web shop, marketplace)

}  // namespace omnisim::core
