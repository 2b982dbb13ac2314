#include "core/core.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"

namespace omnisim::core {

namespace {

template <class Enum, std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(UnitState state) {
  static constexpr std::array<std::string_view, unit_state_count> names = {
      "placed",  "held",      "allocated",   "picked",    "packed",
      "shipped", "delivered", "backordered", "cancelled", "lost"};
  return pick(names, state);
}

std::string_view name_of(UnitEvent event) {
  static constexpr std::array<std::string_view, unit_event_count> names = {
      "hold", "allocate", "run_short", "cancel",  "expire", "break_reservation", "reject", "overdue",
      "pick", "pack",     "ship",      "deliver", "lose"};
  return pick(names, event);
}

std::string_view name_of(UnitAction action) {
  static constexpr std::array<std::string_view, 5> names = {"-", "reserve", "confirm", "release", "move"};
  return pick(names, action);
}

std::string_view name_of(CaptureState state) {
  static constexpr std::array<std::string_view, capture_state_count> names = {
      "unfunded", "requested", "retried", "captured", "failed"};
  return pick(names, state);
}

std::string_view name_of(CaptureEvent event) {
  static constexpr std::array<std::string_view, capture_event_count> names = {"authorised", "captured",
                                                                              "failed"};
  return pick(names, event);
}

std::string_view name_of(CaptureAction action) {
  static constexpr std::array<std::string_view, 3> names = {"post", "request", "raise"};
  return pick(names, action);
}

std::string_view name_of(ReturnState state) {
  static constexpr std::array<std::string_view, return_state_count> names = {
      "announced", "authorised", "received", "refund_pending", "closed"};
  return pick(names, state);
}

std::string_view name_of(ReturnEvent event) {
  static constexpr std::array<std::string_view, return_event_count> names = {
      "authorise", "receive", "inspect_part", "inspect_rest", "lose", "settle_part", "settle_rest"};
  return pick(names, event);
}

std::string_view name_of(ReturnAction action) {
  static constexpr std::array<std::string_view, 4> names = {"-", "take_in", "judge", "refund"};
  return pick(names, action);
}

std::string print_transition_tables() {
  std::string out;
  print("reserve-to-fulfil", reserve_to_fulfil, out);
  print("ship-to-settle", ship_to_settle, out);
  print("return-to-refund", return_to_refund, out);
  return out;
}

}  // namespace omnisim::core
