#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a run looked like, beside its figures: where and when things went wrong, where the units went, how
/// messages travelled, what was broken on purpose, and what people had to look at.
namespace omnisim::reports {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// A figure by row (a node, a channel, a way of messages) and by time.
struct Grid {
  std::string name;               ///< "drift.node", "oversell.channel", "in_flight.interface"
  std::string unit;               ///< as Metric::unit
  std::vector<std::string> rows;  ///< names
  std::vector<Time> columns;      ///< ascending, evenly spaced
  std::vector<double> values;     ///< row by row
};

/// Units that moved from one physical place to another, over the whole run.
struct Flow {
  std::string from, to;  ///< "shelf", "customer" … (docs/report.md)
  double units = 0;
};

/// Something that was broken on purpose.
struct FaultSpan {
  std::string what;  ///< "loss of tills"
  Time from{}, to{};
};

/// How messages of one interface travelled.
struct Way {
  std::string interface;
  bool to_core = true;
  std::int64_t messages = 0, lost = 0;
  double p50_s = 0, p95_s = 0, p99_s = 0;  ///< from written to arrived
};

/// What people had to look at, by whose work it is.
struct WorkItems {
  std::string category, owner, severity;
  std::int64_t count = 0;  ///< over the whole run
  std::int64_t open = 0;   ///< at its end
  double oldest_open_h = 0;
};

/// Differences that one reconciliation has found and that were open at the hard close, of one owner.
struct OpenDifferences {
  std::string compared;  ///< "payout"
  std::string owner;
  std::vector<std::int64_t> by_age;  ///< items, as ageing_buckets() has them
  std::int64_t apart_minor = 0;      ///< sum of the absolute differences
  double oldest_h = 0;
  std::int64_t open_at_end = 0;  ///< of this reconciliation and owner when everything had come to rest

  std::int64_t items() const {
    std::int64_t sum = 0;
    for (const std::int64_t count : by_age) sum += count;
    return sum;
  }
};
/// An item belongs to the first bucket whose end it is not older than.
struct AgeBucket {
  std::string_view name;
  double up_to_h;
};
inline constexpr AgeBucket ageing_buckets[] = {
    {"up to 1 day", 24}, {"1 to 3 days", 72}, {"3 to 7 days", 168}, {"7 to 30 days", 720}, {"older", 1e300}};

struct Picture {
  std::vector<Grid> grids;
  std::vector<Flow> flows;
  std::vector<FaultSpan> faults;
  std::vector<Way> ways;
  std::vector<WorkItems> work;
  std::vector<OpenDifferences> ageing = {};
};

}  // namespace omnisim::reports
