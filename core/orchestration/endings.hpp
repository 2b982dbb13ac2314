// Documents that came to an end, oldest first, so that they can be forgotten some time later (policy
// `keep_finished`; without it, nothing is noted).
#pragma once

#include "core/orchestration/context.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

class Endings {
 public:
  /// Row `row` came to an end in this step. It may go on and end again: then it is noted again.
  void add(const Context& context, std::uint32_t row) {
    if (context.config.policies.keep_finished != Duration::zero()) queue_.push({context.step.now, row});
  }
  /// Calls `forget(row, ended)` with what ended at or before `before`, some rows at a time.
  template <class Forget>
  void take(Time before, Forget forget) {
    for (int n = 0; n < rows_a_step && !queue_.empty() && queue_.front().at <= before; ++n) {
      const Ending ending = queue_.pop();
      forget(ending.row, ending.at);
    }
  }

  void digest(Digest& digest) const { digest.add(queue_.size()); }
  template <class Archive>
  void archive(Archive& a) {
    a(queue_);
  }

 private:
  static constexpr int rows_a_step = 16;  // so that no step takes long
  struct Ending {
    Time at;
    std::uint32_t row = 0;
  };
  Queue<Ending> queue_;
};

}  // namespace omnisim::core
