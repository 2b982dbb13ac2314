// The inbox: which messages have been taken already, by source and id. Memory is bounded by time: two
// generations of one window each; the older one is forgotten when the younger is full. So a message is
// remembered for at least one window and at most two.
#pragma once

#include <cstdint>
#include <utility>

#include "core/canonical/time.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"

namespace omnisim::core {

class Inbox {
 public:
  explicit Inbox(Duration window) : window_(window) {}

  /// True when `key` is new; it is remembered from then on.
  bool take(const HashKey& key, Time now) {
    if (young_.size() == 0) {
      since_ = now;
    } else if (now - since_ >= window_) {
      std::swap(young_, old_);
      young_.clear();
      since_ = now;
      old_sum_ = std::exchange(young_sum_, HashKey{});
    }
    if (old_.contains(key) || !young_.insert(key)) return false;
    young_sum_.high += key.high;
    young_sum_.low += key.low;
    return true;
  }

  /// How many messages are remembered.
  std::size_t size() const { return young_.size() + old_.size(); }

  void digest(Digest& digest) const {
    digest.add(since_, young_.size(), old_.size(), young_sum_.high, young_sum_.low, old_sum_.high,
               old_sum_.low);
  }
  template <class Archive>
  void archive(Archive& a) {
    a(since_, young_, old_, young_sum_, old_sum_);
  }

 private:
  Duration window_;
  Time since_{};
  KeySet young_, old_;
  HashKey young_sum_, old_sum_;  ///< sums of the keys: a digest that does not depend on the tables' order
};

}  // namespace omnisim::core
