#pragma once

#include <string>

#include "reports/result.hpp"

/// Plain text for a terminal, in UTF-8. Colour is the caller's decision (a terminal, and no NO_COLOR).
namespace omnisim::reports {

inline constexpr int table_columns_max = 100;

/// The patterns as rows, the headline figures as columns with their half widths, then the verdict in words.
/// No line of the table is longer than `table_columns_max`, whatever the names and the numbers.
std::string comparison_table(const CompareResult& result, bool colour);

/// One run: the verdict, the headline figures, broken expectations and invariants, and what it cost.
std::string run_table(const RunResult& result, bool colour);

}  // namespace omnisim::reports
