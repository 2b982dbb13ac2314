#include "core/governance/event_schemas.hpp"

#include "core/canonical/event_types.hpp"
#include "core/canonical/schema.hpp"

namespace omnisim::core {
namespace {

void add(SchemaRegistry& registry, const EventTypeRow& row, std::uint16_t version,
         std::span<const RenamedMember> changes, std::vector<std::string>& refused) {
  Renames renames;
  Compatibility wanted = Compatibility::full;
  for (const RenamedMember& change : changes) {
    if (change.type != row.type || change.version != version) continue;
    renames.emplace_back(change.before.snake(), change.after.snake());
    if (!change.both_ways) wanted = Compatibility::backward;
  }
  const std::string name(row.name);
  for (const Objection& each :
       registry.add(name, version, json_schema(row.type, version), wanted, std::move(renames))) {
    refused.push_back(name + " version " + std::to_string(version) + ": " + each.pointer + ": " +
                      each.reason);
  }
}

}  // namespace

std::vector<std::string> register_event_schemas(SchemaRegistry& registry,
                                                std::span<const RenamedMember> changes) {
  std::vector<std::string> refused;
  for (const EventTypeRow& row : event_type_table()) {
    for (std::uint16_t version = 1; version <= row.newest; ++version)
      add(registry, row, version, changes, refused);
  }
  return refused;
}

}  // namespace omnisim::core
