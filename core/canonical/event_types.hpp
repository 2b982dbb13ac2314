// The table of event types: canonical names and, per source format, the names that its system uses. One row
// an event.
#pragma once

#include <array>
#include <string_view>

#include "core/canonical/decode.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

inline constexpr std::uint16_t max_version = 9;  ///< of an event: one digit

struct EventTypeRow {
  EventType type;
  std::string_view name;          ///< canonical: "stock.picked"
  std::string_view wire_name;     ///< how the one party that reports it calls it; empty: canonical only
  std::uint16_t newest = 1;       ///< version (core/canonical/versions.hpp); the core writes this one
  std::uint16_t oldest_read = 1;  ///< what is older is refused
};

const std::array<EventTypeRow, event_type_count>& event_type_table();

/// The type that a source means by `wire_name`, if it is one that this format carries.
bool type_from_wire(Format format, std::string_view wire_name, EventType& type);
/// Does `format` carry `type`?
bool carries(Format format, EventType type);
/// Sets `body` to a default value of the alternative for `type`.
void emplace_body(Body& body, EventType type);

}  // namespace omnisim::core
