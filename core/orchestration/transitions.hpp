// Transition tables: an orchestration is data. A row says what an event does to a state; a pair that has no
// row is illegal. A new table becomes known by its row in registry.cpp, which prints, draws and tests it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace omnisim::core {

template <class State, class Event, class Action>
struct Transition {
  State state;
  Event event;
  State next;
  Action action;
  std::string_view why;  ///< explains an odd row; empty for the ordinary ones
};

template <class State, class Event, class Action, std::size_t States, std::size_t Events, std::size_t Rows>
class TransitionTable {
 public:
  using Row = Transition<State, Event, Action>;

  constexpr explicit TransitionTable(const std::array<Row, Rows>& rows) : rows_(rows) {
    cells_.fill(no_row);
    for (std::size_t i = 0; i < Rows; ++i)
      cells_[cell(rows[i].state, rows[i].event)] = static_cast<std::uint8_t>(i);
  }

  /// Null when the event is illegal in that state.
  constexpr const Row* find(State state, Event event) const {
    const std::uint8_t row = cells_[cell(state, event)];
    return row == no_row ? nullptr : &rows_[row];
  }
  constexpr const std::array<Row, Rows>& rows() const { return rows_; }

 private:
  static constexpr std::size_t cell(State state, Event event) {
    return static_cast<std::size_t>(state) * Events + static_cast<std::size_t>(event);
  }
  std::array<Row, Rows> rows_;
  static constexpr std::uint8_t no_row = 0xff;
  static_assert(Rows < no_row);
  std::array<std::uint8_t, States * Events> cells_{};
};

}  // namespace omnisim::core
