#include "harness/import/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/scenario/values.hpp"
#include "harness/scenario/writer.hpp"

namespace omnisim::harness {
namespace {

using std::chrono::days;

constexpr days longest{366};                                   // of a scenario
constexpr std::int64_t lines_max = 1000, units_max = 100'000;  // that a scenario can have
constexpr double bins_max = 200;                               // of an empirical distribution
constexpr int delays_min = 5;              // fewer returns say nothing of how long they take
constexpr double delivery_days = 2 / 24.;  // what the scenario below needs from the order to the customer

double in_cents(double amount) { return std::stod(fmt::format("{:.2f}", amount)); }
/// Four significant digits: no trace knows more.
double short_number(double value) { return std::stod(fmt::format("{:.4g}", value)); }

/// Values that are common as they are, rare neighbours together at their mean.
OrderedJson empirical(const Counts& counts, std::int64_t most) {
  double all = 0;
  for (const auto& [value, count] : counts) all += static_cast<double>(count);
  OrderedJson values = OrderedJson::array(), weights = OrderedJson::array();
  double weight = 0, sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto count = static_cast<double>(counts[i].second);
    weight += count, sum += count * static_cast<double>(counts[i].first);
    if (weight < all / bins_max && i + 1 < counts.size()) continue;
    values.push_back(std::min<std::int64_t>(std::llround(sum / weight), most));
    weights.push_back(static_cast<std::int64_t>(weight));
    weight = sum = 0;
  }
  return {{"dist", "empirical"}, {"values", values}, {"weights", weights}};
}

OrderedJson lognormal(double median, double p95) {
  return {{"dist", "lognormal"}, {"median", median}, {"p95", p95}};
}

/// Orders a day of an ordinary week, and how weekdays differ; where the trace has not each of them, alike.
double weekly(const DemandStatistics& s, OrderedJson& demand) {
  if (*std::min_element(s.weekdays.begin(), s.weekdays.end()) < 0)
    return static_cast<double>(s.orders) / s.days;
  const double mean = std::accumulate(s.weekdays.begin(), s.weekdays.end(), 0.0) / 7;
  OrderedJson weights = OrderedJson::array();
  for (const double orders : s.weekdays) weights.push_back(short_number(orders / mean));
  demand["weekday_weights"] = weights;
  return mean;
}

/// Whole months of a longer trace, each against the mean of all.
OrderedJson season_of(const DemandStatistics& s) {
  OrderedJson dates = OrderedJson::array();
  const double mean = static_cast<double>(s.orders) / s.days;
  auto month = std::chrono::year_month_day(std::chrono::floor<days>(s.from));
  auto first = std::chrono::year_month(month.year(), month.month());
  for (const double orders : s.months) {
    const Time from = std::max(s.from, Time{std::chrono::sys_days{first / 1}});
    first += std::chrono::months{1};
    const Time end = std::min(s.to, Time{std::chrono::sys_days{first / 1}});
    if (from < end)
      dates.push_back(
          {{"from", format_time(from)}, {"to", format_time(end)}, {"factor", short_number(orders / mean)}});
  }
  return {{"dates", dates}};
}

void add_returns(const DemandStatistics& s, OrderedJson& demand) {
  demand["return_share_online"] = short_number(std::clamp(s.returned_units, 0.0, 1.0));
  demand["return_damaged_share"] = 0;
  if (s.delays < delays_min) return;
  const double median = std::max(s.return_median - delivery_days, 1.0 / 1440);
  const double p95 = std::max(s.return_p95 - delivery_days, median * 1.01);
  const auto text = [](double in_days) {
    return format_duration(Duration{std::llround(in_days * 1440) * 60'000'000});
  };
  demand["return_after"] =
      text(median) == text(p95)
          ? OrderedJson(text(median))
          : OrderedJson{{"dist", "lognormal"}, {"median", text(median)}, {"p95", text(p95)}};
}

models::Trace first_year(const models::Trace& trace) {
  models::Trace year{.currency = trace.currency, .rows = {}};
  if (trace.rows.empty()) return year;
  const Time end = Time{std::chrono::floor<days>(trace.rows.front().at) + longest};
  for (const models::TraceRow& row : trace.rows) {
    if (row.at < end) year.rows.push_back(row);
  }
  return year;
}

}  // namespace

