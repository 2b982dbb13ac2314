// What channels are shown. A feed with absolute semantics carries `available`; one with delta semantics
// carries changes.
//
// Delta semantics. A channel has subtracted its own promised units from its mirror itself, so a delta tells
// it everything else. Let P = sellable over the online nodes − units promised but neither reserved nor
// picked, and O = units that this channel itself has promised. The deltas of the channel add up to P + O
// since go-live: −q when another channel's order arrives, ±q for tills, receipts and counts, 0 for its own
// order, +q when a line of its own is cancelled. Safety stock is not part of a delta.
//
// Push feeds publish at the end of each step, sweeps at their ticks; either publishes only what differs from
// what that channel was told last. A tick is armed only while something waits for it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/config.hpp"
#include "core/delivery/outbox.hpp"
#include "core/inventory/ledger.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

class Availability {
 public:
  /// Throws std::invalid_argument for a sweep without a cadence or a feed of an unknown channel.
  Availability(const Config& config, const Ledger& ledger);

  std::int32_t available(SkuId sku, ChannelId channel) const;
  /// Held back from `channel`, per SKU; 0 where safety stock is off.
  std::int32_t safety_stock(ChannelId channel) const;

  /// At go-live: channels are taken to have been told what is available of `sku` now.
  void known_at_go_live(SkuId sku);

  /// Units promised but neither reserved nor picked have changed by `change_each`.
  void uncommitted_changed(SkuId sku, std::int32_t change_each);
  /// `channel` has promised units itself.
  void promised_by(ChannelId channel, SkuId sku, std::int32_t quantity_each);

  /// Takes the ledger's pool changes of this step in, and publishes on push feeds.
  void end_step(std::span<const Ledger::PoolChange> changes, Time now, const Code& correlation,
                const Code& causation, Outbox& outbox);

  std::optional<Time> next_sweep() const;
  /// Runs the sweeps due at or before `now`.
  void sweep(Time now, Outbox& outbox);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    for (Feed& feed : feeds_) a(feed.told, feed.is_dirty, feed.dirty, feed.next_tick);
  }

 private:
  struct Feed {
    AvailabilityFeed setting;
    std::vector<std::int32_t> told;  ///< absolute: last published; delta: change not yet published
    std::vector<std::uint8_t> is_dirty;
    Queue<std::uint32_t> dirty;  ///< SKUs, in the order in which they changed
    std::optional<Time> next_tick;
  };

  void mark(Feed& feed, SkuId sku);
  void change(Feed& feed, SkuId sku, std::int32_t delta);
  /// Publishes `sku` if there is news; true if so.
  bool publish(Feed& feed, SkuId sku, Time now, const Code& correlation, const Code& causation,
               Outbox& outbox);

  const Config& config_;
  const Ledger& ledger_;
  std::vector<Feed> feeds_;
  bool has_delta_ = false;
};

}  // namespace omnisim::core
