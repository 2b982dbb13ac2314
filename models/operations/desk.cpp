#include "models/operations/desk.hpp"

#include "models/cadence.hpp"

namespace omnisim::models {
namespace {

/// Of every ERP of the scenario: a release's place here is its place in Config::wire_changes.
std::vector<ErpReleaseParams> all_releases(const EstateParams& params, const PatternParams& pattern) {
  std::vector<ErpReleaseParams> all;
  if (!pattern.faults) return all;
  all = params.erp.releases;
  for (const OtherErpParams& other : params.erps)
    all.insert(all.end(), other.system.releases.begin(), other.system.releases.end());
  return all;
}

}  // namespace

std::vector<core::WireChange> wire_changes(const EstateParams& params, const PatternParams& pattern) {
  std::vector<core::WireChange> changes;
  for (const ErpReleaseParams& release : all_releases(params, pattern)) {
    changes.push_back({.format = core::Format::erp_json,
                       .before = release.field,
                       .after = release.becomes,
                       .known = release.mapped_at && *release.mapped_at <= params.calendar.from});
  }
  return changes;
}

void OperationsDesk::start() {
  const std::vector<ErpReleaseParams> releases = all_releases(context_.params, context_.pattern);
  for (std::size_t i = 0; i < releases.size(); ++i) {
    if (releases[i].mapped_at && *releases[i].mapped_at > context_.params.calendar.from)
      context_.at(*releases[i].mapped_at, *this, i);
  }
  arm();
}

void OperationsDesk::arm() {
  const sim::Duration every = context_.params.operations.replay_every;
  if (every.count() <= 0) return;
  const CalendarParams& calendar = context_.params.calendar;
  const sim::Time next = next_tick(context_.now(), every);
  if (next <= calendar.to + calendar.hard_close_after) context_.at(next, *this, replay);
}

void OperationsDesk::on_event(sim::Time now, std::uint64_t upgrade) {
  if (upgrade != replay) return gate_.upgrade_mapping(static_cast<std::uint32_t>(upgrade), now);
  gate_.replay_dead_letters(now);
  arm();
}

}  // namespace omnisim::models
