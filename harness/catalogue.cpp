#include "harness/catalogue.hpp"

#include <fmt/format.h>

#include "core/canonical/encode.hpp"
#include "core/canonical/event_types.hpp"
#include "core/capabilities.hpp"
#include "core/governance/api_catalogue.hpp"
#include "core/governance/ownership.hpp"
#include "core/observe/exceptions.hpp"
#include "core/orchestration/registry.hpp"
#include "harness/audit/metric_table.hpp"
#include "harness/scenario/load.hpp"
#include "models/faults/defects.hpp"
#include "sim/faults.hpp"

namespace omnisim::harness {
namespace {

std::vector<CatalogueEntry> scenarios() {
  std::vector<CatalogueEntry> entries;
  for (const std::string& file : scenario_files()) {
    const LoadedScenario scenario = load_scenario(file, {}, /*needs_trace=*/false);
    entries.push_back({file, "", scenario.scenario.title});
  }
  return entries;
}

std::vector<CatalogueEntry> patterns() {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : pattern_names()) {
    const LoadedPattern pattern = load_pattern(name, {});
    std::string text = pattern.pattern.title;
    for (const std::string& mechanism : pattern.pattern.mechanisms)
      text += (text.ends_with('.') ? " " : ". ") + mechanism;
    entries.push_back({name, "", text});
  }
  return entries;
}

std::vector<CatalogueEntry> faults() {
  std::vector<CatalogueEntry> entries;
  for (const sim::FaultKindInfo& kind : sim::fault_kinds()) {
    entries.push_back(
        {std::string(kind.name), std::string(name_of(kind.level)),
         fmt::format("{} Parameters: {}. Example: {}", kind.description, kind.parameters, kind.example)});
  }
  for (const models::Defect& defect : models::defects()) {
    const std::string_view parameters = defect.parameters.empty() ? "none" : defect.parameters;
    entries.push_back(
        {fmt::format("{} {}", defect.id, defect.name), std::string(name_of(defect.place)),
         fmt::format("{} Parameters: {}. Example: {}", defect.description, parameters, defect.example)});
  }
  return entries;
}

/// "; changes on hand; stated by warehouse"
std::string stated_by(core::EventType type) {
  const core::OwnershipRow& row = core::ownership_table()[static_cast<std::size_t>(type)];
  std::string owners;
  for (std::size_t role = 1; role < core::role_count; ++role) {
    if (!core::may_state(static_cast<core::Role>(role), type)) continue;
    owners += (owners.empty() ? "" : ", ") + std::string(core::name_of(static_cast<core::Role>(role)));
  }
  return fmt::format("; changes {}; stated by {}", row.fact, owners.empty() ? "the core" : owners);
}

std::vector<CatalogueEntry> exceptions() {
  std::vector<CatalogueEntry> entries;
  for (const core::ExceptionRow& row : core::exception_table()) {
    const auto deadline = std::chrono::duration_cast<std::chrono::hours>(row.deadline).count();
    entries.push_back({std::string(row.name), std::string(core::name_of(row.severity)),
                       fmt::format("{}; owner: {}, within {} h, then {}", row.meaning, row.owner, deadline,
                                   row.escalation)});
  }
  return entries;
}

std::vector<CatalogueEntry> capabilities() {
  std::vector<CatalogueEntry> entries;
  const core::Capabilities defaults;
  for (const core::CapabilityRow& row : core::capability_table()) {
    entries.push_back(
        {row.name, defaults.*row.on ? "on" : "off", fmt::format("{}; off: {}", row.promise, row.without)});
  }
  return entries;
}

std::vector<CatalogueEntry> events() {
  std::vector<CatalogueEntry> entries;
  for (const core::EventTypeRow& row : core::event_type_table()) {
    const bool inbound = core::is_inbound(row.type);
    std::string text = inbound ? "fact, into the core" : "command or notice, out of the core";
    if (!row.wire_name.empty()) text += fmt::format("; its source calls it {}", row.wire_name);
    entries.push_back({std::string(row.name), inbound ? "in" : "out", text + stated_by(row.type)});
  }
  return entries;
}

/// "2027-12-31"
std::string text_of(core::BusinessDay day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string names_of(std::span<const core::EventType> events) {
  std::string names;
  for (const core::EventType type : events) names += (names.empty() ? "" : ", ") + std::string(name_of(type));
  return names;
}

std::vector<CatalogueEntry> apis() {
  std::vector<CatalogueEntry> entries;
  for (const core::ApiRow& api : core::api_catalogue()) {
    CatalogueEntry entry{std::string(api.name), std::string(core::name_of(api.layer)), std::string(api.text)};
    const std::string quota = api.quota == 0 ? "none" : fmt::format("{} calls/min", api.quota);
    const std::string until = api.deprecated_after
                                  ? fmt::format("{}, then {}", text_of(*api.deprecated_after), api.successor)
                                  : "-";
    entry.details = {{"direction", api.inbound ? "in" : "out"},
                     {"version", std::to_string(api.version)},
                     {"owner", std::string(api.owner)},
                     {"consumers", std::string(api.consumers)},
                     {"quota", quota},
                     {"deprecated after", until},
                     {"events", names_of(api.events)}};
    entry.text +=
        fmt::format("; v{}, {}; owner: {}; for {}; quota: {}", api.version,
                    api.inbound ? "into the core" : "out of the core", api.owner, api.consumers, quota);
    if (api.deprecated_after) entry.text += "; ends " + until;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<CatalogueEntry> metrics() {
  std::vector<CatalogueEntry> entries;
  for (const audit::MetricRow& row : audit::metric_table())
    entries.push_back({std::string(row.name), std::string(row.unit), std::string(row.definition)});
  return entries;
}

std::vector<CatalogueEntry> invariants() {
  std::vector<CatalogueEntry> entries;
  for (const audit::InvariantRow& row : audit::invariant_table())
    entries.push_back({std::string(row.id), "", std::string(row.definition)});
  return entries;
}

std::vector<CatalogueEntry> orchestrations() {
  std::vector<CatalogueEntry> entries;
  for (const core::Orchestration& each : core::orchestrations()) {
    entries.push_back({std::string(each.name),
                       fmt::format("{} states, {} rows", each.states.size(), each.rows.size()),
                       std::string(each.about)});
  }
  return entries;
}

struct TopicRow {
  const char* name;
  std::vector<CatalogueEntry> (*entries)();
};
constexpr TopicRow topics[] = {{"scenarios", scenarios},       {"patterns", patterns},
                               {"capabilities", capabilities}, {"faults", faults},
                               {"metrics", metrics},           {"events", events},
                               {"invariants", invariants},     {"apis", apis},
                               {"exceptions", exceptions},     {"orchestrations", orchestrations}};

}  // namespace

const std::vector<std::string>& catalogue_topics() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const TopicRow& row : topics) list.emplace_back(row.name);
    return list;
  }();
  return names;
}

std::vector<CatalogueEntry> catalogue(const std::string& topic) {
  for (const TopicRow& row : topics) {
    if (topic == row.name) return row.entries();
  }
  return {};
}

}  // namespace omnisim::harness
