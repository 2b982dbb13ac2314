// ship-to-settle: the life of one capture, requested for each shipment, until its money is in the bank. Where
// nobody reconciles payouts, `captured` is the last state.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class CaptureState : std::uint8_t { unfunded, requested, retried, captured, failed, paid_out, banked };
inline constexpr std::size_t capture_state_count = 7;
enum class CaptureEvent : std::uint8_t { authorised, captured, failed, pay_out, bank };
inline constexpr std::size_t capture_event_count = 5;
enum class CaptureAction : std::uint8_t { post, request, raise, none };
inline constexpr std::size_t capture_action_count = 4;

constexpr std::string_view name_of(CaptureState state) {
  constexpr std::array<std::string_view, capture_state_count> names = {
      "unfunded", "requested", "retried", "captured", "failed", "paid_out", "banked"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(CaptureEvent event) {
  constexpr std::array<std::string_view, capture_event_count> names = {"authorised", "captured", "failed",
                                                                       "pay_out", "bank"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(CaptureAction action) {
  constexpr std::array<std::string_view, capture_action_count> names = {"post", "request", "raise", "-"};
  return names[static_cast<std::size_t>(action)];
}

/// `failed` is terminal for the core; the exception that it raises belongs to people.
constexpr bool is_terminal(CaptureState s) {
  return s == CaptureState::captured || s == CaptureState::failed || s == CaptureState::banked;
}

namespace detail {
inline constexpr auto ship_to_settle_rows =
    std::to_array<Transition<CaptureState, CaptureEvent, CaptureAction>>({
        {CaptureState::unfunded, CaptureEvent::authorised, CaptureState::requested, CaptureAction::request,
         "the goods left before the payment was known"},
        {CaptureState::unfunded, CaptureEvent::captured, CaptureState::captured, CaptureAction::post,
         "the provider was quicker than its authorisation"},
        {CaptureState::requested, CaptureEvent::captured, CaptureState::captured, CaptureAction::post, ""},
        {CaptureState::requested, CaptureEvent::failed, CaptureState::retried, CaptureAction::request, ""},
        {CaptureState::retried, CaptureEvent::captured, CaptureState::captured, CaptureAction::post, ""},
        {CaptureState::retried, CaptureEvent::failed, CaptureState::failed, CaptureAction::raise,
         "tried twice"},
        {CaptureState::failed, CaptureEvent::captured, CaptureState::captured, CaptureAction::post,
         "the provider got the money after all"},
        {CaptureState::captured, CaptureEvent::pay_out, CaptureState::paid_out, CaptureAction::none,
         "in a payout whose items are ours"},
        {CaptureState::paid_out, CaptureEvent::bank, CaptureState::banked, CaptureAction::none, ""},
    });
}  // namespace detail

inline constexpr TransitionTable<CaptureState, CaptureEvent, CaptureAction, capture_state_count,
                                 capture_event_count, detail::ship_to_settle_rows.size()>
    ship_to_settle{detail::ship_to_settle_rows};

}  // namespace omnisim::core
