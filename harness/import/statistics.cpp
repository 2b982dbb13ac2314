#include "harness/import/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace omnisim::harness {
namespace {

using std::chrono::days;
using Day = std::chrono::sys_days;

std::size_t weekday_of(Day day) {
  return static_cast<std::size_t>((std::chrono::weekday(day) - std::chrono::Monday).count());
}

/// The value that `share` of sorted values do not exceed.
double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(at, 1, sorted.size()) - 1];
}

Counts counts_of(const std::map<std::int64_t, std::int64_t>& counted) {
  return {counted.begin(), counted.end()};
}

/// Goes through a trace once.
class Counter {
 public:
  Counter(DemandStatistics& into, core::Time from, core::Time to) : into_(into), from_(from), to_(to) {}

  void take(const models::TraceRow& row) {
    if (row.kind == models::TraceKind::sale) sale(row);
    if (row.kind == models::TraceKind::cancellation) goods_back(row);
  }

  void finish() {
    end_order();
    into_.from = from_ != core::Time{} ? from_ : core::Time{std::chrono::floor<days>(first_)};
    into_.to = to_ != core::Time{} ? to_ : core::Time{std::chrono::floor<days>(last_) + days{1}};
    into_.days = std::chrono::duration<double>(into_.to - into_.from).count() / 86'400;
    calendar();
    into_.lines = counts_of(lines_);
    into_.units = counts_of(units_);
    for (const auto& [code, item] : items_) into_.by_rank.push_back(item.lines);
    std::sort(into_.by_rank.rbegin(), into_.by_rank.rend());
    const Zipf zipf = fit_zipf(into_.by_rank);
    into_.zipf_exponent = zipf.exponent;
    into_.catalogue = zipf.items;
    prices();
    returns();
  }

 private:
  struct Item {
    std::int64_t lines = 0, units = 0, minor = 0;
  };

  /// Rows of one document at one time are an order; of one item in it, a line.
  void sale(const models::TraceRow& row) {
    if (row.document != document_ || row.at != at_) end_order();
    document_ = row.document;
    at_ = row.at;
    order_[row.item] += row.quantity_each;
    Item& item = items_[row.item];
    item.units += row.quantity_each;
    item.minor += row.amount.minor;
    if (!row.customer.empty()) sold_[{row.customer, row.item}].push_back(row.at);
  }

  void end_order() {
    if (order_.empty()) return;
    if (into_.orders++ == 0) first_ = at_;
    last_ = at_;
    const Day day = std::chrono::floor<days>(at_);
    ++by_day_[day];
    into_.hours[static_cast<std::size_t>((at_ - day) / std::chrono::hours{1})] += 1;
    ++lines_[static_cast<std::int64_t>(order_.size())];
    for (const auto& [item, units] : order_) ++units_[units], ++items_[item].lines;
    order_.clear();
  }

