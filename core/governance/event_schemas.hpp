// The schemas of the core's own events, registered: what a version changes must be what its row in
// core/canonical/versions.hpp says, or the version may not follow the one before.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/canonical/versions.hpp"
#include "core/governance/compatibility.hpp"

namespace omnisim::core {

/// Registers each version of each event, oldest first. A version must be fully compatible with every one
/// before once `changes` are applied to that; backward only where a change goes one way. Returns what is
/// refused: "invoice.received version 2: /data/gross: not backward compatible: …".
std::vector<std::string> register_event_schemas(SchemaRegistry& registry,
                                                std::span<const RenamedMember> changes = renamed_members());

}  // namespace omnisim::core
