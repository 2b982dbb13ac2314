// posted entry: one of our entries, until the ERP has taken it.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class EntryState : std::uint8_t { posted, reposted, refused, accepted };
inline constexpr std::size_t entry_state_count = 4;
enum class EntryEvent : std::uint8_t { accept, reject };
inline constexpr std::size_t entry_event_count = 2;
enum class EntryAction : std::uint8_t { none, post_again, raise, clear };
inline constexpr std::size_t entry_action_count = 4;

constexpr std::string_view name_of(EntryState state) {
  constexpr std::array<std::string_view, entry_state_count> names = {"posted", "reposted", "refused",
                                                                     "accepted"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(EntryEvent event) {
  constexpr std::array<std::string_view, entry_event_count> names = {"accept", "reject"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(EntryAction action) {
  constexpr std::array<std::string_view, entry_action_count> names = {"-", "post_again", "raise", "clear"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(EntryState s) { return s == EntryState::accepted; }

namespace detail {
using J = EntryState;
using JE = EntryEvent;
using JA = EntryAction;
inline constexpr std::array<Transition<J, JE, JA>, 8> posted_entry_rows = {{
    {J::posted, JE::accept, J::accepted, JA::none, ""},
    {J::posted, JE::reject, J::reposted, JA::post_again, "under its id, dated to a day that is open now"},
    {J::reposted, JE::accept, J::accepted, JA::none, ""},
    {J::reposted, JE::reject, J::refused, JA::raise, "refused twice: finance reverses it or mends the ERP"},
    {J::refused, JE::accept, J::accepted, JA::clear, "the ERP took it after all"},
    {J::refused, JE::reject, J::refused, JA::none, ""},
    {J::accepted, JE::accept, J::accepted, JA::none, ""},
    {J::accepted, JE::reject, J::reposted, JA::post_again, "thrown out after it was taken"},
}};
}  // namespace detail

inline constexpr TransitionTable<EntryState, EntryEvent, EntryAction, entry_state_count, entry_event_count,
                                 detail::posted_entry_rows.size()>
    posted_entry{detail::posted_entry_rows};

}  // namespace omnisim::core
