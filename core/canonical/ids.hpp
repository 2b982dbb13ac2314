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

using SkuId = Id<struct SkuTag>;                    ///< index of an item in the item master
using NodeId = Id<struct NodeTag>;                  ///< index of a store or DC
using ChannelId = Id<struct ChannelTag>;            ///< index of a selling channel (web shop, marketplace)
using JurisdictionId = Id<struct JurisdictionTag>;  ///< index of a tax jurisdiction

/// The dimension under which accounts are kept by jurisdiction, by channel or by node; 0: of none.
template <class Tag>
constexpr std::uint16_t dimension_of(Id<Tag> id) {
  return static_cast<std::uint16_t>(id.is_none() ? 0 : id.value + 1);
}

}  // namespace omnisim::core
