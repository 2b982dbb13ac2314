#include "harness/audit/picture.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

#include "core/observe/exceptions.hpp"
#include "models/faults/defects.hpp"

namespace omnisim::audit {
namespace {

constexpr std::array<std::string_view, world::place_count> place_names{
    "supplier", "shelf",       "set aside",    "on its way to a customer",
    "customer", "return hold", "damaged",      "lost",
    "stolen",   "scrapped",    "between nodes"};

std::vector<core::Time> hours_of(const StockAudit& stock) {
  std::vector<core::Time> hours;
  for (const reports::Point& point : stock.hourly_abs_units()) hours.push_back(point.at);
  return hours;
}

std::string text_of(const sim::FaultSpec& fault) {
  if (fault.kind == sim::FaultKind::defect) {
    const models::Defect* defect = models::find_defect(fault.id);
    return defect == nullptr ? "defect " + fault.id
                             : "defect " + std::string(defect->id) + ", " + std::string(defect->name);
  }
  std::string name(sim::name_of(fault.kind));
  std::replace(name.begin(), name.end(), '_', ' ');
  return fault.target.empty() ? name : name + " of " + fault.target;
}

double hours_between(core::Time from, core::Time to) {
  return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

/// One more item of a category: seen, and perhaps open at the end.
void note(std::vector<reports::WorkItems>& rows, core::ExceptionCategory category, core::Time since,
          bool open, core::Time now) {
  const core::ExceptionRow& about = core::exception_table()[static_cast<std::size_t>(category)];
  auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.category == about.name; });
  if (row == rows.end())
    row = rows.insert(rows.end(), {.category = std::string(about.name),
                                   .owner = std::string(about.owner),
                                   .severity = std::string(core::name_of(about.severity))});
  ++row->count;
  if (!open) return;
  ++row->open;
  row->oldest_open_h = std::max(row->oldest_open_h, hours_between(since, now));
}

reports::OpenDifferences& row_of(std::vector<reports::OpenDifferences>& rows, const core::OpenItem& item) {
  auto row = std::find_if(rows.begin(), rows.end(), [&](const reports::OpenDifferences& r) {
    return r.compared == item.compared && r.owner == item.owner;
  });
  if (row == rows.end()) {
    row = rows.insert(rows.end(), {.compared = std::string(item.compared),
                                   .owner = std::string(item.owner),
                                   .by_age = std::vector<std::int64_t>(std::size(reports::ageing_buckets))});
  }
  return *row;
}

}  // namespace

reports::Grid drift_by_node(const core::Directory& directory, const StockAudit& stock) {
  reports::Grid grid{
      .name = "drift.node", .unit = "each", .rows = {}, .columns = hours_of(stock), .values = {}};
  const std::uint32_t nodes = directory.node_count();
  for (std::uint32_t node = 0; node < nodes; ++node) {
    grid.rows.emplace_back(directory.node(core::NodeId{node}).code.view());
    for (std::size_t hour = 0; hour < grid.columns.size(); ++hour)
      grid.values.push_back(static_cast<double>(stock.hourly_abs_units_by_node()[hour * nodes + node]));
  }
  return grid;
}

reports::Grid oversold_by_channel(const core::Directory& directory, const StockAudit& stock,
                                  const Promises& promises) {
  reports::Grid grid{
      .name = "oversell.channel", .unit = "each", .rows = {}, .columns = hours_of(stock), .values = {}};
  for (std::uint32_t i = 0; i < directory.channel_count(); ++i)
    grid.rows.emplace_back(directory.channel(core::ChannelId{i}).code.view());
  grid.values.resize(grid.rows.size() * grid.columns.size());
  if (grid.columns.empty()) return grid;
  for (const Promises::Oversold& units : promises.oversold()) {
    const auto found = std::lower_bound(grid.columns.begin(), grid.columns.end(), units.at);
    // What is found out after demand has ended belongs to the last hour.
    const auto hour =
        static_cast<std::size_t>(std::min(found - grid.columns.begin(), std::ssize(grid.columns) - 1));
    grid.values[units.channel.value * grid.columns.size() + hour] += units.units;
  }
  return grid;
}

std::vector<reports::Flow> flows_of(const StockAudit& stock) {
  std::vector<reports::Flow> flows;
  for (std::size_t from = 0; from < world::place_count; ++from) {
    for (std::size_t to = 0; to < world::place_count; ++to) {
      const std::int64_t units = stock.flow(static_cast<world::Place>(from), static_cast<world::Place>(to));
      if (units != 0)
        flows.push_back(
            {std::string(place_names[from]), std::string(place_names[to]), static_cast<double>(units)});
    }
  }
  return flows;
}

std::vector<reports::FaultSpan> faults_of(const Scope& scope) {
  std::vector<reports::FaultSpan> spans;
  if (!scope.pattern.faults) return spans;
  const models::CalendarParams& calendar = scope.params.calendar;
  for (const sim::FaultSpec& fault : scope.params.faults)
    spans.push_back({text_of(fault), fault.from.value_or(calendar.from), fault.to.value_or(calendar.to)});
  return spans;
}

std::vector<reports::WorkItems> work_of(const core::Core& core, core::Time now) {
  std::vector<reports::WorkItems> rows;
  for (const core::DeadLetter& letter : core.dead_letters())
    note(rows, letter.last.category, letter.first.at, letter.open, now);
  for (const core::UndeliveredCommand& command : core.undelivered())
    note(rows, command.last.category, command.first.at, command.open, now);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.count, a.category) < std::pair(-b.count, b.category);
  });
  return rows;
}

std::vector<reports::OpenDifferences> ageing_of(const core::Core& core, core::Time at) {
  std::vector<reports::OpenDifferences> rows;
  for (const core::OpenItem& item : core.open_items()) {
    if (item.kind != core::ItemKind::difference || item.since > at) continue;
    reports::OpenDifferences& row = row_of(rows, item);
    const double age = hours_between(item.since, at);
    std::size_t bucket = 0;
    while (age > reports::ageing_buckets[bucket].up_to_h) ++bucket;
    ++row.by_age[bucket];
    row.apart_minor += std::abs(item.apart.minor);
    row.oldest_h = std::max(row.oldest_h, age);
  }
  return rows;
}

void add_open_at_end(std::vector<reports::OpenDifferences>& rows, const core::Core& core) {
  for (const core::OpenItem& item : core.open_items()) {
    if (item.kind == core::ItemKind::difference) ++row_of(rows, item).open_at_end;
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.compared, a.owner) < std::tie(b.compared, b.owner);
  });
}

}  // namespace omnisim::audit
