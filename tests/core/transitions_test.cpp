// What holds for every transition table: the tests run over the registry, so that a new table is tested by
// being in it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/orchestration/registry.hpp"
#include "core/orchestration/reserve_to_fulfil.hpp"
#include "core/orchestration/return_to_refund.hpp"
#include "core/orchestration/ship_to_settle.hpp"

namespace omnisim::core::testing {
namespace {

using States = std::set<std::size_t>;

/// `from` and every state that rows lead to (or, backwards, come from).
States closure(const Orchestration& table, States from, bool backwards = false) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& row : table.rows) {
      const auto [a, b] = backwards ? std::pair{row.next, row.state} : std::pair{row.state, row.next};
      grown |= from.contains(a) && from.insert(b).second;
    }
  }
  return from;
}

template <class Wanted>
States states_that(const Orchestration& table, Wanted wanted) {
  States found;
  for (std::size_t i = 0; i < table.states.size(); ++i)
    if (wanted(table.states[i])) found.insert(i);
  return found;
}

States all_of(const Orchestration& table) {
  return states_that(table, [](const auto&) { return true; });
}

void expect_names(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) EXPECT_FALSE(name.empty());
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size()) << "a name twice";
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class EveryTable : public ::testing::TestWithParam<std::size_t> {
 protected:
  const Orchestration& table = orchestrations()[GetParam()];
};

TEST_P(EveryTable, reaches_a_terminal_state_from_every_state) {
  const States terminal = states_that(table, [](const auto& s) { return s.terminal; });
  ASSERT_FALSE(terminal.empty());
  EXPECT_EQ(closure(table, terminal, true), all_of(table));
}

TEST_P(EveryTable, reaches_every_state_from_the_initial_ones) {
  const States initial = states_that(table, [](const auto& s) { return s.initial; });
  ASSERT_FALSE(initial.empty());
  EXPECT_EQ(closure(table, initial), all_of(table));
}

TEST_P(EveryTable, has_one_row_for_a_pair_of_state_and_event) {
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& row : table.rows) {
    EXPECT_TRUE(pairs.insert({row.state, row.event}).second)
        << table.states[row.state].name << " " << table.events[row.event];
  }
}

TEST_P(EveryTable, uses_and_names_each_of_its_states_events_and_actions) {
  std::set<std::size_t> events, actions;
  for (const auto& row : table.rows) {
    events.insert(row.event);
    actions.insert(row.action);
  }
  EXPECT_EQ(events.size(), table.events.size()) << "an event in no row";
  EXPECT_EQ(actions.size(), table.actions.size()) << "an action in no row";
  std::vector<std::string_view> states;
  for (const auto& state : table.states) states.push_back(state.name);
  expect_names(states);
  expect_names(table.events);
  expect_names(table.actions);
  EXPECT_FALSE(table.about.empty());
}

TEST_P(EveryTable, is_printed_a_line_a_row_and_drawn_with_every_event) {
  const std::string text = table_of(table);
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), table.rows.size() + 1);
  const std::string diagram = diagram_of(table);
  for (const auto& row : table.rows) {
    const std::string arrow = std::string(table.states[row.state].name) + " --> " +
                              std::string(table.states[row.next].name) + " : ";
    const std::size_t at = diagram.find("  " + arrow);
    ASSERT_NE(at, std::string::npos) << arrow;
    const std::string line = diagram.substr(at, diagram.find('\n', at) - at) + ",";
    EXPECT_NE(line.find(" " + std::string(table.events[row.event]) + ","), std::string::npos) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryTable, ::testing::Range<std::size_t>(0, orchestrations().size()),
                         [](const auto& each) {
                           std::string name(orchestrations()[each.param].name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Transitions, the_documented_tables_are_the_ones_that_run) {
  const std::string path = OMNISIM_DATA_DIR "/docs/orchestrations.md";
  if (std::getenv("OMNISIM_ACCEPT") != nullptr)
    std::ofstream(path, std::ios::binary) << orchestrations_page();
  EXPECT_EQ(text_of(path), orchestrations_page())
      << "docs/orchestrations.md is out of date: run this test with OMNISIM_ACCEPT=1";
}

TEST(Transitions, what_is_not_listed_is_illegal) {
  EXPECT_EQ(reserve_to_fulfil.find(UnitState::delivered, UnitEvent::ship), nullptr);
  EXPECT_EQ(reserve_to_fulfil.find(UnitState::picked, UnitEvent::cancel), nullptr);
  EXPECT_EQ(ship_to_settle.find(CaptureState::captured, CaptureEvent::captured), nullptr);
  EXPECT_EQ(return_to_refund.find(ReturnState::closed, ReturnEvent::inspect_rest), nullptr);
}

TEST(Transitions, are_printed_in_columns) {
  const std::string text = table_of(*find_orchestration("return-to-refund"));
  EXPECT_NE(text.find("\nauthorised      receive       received        take_in\n"), std::string::npos)
      << text;
  EXPECT_EQ(find_orchestration("frobnicate"), nullptr);
}

}  // namespace
}  // namespace omnisim::core::testing
