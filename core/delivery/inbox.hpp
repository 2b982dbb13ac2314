// The inbox: which messages have been taken already, by source and id. Two generations: when the younger one
// is a window old, or holds half of what may be remembered, the older one is forgotten. So a message is
// remembered for at least one window and at most two, unless more than half the bound came within a window:
// then the oldest leave early, and are counted. Memory: 12 bytes a place of a table that is three fifths to
// three quarters full, so 16 to 20 bytes a message.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/canonical/time.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"

namespace omnisim::core {

class Inbox {
 public:
  /// Remembers at most `most` messages; at least 2.
  Inbox(Duration window, std::uint64_t most) : window_(window), half_(std::max<std::uint64_t>(1, most / 2)) {}

  /// True when `key` is new; it is remembered from then on.
  bool take(const HashKey& key, Time now) {
    if (young_.size() == 0) {
      since_ = now;
    } else if (now - since_ >= window_ || young_.size() >= half_) {
      forget_older(now);
    }
    if (old_.contains(key) || !young_.insert(key)) return false;
    young_sum_.high += key.high;
    young_sum_.low += key.low;
    return true;
  }

  /// How many messages are remembered.
  std::size_t size() const { return young_.size() + old_.size(); }

  /// How many were forgotten within their window, because too many came.
  std::uint64_t left_early() const { return left_early_; }

  void digest(Digest& digest) const {
    digest.add(since_, old_until_, left_early_, young_.size(), old_.size(), young_sum_.high, young_sum_.low,
               old_sum_.high, old_sum_.low);
  }
  template <class Archive>
  void archive(Archive& a) {
    a(since_, old_until_, left_early_, young_, old_, young_sum_, old_sum_);
  }

 private:
  void forget_older(Time now) {
    if (now < old_until_) left_early_ += old_.size();
    std::swap(young_, old_);
    young_.clear();
    since_ = now;
    old_until_ = now + window_;
    old_sum_ = std::exchange(young_sum_, HashKey{});
  }

  Duration window_;
  std::uint64_t half_;
  Time since_{};      ///< the young generation's first message
  Time old_until_{};  ///< the old generation's last message is out of its window then
  std::uint64_t left_early_ = 0;
  KeySet young_, old_;
  HashKey young_sum_, old_sum_;  ///< sums of the keys: a digest that does not depend on the tables' order
};

}  // namespace omnisim::core
