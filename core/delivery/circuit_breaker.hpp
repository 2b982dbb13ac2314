// A circuit breaker: after so many failures in a row nobody calls an API any more; after a pause one call
// probes whether it is back.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/delivery/api.hpp"
#include "core/orchestration/transitions.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

enum class BreakerState : std::uint8_t { closed, open, half_open };
inline constexpr std::size_t breaker_state_count = 3;
enum class BreakerEvent : std::uint8_t { success, failure, failures_reached, cooled };
inline constexpr std::size_t breaker_event_count = 4;
enum class BreakerAction : std::uint8_t { none, reset, count, pause, probe };
inline constexpr std::size_t breaker_action_count = 5;

constexpr std::string_view name_of(BreakerState state) {
  constexpr std::array<std::string_view, breaker_state_count> names = {"closed", "open", "half_open"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(BreakerEvent event) {
  constexpr std::array<std::string_view, breaker_event_count> names = {"success", "failure",
                                                                       "failures_reached", "cooled"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(BreakerAction action) {
  constexpr std::array<std::string_view, breaker_action_count> names = {"-", "reset", "count", "pause",
                                                                        "probe"};
  return names[static_cast<std::size_t>(action)];
}
/// Where it comes to rest.
constexpr bool is_terminal(BreakerState state) { return state == BreakerState::closed; }

namespace detail {
inline constexpr std::array<Transition<BreakerState, BreakerEvent, BreakerAction>, 8> breaker_rows = {{
    {BreakerState::closed, BreakerEvent::success, BreakerState::closed, BreakerAction::reset, ""},
    {BreakerState::closed, BreakerEvent::failure, BreakerState::closed, BreakerAction::count, ""},
    {BreakerState::closed, BreakerEvent::failures_reached, BreakerState::open, BreakerAction::pause, ""},
    {BreakerState::open, BreakerEvent::cooled, BreakerState::half_open, BreakerAction::probe, ""},
    {BreakerState::open, BreakerEvent::success, BreakerState::open, BreakerAction::none,
     "of a call made before it opened"},
    {BreakerState::open, BreakerEvent::failure, BreakerState::open, BreakerAction::none,
     "of a call made before it opened"},
    {BreakerState::half_open, BreakerEvent::success, BreakerState::closed, BreakerAction::reset,
     "the probe's; results of older calls do not count"},
    {BreakerState::half_open, BreakerEvent::failure, BreakerState::open, BreakerAction::pause,
     "the probe's; results of older calls do not count"},
}};
}  // namespace detail

inline constexpr TransitionTable<BreakerState, BreakerEvent, BreakerAction, breaker_state_count,
                                 breaker_event_count, detail::breaker_rows.size()>
    circuit_breaker_table{detail::breaker_rows};

class CircuitBreaker {
 public:
  BreakerState state() const { return state_; }
  /// When a call may go out: `now`, later, or (max) once the probe is back.
  Time admits_at(Time now) const {
    if (state_ == BreakerState::closed) return now;
    if (state_ == BreakerState::open) return std::max(now, cooled_at_);
    return Time::max();
  }
  /// `call` goes out; in a breaker that is not closed it is the probe.
  void calls(std::uint64_t call, Time now, const ApiPolicy& policy) {
    if (state_ == BreakerState::open) take(BreakerEvent::cooled, now, policy);
    if (state_ == BreakerState::half_open) probe_ = call;
  }
  void result_of(std::uint64_t call, bool success, Time now, const ApiPolicy& policy) {
    if (state_ == BreakerState::half_open && call != probe_) return;
    const bool reached =
        !success && state_ == BreakerState::closed && failures_ + 1 >= policy.failures_to_open;
    take(success   ? BreakerEvent::success
         : reached ? BreakerEvent::failures_reached
                   : BreakerEvent::failure,
         now, policy);
  }

  void digest(Digest& digest) const { digest.add(state_, failures_, cooled_at_, probe_); }
  template <class Archive>
  void archive(Archive& a) {
    a(state_, failures_, cooled_at_, probe_);
  }

 private:
  void take(BreakerEvent event, Time now, const ApiPolicy& policy) {
    const auto& row = *circuit_breaker_table.find(state_, event);
    state_ = row.next;
    if (row.action == BreakerAction::count) ++failures_;
    if (row.action == BreakerAction::reset || row.action == BreakerAction::pause) failures_ = 0;
    if (row.action == BreakerAction::pause) cooled_at_ = now + policy.open_for;
  }

  BreakerState state_ = BreakerState::closed;
  std::uint32_t failures_ = 0;  ///< in a row
  Time cooled_at_{};
  std::uint64_t probe_ = 0;  ///< the call that probes
};

}  // namespace omnisim::core
