// Transition tables as text, diagrams and the page of the documentation.
#include <algorithm>
#include <array>

#include "core/orchestration/registry.hpp"

namespace omnisim::core {

namespace {

using Cells = std::array<std::string_view, 5>;

Cells cells_of(const Orchestration& o, const Orchestration::Row& row) {
  return {o.states[row.state].name, o.events[row.event], o.states[row.next].name, o.actions[row.action],
          row.why};
}

}  // namespace

std::string table_of(const Orchestration& orchestration) {
  std::vector<Cells> lines = {{"state", "event", "next", "action", "why"}};
  for (const auto& row : orchestration.rows) lines.push_back(cells_of(orchestration, row));
  std::array<std::size_t, 4> widths{};
  for (const Cells& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string out;
  for (const Cells& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i)
      out.append(line[i]).append(widths[i] + 2 - line[i].size(), ' ');
    out.append(line.back());
    out.erase(out.find_last_not_of(' ') + 1);
    out.push_back('\n');
  }
  return out;
}

std::string diagram_of(const Orchestration& orchestration) {
  const auto& [name, about, states, events, actions, rows] = orchestration;
  std::string out = "stateDiagram-v2\n";
  for (const auto& state : states)
    if (state.initial) out.append("  [*] --> ").append(state.name).append("\n");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto joins = [&row = rows[i]](const Orchestration::Row& other) {
      return other.state == row.state && other.next == row.next;
    };
    const auto upto = rows.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(rows.begin(), upto, joins)) continue;
    out.append("  ").append(states[rows[i].state].name).append(" --> ").append(states[rows[i].next].name);
    std::string_view separator = " : ";
    for (const Orchestration::Row& row : rows) {
      if (!joins(row)) continue;
      out.append(separator).append(events[row.event]);
      separator = ", ";
    }
    out.push_back('\n');
  }
  for (const auto& state : states)
    if (state.terminal) out.append("  ").append(state.name).append(" --> [*]\n");
  return out;
}

std::string orchestrations_page() {
  std::string out =
      "# Orchestrations\n\n"
      "Generated from the transition tables under `core/orchestration/`; `omnisim list orchestrations` has "
      "the "
      "same.\n"
      "An event that has no row in a state is illegal there: it is refused and changes nothing.\n";
  for (const Orchestration& each : orchestrations()) {
    out.append("\n## ").append(each.name).append("\n\nWhat has these states: ").append(each.about);
    out.append(".\n\n```mermaid\n").append(diagram_of(each)).append("```\n\n");
    out.append("| state | event | next | action | why |\n|---|---|---|---|---|\n");
    for (const auto& row : each.rows) {
      for (const std::string_view cell : cells_of(each, row))
        out.append("|").append(cell.empty() ? "" : " ").append(cell).append(" ");
      out.append("|\n");
    }
  }
  return out;
}

}  // namespace omnisim::core
