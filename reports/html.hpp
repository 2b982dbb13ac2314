#pragma once

#include <string>

#include "reports/result.hpp"

/// `report.html`: one file that needs no network, now or ever. Styles, charts and data are inside it, and its
/// content security policy forbids it to fetch anything or to run any script but the two that it carries.
/// Every text that came from a file is escaped. The same result gives the same bytes.
namespace omnisim::reports {

std::string report_html(const CompareResult& result);
std::string report_html(const RunResult& result);

}  // namespace omnisim::reports
