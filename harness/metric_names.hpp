// Which metrics there are: the auditors' table with the scenario's channels filled in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace omnisim::harness {

/// Every name that a run of a scenario with these channels may give, sorted; names by account number
/// excepted.
std::vector<std::string> metric_names(const std::vector<std::string>& channels);
bool is_metric(std::string_view name, const std::vector<std::string>& channels);

}  // namespace omnisim::harness
