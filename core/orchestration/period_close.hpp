// period close: a financial period, from the first booking to the day after which nothing is dated into it.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class PeriodState : std::uint8_t { open, soft_closed, reconciled, hard_closed };
inline constexpr std::size_t period_state_count = 4;
enum class PeriodEvent : std::uint8_t { soft_close, agree, differ, hard_close };
inline constexpr std::size_t period_event_count = 4;
enum class PeriodAction : std::uint8_t { none, reconcile, propose, lock };
inline constexpr std::size_t period_action_count = 4;

constexpr std::string_view name_of(PeriodState state) {
  constexpr std::array<std::string_view, period_state_count> names = {"open", "soft_closed", "reconciled",
                                                                      "hard_closed"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(PeriodEvent event) {
  constexpr std::array<std::string_view, period_event_count> names = {"soft_close", "agree", "differ",
                                                                      "hard_close"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(PeriodAction action) {
  constexpr std::array<std::string_view, period_action_count> names = {"-", "reconcile", "propose", "lock"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(PeriodState s) { return s == PeriodState::hard_closed; }

namespace detail {
using P = PeriodState;
using PE = PeriodEvent;
using PA = PeriodAction;
inline constexpr std::array<Transition<P, PE, PA>, 9> period_rows = {{
    {P::open, PE::soft_close, P::soft_closed, PA::reconcile, ""},
    {P::soft_closed, PE::soft_close, P::soft_closed, PA::reconcile, "once more"},
    {P::soft_closed, PE::agree, P::reconciled, PA::none, "no break is open"},
    {P::soft_closed, PE::differ, P::soft_closed, PA::propose, "adjustments are proposed, never posted"},
    {P::soft_closed, PE::hard_close, P::hard_closed, PA::lock, "open breaks go on with their owners"},
    {P::reconciled, PE::soft_close, P::reconciled, PA::reconcile, "once more"},
    {P::reconciled, PE::agree, P::reconciled, PA::none, ""},
    {P::reconciled, PE::differ, P::soft_closed, PA::propose, "something came late"},
    {P::reconciled, PE::hard_close, P::hard_closed, PA::lock, ""},
}};
}  // namespace detail

inline constexpr TransitionTable<PeriodState, PeriodEvent, PeriodAction, period_state_count,
                                 period_event_count, detail::period_rows.size()>
    period_close{detail::period_rows};

}  // namespace omnisim::core
