// cycle-count: one count of some shelves of a node, until its differences are booked.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class CountState : std::uint8_t {
  unknown,
  issued,     ///< with the time of issue as its watermark
  requested,  ///< the core wants it made, or made again
  counted,    ///< differences wait for somebody to stand for them
  adjusted,
  lapsed  ///< nobody has counted
};
inline constexpr std::size_t count_state_count = 6;
enum class CountEvent : std::uint8_t {
  issue,
  request,
  count_part,      ///< lines of it are still to be counted
  count_moved,     ///< a difference, where the shelf has moved since the watermark
  count_exceeded,  ///< a difference above the limit of approval
  count_rest,      ///< all counted, all differences booked
  approve,
  overdue
};
inline constexpr std::size_t count_event_count = 8;
enum class CountAction : std::uint8_t { freeze, adjust, ask_again, hold, give_up };
inline constexpr std::size_t count_action_count = 5;

constexpr std::string_view name_of(CountState state) {
  constexpr std::array<std::string_view, count_state_count> names = {"unknown", "issued",   "requested",
                                                                     "counted", "adjusted", "lapsed"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(CountEvent event) {
  constexpr std::array<std::string_view, count_event_count> names = {
      "issue", "request", "count_part", "count_moved", "count_exceeded", "count_rest", "approve", "overdue"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(CountAction action) {
  constexpr std::array<std::string_view, count_action_count> names = {"freeze", "adjust", "ask_again", "hold",
                                                                      "give_up"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(CountState s) { return s == CountState::adjusted || s == CountState::lapsed; }

namespace count_detail {
inline constexpr auto rows = [] {
  using S = CountState;
  using E = CountEvent;
  using A = CountAction;
  return std::to_array<Transition<S, E, A>>({
      {S::unknown, E::issue, S::issued, A::freeze, ""},
      {S::unknown, E::request, S::requested, A::ask_again, "a snapshot of the node's own books differs"},
      {S::issued, E::count_part, S::issued, A::adjust, "the rest of a stocktake comes in other messages"},
      {S::issued, E::count_moved, S::requested, A::ask_again, ""},
      {S::issued, E::count_exceeded, S::counted, A::hold, ""},
      {S::issued, E::count_rest, S::adjusted, A::adjust, ""},
      {S::issued, E::overdue, S::lapsed, A::give_up, ""},
      {S::requested, E::issue, S::issued, A::freeze, "a new watermark"},
      {S::requested, E::count_part, S::requested, A::adjust, ""},
      {S::requested, E::count_moved, S::requested, A::ask_again, ""},
      {S::requested, E::count_exceeded, S::counted, A::hold, ""},
      {S::requested, E::count_rest, S::adjusted, A::adjust, ""},
      {S::requested, E::overdue, S::lapsed, A::give_up, ""},
      {S::counted, E::count_moved, S::requested, A::ask_again, "counted again meanwhile"},
      {S::counted, E::count_exceeded, S::counted, A::hold, "counted again meanwhile"},
      {S::counted, E::count_rest, S::adjusted, A::adjust, "counted again meanwhile"},
      {S::counted, E::approve, S::adjusted, A::adjust, ""},
      {S::counted, E::overdue, S::requested, A::ask_again, "nobody stands for it: count again"},
  });
}();
}  // namespace count_detail

inline constexpr TransitionTable<CountState, CountEvent, CountAction, count_state_count, count_event_count,
                                 count_detail::rows.size()>
    cycle_count{count_detail::rows};

}  // namespace omnisim::core
