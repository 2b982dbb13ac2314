// Forgets what is over, where the policy `keep_finished` bounds memory: orders some time after their last
// unit, payment, return and refund came to an end, and the movements and entries of before. A deployment
// archives them elsewhere: the input log has them all. What comes for a forgotten order finds no order.
#pragma once

#include <optional>

#include "core/orchestration/context.hpp"

namespace omnisim::core {

class Retention {
 public:
  explicit Retention(Context& context) : c_(context) {}

  /// The last act of a step. Timers that are due must have fired: one that is left may mean the order.
  /// Returns before when what ended is to be forgotten now; nothing where it is to stay.
  std::optional<Time> forget_old();

  void digest(Digest& digest) const { digest.add(marks_.size(), newest_mark_); }
  template <class Archive>
  void archive(Archive& a) {
    a(marks_, newest_mark_);
  }

 private:
  /// How long the history was at a time.
  struct Mark {
    Time at;
    std::uint64_t movements = 0, entries = 0;
  };
  void forget_orders(Time before);
  void forget_history(Time before);
  bool is_over(const Order& order) const;

  Context& c_;
  Queue<Mark> marks_;
  Time newest_mark_{};
};

}  // namespace omnisim::core
