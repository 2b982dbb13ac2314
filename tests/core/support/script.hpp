// Inputs of a core written down, so that they can be fed to many cores and in many lives of one.
#pragma once

#include <string>
#include <vector>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {

struct ScriptedInput {
  InputKind kind = InputKind::message;
  std::uint32_t source = 0;
  Time now;
  std::string bytes;

  InputRecord record() const { return {kind, source, now, bytes}; }
};
using Inputs = std::vector<ScriptedInput>;

struct Script {
  Config config;
  Inputs inputs;
};

/// Everything that `log` holds.
Inputs inputs_of(const Store& log);

/// One unit in a store, wanted by a till, a web customer and a marketplace; then a return, bytes that nobody
/// can read, and a hold that runs out.
Script last_unit();

/// `orders` web and marketplace orders, the messages that answer what the core commands, and tills beside
/// them, over a network that delays, reorders and repeats. Stock runs out on the way.
Script order_stream(int orders, std::uint64_t seed);
/// … for a core of that configuration.
Script order_stream(const Config& config, int orders, std::uint64_t seed);

}  // namespace omnisim::core::testing
