#pragma once

#include <string>

#include "reports/result.hpp"

/// `metrics.csv`: the time series, one point a row (RFC 4180, UTF-8, line feeds), in the order of the result.
namespace omnisim::reports {

/// Columns `series,unit,time,value`.
std::string metrics_csv(const RunResult& result);

/// Columns `pattern,series,unit,time,value`; the values are means over seeds.
std::string metrics_csv(const CompareResult& result);

}  // namespace omnisim::reports
