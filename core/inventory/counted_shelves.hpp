// The last reading of every shelf: what it stated is newer than whatever was observed before it. And what
// somebody did at a shelf before he read it is in the reading, however late its message is acted on. One that
// has to wait for another's (a parcel judged at its node before its carrier tells that it came back) moves
// units that the reading has found, or missed, already.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/canonical/directory.hpp"
#include "core/inventory/movements.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

/// What a count finds: goods that are reserved lie with those that are not.
constexpr bool is_on_shelf(Bucket bucket) { return bucket == Bucket::sellable || bucket == Bucket::reserved; }

class CountedShelves {
 public:
  explicit CountedShelves(const Directory& directory)
      : nodes_(directory.node_count()),
        at_(nodes_ * directory.item_count(), Time::min()),
        by_(nodes_ * directory.item_count()) {}

  /// When the shelf was last read; `Time::min()`: never.
  Time at(SkuId sku, NodeId node) const { return at_[cell(sku, node)]; }
  void read(SkuId sku, NodeId node, Time observed_at, InputNumber by) {
    at_[cell(sku, node)] = observed_at;
    by_[cell(sku, node)] = by;
  }

  /// The message that is acted on from here on could not be when it came.
  void acts_late(bool late) { late_ = late; }
  /// A reading that came after the message of `cause` has seen what that message tells of the shelf.
  bool include(SkuId sku, NodeId node, const Cause& cause) const {
    return late_ && cause.input < by_[cell(sku, node)] && cause.occurred_at <= at_[cell(sku, node)];
  }

  /// Units that the books had to give up again (below zero: take in), so that the shelf stays as it was read.
  struct Settled {
    SkuId sku;
    NodeId node;
    std::int32_t quantity_each = 0;
  };
  void settle(const Settled& settled) { settled_.push_back(settled); }
  bool has_settled() const { return !settled_.empty(); }
  std::vector<Settled> take_settled() { return std::exchange(settled_, {}); }

  void digest(Digest& digest) const {
    for (const Time at : at_) digest.add(at);
    digest.add_array(std::span<const InputNumber>(by_));
  }
  template <class Archive>
  void archive(Archive& a) {
    a(at_, by_);
  }

 private:
  std::size_t cell(SkuId sku, NodeId node) const {
    return static_cast<std::size_t>(sku.value) * nodes_ + node.value;
  }

  std::size_t nodes_;
  std::vector<Time> at_;          ///< [sku][node]
  std::vector<InputNumber> by_;   ///< the message that stated it
  bool late_ = false;             ///< of one step, not state
  std::vector<Settled> settled_;  ///< in this step, not state
};

}  // namespace omnisim::core
