// All orchestrations, as anybody may look at them: transition tables without their types, for printing,
// drawing and the tests that hold for every table. A new orchestration is one row in registry.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::core {

struct Orchestration {
  struct State {
    std::string_view name;
    bool initial = false;
    bool terminal = false;
  };
  /// `state` and `next` are indices into `states`, `event` into `events`, `action` into `actions`.
  struct Row {
    std::size_t state, event, next, action;
    std::string_view why;
  };

  std::string_view name;
  std::string_view about;  ///< what has these states, in one line
  std::vector<State> states;
  std::vector<std::string_view> events;
  std::vector<std::string_view> actions;
  std::vector<Row> rows;
};

const std::vector<Orchestration>& orchestrations();
/// Null where there is none of that name.
const Orchestration* find_orchestration(std::string_view name);

/// One line a row, in columns: state, event, next state, action, why.
std::string table_of(const Orchestration& orchestration);
/// A Mermaid `stateDiagram-v2`: one arrow for each pair of states, with all events that lead from one to the
/// other.
std::string diagram_of(const Orchestration& orchestration);
/// docs/orchestrations.md.
std::string orchestrations_page();

}  // namespace omnisim::core
