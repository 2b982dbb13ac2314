// What `--out` keeps of a run.
#pragma once

#include <string>
#include <string_view>

#include "harness/run_once.hpp"

namespace omnisim::harness {

/// run.json, scenario.resolved.json, report.html, metrics.csv, ledger.journal, truth.journal: all of them or
/// none.
void write_run_files(const std::string& folder, const Plan& plan, const Outcome& outcome);

/// What a broken promise prints: the break, and how to see it again.
std::string describe_breaks(const Outcome& outcome, const Plan& plan);
/// What had not come to rest.
std::string describe_pending(const Outcome& outcome);
/// "oversell.units == 0 does not hold: it is 3 each, off by 3", without a line feed.
std::string describe_miss(const reports::Expectation& expectation);
/// A value with its unit, every digit of it: "3 each", "0.25", "12.5 EUR".
std::string value_with_unit(double value, std::string_view unit);

}  // namespace omnisim::harness
