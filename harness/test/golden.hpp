// The golden result of a scenario: what its runs came to when somebody last looked and said that it is right.
// One file a scenario, golden/NAME.json beside it: a row a metric, a column a pattern.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/result.hpp"

namespace omnisim::harness {

struct GoldenRun {
  std::string fingerprint;  ///< 32 hex digits
  std::map<std::string, double> metrics;
};

struct Golden {
  std::map<std::string, GoldenRun> patterns;  ///< by name; all of seed 1
};

/// A figure that is not what it was. Nothing on a side: the run had, or has, no such figure.
struct MetricDifference {
  std::string metric;
  std::string unit;  ///< as reports::Metric; empty where the figure is gone
  std::optional<double> golden;
  std::optional<double> now;
};

struct GoldenDifference {
  bool other_events = false;              ///< the fingerprints differ
  std::vector<MetricDifference> metrics;  ///< sorted by name
  std::size_t compared = 0;               ///< metrics looked at
  std::size_t unknown = 0;                ///< metrics that no run of the golden result has: newer than it

  bool none() const { return !other_events && metrics.empty(); }
};

/// Where the golden result of a scenario file is kept.
std::string golden_file_of(const std::string& scenario_file);

/// Nothing where there is no such file; throws BadInput where it is no golden result.
std::optional<Golden> read_golden(const std::string& file);
std::string golden_text(const std::string& scenario, const Golden& golden);

GoldenRun golden_run(const reports::RunResult& result);
/// `pattern` is one of golden.patterns. Exact: the same inputs give the same bits on every machine.
GoldenDifference differences(const Golden& golden, const std::string& pattern,
                             const reports::RunResult& result);

/// The difference as lines of a table (metric, golden, now, difference, unit), at most `rows_max` of them,
/// the largest in proportion first.
std::vector<std::string> difference_table(const GoldenDifference& difference, std::size_t rows_max);

}  // namespace omnisim::harness
