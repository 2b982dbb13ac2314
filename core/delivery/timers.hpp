// The core's timers: a queue for each kind, sorted by due time. Most kinds wait for one fixed time after they
// are armed, and `now` never goes back, so a new timer goes to the end without a search; kinds that wait for
// a date that somebody stated are few at a time. A timer whose reason is gone is dropped unfired
// (`still_wanted`), so a quiet core has none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/records.hpp"
#include "core/support/digest.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

enum class TimerKind : std::uint8_t {
  hold,
  authorisation,
  pick_deadline,
  backorder,
  parking,
  gap,
  transfer_overdue,
  pickup_shelf,
  ship_deadline,
  exchange,
  purchase_overdue,
  receipt_ageing,
  count_overdue,
  evidence,
  break_age,
  gift_card_dormancy,
  remittance,
  period,
  reauthorise,
  return_window,
  returns_lapse,
  reconciliation
};
inline constexpr std::size_t timer_kind_count = 22;

struct Timer {
  Time due;
  std::uint64_t number = 0;   ///< arming order, the tie-break
  InputNumber cause = 0;      ///< the input that armed it: lineage of what it will do
  std::uint32_t subject = 0;  ///< an index whose meaning depends on the kind
  std::uint64_t version = 0;  ///< of the subject when armed; a changed one makes the timer stale
};

class Timers {
 public:
  void arm(TimerKind kind, Time due, InputNumber cause, std::uint32_t subject, std::uint64_t version) {
    queues_[static_cast<std::size_t>(kind)].push_sorted(
        {due, ++armed_, cause, subject, version},
        [](const Timer& earlier, const Timer& armed) { return earlier.due > armed.due; });
  }

  /// The kind of the timer that is due first, if any. Call `drop_stale` before, so that it is one that is
  /// wanted.
  std::optional<TimerKind> first() const;
  const Timer& front(TimerKind kind) const { return queues_[static_cast<std::size_t>(kind)].front(); }
  Timer pop(TimerKind kind) { return queues_[static_cast<std::size_t>(kind)].pop(); }

  template <class StillWanted>
  void drop_stale(StillWanted still_wanted) {
    for (std::size_t k = 0; k < timer_kind_count; ++k) {
      Queue<Timer>& queue = queues_[k];
      while (!queue.empty() && !still_wanted(static_cast<TimerKind>(k), queue.front())) queue.pop();
    }
  }

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    for (Queue<Timer>& queue : queues_) a(queue);
    a(armed_);
  }

 private:
  std::array<Queue<Timer>, timer_kind_count> queues_;
  std::uint64_t armed_ = 0;
};

}  // namespace omnisim::core
