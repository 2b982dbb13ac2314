#include "harness/metric_names.hpp"

#include <algorithm>
#include <array>

#include "harness/audit/metric_table.hpp"

namespace omnisim::harness {
namespace {

// Rows whose last step is a channel; what else ends in `.*` is by account, system, cause or percentile.
constexpr std::array<std::string_view, 5> by_channel = {
    "oversell.units.*", "oversell.rate.*", "oversell.orders.*", "oversell.revenue.*", "seller_cancel.rate.*"};

bool is_by_channel(std::string_view row) {
  return std::find(by_channel.begin(), by_channel.end(), row) != by_channel.end();
}

}  // namespace

std::vector<std::string> metric_names(const std::vector<std::string>& channels) {
  std::vector<std::string> names;
  for (const audit::MetricRow& row : audit::metric_table()) {
    if (!is_by_channel(row.name)) {
      names.emplace_back(row.name);
      continue;
    }
    const std::string_view stem = row.name.substr(0, row.name.size() - 1);
    for (const std::string& channel : channels) names.push_back(std::string(stem) + channel);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_metric(std::string_view name, const std::vector<std::string>& channels) {
  const audit::MetricRow* row = audit::metric_row(name);
  if (row == nullptr || name.ends_with('*')) return false;
  if (!is_by_channel(row->name)) return true;
  const std::string_view channel = name.substr(row->name.size() - 1);
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

}  // namespace omnisim::harness
