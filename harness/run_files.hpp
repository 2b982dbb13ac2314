// What `--out` keeps of a run.
#pragma once

#include <string>

#include "harness/run_once.hpp"

namespace omnisim::harness {

/// run.json, scenario.resolved.json, report.html, metrics.csv, ledger.journal, truth.journal: all of them or
/// none.
void write_run_files(const std::string& folder, const Plan& plan, const Outcome& outcome);

/// What a broken promise prints: the break, and how to see it again.
std::string describe_breaks(const Outcome& outcome, const Plan& plan);
/// What had not come to rest.
std::string describe_pending(const Outcome& outcome);

}  // namespace omnisim::harness
