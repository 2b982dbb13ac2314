// Drives every pair of a state and an event of a transition table through the real core.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {

/// Stock and books, as far as an event that is refused may not change them.
inline auto stock_and_books(const SmallEstate& e) {
  std::vector<std::int32_t> balances;
  for (std::uint32_t s = 0; s < e.config.directory.item_count(); ++s) {
    for (std::uint32_t n = 0; n < e.config.directory.node_count(); ++n) {
      for (std::size_t b = 0; b < bucket_count; ++b)
        balances.push_back(e.at(SkuId{s}, NodeId{n}, static_cast<Bucket>(b)));
    }
  }
  return std::tuple(balances, e.core.movements().size(), e.core.journal().size(), e.core.postings().size());
}

/// `Party` of one document: `Party(Estate&)`; `reach(State)` makes a new document be in that state;
/// `say(Event)` states the fact, or lets the time pass, and is false where nobody can state it: some events
/// differ by what is still open; `state()` is the document's. Rows in `elsewhere` have a test of their own.
/// Returns how many pairs were driven.
template <class Party, class State, class Event, class Estate = SmallEstate, class Table>
int drive_every_pair(const Table& table, std::size_t states, std::size_t events,
                     const std::set<std::pair<State, Event>>& elsewhere = {}) {
  int driven = 0;
  for (std::size_t s = 0; s < states; ++s) {
    for (std::size_t v = 0; v < events; ++v) {
      const State state = static_cast<State>(s);
      const Event event = static_cast<Event>(v);
      const std::string pair = std::string(name_of(state)) + " " + std::string(name_of(event));
      SCOPED_TRACE(pair);
      Estate e;
      Party party(e);
      party.reach(state);
      EXPECT_EQ(party.state(), name_of(state));
      const auto before = stock_and_books(e);
      const auto* row = table.find(state, event);
      if (!party.say(event)) {
        EXPECT_TRUE(row == nullptr || elsewhere.contains({state, event})) << "a row that nobody can take";
        continue;
      }
      ++driven;
      const auto unheard = e.core.dead_letters().size() + e.core.counters().parked;
      if (row == nullptr) {
        EXPECT_EQ(party.state(), name_of(state));
        EXPECT_EQ(stock_and_books(e), before);
        const bool of_the_clock = name_of(event) == "overdue" || name_of(event) == "age";
        EXPECT_EQ(unheard, of_the_clock ? 0U : 1U);
      } else {
        EXPECT_EQ(party.state(), name_of(row->next));
        EXPECT_EQ(unheard, 0U) << e.core.dead_letters().front().last.reason;
      }
      e.check_invariants();
    }
  }
  return driven;
}

}  // namespace omnisim::core::testing
