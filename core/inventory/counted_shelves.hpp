// The last reading of every shelf: what it stated is newer than whatever was observed before it. And what
// somebody did at a shelf before he read it is in the reading, however late its message is acted on: one that
// has to wait for another's (a parcel judged at its node before its carrier tells that it came back), and
// one that comes another way and without a number (a warehouse's shipping advice, in the file of the evening)
// moves units that the reading has found, or missed, already.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/canonical/directory.hpp"
#include "core/inventory/movements.hpp"
#include "core/support/digest.hpp"
#include "core/support/key.hpp"

namespace omnisim::core {

/// What a count finds: goods that are reserved lie with those that are not.
constexpr bool is_on_shelf(Bucket bucket) { return bucket == Bucket::sellable || bucket == Bucket::reserved; }

/// How a message came, as far as that says whether a reading has seen what it tells of a shelf.
struct Told {
  std::uint64_t sequence = 0;   ///< its source's number of it; 0: none, or nobody looks at numbers
  bool in_order = false;        ///< its turn had come by that number
  bool late = false;            ///< it could not be acted on when it came
  bool asks_readings = false;   ///< timers and decisions do not
  bool looks_at_times = false;  ///< capability freshness
};

class CountedShelves {
 public:
  explicit CountedShelves(const Directory& directory)
      : nodes_(directory.node_count()), readings_(nodes_ * directory.item_count()) {}

  /// When the shelf was last read; `Time::min()`: never.
  Time at(SkuId sku, NodeId node) const { return readings_[cell(sku, node)].at; }
  /// By the message of `cause`, which is acted on now.
  void read(SkuId sku, NodeId node, Time observed_at, const Cause& cause, const Code& source,
            const Told& told) {
    readings_[cell(sku, node)] = {observed_at, cause.occurred_at, cause.input, key_of(source), told.sequence};
  }

  /// The reading has seen what the message of `cause` tells of the shelf: that message came before it and
  /// could not be acted on; or it comes after it, and was before it. That a source's numbers say of its own
  /// messages; clocks, which may be wrong, are asked of others alone. At the same moment, what came first was
  /// first.
  bool include(SkuId sku, NodeId node, const Cause& cause, const Code& source, const Told& told) const {
    const Reading& reading = readings_[cell(sku, node)];
    if (!told.asks_readings || cause.input == reading.by || reading.at == Time::min()) return false;
    if (cause.input < reading.by) return told.late && cause.occurred_at <= reading.at;
    if (!told.looks_at_times) return false;
    if (told.sequence > 0 && reading.sequence > 0 && reading.source == key_of(source))
      return told.sequence < reading.sequence;
    return cause.occurred_at < reading.at;
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
  /// The business time of the reading: what it had the books lose, or find, is corrected there.
  Time dated(const Settled& settled) const { return readings_[cell(settled.sku, settled.node)].dated; }

  void digest(Digest& digest) const {
    for (const Reading& it : readings_) digest.add(it.at, it.dated, it.by, it.source, it.sequence);
  }
  template <class Archive>
  void archive(Archive& a) {
    a(readings_);
  }

 private:
  struct Reading {
    Time at = Time::min(), dated{};
    InputNumber by = 0;  ///< the message that stated it
    std::uint64_t source = 0, sequence = 0;
  };
  static std::uint64_t key_of(const Code& source) { return core::key_of(KeyKind::source, source).low; }
  std::size_t cell(SkuId sku, NodeId node) const {
    return static_cast<std::size_t>(sku.value) * nodes_ + node.value;
  }

  std::size_t nodes_;
  std::vector<Reading> readings_;  ///< [sku][node]
  std::vector<Settled> settled_;   ///< in this step, not state
};

}  // namespace omnisim::core
