// One 128-bit key for everything that is looked up by text: orders, shipments, captures, inbox entries. Keys
// are XXH3 hashes; tables keep 96 bits of them (index.hpp).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"

namespace omnisim::core {

struct HashKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const HashKey&, const HashKey&) = default;
};

/// What a key names, so that an order and a shipment of the same number stay apart.
enum class KeyKind : std::uint32_t {
  order = 1,
  shipment,
  capture,
  refund,
  goods_return,
  source,
  transfer,
  command,
  sale,
  purchase_order,
  ship_notice,
  invoice,
  supplier_return,
  count,
  adjustment,
  dispute,
  gift_card,
  remittance,
  statement,
  entry,
  difference,
  member
};

/// The key of `code` within its kind; `scope` separates equal codes further (orders: the channel).
HashKey key_of(KeyKind kind, const Code& code, std::uint32_t scope = 0);
inline HashKey order_key(ChannelId channel, const Code& order) {
  return key_of(KeyKind::order, order, channel.value);
}
inline HashKey shipment_key(const Code& shipment) { return key_of(KeyKind::shipment, shipment); }
/// The idempotency key of CloudEvents: source and id.
HashKey message_key(const Code& source, const Code& id);
/// A return belongs to its order: two channels may use the same document number.
HashKey return_key(const HashKey& order, const Code& document);
/// … of what the core itself opens for an order (a lost parcel, a cancellation): no document that a party
/// numbers can be the same.
inline HashKey own_return_key(const HashKey& order, const Code& document) {
  return return_key({order.low, order.high}, document);
}

}  // namespace omnisim::core
