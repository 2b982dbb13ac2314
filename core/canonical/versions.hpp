// Versions of events. In memory an event is always of its newest version: an older one is brought up to it
// while it is read, and a consumer that takes only an older one gets it written so. What a version calls
// otherwise than the one before is a row here; its schema, reader and writer follow from it.
//
// Adding optional fields needs no new version. Anything else does, and a row for each member that it renames.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/canonical/event.hpp"
#include "core/canonical/fields.hpp"

namespace omnisim::core {

/// Versions that a source writes or a consumer reads, both included.
struct VersionRange {
  std::uint16_t from = 1, to = 1;
  friend bool operator==(const VersionRange&, const VersionRange&) = default;
};

/// A member of `data` that has had another name before `version`.
struct RenamedMember {
  EventType type;
  std::uint16_t version;  ///< the first with the new name
  Key before, after;
  bool both_ways = true;  ///< false: who knows the old name only would misread it, so nothing is written so
};
std::span<const RenamedMember> renamed_members();

std::uint16_t newest_version(EventType type);
/// The versions of `type` that the core reads.
VersionRange versions_read(EventType type);
/// … and those that it can write: down from the newest while every change goes both ways.
VersionRange versions_written(EventType type, std::span<const RenamedMember> changes = renamed_members());

/// "reads versions 1 to 2 of this event": static text, for the reason of a refusal.
std::string_view describe_versions_read(EventType type);

/// Calls `rename(before, after)` for each change on the way from version `from` to the newest, oldest first.
template <class Rename>
void upcast_names(EventType type, std::uint16_t from, Rename&& rename) {
  for (std::uint16_t version = from; version < newest_version(type);) {
    ++version;
    for (const RenamedMember& change : renamed_members()) {
      if (change.type == type && change.version == version) rename(change.before, change.after);
    }
  }
}

/// What version `to` calls the member that the newest calls `name`; null: the same.
const Key* older_name(EventType type, std::uint16_t to, std::string_view name);

}  // namespace omnisim::core
