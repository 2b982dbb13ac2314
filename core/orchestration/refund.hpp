// refund: the money that goes back through one tender, asked for once and paid once. What is owed stays in
// 2310 Refunds payable until it is settled.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

enum class RefundState : std::uint8_t {
  requested,
  held,  ///< not asked for: the customer's bank has the same money under dispute
  pending,
  retried,
  failed,
  settled,
  superseded,  ///< the customer got the money by a chargeback
  doubled      ///< by a chargeback and by the refund
};
inline constexpr std::size_t refund_state_count = 8;
enum class RefundEvent : std::uint8_t { pend, fail, succeed, release, supersede };
inline constexpr std::size_t refund_event_count = 5;
enum class RefundAction : std::uint8_t { none, ask, post, cover, raise };
inline constexpr std::size_t refund_action_count = 5;

constexpr std::string_view name_of(RefundState state) {
  constexpr std::array<std::string_view, refund_state_count> names = {
      "requested", "held", "pending", "retried", "failed", "settled", "superseded", "doubled"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(RefundEvent event) {
  constexpr std::array<std::string_view, refund_event_count> names = {"pend", "fail", "succeed", "release",
                                                                      "supersede"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(RefundAction action) {
  constexpr std::array<std::string_view, refund_action_count> names = {"-", "ask", "post", "cover", "raise"};
  return names[static_cast<std::size_t>(action)];
}

/// `failed` is not: the customer is owed the money still.
constexpr bool is_terminal(RefundState s) {
  return s == RefundState::settled || s == RefundState::superseded || s == RefundState::doubled;
}

namespace detail {
using F = RefundState;
using FE = RefundEvent;
using FA = RefundAction;
inline constexpr std::array<Transition<F, FE, FA>, 16> refund_rows = {{
    {F::requested, FE::pend, F::pending, FA::none, "nothing is booked while it is pending"},
    {F::requested, FE::fail, F::retried, FA::ask, "once more, under the same id: it cannot be paid twice"},
    {F::requested, FE::succeed, F::settled, FA::post, ""},
    {F::held, FE::succeed, F::settled, FA::post, "somebody paid it by hand"},
    {F::held, FE::release, F::requested, FA::ask, "the dispute was won"},
    {F::held, FE::supersede, F::superseded, FA::cover, "the dispute was lost"},
    {F::pending, FE::pend, F::pending, FA::none, "still pending"},
    {F::pending, FE::fail, F::retried, FA::ask, ""},
    {F::pending, FE::succeed, F::settled, FA::post, ""},
    {F::retried, FE::pend, F::retried, FA::none, ""},
    {F::retried, FE::fail, F::failed, FA::raise, "tried twice"},
    {F::retried, FE::succeed, F::settled, FA::post, ""},
    {F::failed, FE::succeed, F::settled, FA::post, "the provider paid after all"},
    {F::failed, FE::pend, F::failed, FA::none, "the provider takes it up again"},
    {F::superseded, FE::succeed, F::doubled, FA::post, "money that left is booked, and a break asks for it"},
    {F::superseded, FE::fail, F::superseded, FA::none, "nobody waits for it"},
}};
}  // namespace detail

inline constexpr TransitionTable<RefundState, RefundEvent, RefundAction, refund_state_count,
                                 refund_event_count, detail::refund_rows.size()>
    refund_table{detail::refund_rows};

}  // namespace omnisim::core
