#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/explanation.hpp"
#include "reports/picture.hpp"

/// What a run and a comparison leave behind: plain values that the auditors fill and that every report is a
/// pure function of. No report needs the harness, and no number is computed twice.
namespace omnisim::reports {

/// What the run cost on this machine: the only part of a result that differs between repetitions.
struct Cost {
  double wall_seconds = 0;
  std::int64_t events = 0;              ///< fired by the calendar
  std::int64_t canonical_messages = 0;  ///< into the core and out of it, each as bytes of its format
  std::int64_t peak_rss_bytes = 0;
};

struct Metric {
  std::string name;  ///< dotted, as `omnisim list metrics` has it: "oversell.units.marketplace-a"
  double value = 0;  ///< a metric that is not defined for a run (0/0) is left out, never NaN
  std::string unit =
      "";  ///< "each", "1" (a ratio, shown in percent), "s", "h", "orders", …; for money the currency
};

struct Invariant {
  std::string id;  ///< "stock.conserved"
  bool held = true;
  std::int64_t checks = 0;
  bool promised =
      true;  ///< whether this pattern promises it; a broken promise is a bug, another break is a finding
  std::string detail;  ///< empty where it held; else the first break in words, with its ids
};

struct Expectation {
  std::string expect;  ///< as the scenario wrote it: "oversell.units == 0"
  bool held = true;
  double value = 0;       ///< what the left side came to
  std::string unit = "";  ///< as Metric::unit
  bool defined = true;    ///< false where the run has no such metric: 0/0, or nothing of it happened
};

struct Point {
  Time at;
  double value = 0;
};

/// A figure over simulated time, points in ascending order of time.
struct Series {
  std::string name;  ///< "drift.book.abs_mean", "oversell.units", "queue.depth.erp"
  std::string unit;  ///< as Metric::unit
  std::vector<Point> points;
};

/// One row of the trial balance. Debit balances are positive, all amounts in minor units of the ledger's
/// currency.
struct Account {
  std::string number;                 ///< "4000"
  std::string name;                   ///< "Product revenue"
  std::int64_t booked_minor = 0;      ///< the ERP's balance at hard close
  std::int64_t true_minor = 0;        ///< what it should have been at hard close
  std::int64_t booked_end_minor = 0;  ///< the same once everything has come to rest
  std::int64_t true_end_minor = 0;
};

/// Why a figure came out as it did, in one sentence that the pattern's mechanisms or the auditors' causes
/// give.
struct Reason {
  std::string metric;  ///< the metric, or the prefix of metrics, that it explains: "oversell"
  std::string text;
};

struct RunResult {
  std::string scenario;
  std::string scenario_hash;
  std::string pattern;
  std::uint64_t seed = 0;
  std::string version;
  std::string fingerprint;  ///< 32 hex digits
  Time from{};
  Time to{};
  Cost cost;
  std::vector<Metric> metrics;  ///< sorted by name, no name twice
  std::vector<Invariant> invariants;
  std::vector<Expectation> expectations;
  std::vector<Series> series;
  std::vector<Account> trial_balance;  ///< by account number
  std::string currency;                ///< ISO 4217, "EUR"
  int currency_decimals = 2;
  std::vector<Reason> reasons;
  std::string command;  ///< the command line that repeats this run
  Picture picture = {};
  Inquiry inquiry = {};  ///< empty where nobody looked
};

/// A mean over seeds with the half width of its 95 % confidence interval; with n < 2 the half width is 0.
struct Estimate {
  std::string metric;
  double mean = 0;
  double half_width = 0;
  std::int64_t n = 0;
  std::string unit = "";  ///< as Metric::unit
  /// The half width with which all differences of a table hold at once with 95 % (Bonferroni); of a mean the
  /// same as `half_width`.
  double half_width_together = 0;
};

/// An invariant over all seeds of a pattern.
struct InvariantCount {
  std::string id;
  bool promised = true;
  std::int64_t held_runs = 0;
  std::int64_t runs = 0;
  std::string detail;  ///< the first break met, with its seed; empty where it always held
};

struct AccountEstimate {
  std::string number;
  std::string name;
  double misstatement_minor = 0;  ///< mean over seeds of abs(booked − true) at hard close
};

/// Where a figure over time has left its beginning behind (MSER-5), and what that is worth.
struct WarmUp {
  std::string series;  ///< "drift.book.abs_mean"
  std::string unit;
  double hours = 0;       ///< of the beginning; 0: there is none to see
  double mean = 0;        ///< of the series as a whole
  double mean_after = 0;  ///< … and without its beginning
};

struct PatternResult {
  std::string pattern;
  std::string title;                    ///< a few words for people; may be empty
  std::vector<std::string> mechanisms;  ///< how this pattern works, in sentences of its file; untrusted text
  std::vector<Reason> reasons;          ///< by metric, where the auditors know more than the mechanism says
  std::vector<Estimate> metrics;        ///< sorted by metric
  std::vector<Series> series;           ///< means over seeds
  std::vector<AccountEstimate> misstatement;  ///< by account number
  std::vector<InvariantCount> invariants;
  std::vector<WarmUp> warm_up = {};
  Picture picture = {};  ///< grids and flows: means over seeds; ways and work: of the first seed
  Inquiry inquiry = {};  ///< of the first seed
  std::vector<Account> trial_balance = {};  ///< of the first seed
  bool is_reference = false;  ///< nobody can build it (no latency, no limits): a zero to measure from
  /// Of an ablation: the pattern that it is, but for the capability it lacks.
  std::string base = "", without = "";
};

/// The mean over seeds of (a − b) on common random numbers, per metric.
struct PairedDifference {
  std::string a, b;               ///< pattern names
  std::vector<Estimate> metrics;  ///< sorted by metric
};

/// Which pattern has the best mean of a metric, with probability at least 95 % (docs/statistics.md).
struct Selection {
  struct Candidate {
    std::string pattern;
    std::int64_t ruled_out_after = 0;  ///< seeds; 0: never
  };
  std::string metric;
  std::string unit;
  bool high_is_better = false;
  double indifference = 0;  ///< a smaller difference counts as none
  std::string best;         ///< empty: not decided within the seeds allowed
  std::int64_t seeds = 0;   ///< that it took
  std::vector<Candidate> candidates;
};

/// Whether the means are known as well as was asked.
struct Precision {
  double wanted = 0;  ///< of the mean: 0.05
  std::vector<std::string> metrics;
  std::int64_t seeds_max = 0;     ///< where to stop in any case
  std::vector<std::string> open;  ///< what is not known so well, in words; empty: reached
};

struct FailedRun {
  std::string pattern;
  std::uint64_t seed = 0;
  std::string what;  ///< one line, without paths
};

struct Parameter {
  std::string name;
  std::string value;
};

struct CompareResult {
  std::string scenario;
  std::string scenario_hash;
  std::string description;  ///< what the scenario is, from its file; untrusted text
  std::string version;
  Time from{};
  Time to{};
  std::vector<std::uint64_t> seeds;
  std::vector<PatternResult> patterns;  ///< in the order asked for
  std::vector<PairedDifference> differences;
  std::optional<Precision> precision = {};  ///< where it was asked for
  std::optional<Selection> selection = {};
  std::vector<FailedRun> failed_runs;
  std::vector<Parameter> parameters;  ///< worth showing: nodes, SKUs, days, faults …
  std::string currency;
  int currency_decimals = 2;
  std::string command;  ///< the command line that reproduces this comparison
};

struct Posting {
  std::string account;            ///< number, as in the chart of accounts
  std::int64_t amount_minor = 0;  ///< debit positive
};

/// One entry of a general ledger; its postings sum to zero.
struct LedgerEntry {
  std::string date;  ///< business date in the ledger's zone, "2026-11-27"
  std::string id;
  std::string description;
  std::string cause;  ///< id of the source event
  std::vector<Posting> postings;
  std::uint16_t rule = 0;      ///< the posting rule's number, of a booked entry
  std::string reference = "";  ///< the order, till sale, settlement … that it belongs to
  Time at = {};                ///< when it happened, or was posted
};

}  // namespace omnisim::reports
