#include "harness/compare/summarise.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/compare/statistics.hpp"

namespace omnisim::harness {
namespace {

using namespace reports;

struct Column {
  std::string unit;
  std::map<std::uint64_t, double> by_seed;
};
using Table = std::map<std::string, Column>;  // by metric

Table table_of(const PatternRuns& pattern) {
  Table table;
  for (const Outcome& run : pattern.runs) {
    for (const Metric& metric : run.result.metrics) {
      Column& column = table[metric.name];
      column.unit = metric.unit;
      column.by_seed[run.result.seed] = metric.value;
    }
  }
  return table;
}

std::vector<Estimate> means_of(const Table& table) {
  std::vector<Estimate> means;
  for (const auto& [metric, column] : table) {
    std::vector<double> values;
    for (const auto& [seed, value] : column.by_seed) values.push_back(value);
    means.push_back(estimate(metric, column.unit, values));
  }
  return means;
}

/// Seed by seed, where both patterns have the metric; one of `comparisons` that are read together.
std::vector<Estimate> differences_of(const Table& a, const Table& b, std::size_t comparisons) {
  std::vector<Estimate> differences;
  for (const auto& [metric, column] : a) {
    const auto other = b.find(metric);
    if (other == b.end()) continue;
    std::vector<double> values;
    for (const auto& [seed, value] : column.by_seed) {
      const auto pair = other->second.by_seed.find(seed);
      if (pair != other->second.by_seed.end()) values.push_back(value - pair->second);
    }
    if (!values.empty()) differences.push_back(estimate(metric, column.unit, values, comparisons));
  }
  return differences;
}

/// How many differences a reader holds against each other: of the patterns compared every pair, of an
/// ablation what each capability is worth to its base.
class Families {
 public:
  explicit Families(const std::vector<PatternRuns>& patterns) {
    for (const PatternRuns& pattern : patterns) (pattern.without.empty() ? compared_ : ablated_) += 1;
  }
  std::size_t of(const PatternRuns& a, const PatternRuns& b) const {
    if (a.without.empty() && b.without.empty()) return compared_ * (compared_ - 1) / 2;
    if (a.base == b.pattern.name || b.base == a.pattern.name) return ablated_;
    const std::size_t all = compared_ + ablated_;
    return all * (all - 1) / 2;
  }

