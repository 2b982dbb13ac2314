// transfer: goods that go from one node to another, until all of them have come or somebody has paid for the
// rest.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class TransferState : std::uint8_t {
  unknown,
  requested,
  shipped,
  arrived_early,  ///< received before the source said that it has shipped
  part_received,
  claimed,  ///< what has not come is booked as lost and claimed
  lapsed,   ///< requested and never shipped
  closed
};
inline constexpr std::size_t transfer_state_count = 8;
enum class TransferEvent : std::uint8_t {
  request,
  ship,          ///< units are on their way afterwards
  ship_arrived,  ///< all that it names have been received already
  receive_part,  ///< units are on their way still
  receive_rest,  ///< none is; there may have come more than was shipped
  overdue
};
inline constexpr std::size_t transfer_event_count = 6;
enum class TransferAction : std::uint8_t { none, dispatch, dispatch_and_take_in, take_in, claim };
inline constexpr std::size_t transfer_action_count = 5;

constexpr std::string_view name_of(TransferState state) {
  constexpr std::array<std::string_view, transfer_state_count> names = {
      "unknown", "requested", "shipped", "arrived_early", "part_received", "claimed", "lapsed", "closed"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(TransferEvent event) {
  constexpr std::array<std::string_view, transfer_event_count> names = {
      "request", "ship", "ship_arrived", "receive_part", "receive_rest", "overdue"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(TransferAction action) {
  constexpr std::array<std::string_view, transfer_action_count> names = {
      "-", "dispatch", "dispatch_and_take_in", "take_in", "claim"};
  return names[static_cast<std::size_t>(action)];
}

/// What comes after a claim, a lapse or the end is still taken in: goods are facts.
constexpr bool is_terminal(TransferState s) {
  return s == TransferState::claimed || s == TransferState::lapsed || s == TransferState::closed;
}

namespace transfer_detail {
inline constexpr auto rows = [] {
  using S = TransferState;
  using E = TransferEvent;
  using A = TransferAction;
  return std::to_array<Transition<S, E, A>>({
      {S::unknown, E::request, S::requested, A::none, ""},
      {S::unknown, E::ship, S::shipped, A::dispatch, "nobody asked for it"},
      {S::requested, E::ship, S::shipped, A::dispatch, ""},
      {S::requested, E::receive_rest, S::arrived_early, A::dispatch_and_take_in,
       "the receipt was quicker than the word of the shipment"},
      {S::requested, E::overdue, S::lapsed, A::none, "nothing was shipped"},
      {S::shipped, E::request, S::shipped, A::none, "the request was overtaken"},
      {S::shipped, E::receive_part, S::part_received, A::take_in, ""},
      {S::shipped, E::receive_rest, S::closed, A::take_in, ""},
      {S::shipped, E::overdue, S::claimed, A::claim, ""},
      {S::arrived_early, E::receive_rest, S::arrived_early, A::dispatch_and_take_in, ""},
      {S::arrived_early, E::ship, S::part_received, A::dispatch, "more was shipped than has come"},
      {S::arrived_early, E::ship_arrived, S::closed, A::none, ""},
      {S::arrived_early, E::overdue, S::closed, A::none, "the source never said that it shipped"},
      {S::part_received, E::request, S::part_received, A::none, "the request was overtaken"},
      {S::part_received, E::receive_part, S::part_received, A::take_in, ""},
      {S::part_received, E::receive_rest, S::closed, A::take_in, ""},
      {S::part_received, E::overdue, S::claimed, A::claim, "received short"},
      {S::claimed, E::request, S::claimed, A::none, "the request was overtaken"},
      {S::claimed, E::receive_part, S::claimed, A::take_in, "a part came after all"},
      {S::claimed, E::receive_rest, S::closed, A::take_in, "the rest came after all"},
      {S::lapsed, E::ship, S::shipped, A::dispatch, "shipped after all"},
      {S::lapsed, E::receive_rest, S::arrived_early, A::dispatch_and_take_in, "shipped after all"},
      {S::closed, E::request, S::closed, A::none, "the request was overtaken"},
      {S::closed, E::receive_rest, S::closed, A::take_in, "more than was shipped"},
  });
}();
}  // namespace transfer_detail

inline constexpr TransitionTable<TransferState, TransferEvent, TransferAction, transfer_state_count,
                                 transfer_event_count, transfer_detail::rows.size()>
    transfer_table{transfer_detail::rows};

}  // namespace omnisim::core
