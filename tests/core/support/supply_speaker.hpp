// Nodes, suppliers and buyers that say anything about transfers, purchases and counts, in any order and
// sometimes twice.
#pragma once

#include <string>
#include <vector>

#include "tests/core/support/chance.hpp"
#include "tests/core/support/script.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {

class SupplySpeaker {
 public:
  SupplySpeaker(SmallEstate& estate, Chance& chance) : e_(estate), chance_(chance) {}

  /// One message, or some hours.
  void speak();

 private:
  Body random_body(std::vector<Line>& lines);
  Body body_about_goods(std::vector<Line>& lines);
  Body body_about_money(std::vector<Line>& lines);
  Body body_about_counts(std::vector<Line>& lines);
  std::vector<Line> random_lines();
  /// Document numbers move on with the time, so that each document is talked about for a while.
  Code some(std::string_view prefix);
  NodeId some_node() { return NodeId{chance_.below(4)}; }

  SmallEstate& e_;
  Chance& chance_;
  std::vector<std::string> said_;
};

/// `messages` of such parties, and the timers between them.
Script supply_chatter(int messages, std::uint64_t seed);

}  // namespace omnisim::core::testing
