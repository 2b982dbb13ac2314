// What a demand trace is like, in a few figures: how many orders when, of how many lines and units, which
// items at which prices, and what comes back after how long. Of a trace of real documents and of the trace of
// a run alike, so that the two can be laid side by side.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/trace.hpp"

namespace omnisim::harness {

/// How often each whole number occurs, ascending.
using Counts = std::vector<std::pair<std::int64_t, std::int64_t>>;
double mean_of(const Counts& counts);
/// The smallest value that at least `share` of all do not exceed; 0 where there is none.
std::int64_t quantile_of(const Counts& counts, double share);

struct DemandStatistics {
  core::Time from{}, to{};  ///< whole days (UTC)
  double days = 0;
  std::int64_t orders = 0;
  std::array<double, 24> hours{};          ///< share of orders by hour
  std::array<double, 7> weekdays{};        ///< orders a day on a Monday, …; below 0: there is no such day
  std::vector<double> months;              ///< orders a day of each month that it touches, in order
  Counts lines;                            ///< different items an order
  Counts units;                            ///< units a line
  std::vector<std::int64_t> by_rank;       ///< lines of each item, most wanted first
  double zipf_exponent = 0;                ///< maximum likelihood, over `catalogue` items
  std::int64_t catalogue = 0;              ///< items, those included that nobody happened to want
  double price_median = 0, price_p95 = 0;  ///< over items, at their average price, currency units
  double order_value = 0;                  ///< mean, currency units
  double returned_units = 0;               ///< share of units sold
  double returned_lines = 0;               ///< lines of returns / lines sold
  double matched_returns = 0;  ///< share of them whose sale is known: same customer and item, the last before
  std::int64_t delays = 0;     ///< returns that `return_*` are of
  double return_median = 0, return_p95 = 0;  ///< days from that sale to the return
};

/// `from`, `to`: whole days that the trace is of; default: from its first to its last order.
DemandStatistics statistics_of(const models::Trace& trace, core::Time from = {}, core::Time to = {});

/// The exponent s and the number of items n of which counts by rank are most likely: draws from n items with
/// weights rank^-s, of which as many different ones are expected to turn up as did.
struct Zipf {
  double exponent = 0;
  std::int64_t items = 0;
};
Zipf fit_zipf(const std::vector<std::int64_t>& by_rank);

/// One figure, as people want to see it.
struct Figure {
  std::string name, unit;
  double value = 0;
};
std::vector<Figure> figures_of(const DemandStatistics& statistics, const std::string& currency);

}  // namespace omnisim::harness
