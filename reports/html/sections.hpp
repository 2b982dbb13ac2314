#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/html/charts.hpp"
#include "reports/result.hpp"

/// The sections that both pages have: where, when and how. Each is empty where a result has nothing for it.
namespace omnisim::reports::html {

/// Heat maps of wrong records by node, oversold units by channel and hour, messages under way.
std::string where_section(const std::vector<Charts::View>& views, Charts& charts);

/// Where units went, as a Sankey diagram.
std::string flow_section(const std::vector<Charts::View>& views, Charts& charts);

/// How long messages travel, by interface.
std::string ways_section(const std::vector<Charts::View>& views);

/// Dead letters and undelivered commands, by whose work they are.
std::string work_section(const std::vector<Charts::View>& views);

/// What reconciliations have found and nobody has cleared, by age at the hard close.
std::string ageing_section(const std::vector<Charts::View>& views, std::string_view currency, int decimals,
                           Charts& charts);

/// What was broken on purpose, and when.
std::string faults_section(const std::vector<FaultSpan>& faults);

}  // namespace omnisim::reports::html
