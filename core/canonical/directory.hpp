// Master data by code: turns the codes that parties write into dense ids and back. Filled once at set-up, in
// configuration order; lookups never allocate.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"

namespace omnisim::core {

enum class NodeKind : std::uint8_t { dc, store };
enum class ChannelKind : std::uint8_t { web, marketplace };

struct Item {
  Code code;
  Money unit_cost;
};
struct Node {
  Code code;
  NodeKind kind = NodeKind::dc;
  bool fulfils_online = true;  ///< its stock may serve online orders
  std::uint32_t priority = 0;  ///< sourcing order: lower first, ties by configuration order
};
struct Channel {
  Code code;
  ChannelKind kind = ChannelKind::web;
  std::uint32_t priority = 0;          ///< who is served when stock is scarce: lower first
  std::int32_t safety_stock_each = 0;  ///< held back from this channel's availability, per SKU
  Code currency = {};                  ///< in which it sells (ISO 4217); empty: the ledger's
};

class Directory {
 public:
  /// Each returns the new id; adding a code twice is refused (nothing).
  std::optional<SkuId> add_item(const Item& item);
  std::optional<NodeId> add_node(const Node& node);
  std::optional<ChannelId> add_channel(const Channel& channel);
  std::optional<JurisdictionId> add_jurisdiction(const Code& code);

  /// Makes an item known by a GTIN as well, or a node by a GLN (gs1.hpp). Refused where the check digit is
  /// wrong or another has the key already; an item may have several GTINs.
  bool set_gtin(SkuId item, std::string_view gtin);
  bool set_gln(NodeId node, std::string_view gln);
  /// Makes an item or a node known by another system's code for it as well. Refused where the code is taken.
  bool add_alias(SkuId item, const Code& alias);
  bool add_alias(NodeId node, const Code& alias);
  std::span<const std::pair<Code, std::uint32_t>> item_aliases() const { return item_aliases_; }
  std::span<const std::pair<Code, std::uint32_t>> node_aliases() const { return node_aliases_; }
  /// None ids where the key is nobody's. A GTIN is found in each of its lengths.
  SkuId sku_by_gtin(std::string_view gtin) const;
  NodeId node_by_gln(std::string_view gln) const { return {glns_index_.find(gln)}; }
  /// Calls `visit(key, index)` for every key; the order is the same for directories filled alike.
  template <class Visit>
  void each_gtin(Visit&& visit) const {
    gtins_index_.each(visit);
  }
  template <class Visit>
  void each_gln(Visit&& visit) const {
    glns_index_.each(visit);
  }
  /// Where nothing has a key of a kind, texts that look like one are not taken for one.
  bool knows_gtins() const { return !gtins_index_.empty(); }
  bool knows_glns() const { return !glns_index_.empty(); }

  /// The id of a code or alias, or a none id (`is_none()`) when it is unknown.
  SkuId sku(std::string_view code) const { return {items_index_.find(code)}; }
  NodeId node(std::string_view code) const { return {nodes_index_.find(code)}; }
  ChannelId channel(std::string_view code) const { return {channels_index_.find(code)}; }
  JurisdictionId jurisdiction(std::string_view code) const { return {jurisdictions_index_.find(code)}; }

  const Item& item(SkuId id) const { return items_[id.value]; }
  const Node& node(NodeId id) const { return nodes_[id.value]; }
  const Channel& channel(ChannelId id) const { return channels_[id.value]; }
  const Code& jurisdiction(JurisdictionId id) const { return jurisdictions_[id.value]; }

  /// The ledger's currency (ISO 4217). Where it is set, money that says another one is refused, but for those
  /// in which a channel sells.
  void set_currency(const Code& currency) { currency_ = currency; }
  const Code& currency() const { return currency_; }
  bool sells_in(std::string_view currency) const;

  std::uint32_t item_count() const { return static_cast<std::uint32_t>(items_.size()); }
  std::uint32_t node_count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  std::uint32_t channel_count() const { return static_cast<std::uint32_t>(channels_.size()); }
  std::uint32_t jurisdiction_count() const { return static_cast<std::uint32_t>(jurisdictions_.size()); }
  /// Where there is none, no message has a field for one, not even an empty cell.
  bool knows_jurisdictions() const { return !jurisdictions_.empty(); }

 private:
  /// Open-addressing hash table from code to index (XXH3, linear probing).
  class Index {
   public:
    bool insert(const Code& code, std::uint32_t value);
    std::uint32_t find(std::string_view code) const;  ///< Id::none_value when absent
    bool empty() const { return used_ == 0; }
    template <class Visit>
    void each(Visit& visit) const {
      for (const Slot& slot : slots_) {
        if (slot.value != SkuId::none_value) visit(slot.code, slot.value);
      }
    }

   private:
    struct Slot {
      Code code;
      std::uint32_t value = 0xffffffffu;
    };
    void grow();
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
  };

  std::vector<Item> items_;
  std::vector<Node> nodes_;
  std::vector<Channel> channels_;
  std::vector<Code> jurisdictions_;
  Index items_index_, nodes_index_, channels_index_, jurisdictions_index_;
  Index gtins_index_;  ///< of 14 digits
  Index glns_index_;
  std::vector<std::pair<Code, std::uint32_t>> item_aliases_, node_aliases_;
  Code currency_;
};

}  // namespace omnisim::core
