#include "core/delivery/timers.hpp"

#include <tuple>

namespace omnisim::core {

std::optional<TimerKind> Timers::first() const {
  std::optional<TimerKind> found;
  for (std::size_t k = 0; k < timer_kind_count; ++k) {
    if (queues_[k].empty()) continue;
    const TimerKind kind = static_cast<TimerKind>(k);
    const Timer& timer = front(kind);
    if (!found || std::tie(timer.due, timer.number) < std::tie(front(*found).due, front(*found).number))
      found = kind;
  }
  return found;
}

void Timers::digest(Digest& digest) const {
  digest.add(armed_);
  for (const Queue<Timer>& queue : queues_) {
    digest.add(queue.size());
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const Timer& t = queue[i];
      digest.add(t.due, t.number, t.cause, t.subject, t.version);
    }
  }
}

}  // namespace omnisim::core
