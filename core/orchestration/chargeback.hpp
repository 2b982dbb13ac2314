// chargeback: the customer's bank has pulled money back; who keeps it is decided on evidence.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class DisputeState : std::uint8_t {
  unknown,
  opened,
  answered,  ///< evidence is with the provider
  conceded,  ///< there is nothing to show
  won,
  lost
};
inline constexpr std::size_t dispute_state_count = 6;
enum class DisputeEvent : std::uint8_t { open, answer, concede, win, lose };
inline constexpr std::size_t dispute_event_count = 5;
enum class DisputeAction : std::uint8_t { none, pull, send_evidence, restore, write_off };
inline constexpr std::size_t dispute_action_count = 5;

constexpr std::string_view name_of(DisputeState state) {
  constexpr std::array<std::string_view, dispute_state_count> names = {"unknown",  "opened", "answered",
                                                                       "conceded", "won",    "lost"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(DisputeEvent event) {
  constexpr std::array<std::string_view, dispute_event_count> names = {"open", "answer", "concede", "win",
                                                                       "lose"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(DisputeAction action) {
  constexpr std::array<std::string_view, dispute_action_count> names = {"-", "pull", "send_evidence",
                                                                        "restore", "write_off"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(DisputeState s) { return s == DisputeState::won || s == DisputeState::lost; }

namespace detail {
using D = DisputeState;
using DE = DisputeEvent;
using DA = DisputeAction;
inline constexpr std::array<Transition<D, DE, DA>, 9> chargeback_rows = {{
    {D::unknown, DE::open, D::opened, DA::pull, "a refund of the same money waits from now on"},
    {D::opened, DE::answer, D::answered, DA::send_evidence, ""},
    {D::opened, DE::concede, D::conceded, DA::none, "nothing was shipped or refunded"},
    {D::opened, DE::win, D::won, DA::restore, "the cardholder withdrew"},
    {D::opened, DE::lose, D::lost, DA::write_off, ""},
    {D::answered, DE::win, D::won, DA::restore, ""},
    {D::answered, DE::lose, D::lost, DA::write_off, ""},
    {D::conceded, DE::win, D::won, DA::restore, "the cardholder withdrew"},
    {D::conceded, DE::lose, D::lost, DA::write_off, ""},
}};
}  // namespace detail

inline constexpr TransitionTable<DisputeState, DisputeEvent, DisputeAction, dispute_state_count,
                                 dispute_event_count, detail::chargeback_rows.size()>
    chargeback{detail::chargeback_rows};

}  // namespace omnisim::core
