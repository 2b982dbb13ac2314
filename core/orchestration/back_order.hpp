// back-order: the units of one order line that wait for stock. They are tied to purchase orders, and with
// them to a date, as far as those have goods on the way; the states say how far.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class BackorderState : std::uint8_t {
  unknown,
  parked,     ///< nobody has said when stock will come
  part_tied,  ///< purchase orders cover some of the units
  tied,       ///< … all of them
  sourced,
  dropped
};
inline constexpr std::size_t backorder_state_count = 6;
enum class BackorderEvent : std::uint8_t {
  run_short,
  tie_part,
  tie_rest,
  untie,
  source_part,
  source_rest,
  drop_part,
  drop_rest,
  reauthorise
};
inline constexpr std::size_t backorder_event_count = 9;
enum class BackorderAction : std::uint8_t {
  none,
  park,  ///< the customer is told; what has no date waits from now
  tell,  ///< the customer is told of the new date
  ask    ///< for a new authorisation, before the old one expires
};
inline constexpr std::size_t backorder_action_count = 4;

constexpr std::string_view name_of(BackorderState state) {
  constexpr std::array<std::string_view, backorder_state_count> names = {"unknown", "parked",  "part_tied",
                                                                         "tied",    "sourced", "dropped"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(BackorderEvent event) {
  constexpr std::array<std::string_view, backorder_event_count> names = {
      "run_short",   "tie_part",  "tie_rest",  "untie",      "source_part",
      "source_rest", "drop_part", "drop_rest", "reauthorise"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(BackorderAction action) {
  constexpr std::array<std::string_view, backorder_action_count> names = {"-", "park", "tell", "ask"};
  return names[static_cast<std::size_t>(action)];
}

/// A line that runs short again after that has a new back-order.
constexpr bool is_terminal(BackorderState s) {
  return s == BackorderState::sourced || s == BackorderState::dropped;
}

namespace backorder_detail {
inline constexpr auto rows = [] {
  using S = BackorderState;
  using E = BackorderEvent;
  using A = BackorderAction;
  return std::to_array<Transition<S, E, A>>({
      {S::unknown, E::run_short, S::parked, A::park, ""},
      {S::parked, E::run_short, S::parked, A::park, "more of the line"},
      {S::parked, E::tie_part, S::part_tied, A::tell, "some are on the way"},
      {S::parked, E::tie_rest, S::tied, A::tell, "all are on the way"},
      {S::parked, E::source_part, S::parked, A::none, "stock has come, or a node had some after all"},
      {S::parked, E::source_rest, S::sourced, A::none, "likewise"},
      {S::parked, E::drop_part, S::parked, A::none, "the customer takes some off"},
      {S::parked, E::drop_rest, S::dropped, A::none, "cancelled, declined, or nothing came in time"},
      {S::parked, E::reauthorise, S::parked, A::ask, ""},
      {S::part_tied, E::run_short, S::part_tied, A::park, "more of the line"},
      {S::part_tied, E::tie_part, S::part_tied, A::tell, "another order, date or number"},
      {S::part_tied, E::tie_rest, S::tied, A::tell, "the rest is on the way, too"},
      {S::part_tied, E::untie, S::parked, A::park, "the order comes late, short or not at all"},
      {S::part_tied, E::source_part, S::part_tied, A::none, ""},
      {S::part_tied, E::source_rest, S::sourced, A::none, ""},
      {S::part_tied, E::drop_part, S::part_tied, A::none, "the rest waits for its date"},
      {S::part_tied, E::drop_rest, S::dropped, A::none, ""},
      {S::part_tied, E::reauthorise, S::part_tied, A::ask, ""},
      {S::tied, E::run_short, S::part_tied, A::park, "more of the line"},
      {S::tied, E::tie_part, S::part_tied, A::park, "the order comes short"},
      {S::tied, E::tie_rest, S::tied, A::tell, "another order or date"},
      {S::tied, E::untie, S::parked, A::park, "the order comes late, short or not at all"},
      {S::tied, E::source_part, S::tied, A::none, ""},
      {S::tied, E::source_rest, S::sourced, A::none, "received"},
      {S::tied, E::drop_part, S::tied, A::none, ""},
      {S::tied, E::drop_rest, S::dropped, A::none, ""},
      {S::tied, E::reauthorise, S::tied, A::ask, ""},
  });
}();
}  // namespace backorder_detail

inline constexpr TransitionTable<BackorderState, BackorderEvent, BackorderAction, backorder_state_count,
                                 backorder_event_count, backorder_detail::rows.size()>
    back_order_table{backorder_detail::rows};

}  // namespace omnisim::core
