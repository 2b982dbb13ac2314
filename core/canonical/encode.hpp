// The canonical wire form: CloudEvents 1.0 structured JSON (JSON Event Format for CloudEvents 1.0.2). Written
// by hand into a caller's buffer (no DOM).
#pragma once

#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

/// Appends `event` to `out` as CloudEvents 1.0 structured JSON. `decode` with Format::canonical_json reads it
/// back to an equal event (a test holds that for every type).
void encode(const Event& event, const Directory& directory, std::string& out);
/// … as `version` had it, one of versions_written() (core/canonical/versions.hpp).
void encode_as(std::uint16_t version, const Event& event, const Directory& directory, std::string& out);

/// The wire name of a type, e.g. "stock.picked", and back; nothing for an unknown name.
std::string_view name_of(EventType type);
bool type_from_name(std::string_view name, EventType& type);

}  // namespace omnisim::core
