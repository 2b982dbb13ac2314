#include "core/orchestration/registry.hpp"

#include <initializer_list>

#include "core/delivery/circuit_breaker.hpp"
#include "core/orchestration/back_order.hpp"
#include "core/orchestration/chargeback.hpp"
#include "core/orchestration/cycle_count.hpp"
#include "core/orchestration/gift_card.hpp"
#include "core/orchestration/period_close.hpp"
#include "core/orchestration/posted_entry.hpp"
#include "core/orchestration/procure_to_pay.hpp"
#include "core/orchestration/reconciliation_break.hpp"
#include "core/orchestration/refund.hpp"
#include "core/orchestration/remittance.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"
#include "core/orchestration/transfer.hpp"

namespace omnisim::core {

namespace {

template <class Enum>
std::vector<std::string_view> names_of(std::size_t count) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(name_of(static_cast<Enum>(i)));
  return names;
}

template <class State, class Event, class Action, std::size_t States, std::size_t Events, std::size_t Rows>
Orchestration describe(std::string_view name, std::string_view about, std::initializer_list<State> initial,
                       std::size_t action_count,
                       const TransitionTable<State, Event, Action, States, Events, Rows>& table) {
  Orchestration made{name, about, {}, names_of<Event>(Events), names_of<Action>(action_count), {}};
  for (std::size_t i = 0; i < States; ++i) {
    const auto state = static_cast<State>(i);
    made.states.push_back({name_of(state), false, is_terminal(state)});
  }
  for (const State state : initial) made.states[static_cast<std::size_t>(state)].initial = true;
  for (const auto& row : table.rows()) {
    made.rows.push_back({static_cast<std::size_t>(row.state), static_cast<std::size_t>(row.event),
                         static_cast<std::size_t>(row.next), static_cast<std::size_t>(row.action), row.why});
  }
  return made;
}

}  // namespace

const std::vector<Orchestration>& orchestrations() {
  // name, what has the states, where it begins, number of actions, table
  static const std::vector<Orchestration> all = {
      describe("reserve-to-fulfil", "each unit of an order line, from the click to the doorstep",
               {UnitState::placed}, unit_action_count, reserve_to_fulfil),
      describe("back-order", "the units of an order line that wait for stock", {BackorderState::unknown},
               backorder_action_count, back_order_table),
      describe("ship-to-settle", "the capture of one shipment's money",
               {CaptureState::unfunded, CaptureState::requested}, capture_action_count, ship_to_settle),
      describe("return-to-refund", "one return (or lost parcel) of an order, until the money is back",
               {ReturnState::announced}, return_action_count, return_to_refund),
      describe("transfer", "one transfer of goods between two nodes", {TransferState::unknown},
               transfer_action_count, transfer_table),
      describe("circuit-breaker", "each API that the core calls", {BreakerState::closed},
               breaker_action_count, circuit_breaker_table),
      describe("procure-to-pay", "one purchase order", {PurchaseState::unknown}, purchase_action_count,
               purchase_table),
      describe("supplier-invoice", "one invoice of a supplier: the money of procure-to-pay",
               {InvoiceState::unknown}, invoice_action_count, invoice_table),
      describe("cycle-count", "one count of some shelves of a node", {CountState::unknown},
               count_action_count, cycle_count),
      describe("refund", "the money that goes back through one tender",
               {RefundState::requested, RefundState::held}, refund_action_count, refund_table),
      describe("chargeback", "one payment that the customer's bank has pulled back", {DisputeState::unknown},
               dispute_action_count, chargeback),
      describe("gift-card", "one gift card", {GiftCardState::unknown}, gift_card_action_count,
               gift_card_table),
      describe("remittance", "one payout or settlement, until it is in the bank", {RemittanceState::unknown},
               remittance_action_count, remittance_table),
      describe("period-close", "one financial period", {PeriodState::open}, period_action_count,
               period_close),
      describe("posted-entry", "one of our journal entries, until the ERP has taken it", {EntryState::posted},
               entry_action_count, posted_entry),
      describe("break", "a difference between two records of the same money or goods", {BreakState::unknown},
               break_action_count, break_table),
  };
  return all;
}

const Orchestration* find_orchestration(std::string_view name) {
  for (const Orchestration& each : orchestrations())
    if (each.name == name) return &each;
  return nullptr;
}

}  // namespace omnisim::core