 private:
  std::size_t compared_ = 0, ablated_ = 0;
};

/// What the beginning of a run does to figures over time.
std::vector<WarmUp> warm_up_of(const std::vector<Series>& all) {
  std::vector<WarmUp> found;
  for (const Series& series : all) {
    if (!series.name.starts_with("drift.") || series.points.size() < 20) continue;
    std::vector<double> values;
    for (const Point& point : series.points) values.push_back(point.value);
    const std::size_t cut = warm_up_end(values);
    const auto mean_from = [&](std::size_t from) {
      double sum = 0;
      for (std::size_t i = from; i < values.size(); ++i) sum += values[i];
      return sum / static_cast<double>(values.size() - from);
    };
    const auto span = series.points[cut].at - series.points.front().at;
    found.push_back({.series = series.name,
                     .unit = series.unit,
                     .hours = std::chrono::duration<double, std::ratio<3600>>(span).count(),
                     .mean = mean_from(0),
                     .mean_after = mean_from(cut)});
  }
  return found;
}

/// Means at each time over the runs that have a point there.
std::vector<Series> mean_series(const PatternRuns& pattern) {
  struct Sum {
    double total = 0;
    double count = 0;
  };
  struct Curve {
    std::string unit;
    std::map<Time, Sum> points;
  };
  std::map<std::string, Curve> curves;
  for (const Outcome& run : pattern.runs) {
    for (const Series& series : run.result.series) {
      Curve& curve = curves[series.name];
      curve.unit = series.unit;
      for (const Point& point : series.points) {
        Sum& sum = curve.points[point.at];
        sum.total += point.value;
        sum.count += 1;
      }
    }
  }
  std::vector<Series> means;
  for (const auto& [name, curve] : curves) {
    Series& series = means.emplace_back(Series{name, curve.unit, {}});
    for (const auto& [at, sum] : curve.points) series.points.push_back({at, sum.total / sum.count});
  }
  return means;
}

std::vector<AccountEstimate> misstatement_of(const PatternRuns& pattern) {
  std::map<std::string, AccountEstimate> accounts;
  for (const Outcome& run : pattern.runs) {
    for (const Account& account : run.result.trial_balance) {
      AccountEstimate& estimate = accounts[account.number];
      estimate.number = account.number;
      estimate.name = account.name;
      estimate.misstatement_minor += std::abs(static_cast<double>(account.booked_minor - account.true_minor));
    }
  }
  std::vector<AccountEstimate> list;
  for (auto& [number, account] : accounts) {
    account.misstatement_minor /= static_cast<double>(pattern.runs.size());
    list.push_back(account);
  }
  return list;
}

std::vector<InvariantCount> invariants_of(const PatternRuns& pattern) {
  std::vector<InvariantCount> counts;
  std::map<std::string, std::size_t> index;
  for (const Outcome& run : pattern.runs) {
    for (const Invariant& invariant : run.result.invariants) {
      const auto [at, is_new] = index.emplace(invariant.id, counts.size());
      if (is_new) counts.push_back({invariant.id, invariant.promised, 0, 0, ""});
      InvariantCount& count = counts[at->second];
      ++count.runs;
      count.held_runs += invariant.held ? 1 : 0;
      if (!invariant.held && count.detail.empty())
        count.detail = "seed " + std::to_string(run.result.seed) + ": " + invariant.detail;
    }
  }
  return counts;
}

/// What another run adds to the mean over n, where it has the same rows and columns.
void add_grid(Grid& grid, const Picture& other, double n) {
  for (const Grid& more : other.grids) {
    if (more.name != grid.name || more.values.size() != grid.values.size()) continue;
    for (std::size_t i = 0; i < grid.values.size(); ++i) grid.values[i] += more.values[i] / n;
  }
}

/// Grids and flows are means over the runs; grids of one calendar have the same columns, and the rows are
/// those of the first run.
Picture mean_picture(const PatternRuns& pattern) {
  Picture mean = pattern.runs.front().result.picture;
  const auto n = static_cast<double>(pattern.runs.size());
  for (Grid& grid : mean.grids) {
    for (double& value : grid.values) value /= n;
  }
  for (Flow& flow : mean.flows) flow.units /= n;
  for (std::size_t i = 1; i < pattern.runs.size(); ++i) {
    const Picture& other = pattern.runs[i].result.picture;
    for (Grid& grid : mean.grids) add_grid(grid, other, n);
    for (const Flow& flow : other.flows) {
      const auto same = std::find_if(mean.flows.begin(), mean.flows.end(),
                                     [&](const Flow& f) { return f.from == flow.from && f.to == flow.to; });
      if (same == mean.flows.end()) {
        mean.flows.push_back({flow.from, flow.to, flow.units / n});
      } else {
        same->units += flow.units / n;
      }
    }
  }
  return mean;
}

PatternResult result_of(const PatternRuns& pattern, const Table& table) {
  PatternResult result;
  result.pattern = pattern.pattern.name;
  result.title = pattern.pattern.title;
  result.mechanisms = pattern.pattern.mechanisms;
  result.metrics = means_of(table);
  result.series = mean_series(pattern);
  result.misstatement = misstatement_of(pattern);
  result.invariants = invariants_of(pattern);
  result.warm_up = warm_up_of(result.series);
  result.is_reference = !pattern.pattern.limits;
  result.base = pattern.base;
  result.without = pattern.without;
  if (!pattern.runs.empty()) {
    const RunResult& first = pattern.runs.front().result;
    result.picture = mean_picture(pattern);
    result.inquiry = first.inquiry;
    result.trial_balance = first.trial_balance;
    result.reasons = first.reasons;
    for (Reason& reason : result.reasons) {
      if (pattern.runs.size() > 1) reason.text = "Seed " + std::to_string(first.seed) + ": " + reason.text;
    }
  }
  return result;
}

void note_failures(const PatternRuns& pattern, std::vector<FailedRun>& failed) {
  for (const Outcome& run : pattern.runs) {
    const std::uint64_t seed = run.result.seed;
    if (run.end == RunEnd::pending) {
      failed.push_back(
          {pattern.pattern.name, seed,
           "did not come to rest: " + (run.pending.empty() ? "events pending" : run.pending.front())});
    }
    for (const Invariant& invariant : run.result.invariants) {
      if (invariant.promised && !invariant.held)
        failed.push_back({pattern.pattern.name, seed, "broke " + invariant.id + ": " + invariant.detail});
    }
    for (const Expectation& expectation : run.result.expectations) {
      if (!expectation.held)
        failed.push_back({pattern.pattern.name, seed, "does not hold: " + expectation.expect});
    }
  }
}

}  // namespace

reports::CompareResult summarise(const std::vector<PatternRuns>& patterns) {
  CompareResult result;
  std::vector<Table> tables;
  for (const PatternRuns& pattern : patterns) {
    tables.push_back(table_of(pattern));
    result.patterns.push_back(result_of(pattern, tables.back()));
    note_failures(pattern, result.failed_runs);
  }
  const Families families(patterns);
  for (std::size_t a = 0; a < patterns.size(); ++a) {
    for (std::size_t b = a + 1; b < patterns.size(); ++b) {
      result.differences.push_back(
          {patterns[a].pattern.name, patterns[b].pattern.name,
           differences_of(tables[a], tables[b], families.of(patterns[a], patterns[b]))});
    }
  }
  if (!patterns.empty() && !patterns.front().runs.empty()) {
    const RunResult& first = patterns.front().runs.front().result;
    result.scenario = first.scenario;
    result.version = first.version;
    result.from = first.from;
    result.to = first.to;
    result.currency = first.currency;
    result.currency_decimals = first.currency_decimals;
    for (const Outcome& run : patterns.front().runs) result.seeds.push_back(run.result.seed);
  }
  return result;
}

}  // namespace omnisim::harness
