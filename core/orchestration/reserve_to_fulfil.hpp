// reserve-to-fulfil: the life of the units of an order line, from the customer's click to the doorstep. The
// states count units: a line of three can have one at the customer, one in a parcel and one on back-order.
#pragma once

#include "core/orchestration/transitions.hpp"
#include "core/records.hpp"

namespace omnisim::core {

enum class UnitState : std::uint8_t {
  placed,
  held,
  allocated,
  picked,
  packed,
  shipped,
  delivered,
  backordered,
  cancelled,
  lost,
  ready,    ///< click and collect: waits at the pick-up shelf
  returned  ///< the carrier has brought it back; a return has it from then on
};
inline constexpr std::size_t unit_state_count = 12;

enum class UnitEvent : std::uint8_t {
  hold,
  allocate,
  run_short,
  cancel,
  expire,
  break_reservation,
  reject,
  overdue,
  pick,
  pack,
  ship,
  deliver,
  lose,
  make_ready,
  collect,
  void_label,
  come_back,
  put_back
};
inline constexpr std::size_t unit_event_count = 18;

enum class UnitAction : std::uint8_t {
  none,
  reserve,  ///< sellable → reserved
  confirm,  ///< the pending reservation becomes firm
  release,  ///< reserved → sellable, as far as the units are reserved
  move,     ///< from the bucket where the units are to that of the next state
  put_back  ///< … to reserved: the reservation is there again
};
inline constexpr std::size_t unit_action_count = 6;

constexpr std::string_view name_of(UnitState state) {
  constexpr std::array<std::string_view, unit_state_count> names = {
      "placed",    "held",        "allocated", "picked", "packed", "shipped",
      "delivered", "backordered", "cancelled", "lost",   "ready",  "returned"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(UnitEvent event) {
  constexpr std::array<std::string_view, unit_event_count> names = {
      "hold",   "allocate",   "run_short", "cancel",     "expire",    "break_reservation",
      "reject", "overdue",    "pick",      "pack",       "ship",      "deliver",
      "lose",   "make_ready", "collect",   "void_label", "come_back", "put_back"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(UnitAction action) {
  constexpr std::array<std::string_view, unit_action_count> names = {"-",       "reserve", "confirm",
                                                                     "release", "move",    "put_back"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(UnitState s) {
  return s == UnitState::delivered || s == UnitState::cancelled || s == UnitState::lost ||
         s == UnitState::returned;
}
/// States in which units are at (or went out from) one node; the others belong to the line as a whole.
constexpr bool is_at_node(UnitState s) {
  return s != UnitState::placed && s != UnitState::backordered && s != UnitState::cancelled;
}

namespace detail {
using S = UnitState;
using E = UnitEvent;
using A = UnitAction;
inline constexpr auto reserve_to_fulfil_rows = std::to_array<Transition<S, E, A>>({
    {S::placed, E::hold, S::held, A::reserve, ""},
    {S::placed, E::allocate, S::allocated, A::none, "without a reservation authority nothing is held"},
    {S::placed, E::run_short, S::backordered, A::none, ""},
    {S::placed, E::cancel, S::cancelled, A::none, ""},
    {S::placed, E::expire, S::cancelled, A::none, "the payment never came"},
    {S::placed, E::pick, S::picked, A::move,
     "a node answers that was not asked (any more): what it did is a fact"},
    {S::placed, E::pack, S::packed, A::move, "likewise"},
    {S::placed, E::ship, S::shipped, A::move, "likewise"},
    {S::placed, E::collect, S::delivered, A::move, "likewise"},
    {S::held, E::allocate, S::allocated, A::confirm, ""},
    {S::held, E::cancel, S::cancelled, A::release, ""},
    {S::held, E::expire, S::cancelled, A::release, "the payment never came"},
    {S::held, E::break_reservation, S::placed, A::release,
     "the shelf has less than the books said; sourced again at once"},
    {S::held, E::pick, S::picked, A::move, "a node that did not wait for the payment: what it did is a fact"},
    {S::held, E::pack, S::packed, A::move, "likewise"},
    {S::held, E::ship, S::shipped, A::move, "likewise"},
    {S::held, E::make_ready, S::ready, A::move, "likewise"},
    {S::held, E::collect, S::delivered, A::move, "likewise"},
    {S::allocated, E::break_reservation, S::allocated, A::release,
     "the node has been told to pick: its answer decides"},
    {S::allocated, E::reject, S::placed, A::release, "sourced again at another node"},
    {S::allocated, E::overdue, S::placed, A::release,
     "no answer by the pick deadline: sourced again at another node"},
    {S::allocated, E::pick, S::picked, A::move, ""},
    {S::allocated, E::pack, S::packed, A::move, "packing implies picking"},
    {S::allocated, E::ship, S::shipped, A::move, "shipping implies picking and packing"},
    {S::allocated, E::make_ready, S::ready, A::move, "likewise"},
    {S::allocated, E::collect, S::delivered, A::move, "likewise"},
    {S::allocated, E::cancel, S::cancelled, A::release, "the node's task is called back"},
    {S::allocated, E::expire, S::cancelled, A::release, "not shipped or not collected in time"},
    {S::picked, E::pack, S::packed, A::move, ""},
    {S::picked, E::ship, S::shipped, A::move, "shipping implies packing"},
    {S::picked, E::make_ready, S::ready, A::move, ""},
    {S::picked, E::collect, S::delivered, A::move, "it waited at the shelf first"},
    {S::picked, E::put_back, S::allocated, A::put_back, "compensation, before the reservation is released"},
    {S::packed, E::ship, S::shipped, A::move, ""},
    {S::packed, E::make_ready, S::ready, A::move, ""},
    {S::packed, E::collect, S::delivered, A::move, "it waited at the shelf first"},
    {S::packed, E::put_back, S::allocated, A::put_back, "compensation: unpacked and put back"},
    {S::ready, E::collect, S::delivered, A::move, "control passes"},
    {S::ready, E::ship, S::shipped, A::move, "sent to the customer after all"},
    {S::ready, E::put_back, S::allocated, A::put_back, "compensation: nobody came, or nobody wants it"},
    {S::shipped, E::deliver, S::delivered, A::move, ""},
    {S::shipped, E::lose, S::lost, A::move, ""},
    {S::shipped, E::void_label, S::packed, A::move, "the parcel never left: the sale is reversed"},
    {S::shipped, E::come_back, S::returned, A::move, "return to sender"},
    {S::backordered, E::hold, S::held, A::reserve, "stock has come"},
    {S::backordered, E::allocate, S::allocated, A::none, "stock has come"},
    {S::backordered, E::cancel, S::cancelled, A::none, ""},
    {S::backordered, E::expire, S::cancelled, A::none, "no stock came in time"},
    {S::backordered, E::pick, S::picked, A::move, "a node answers that was not asked any more"},
    {S::backordered, E::pack, S::packed, A::move, "likewise"},
    {S::backordered, E::ship, S::shipped, A::move, "likewise"},
    {S::backordered, E::collect, S::delivered, A::move, "likewise"},
    {S::cancelled, E::pick, S::cancelled, A::none,
     "the node had begun when the line was cancelled; it is called back, and puts them back"},
    {S::cancelled, E::pack, S::cancelled, A::none, "likewise"},
    {S::cancelled, E::ship, S::shipped, A::move,
     "the goods were already on their way when the line was cancelled"},
    {S::cancelled, E::collect, S::delivered, A::move, "likewise"},
});
}  // namespace detail

inline constexpr TransitionTable<UnitState, UnitEvent, UnitAction, unit_state_count, unit_event_count,
                                 detail::reserve_to_fulfil_rows.size()>
    reserve_to_fulfil{detail::reserve_to_fulfil_rows};

/// Where booked units of a state lie. States without a node, and allocated units without a reservation, are
/// still sellable.
constexpr Bucket bucket_of(UnitState s) {
  switch (s) {
    case UnitState::held:
      return Bucket::reserved;
    case UnitState::picked:
      return Bucket::picked;
    case UnitState::packed:
    case UnitState::ready:
      return Bucket::packed;
    case UnitState::shipped:
      return Bucket::in_transit_out;
    case UnitState::delivered:
      return Bucket::delivered;
    case UnitState::lost:
      return Bucket::lost;
    case UnitState::returned:
      return Bucket::return_hold;
    case UnitState::placed:
    case UnitState::allocated:
    case UnitState::backordered:
    case UnitState::cancelled:
      break;
  }
  return Bucket::sellable;
}

}  // namespace omnisim::core
