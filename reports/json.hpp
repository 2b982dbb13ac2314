#pragma once

#include <string>

#include "reports/result.hpp"

/// The documents that `--json` prints and `--out` keeps, as docs of the contract fix them. The order of keys
/// is fixed, numbers are the shortest text that reads back the same, whole numbers carry no point, and a
/// figure that is not finite is left out: so the same result gives the same bytes. Text that is not UTF-8 has
/// its bad bytes replaced.
namespace omnisim::reports {

/// `omnisim.run/1`. Everything but `cost` repeats byte for byte. Ends in a line feed.
std::string run_json(const RunResult& result);

/// `omnisim.compare/1`: patterns and paired differences, each metric as mean, half_width and n. Ends in a
/// line feed.
std::string compare_json(const CompareResult& result);

}  // namespace omnisim::reports
