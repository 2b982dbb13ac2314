// procure-to-pay, in two lives: a purchase order, from its approval until all of it has come and is paid for;
// and each supplier's invoice for it, until it is paid.
#pragma once

#include "core/orchestration/transitions.hpp"

namespace omnisim::core {

// --- the purchase order
enum class PurchaseState : std::uint8_t {
  unknown,
  approved,
  announced,  ///< on its way, as the supplier says
  part_received,
  received,   ///< nothing more is expected to come
  cancelled,  ///< nothing came in time
  closed      ///< all of it has come, is invoiced and paid
};
inline constexpr std::size_t purchase_state_count = 7;
enum class PurchaseEvent : std::uint8_t {
  approve,
  announce,
  receive_part,  ///< something is still to come
  receive_rest,
  put_away,
  send_back,
  overdue,
  age,  ///< received and not invoiced, or invoiced and not received, for too long
  settle
};
inline constexpr std::size_t purchase_event_count = 9;
enum class PurchaseAction : std::uint8_t {
  none,
  order,
  announce,
  take_in,
  shelve,
  send_back,
  give_up,
  raise,
  clear
};
inline constexpr std::size_t purchase_action_count = 9;

constexpr std::string_view name_of(PurchaseState state) {
  constexpr std::array<std::string_view, purchase_state_count> names = {
      "unknown", "approved", "announced", "part_received", "received", "cancelled", "closed"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(PurchaseEvent event) {
  constexpr std::array<std::string_view, purchase_event_count> names = {
      "approve",   "announce", "receive_part", "receive_rest", "put_away",
      "send_back", "overdue",  "age",          "settle"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(PurchaseAction action) {
  constexpr std::array<std::string_view, purchase_action_count> names = {
      "-", "order", "announce", "take_in", "shelve", "send_back", "give_up", "raise", "clear"};
  return names[static_cast<std::size_t>(action)];
}

/// What a supplier delivers after that is still taken in.
constexpr bool is_terminal(PurchaseState s) {
  return s == PurchaseState::cancelled || s == PurchaseState::closed;
}

// --- the invoice
enum class InvoiceState : std::uint8_t { unknown, held, approved, paid };
inline constexpr std::size_t invoice_state_count = 4;
enum class InvoiceEvent : std::uint8_t {
  match,  ///< order, receipts and invoice agree within the tolerances
  miss,   ///< they do not
  pay_part,
  pay_rest
};
inline constexpr std::size_t invoice_event_count = 4;
enum class InvoiceAction : std::uint8_t { approve, hold, pay };
inline constexpr std::size_t invoice_action_count = 3;

constexpr std::string_view name_of(InvoiceState state) {
  constexpr std::array<std::string_view, invoice_state_count> names = {"unknown", "held", "approved", "paid"};
  return names[static_cast<std::size_t>(state)];
}
constexpr std::string_view name_of(InvoiceEvent event) {
  constexpr std::array<std::string_view, invoice_event_count> names = {"match", "miss", "pay_part",
                                                                       "pay_rest"};
  return names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name_of(InvoiceAction action) {
  constexpr std::array<std::string_view, invoice_action_count> names = {"approve", "hold", "pay"};
  return names[static_cast<std::size_t>(action)];
}

constexpr bool is_terminal(InvoiceState s) { return s == InvoiceState::paid; }

namespace procure_detail {
inline constexpr auto purchase_rows = [] {
  using S = PurchaseState;
  using E = PurchaseEvent;
  using A = PurchaseAction;
  return std::to_array<Transition<S, E, A>>({
      {S::unknown, E::approve, S::approved, A::order, ""},
      {S::approved, E::announce, S::announced, A::announce, ""},
      {S::approved, E::receive_part, S::part_received, A::take_in, "without a ship notice"},
      {S::approved, E::receive_rest, S::received, A::take_in, "without a ship notice"},
      {S::approved, E::overdue, S::cancelled, A::give_up, "nothing came"},
      {S::announced, E::announce, S::announced, A::announce, "another part of it"},
      {S::announced, E::receive_part, S::part_received, A::take_in, ""},
      {S::announced, E::receive_rest, S::received, A::take_in, ""},
      {S::announced, E::overdue, S::cancelled, A::give_up, "nothing came"},
      {S::part_received, E::announce, S::part_received, A::announce, "another part, or it was overtaken"},
      {S::part_received, E::receive_part, S::part_received, A::take_in, ""},
      {S::part_received, E::receive_rest, S::received, A::take_in, ""},
      {S::part_received, E::put_away, S::part_received, A::shelve, ""},
      {S::part_received, E::send_back, S::part_received, A::send_back, ""},
      {S::part_received, E::overdue, S::received, A::give_up, "the rest does not come"},
      {S::part_received, E::age, S::part_received, A::raise, ""},
      {S::received, E::announce, S::received, A::none, "the notice was overtaken"},
      {S::received, E::receive_rest, S::received, A::take_in, "more than was ordered"},
      {S::received, E::put_away, S::received, A::shelve, ""},
      {S::received, E::send_back, S::received, A::send_back, ""},
      {S::received, E::age, S::received, A::raise, ""},
      {S::received, E::settle, S::closed, A::clear, ""},
      {S::cancelled, E::announce, S::announced, A::announce, "it comes after all"},
      {S::cancelled, E::receive_rest, S::received, A::take_in, "it came after all"},
      {S::closed, E::announce, S::closed, A::none, "the notice was overtaken"},
      {S::closed, E::receive_rest, S::received, A::take_in, "more than was ordered"},
      {S::closed, E::put_away, S::closed, A::shelve, ""},
      {S::closed, E::send_back, S::received, A::send_back, "the supplier owes us for it"},
  });
}();

inline constexpr auto invoice_rows = [] {
  using S = InvoiceState;
  using E = InvoiceEvent;
  using A = InvoiceAction;
  return std::to_array<Transition<S, E, A>>({
      {S::unknown, E::match, S::approved, A::approve, ""},
      {S::unknown, E::miss, S::held, A::hold, ""},
      {S::held, E::match, S::approved, A::approve, "the receipt caught up, or the invoice was corrected"},
      {S::held, E::miss, S::held, A::hold, "corrected, and still not right"},
      {S::approved, E::pay_part, S::approved, A::pay, ""},
      {S::approved, E::pay_rest, S::paid, A::pay, ""},
  });
}();
}  // namespace procure_detail

inline constexpr TransitionTable<PurchaseState, PurchaseEvent, PurchaseAction, purchase_state_count,
                                 purchase_event_count, procure_detail::purchase_rows.size()>
    purchase_table{procure_detail::purchase_rows};
inline constexpr TransitionTable<InvoiceState, InvoiceEvent, InvoiceAction, invoice_state_count,
                                 invoice_event_count, procure_detail::invoice_rows.size()>
    invoice_table{procure_detail::invoice_rows};

}  // namespace omnisim::core
