// break: two records of the same money or goods differ, until they agree or somebody has made them agree.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class BreakState : std::uint8_t { unknown, open, escalated, cleared };
inline constexpr std::size_t break_state_count = 4;
enum class BreakEvent : std::uint8_t { differ, agree, age };
inline constexpr std::size_t break_event_count = 3;
enum class BreakAction : std::uint8_t { none, tell, tell_cleared };
inline constexpr std::size_t break_action_count = 3;

constexpr std::string_view name_of(BreakState state) {
  constexpr std::array<std::string_view, break_state_count> names = {"unknown", "open", "escalated",
                                                                     "cleared"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(BreakEvent event) {
  constexpr std::array<std::string_view, break_event_count> names = {"differ", "agree", "age"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(BreakAction action) {
  constexpr std::array<std::string_view, break_action_count> names = {"-", "tell", "tell_cleared"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(BreakState s) { return s == BreakState::cleared; }

namespace detail {
using B = BreakState;
using BE = BreakEvent;
using BA = BreakAction;
inline constexpr std::array<Transition<B, BE, BA>, 9> break_rows = {{
    {B::unknown, BE::differ, B::open, BA::tell, ""},
    {B::unknown, BE::agree, B::unknown, BA::none, "nothing was ever amiss"},
    {B::open, BE::differ, B::open, BA::tell, "by another amount"},
    {B::open, BE::agree, B::cleared, BA::tell_cleared, ""},
    {B::open, BE::age, B::escalated, BA::tell, "told again, to the controller"},
    {B::escalated, BE::differ, B::escalated, BA::tell, "by another amount"},
    {B::escalated, BE::agree, B::cleared, BA::tell_cleared, ""},
    {B::cleared, BE::differ, B::open, BA::tell, "it came back"},
    {B::cleared, BE::agree, B::cleared, BA::none, ""},
}};
}  // namespace detail

inline constexpr TransitionTable<BreakState, BreakEvent, BreakAction, break_state_count, break_event_count,
                                 detail::break_rows.size()>
    break_table{detail::break_rows};

}  // namespace omnisim::core
