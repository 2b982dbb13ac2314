// The table of event types: canonical names and, per source format, the names that its system uses. One row
// an event.
#pragma once

#include <array>
#include <string_view>

#include "core/canonical/decode.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

struct EventTypeRow {
  EventType type;
  std::string_view name;       ///< canonical: "stock.picked"
  std::string_view wire_name;  ///< how the one party that reports it calls it; empty: canonical only
};

const std::array<EventTypeRow, event_type_count>& event_type_table();

/// The type that a source means by `wire_name`, if it is one that this format carries.
bool type_from_wire(Format format, std::string_view wire_name, EventType& type);
/// Does `format` carry `type`?
bool carries(Format format, EventType type);
/// Sets `body` to a default value of the alternative for `type`.
void emplace_body(Body& body, EventType type);

}  // namespace omnisim::core
