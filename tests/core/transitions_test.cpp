#include <gtest/gtest.h>

#include <algorithm>

#include <set>

#include "core/core.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"

namespace omnisim::core::testing {
namespace {

/// States from which no terminal state can be reached.
template <class State, class Table>
std::set<State> stuck(const Table& table, std::size_t states) {
  std::set<State> good;
  for (std::size_t s = 0; s < states; ++s) {
    if (is_terminal(static_cast<State>(s))) good.insert(static_cast<State>(s));
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& row : table.rows()) grown |= good.contains(row.next) && good.insert(row.state).second;
  }
  std::set<State> bad;
  for (std::size_t s = 0; s < states; ++s) {
    if (!good.contains(static_cast<State>(s))) bad.insert(static_cast<State>(s));
  }
  return bad;
}

template <class Table>
void expect_one_row_for_each_pair(const Table& table) {
  for (const auto& row : table.rows())
    EXPECT_EQ(table.find(row.state, row.event), &row) << name_of(row.state) << name_of(row.event);
}

TEST(Transitions, every_state_reaches_a_terminal_one) {
  EXPECT_TRUE(stuck<UnitState>(reserve_to_fulfil, unit_state_count).empty());
  EXPECT_TRUE(stuck<CaptureState>(ship_to_settle, capture_state_count).empty());
  EXPECT_TRUE(stuck<ReturnState>(return_to_refund, return_state_count).empty());
}

TEST(Transitions, no_pair_of_state_and_event_has_two_rows) {
  expect_one_row_for_each_pair(reserve_to_fulfil);
  expect_one_row_for_each_pair(ship_to_settle);
  expect_one_row_for_each_pair(return_to_refund);
}

TEST(Transitions, what_is_not_listed_is_illegal) {
  EXPECT_EQ(reserve_to_fulfil.find(UnitState::delivered, UnitEvent::ship), nullptr);
  EXPECT_EQ(reserve_to_fulfil.find(UnitState::picked, UnitEvent::cancel), nullptr);
  EXPECT_EQ(ship_to_settle.find(CaptureState::captured, CaptureEvent::captured), nullptr);
  EXPECT_EQ(return_to_refund.find(ReturnState::closed, ReturnEvent::inspect_rest), nullptr);
}

TEST(Transitions, tables_are_printed_one_line_a_row) {
  const std::string text = print_transition_tables();
  EXPECT_NE(text.find("reserve-to-fulfil: held --allocate--> allocated [confirm]\n"), std::string::npos);
  EXPECT_NE(text.find("ship-to-settle: requested --captured--> captured [post]\n"), std::string::npos);
  EXPECT_NE(text.find("return-to-refund: authorised --receive--> received [take_in]\n"), std::string::npos);
  const auto rows =
      reserve_to_fulfil.rows().size() + ship_to_settle.rows().size() + return_to_refund.rows().size();
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), rows);
}

}  // namespace
}  // namespace omnisim::core::testing
