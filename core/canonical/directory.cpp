#include "core/canonical/directory.hpp"

#include <algorithm>

#include <xxhash.h>

#include "core/canonical/gs1.hpp"

namespace omnisim::core {

bool Directory::Index::insert(const Code& code, std::uint32_t value) {
  if (find(code.view()) != SkuId::none_value) return false;
  if (2 * (used_ + 1) > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = XXH3_64bits(code.view().data(), code.view().size()) & mask;
  while (slots_[i].value != SkuId::none_value) i = (i + 1) & mask;
  slots_[i] = {code, value};
  ++used_;
  return true;
}

std::uint32_t Directory::Index::find(std::string_view code) const {
  if (slots_.empty()) return SkuId::none_value;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = XXH3_64bits(code.data(), code.size()) & mask; slots_[i].value != SkuId::none_value;
       i = (i + 1) & mask) {
    if (slots_[i].code.view() == code) return slots_[i].value;
  }
  return SkuId::none_value;
}

void Directory::Index::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.empty() ? 16 : 2 * old.size(), Slot{});
  used_ = 0;
  for (const Slot& slot : old) {
    if (slot.value != SkuId::none_value) insert(slot.code, slot.value);
  }
}

std::optional<SkuId> Directory::add_item(const Item& item) {
  const SkuId id{item_count()};
  if (!items_index_.insert(item.code, id.value)) return std::nullopt;
  items_.push_back(item);
  return id;
}

std::optional<NodeId> Directory::add_node(const Node& node) {
  const NodeId id{node_count()};
  if (!nodes_index_.insert(node.code, id.value)) return std::nullopt;
  nodes_.push_back(node);
  return id;
}

std::optional<ChannelId> Directory::add_channel(const Channel& channel) {
  const ChannelId id{channel_count()};
  if (!channels_index_.insert(channel.code, id.value)) return std::nullopt;
  channels_.push_back(channel);
  return id;
}

std::optional<JurisdictionId> Directory::add_jurisdiction(const Code& code) {
  const JurisdictionId id{jurisdiction_count()};
  if (!jurisdictions_index_.insert(code, id.value)) return std::nullopt;
  jurisdictions_.push_back(code);
  return id;
}

bool Directory::set_gtin(SkuId item, std::string_view gtin) {
  return gs1::is_gtin(gtin) && gtins_index_.insert(gs1::gtin_14(gtin), item.value);
}

bool Directory::set_gln(NodeId node, std::string_view gln) {
  return gs1::is_gln(gln) && glns_index_.insert(*Code::from(gln), node.value);
}

bool Directory::add_alias(SkuId item, const Code& alias) {
  if (!items_index_.insert(alias, item.value)) return false;
  item_aliases_.emplace_back(alias, item.value);
  return true;
}

bool Directory::add_alias(NodeId node, const Code& alias) {
  if (!nodes_index_.insert(alias, node.value)) return false;
  node_aliases_.emplace_back(alias, node.value);
  return true;
}

SkuId Directory::sku_by_gtin(std::string_view gtin) const {
  if (!gs1::looks_like_gtin(gtin)) return {};
  return {gtins_index_.find(gs1::gtin_14(gtin).view())};
}

bool Directory::sells_in(std::string_view currency) const {
  return std::any_of(channels_.begin(), channels_.end(), [&](const Channel& channel) {
    return !channel.currency.empty() && channel.currency.view() == currency;
  });
}

}  // namespace omnisim::core