  /// A return is of the last sale of the item to the customer before it.
  void goods_back(const models::TraceRow& row) {
    end_order();
    ++returned_lines_;
    returned_units_ -= row.quantity_each;
    if (row.customer.empty()) return;
    const auto found = sold_.find({row.customer, row.item});
    if (found == sold_.end()) return;
    const auto after = std::upper_bound(found->second.begin(), found->second.end(), row.at);
    if (after != found->second.begin())
      delays_.push_back(std::chrono::duration<double>(row.at - *std::prev(after)).count() / 86'400);
  }

  void calendar() {
    for (double& share : into_.hours) share /= std::max<double>(1, static_cast<double>(into_.orders));
    std::array<double, 7> orders{}, of_kind{};
    std::chrono::year_month month{};
    double month_days = 0;
    for (Day day = std::chrono::floor<days>(into_.from); core::Time{day} < into_.to; day += days{1}) {
      const auto found = by_day_.find(day);
      const double that_day = found == by_day_.end() ? 0 : static_cast<double>(found->second);
      orders[weekday_of(day)] += that_day, ++of_kind[weekday_of(day)];
      const std::chrono::year_month_day date(day);
      if (into_.months.empty() || date.year() / date.month() != month)
        month = date.year() / date.month(), into_.months.push_back(0), month_days = 0;
      into_.months.back() = (into_.months.back() * month_days + that_day) / (month_days + 1);
      ++month_days;
    }
    for (std::size_t d = 0; d < 7; ++d) into_.weekdays[d] = of_kind[d] > 0 ? orders[d] / of_kind[d] : -1;
  }

  void prices() {
    std::vector<double> prices;
    double value = 0;
    for (const auto& [code, item] : items_) {
      value += static_cast<double>(item.minor) / 100;
      if (item.units > 0 && item.minor > 0)
        prices.push_back(static_cast<double>(item.minor) / 100 / static_cast<double>(item.units));
    }
    std::sort(prices.begin(), prices.end());
    into_.price_median = quantile(prices, 0.5);
    into_.price_p95 = quantile(prices, 0.95);
    if (into_.orders > 0) into_.order_value = value / static_cast<double>(into_.orders);
  }

  void returns() {
    double units = 0, lines = 0;
    for (const auto& [code, item] : items_)
      units += static_cast<double>(item.units), lines += static_cast<double>(item.lines);
    if (units > 0) into_.returned_units = returned_units_ / units;
    if (lines > 0) into_.returned_lines = returned_lines_ / lines;
    if (returned_lines_ > 0) into_.matched_returns = static_cast<double>(delays_.size()) / returned_lines_;
    std::sort(delays_.begin(), delays_.end());
    into_.delays = static_cast<std::int64_t>(delays_.size());
    into_.return_median = quantile(delays_, 0.5);
    into_.return_p95 = quantile(delays_, 0.95);
  }

  DemandStatistics& into_;
  core::Time from_, to_, first_{}, last_{}, at_{};
  core::Code document_;
  std::map<core::Code, std::int64_t> order_;  ///< units by item of the order that is being read
  std::map<core::Code, Item> items_;
  std::map<std::int64_t, std::int64_t> lines_, units_;
  std::map<Day, std::int64_t> by_day_;
  std::map<std::pair<core::Code, core::Code>, std::vector<core::Time>> sold_;  ///< by customer and item
  std::vector<double> delays_;
  double returned_lines_ = 0, returned_units_ = 0;
};

/// Σ r^-s, and Σ r^-s ln r, over ranks 1 … n.
struct Sums {
  double weight = 0, weighted_log = 0;
};
Sums sums_of(double exponent, std::int64_t items) {
  Sums sums;
  for (std::int64_t r = 1; r <= items; ++r) {
    const double log = std::log(static_cast<double>(r)), weight = std::exp(-exponent * log);
    sums.weight += weight;
    sums.weighted_log += weight * log;
  }
  return sums;
}

/// The likelihood is highest where the mean of ln rank is what the exponent makes of it, which falls as the
/// exponent grows: bisection.
double most_likely_exponent(double mean_log, std::int64_t items) {
  double low = 0, high = 10;
  constexpr int halvings = 40;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    const Sums sums = sums_of(middle, items);
    (sums.weighted_log / sums.weight > mean_log ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// Different items among `draws` of n with that exponent.
double expected_items(double exponent, std::int64_t items, double draws) {
  const double whole = sums_of(exponent, items).weight;
  double expected = 0;
  for (std::int64_t r = 1; r <= items; ++r) {
    const double share = std::exp(-exponent * std::log(static_cast<double>(r))) / whole;
    expected += -std::expm1(draws * std::log1p(-std::min(share, 1 - 1e-12)));
  }
  return expected;
}

}  // namespace

double mean_of(const Counts& counts) {
  double sum = 0, all = 0;
  for (const auto& [value, count] : counts)
    sum += static_cast<double>(value) * static_cast<double>(count), all += static_cast<double>(count);
  return all > 0 ? sum / all : 0;
}

std::int64_t quantile_of(const Counts& counts, double share) {
  std::int64_t all = 0, so_far = 0;
  for (const auto& [value, count] : counts) all += count;
  for (const auto& [value, count] : counts) {
    so_far += count;
    if (static_cast<double>(so_far) >= share * static_cast<double>(all)) return value;
  }
  return 0;
}

Zipf fit_zipf(const std::vector<std::int64_t>& by_rank) {
  const auto seen = static_cast<std::int64_t>(by_rank.size());
  double draws = 0, logs = 0;
  for (std::size_t r = 0; r < by_rank.size(); ++r) {
    draws += static_cast<double>(by_rank[r]);
    logs += static_cast<double>(by_rank[r]) * std::log(static_cast<double>(r + 1));
  }
  if (draws <= 0) return {};
  const double mean_log = logs / draws;
  // The more items there are, the more of them turn up: bisection for as many as did.
  constexpr std::int64_t most_times = 8;
  std::int64_t low = seen, high = seen * most_times;
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    const double expected = expected_items(most_likely_exponent(mean_log, middle), middle, draws);
    if (expected < static_cast<double>(seen) - 0.5) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {.exponent = most_likely_exponent(mean_log, low), .items = low};
}

DemandStatistics statistics_of(const models::Trace& trace, core::Time from, core::Time to) {
  DemandStatistics statistics;
  Counter counter(statistics, from, to);
  for (const models::TraceRow& row : trace.rows) counter.take(row);
  counter.finish();
  return statistics;
}

std::vector<Figure> figures_of(const DemandStatistics& s, const std::string& currency) {
  static constexpr std::array<const char*, 7> names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::vector<Figure> figures = {
      {"orders a day", "orders", s.days > 0 ? static_cast<double>(s.orders) / s.days : 0},
      {"order value, mean", currency, s.order_value},
      {"lines an order, mean", "lines", mean_of(s.lines)},
      {"lines an order, median", "lines", static_cast<double>(quantile_of(s.lines, 0.5))},
      {"lines an order, 95 %", "lines", static_cast<double>(quantile_of(s.lines, 0.95))},
      {"units a line, mean", "each", mean_of(s.units)},
      {"units a line, median", "each", static_cast<double>(quantile_of(s.units, 0.5))},
      {"units a line, 95 %", "each", static_cast<double>(quantile_of(s.units, 0.95))},
      {"items sold", "items", static_cast<double>(s.by_rank.size())},
      {"items there are (estimate)", "items", static_cast<double>(s.catalogue)},
      {"popularity, Zipf exponent", "1", s.zipf_exponent},
      {"price of an item, median", currency, s.price_median},
      {"price of an item, 95 %", currency, s.price_p95},
      {"units returned or cancelled", "share", s.returned_units},
      {"lines returned or cancelled", "share", s.returned_lines},
      {"return after, median", "days", s.return_median},
      {"return after, 95 %", "days", s.return_p95}};
  for (std::size_t d = 0; d < 7; ++d)
    if (s.weekdays[d] >= 0)
      figures.push_back({fmt::format("orders on a {}", names[d]), "orders", s.weekdays[d]});
  for (std::size_t h = 0; h < 24; ++h)
    figures.push_back({fmt::format("orders from {:02} h", h), "share", s.hours[h]});
  for (std::size_t m = 0; m < s.months.size() && s.months.size() > 1; ++m)
    figures.push_back({fmt::format("orders a day, month {}", m + 1), "orders", s.months[m]});
  return figures;
}

}  // namespace omnisim::harness
