// The event calendar: what happens next, in the order (time, priority, sequence). Nothing else decides an
// order.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/time.hpp"

namespace omnisim::sim {

/// Whoever is called when an event is due. `arg` is what was given to `schedule`.
class Handler {
 public:
  virtual void on_event(Time now, std::uint64_t arg) = 0;

 protected:
  ~Handler() = default;
};

/// Lower goes first among events of one time. Deliveries go before business, so that with zero latency a
/// belief is corrected before anybody acts on it; observers go last.
using Priority = std::int8_t;
inline constexpr Priority deliver_priority = -10;
inline constexpr Priority normal_priority = 0;
inline constexpr Priority observe_priority = 10;

struct EventId {
  std::uint32_t slot = 0xffffffffu;
  std::uint32_t generation = 0;
};

class Calendar {
 public:
  explicit Calendar(Time start) : now_(start) {}

  /// Schedules a call of `handler`, which must outlive it. A time before `now()` breaks the contract and
  /// aborts.
  EventId schedule(Time at, Priority priority, Handler& handler, std::uint64_t arg);
  /// False where the event has fired or was cancelled before.
  bool cancel(EventId id);

  Time now() const { return now_; }
  bool empty() const { return live_ == 0; }
  std::size_t pending() const { return live_; }
  std::uint64_t executed() const { return executed_; }
  /// Time of the next event; undefined where `empty()`.
  Time next_time();

  /// Fires the next event; false where there is none. Time never goes back.
  bool step();
  /// Moves the clock forward to `t` without firing; nothing may be due before it.
  void advance_to(Time t);

 private:
  struct Entry {
    std::int64_t time_us;
    std::uint64_t order;  ///< priority (biased) in the top byte, sequence below
    std::uint32_t slot;
    std::uint32_t generation;
  };
  struct Slot {
    Handler* handler = nullptr;
    std::uint64_t arg = 0;
    std::uint32_t generation = 0;
    bool live = false;
  };

  static bool before(const Entry& a, const Entry& b) {
    return a.time_us != b.time_us ? a.time_us < b.time_us : a.order < b.order;
  }
  bool is_dead(const Entry& e) const {
    return !slots_[e.slot].live || slots_[e.slot].generation != e.generation;
  }
  void push(const Entry& entry);
  void pop();
  void sift_down(std::size_t i);
  void drop_dead();
  void compact();
  void release(std::uint32_t slot);

  Time now_;
  std::uint64_t sequence_ = 0;
  std::uint64_t executed_ = 0;
  std::size_t live_ = 0;
  std::vector<Entry> heap_;  ///< 4-ary
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace omnisim::sim
