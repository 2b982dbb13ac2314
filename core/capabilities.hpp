// What the core can do, switch by switch: so that the worth of each can be measured.
#pragma once

#include <array>
#include <cstddef>

namespace omnisim::core {

/// Each can be turned off alone. capability_table() says what it promises, docs/core.md which test proves it,
/// what it costs and what is lost without it.
struct Capabilities {
  bool idempotency = true;
  bool ordering = true;
  bool schema_validation = true;
  bool dead_letters = true;
  bool reservation_authority = true;
  bool safety_stock = true;
  bool channel_priority = true;
  bool freshness = true;
  bool timeouts = true;
  bool resourcing = true;
  bool backorders = false;
  bool parking = true;
  bool business_time = true;
  bool reconciliation = false;
  bool ownership = true;
  bool retry = true;
  bool circuit_breaker = true;
  bool bulkhead = true;
  bool throttle = true;
  bool back_pressure = true;
};
inline constexpr std::size_t capability_count = 20;

struct CapabilityRow {
  const char* name;
  bool Capabilities::*on;
  bool of_dispatcher;   ///< concerns configured APIs only (Config::apis)
  const char* promise;  ///< what holds while it is on
  const char* without;  ///< what happens while it is off
};
/// A row for each member, in its order.
const std::array<CapabilityRow, capability_count>& capability_table();

}  // namespace omnisim::core
