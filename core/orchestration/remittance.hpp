// remittance: the back of ship-to-settle. What a provider or a marketplace says that it pays out, held
// against our own items on its clearing account and against the bank.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class RemittanceState : std::uint8_t {
  unknown,
  announced,    ///< a payout or settlement whose items are not ours (yet)
  matched,      ///< our items make up its total
  unannounced,  ///< the bank has money that nobody has announced
  banked,       ///< in the bank, without our items
  settled
};
inline constexpr std::size_t remittance_state_count = 6;
enum class RemittanceEvent : std::uint8_t {
  announce,
  match,
  bank,       ///< the bank has its net now
  bank_part,  ///< the bank has something else
  age
};
inline constexpr std::size_t remittance_event_count = 5;
enum class RemittanceAction : std::uint8_t { none, raise, clear };
inline constexpr std::size_t remittance_action_count = 3;

constexpr std::string_view name_of(RemittanceState state) {
  constexpr std::array<std::string_view, remittance_state_count> names = {
      "unknown", "announced", "matched", "unannounced", "banked", "settled"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(RemittanceEvent event) {
  constexpr std::array<std::string_view, remittance_event_count> names = {"announce", "match", "bank",
                                                                          "bank_part", "age"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(RemittanceAction action) {
  constexpr std::array<std::string_view, remittance_action_count> names = {"-", "raise", "clear"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(RemittanceState s) { return s == RemittanceState::settled; }

namespace detail {
using M = RemittanceState;
using ME = RemittanceEvent;
using MA = RemittanceAction;
inline constexpr std::array<Transition<M, ME, MA>, 17> remittance_rows = {{
    {M::unknown, ME::announce, M::announced, MA::none, ""},
    {M::unknown, ME::bank_part, M::unannounced, MA::raise, "money of which nobody has said what it is"},
    {M::announced, ME::match, M::matched, MA::none, ""},
    {M::announced, ME::bank, M::banked, MA::clear, "the bank was quicker than our own records"},
    {M::announced, ME::bank_part, M::announced, MA::raise, "another amount than was announced"},
    {M::announced, ME::age, M::announced, MA::raise, "not in the bank in time"},
    {M::matched, ME::bank, M::settled, MA::clear, ""},
    {M::matched, ME::bank_part, M::matched, MA::raise, "another amount than was announced"},
    {M::matched, ME::age, M::matched, MA::raise, "not in the bank in time"},
    {M::unannounced, ME::announce, M::announced, MA::none, "what the bank has is held against it next"},
    {M::unannounced, ME::bank_part, M::unannounced, MA::raise, "more of it"},
    {M::banked, ME::match, M::settled, MA::none, ""},
    {M::banked, ME::bank_part, M::announced, MA::raise, "paid again, or taken back"},
    {M::banked, ME::age, M::banked, MA::none, "its own break is old enough by itself"},
    {M::settled, ME::bank_part, M::matched, MA::raise, "paid again, or taken back"},
    {M::settled, ME::match, M::settled, MA::none, "a late line of the settlement"},
    {M::matched, ME::match, M::matched, MA::none, "likewise"},
}};
}  // namespace detail

inline constexpr TransitionTable<RemittanceState, RemittanceEvent, RemittanceAction, remittance_state_count,
                                 remittance_event_count, detail::remittance_rows.size()>
    remittance_table{detail::remittance_rows};

}  // namespace omnisim::core
