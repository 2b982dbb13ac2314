// Stock as an auditor keeps it: where units physically are (from the world's moves), what the core has booked
// (from its movement log), and the time-weighted difference of the two. Zero-length differences weigh
// nothing.
//
// Denominator: SKU-nodes that ever held stock or saw a movement. Drift is never netted across SKU-nodes.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/canonical/directory.hpp"
#include "core/records.hpp"
#include "harness/audit/record_accuracy.hpp"
#include "models/world/world.hpp"
#include "reports/result.hpp"
#include "sim/quantiles.hpp"

namespace omnisim::audit {

using core::ChannelId;
using core::NodeId;
using core::SkuId;
using core::Time;

class StockAudit {
 public:
  /// Measures over [from, to). `safety_each` by channel is policy, not drift.
  StockAudit(const core::Directory& directory, Time from, Time to, std::vector<std::int32_t> safety_each);

  void on_fact(const world::Fact& fact);
  void on_move(const world::Move& move);
  void on_movement(Time now, const core::Movement& movement);
  /// The core has settled: its own promise is looked at where it moved anything.
  void end_step();
  void on_shown(const world::Shown& shown);
  /// The units of `sku` promised and not yet set aside have changed by `units`.
  void on_promise(Time now, SkuId sku, std::int32_t units);
  /// Units that had been taken off the promises were set aside and have left all the same.
  void went_unpromised(Time now, SkuId sku, std::int32_t units);
  void finish(Time now);

  /// Units on shelves that serve online orders, less what is promised to others.
  std::int32_t free_units(SkuId sku) const { return pool_[sku.value] - promised_[sku.value]; }
  std::int32_t booked_online(SkuId sku) const { return booked_online_[sku.value]; }
  std::int32_t shown(ChannelId channel, SkuId sku) const { return shown_[index(channel, sku)]; }
  Time last_taken(SkuId sku) const { return last_taken_[sku.value]; }
  /// Units that were stolen or broke on shelves that serve online orders: so far, and those of them that
  /// neither turned up nor were missed by a count of their shelf.
  std::int32_t stolen_ever(SkuId sku) const { return stolen_ever_[sku.value]; }
  std::int32_t stolen_uncounted(SkuId sku) const { return stolen_[sku.value]; }
  /// Somebody counted the shelf of `sku` at `node`: what is gone from there is known from now on.
  void counted(SkuId sku, NodeId node);

  std::int32_t true_on_hand(SkuId sku, NodeId node) const { return true_[cell(sku, node)]; }
  std::int32_t booked_on_hand(SkuId sku, NodeId node) const { return booked_[cell(sku, node)]; }
  std::uint64_t negative_places() const { return negative_; }
  std::uint64_t moves() const { return moves_; }
  std::uint64_t movements() const { return movements_; }
  /// SKUs of which the facts put another number on hand than the moves did: a unit was created or destroyed.
  std::int64_t apart_in_world() const;
  std::uint64_t reservations_checked() const { return reservations_checked_; }
  /// Times that more was reserved of a SKU at a node than booked on hand there.
  std::uint64_t reservations_over() const { return reservations_over_; }

  struct Drift {
    double abs_mean = 0, signed_mean = 0, inaccurate_share = 0, channel_abs_mean = 0;
    std::int32_t p99 = 0, max = 0;
    double value = 0;  ///< minor units, absolute difference at cost at the end
  };
  Drift drift() const;
  /// Of the SKU-nodes known when the period ended, as they stood then.
  const RecordAccuracy& accuracy() const { return accuracy_; }
  const sim::Quantiles& healing() const { return healing_; }
  const std::vector<reports::Point>& hourly_abs_units() const { return hourly_; }
  /// The same node by node: of each hour one figure a node.
  const std::vector<std::int64_t>& hourly_abs_units_by_node() const { return hourly_by_node_; }
  /// Records that were wrong by the most units for the longest, units times time.
  std::vector<std::pair<SkuId, NodeId>> longest_wrong(std::size_t at_most) const;
  /// Units moved from one place to another, over the whole run.
  std::int64_t flow(world::Place from, world::Place to) const {
    return flows_[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
  }

 private:
  std::size_t cell(SkuId sku, NodeId node) const {
    return static_cast<std::size_t>(sku.value) * nodes_ + node.value;
  }
  std::size_t index(ChannelId channel, SkuId sku) const {
    return static_cast<std::size_t>(sku.value) * channels_ + channel.value;
  }
  double clipped_seconds(std::int64_t from_us, std::int64_t to_us) const;
  void settle(std::size_t cell, Time now);
  /// `side` is `true_` or `booked_`.
  void change_side(std::vector<std::int32_t>& side, std::size_t cell, Time now, std::int32_t change);
  void settle_channel(std::size_t index, Time now);
  void pool_changed(Time now, SkuId sku);
  void sample_until(Time now);
  void take_stock();

  const core::Directory& directory_;
  std::uint32_t nodes_, channels_;
  Time from_, to_;
  std::vector<std::int32_t> safety_;
  // by SKU-node
  std::vector<std::int32_t> places_;  ///< × place_count
  std::vector<std::int32_t> true_, booked_, reserved_, stolen_at_;
  std::vector<std::int64_t> since_us_, born_us_;
  std::vector<double> wrong_unit_seconds_;
  std::vector<bool> known_;
  std::uint64_t known_count_ = 0;
  // by SKU
  std::vector<std::int32_t> pool_, promised_, booked_online_, stolen_, stolen_ever_;
  std::vector<Time> last_taken_;
  std::vector<std::int64_t> value_sold_;  ///< minor units, at cost
  /// Units on hand, by facts and by moves, but for what was scrapped.
  std::vector<std::int64_t> stated_, moved_;
  // by SKU-channel
  std::vector<std::int32_t> shown_, channel_diff_;
  std::vector<std::int64_t> channel_since_us_;
  // sums
  double abs_seconds_ = 0, signed_seconds_ = 0, inaccurate_seconds_ = 0, channel_abs_seconds_ = 0;
  std::array<double, 512> seconds_at_{};
  std::int32_t max_ = 0;
  std::int64_t abs_now_ = 0;
  std::uint64_t negative_ = 0, moves_ = 0, movements_ = 0;
  std::uint64_t reservations_checked_ = 0, reservations_over_ = 0;
  std::vector<std::size_t> touched_;  ///< SKU-nodes with movements in the core's current step
  sim::Quantiles healing_;
  std::vector<reports::Point> hourly_;
  std::vector<std::int64_t> abs_by_node_, hourly_by_node_;
  std::array<std::array<std::int64_t, world::place_count>, world::place_count> flows_{};
  Time next_sample_;
  bool stock_taken_ = false;
  RecordAccuracy accuracy_;
};

}  // namespace omnisim::audit
