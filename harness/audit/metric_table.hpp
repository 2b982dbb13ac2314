// Every metric and invariant that the auditors know, with unit and definition: `omnisim list`, reports and
// the expectation language read it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::audit {

struct MetricRow {
  std::string_view name;  ///< a trailing ".*" stands for a channel, account, family, system or cause
  std::string_view unit;  ///< "money" = the scenario's currency
  std::string_view definition;
};
std::span<const MetricRow> metric_table();
/// The row that describes `name`, or null.
const MetricRow* metric_row(std::string_view name);

struct InvariantRow {
  std::string_view id, definition;
};
std::span<const InvariantRow> invariant_table();

}  // namespace omnisim::audit