std::string fitted_scenario(const DemandStatistics& s, const std::string& currency, const std::string& name) {
  OrderedJson demand = {{"tax_bp", 0}, {"shipping_fee", "0 " + currency}};
  OrderedJson hours = OrderedJson::array();
  for (const double share : s.hours) hours.push_back(short_number(share * 100));
  demand["hour_weights"] = hours;
  const double per_day = weekly(s, demand);
  if (s.months.size() > 2) demand["season"] = season_of(s);
  demand["lines_per_order"] = empirical(s.lines, lines_max);
  demand["units_per_line"] = empirical(s.units, units_max);
  add_returns(s, demand);
  const double price = std::max(0.01, in_cents(s.price_median));
  const std::int64_t most_units = s.units.empty() ? 1 : s.units.back().first;
  // Enough of each item for its share of the orders twice over, and for the largest line: what a trace sold
  // was there.
  OrderedJson shop = {{"code", "web"},
                      {"kind", "web"},
                      {"format", "storefront_json"},
                      {"orders_per_day", short_number(per_day)}};
  OrderedJson document = {
      {"name", name},
      {"title", "Fitted to a trace"},
      {"description", "Generated demand with the statistics of a trace; the stock is enough for all of it."},
      {"currency", currency},
      {"calendar", {{"from", format_time(s.from)}, {"to", format_time(s.to)}, {"hard_close_after", "24h"}}},
      {"nodes", {{"dcs", 1}}},
      {"catalogue",
       {{"generated", std::max<std::int64_t>(1, s.catalogue)},
        {"zipf_exponent", short_number(s.zipf_exponent)},
        {"price", s.price_p95 > price ? lognormal(price, in_cents(s.price_p95)) : OrderedJson(price)}}},
      {"opening",
       {{"dc_days_of_demand", std::min(3650.0, std::ceil(s.days * 2))},
        {"uniform_each", std::min<std::int64_t>(1'000'000, 3 * most_units)}}},
      {"channels", OrderedJson::array({std::move(shop)})},
      {"demand", demand},
      {"systems",
       {{"dc", {{"wave_every", "1h"}, {"pick_capacity_per_hour", 1'000'000}, {"carrier_pickup_every", "1h"}}},
        {"carrier", {{"transit", "30min"}}}}},
      {"pattern", "event-orchestrated"}};
  return document.dump(2) + "\n";
}

void RunTrace::begin(const core::Core& core, const models::Estate&, const core::Store&) {
  const core::Directory& names = core.config().directory;
  for (std::uint32_t i = 0; i < names.item_count(); ++i) items_.push_back(names.item({i}).code);
  trace_.currency = std::string(names.currency().view());
}

void RunTrace::on_fact(const world::Fact& fact) {
  using enum world::FactKind;
  if (fact.kind == demand_refused) refused_ += static_cast<std::int64_t>(fact.lines.size());
  const bool placed = fact.kind == order_placed;
  if (!placed && fact.kind != return_received) return;
  for (const core::Line& line : fact.lines) {
    // An order is a customer of its own: what comes back is of that order.
    models::TraceRow row;
    row.at = fact.at;
    row.kind = placed ? models::TraceKind::sale : models::TraceKind::cancellation;
    row.has_customer = true;
    row.customer = fact.order;
    row.document = placed ? fact.order : fact.reference;
    row.item = items_[line.sku.value];
    row.quantity_each = placed ? line.quantity_each : -line.quantity_each;
    row.amount = line.net;
    trace_.rows.push_back(std::move(row));
  }
}

Fit fit(const models::Trace& trace, const std::string& name, const std::string& file) {
  const DemandStatistics of_trace = statistics_of(first_year(trace));
  Fit fit;
  fit.scenario = fitted_scenario(of_trace, trace.currency, name);
  const LoadedScenario loaded = load_scenario_text(fit.scenario, file, {});
  const Plan plan = make_plan(loaded, load_pattern("ideal", {}));
  RunTrace kept;
  RunOptions options;
  options.seed = fit.seed;
  options.onlooker = &kept;
  const Outcome outcome = run_once(plan, options);
  const models::CalendarParams& calendar = plan.scenario.estate.calendar;
  fit.of_trace = figures_of(of_trace, trace.currency);
  fit.of_run = figures_of(statistics_of(kept.trace(), calendar.from, calendar.to), trace.currency);
  fit.pattern = plan.pattern.name;
  fit.fingerprint = outcome.result.fingerprint;
  fit.refused_lines = kept.refused_lines();
  return fit;
}

}  // namespace omnisim::harness
