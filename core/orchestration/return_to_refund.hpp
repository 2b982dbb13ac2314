// return-to-refund: the life of one return (or lost parcel) of an order until the customer has the money
// back, or keeps the goods.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class ReturnState : std::uint8_t { announced, authorised, received, refund_pending, closed, lapsed };
inline constexpr std::size_t return_state_count = 6;
enum class ReturnEvent : std::uint8_t {
  authorise,
  receive,
  inspect_part,
  inspect_rest,
  lose,
  settle_part,
  settle_rest,
  cancel,
  dispose,
  overdue
};
inline constexpr std::size_t return_event_count = 10;
enum class ReturnAction : std::uint8_t { none, take_in, judge, refund, move_on, give_up };
inline constexpr std::size_t return_action_count = 6;

constexpr std::string_view name_of(ReturnState state) {
  constexpr std::array<std::string_view, return_state_count> names = {
      "announced", "authorised", "received", "refund_pending", "closed", "lapsed"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(ReturnEvent event) {
  constexpr std::array<std::string_view, return_event_count> names = {
      "authorise",   "receive",     "inspect_part", "inspect_rest", "lose",
      "settle_part", "settle_rest", "cancel",       "dispose",      "overdue"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(ReturnAction action) {
  constexpr std::array<std::string_view, return_action_count> names = {"-",      "take_in", "judge",
                                                                       "refund", "move_on", "give_up"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(ReturnState s) { return s == ReturnState::closed || s == ReturnState::lapsed; }

namespace detail {
using R = ReturnState;
using V = ReturnEvent;
using W = ReturnAction;
inline constexpr auto return_to_refund_rows = std::to_array<Transition<R, V, W>>({
    {R::announced, V::authorise, R::authorised, W::none, ""},
    {R::announced, V::receive, R::received, W::take_in, "goods without an announcement, or before it"},
    {R::announced, V::lose, R::refund_pending, W::refund, "a lost parcel: nothing to receive or inspect"},
    {R::announced, V::cancel, R::refund_pending, W::refund, "paid for, then cancelled: nothing has left"},
    {R::authorised, V::authorise, R::authorised, W::none, "an amended announcement"},
    {R::authorised, V::receive, R::received, W::take_in, ""},
    {R::authorised, V::overdue, R::lapsed, W::give_up, "the goods never came"},
    {R::received, V::authorise, R::received, W::none, "the announcement was overtaken"},
    {R::received, V::receive, R::received, W::take_in, "another parcel of the same return"},
    {R::received, V::inspect_part, R::received, W::judge, ""},
    {R::received, V::inspect_rest, R::refund_pending, W::judge, ""},
    {R::received, V::settle_part, R::received, W::none, "the refund of what was inspected first"},
    {R::received, V::settle_rest, R::received, W::none, "likewise"},
    {R::received, V::dispose, R::received, W::move_on, "of what has been inspected"},
    {R::refund_pending, V::authorise, R::refund_pending, W::none, "the announcement was overtaken"},
    {R::refund_pending, V::receive, R::received, W::take_in, "another parcel of the same return"},
    {R::refund_pending, V::lose, R::refund_pending, W::refund, "more units of the same parcel"},
    {R::refund_pending, V::cancel, R::refund_pending, W::refund, "more of the order is cancelled"},
    {R::refund_pending, V::settle_part, R::refund_pending, W::none, "one of several tenders"},
    {R::refund_pending, V::settle_rest, R::closed, W::none, ""},
    {R::refund_pending, V::dispose, R::refund_pending, W::move_on, ""},
    {R::closed, V::authorise, R::closed, W::none, "the announcement was overtaken"},
    {R::closed, V::receive, R::received, W::take_in, "another parcel of the same return"},
    {R::closed, V::dispose, R::closed, W::move_on, ""},
    {R::closed, V::cancel, R::refund_pending, W::refund, "more of the order is cancelled"},
    {R::closed, V::lose, R::refund_pending, W::refund,
     "the loss once more, and nobody remembers (no idempotency)"},
    {R::lapsed, V::authorise, R::authorised, W::none, "announced once more"},
    {R::lapsed, V::receive, R::received, W::take_in, "they came after all"},
});
}  // namespace detail

inline constexpr TransitionTable<ReturnState, ReturnEvent, ReturnAction, return_state_count,
                                 return_event_count, detail::return_to_refund_rows.size()>
    return_to_refund{detail::return_to_refund_rows};

}  // namespace omnisim::core
