// gift card: one card, from the sale to the last cent or to what nobody will redeem any more.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class GiftCardState : std::uint8_t {
  unknown,
  ordered,  ///< sold online, not paid yet
  paid,     ///< the money is a deposit until the service has activated the card
  active,
  dormant,
  exhausted,
  lapsed,
  deactivated
};
inline constexpr std::size_t gift_card_state_count = 8;
enum class GiftCardEvent : std::uint8_t {
  order,
  pay,
  decline,
  activate,
  redeem_part,
  redeem_rest,
  credit,
  sleep,
  lapse,
  deactivate
};
inline constexpr std::size_t gift_card_event_count = 10;
enum class GiftCardAction : std::uint8_t {
  none,
  ask_for_activation,
  sell,   ///< a till's or the service's own sale: money against 2400
  issue,  ///< the deposit becomes the card
  redeem,
  credit,
  release,
  give_back  ///< what is left is owed to the buyer
};
inline constexpr std::size_t gift_card_action_count = 8;

constexpr std::string_view name_of(GiftCardState state) {
  constexpr std::array<std::string_view, gift_card_state_count> names = {
      "unknown", "ordered", "paid", "active", "dormant", "exhausted", "lapsed", "deactivated"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(GiftCardEvent event) {
  constexpr std::array<std::string_view, gift_card_event_count> names = {
      "order",       "pay",    "decline", "activate", "redeem_part",
      "redeem_rest", "credit", "age",     "lapse",    "deactivate"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(GiftCardAction action) {
  constexpr std::array<std::string_view, gift_card_action_count> names = {
      "-", "ask_for_activation", "sell", "issue", "redeem", "credit", "release", "give_back"};
  return names[static_cast<std::size_t>(action)];
}

/// A card may be filled again, or honoured for its customer's sake: a terminal state is where nothing is
/// owed.
constexpr bool is_terminal(GiftCardState s) {
  return s == GiftCardState::exhausted || s == GiftCardState::lapsed || s == GiftCardState::deactivated;
}

namespace detail {
using G = GiftCardState;
using GE = GiftCardEvent;
using GA = GiftCardAction;
inline constexpr std::array<Transition<G, GE, GA>, 27> gift_card_rows = {{
    {G::unknown, GE::order, G::ordered, GA::none, "its payment is captured when it is authorised"},
    {G::unknown, GE::activate, G::active, GA::sell, "at a till, or by the service's own shop"},
    {G::ordered, GE::pay, G::paid, GA::ask_for_activation, ""},
    {G::ordered, GE::decline, G::deactivated, GA::none, ""},
    {G::ordered, GE::activate, G::active, GA::issue, "the service was quicker than the provider"},
    {G::ordered, GE::deactivate, G::deactivated, GA::none, "nothing was paid"},
    {G::paid, GE::activate, G::active, GA::issue, ""},
    {G::paid, GE::deactivate, G::deactivated, GA::give_back, "the deposit goes back"},
    {G::active, GE::pay, G::active, GA::none, "the deposit that the card was issued against"},
    {G::active, GE::redeem_part, G::active, GA::redeem, ""},
    {G::active, GE::redeem_rest, G::exhausted, GA::redeem, ""},
    {G::active, GE::credit, G::active, GA::credit, ""},
    {G::active, GE::sleep, G::dormant, GA::none, "nobody has used it for long"},
    {G::active, GE::lapse, G::lapsed, GA::release, ""},
    {G::active, GE::deactivate, G::deactivated, GA::give_back, ""},
    {G::dormant, GE::redeem_part, G::active, GA::redeem, ""},
    {G::dormant, GE::redeem_rest, G::exhausted, GA::redeem, ""},
    {G::dormant, GE::credit, G::active, GA::credit, ""},
    {G::dormant, GE::lapse, G::lapsed, GA::release, ""},
    {G::dormant, GE::deactivate, G::deactivated, GA::give_back, ""},
    {G::exhausted, GE::credit, G::active, GA::credit, "a refund onto the card"},
    {G::exhausted, GE::deactivate, G::deactivated, GA::give_back, "taken out of use; nothing is left on it"},
    {G::dormant, GE::pay, G::dormant, GA::none, "likewise"},
    {G::lapsed, GE::pay, G::lapsed, GA::none, "likewise"},
    {G::exhausted, GE::pay, G::exhausted, GA::none, "the deposit, after the card was used up"},
    {G::lapsed, GE::credit, G::active, GA::credit, "a refund onto the card"},
    {G::deactivated, GE::pay, G::deactivated, GA::give_back, "paid all the same: the money goes back"},
}};
}  // namespace detail

inline constexpr TransitionTable<GiftCardState, GiftCardEvent, GiftCardAction, gift_card_state_count,
                                 gift_card_event_count, detail::gift_card_rows.size()>
    gift_card_table{detail::gift_card_rows};

}  // namespace omnisim::core
