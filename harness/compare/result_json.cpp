#include "harness/compare/result_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/compare/inquiry_json.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;
using namespace reports;

Json series_json(const std::vector<Series>& all) {
  Json list = Json::array();
  for (const Series& series : all) {
    Json points = Json::array();
    for (const Point& point : series.points)
      points.push_back({point.at.time_since_epoch().count(), point.value});
    list.push_back({series.name, series.unit, std::move(points)});
  }
  return list;
}

std::vector<Series> series_of(const Json& list) {
  std::vector<Series> all;
  for (const Json& one : list) {
    Series& series = all.emplace_back();
    series.name = one.at(0);
    series.unit = one.at(1);
    for (const Json& point : one.at(2)) {
      series.points.push_back(
          {Time{std::chrono::microseconds{point.at(0).get<std::int64_t>()}}, point.at(1)});
    }
  }
  return all;
}

std::int64_t us(Time at) { return at.time_since_epoch().count(); }
Time time_of(const Json& us) { return Time{std::chrono::microseconds{us.get<std::int64_t>()}}; }

/// Most cells of a grid are whole, and a whole number is half as long without its ".0".
Json cells_json(const std::vector<double>& values) {
  constexpr double exact_max = 1e15;
  Json cells = Json::array();
  for (const double value : values) {
    const bool whole = value == std::floor(value) && std::abs(value) < exact_max;
    cells.push_back(whole ? Json(static_cast<std::int64_t>(value)) : Json(value));
  }
  return cells;
}

/// Columns are evenly spaced: the first, the step and how many.
Json columns_json(const std::vector<Time>& columns) {
  const std::int64_t first = columns.empty() ? 0 : us(columns.front());
  const std::int64_t step = columns.size() < 2 ? 0 : us(columns[1]) - first;
  return {first, step, columns.size()};
}

std::vector<Time> columns_of(const Json& json) {
  std::vector<Time> columns;
  const std::int64_t first = json.at(0), step = json.at(1), count = json.at(2);
  for (std::int64_t i = 0; i < count; ++i)
    columns.push_back(Time{std::chrono::microseconds{first + i * step}});
  return columns;
}

Json ageing_json(const std::vector<OpenDifferences>& rows) {
  Json json = Json::array();
  for (const OpenDifferences& r : rows)
    json.push_back({r.compared, r.owner, r.by_age, r.apart_minor, r.oldest_h, r.open_at_end});
  return json;
}

std::vector<OpenDifferences> ageing_of(const Json& json) {
  std::vector<OpenDifferences> rows;
  for (const Json& r : json) {
    OpenDifferences& row = rows.emplace_back(OpenDifferences{
        r.at(0), r.at(1), r.at(2).get<std::vector<std::int64_t>>(), r.at(3), r.at(4), r.at(5)});
    row.by_age.resize(std::size(ageing_buckets));
  }
  return rows;
}

Json picture_json(const Picture& picture) {
  Json json = {{"grids", Json::array()}, {"flows", Json::array()}, {"faults", Json::array()},
               {"ways", Json::array()},  {"work", Json::array()},  {"ageing", ageing_json(picture.ageing)}};
  for (const Grid& g : picture.grids)
    json["grids"].push_back({g.name, g.unit, g.rows, columns_json(g.columns), cells_json(g.values)});
  for (const Flow& f : picture.flows) json["flows"].push_back({f.from, f.to, f.units});
  for (const FaultSpan& f : picture.faults) json["faults"].push_back({f.what, us(f.from), us(f.to)});
  for (const Way& w : picture.ways)
    json["ways"].push_back({w.interface, w.to_core, w.messages, w.lost, w.p50_s, w.p95_s, w.p99_s});
  for (const WorkItems& w : picture.work)
    json["work"].push_back({w.category, w.owner, w.severity, w.count, w.open, w.oldest_open_h});
  return json;
}

Picture picture_of(const Json& json) {
  Picture picture;
  for (const Json& g : json.at("grids")) {
    Grid& grid = picture.grids.emplace_back();
    grid.name = g.at(0);
    grid.unit = g.at(1);
    grid.rows = g.at(2).get<std::vector<std::string>>();
    grid.columns = columns_of(g.at(3));
    grid.values = g.at(4).get<std::vector<double>>();
  }
  for (const Json& f : json.at("flows")) picture.flows.push_back({f.at(0), f.at(1), f.at(2)});
  for (const Json& f : json.at("faults"))
    picture.faults.push_back({f.at(0), time_of(f.at(1)), time_of(f.at(2))});
  for (const Json& w : json.at("ways"))
    picture.ways.push_back({w.at(0), w.at(1), w.at(2), w.at(3), w.at(4), w.at(5), w.at(6)});
  for (const Json& w : json.at("work"))
    picture.work.push_back({w.at(0), w.at(1), w.at(2), w.at(3), w.at(4), w.at(5)});
  picture.ageing = ageing_of(json.at("ageing"));
  return picture;
}

}  // namespace

std::string to_line(const Outcome& outcome) {
  const RunResult& r = outcome.result;
  Json json = {
      {"end", static_cast<int>(outcome.end)},
      {"pending", outcome.pending},
      {"scenario", r.scenario},
      {"scenario_hash", r.scenario_hash},
      {"pattern", r.pattern},
      {"seed", r.seed},
      {"version", r.version},
      {"fingerprint", r.fingerprint},
      {"from", r.from.time_since_epoch().count()},
      {"to", r.to.time_since_epoch().count()},
      {"cost", {r.cost.wall_seconds, r.cost.events, r.cost.canonical_messages, r.cost.peak_rss_bytes}},
      {"series", series_json(r.series)},
      {"currency", r.currency},
      {"currency_decimals", r.currency_decimals},
      {"picture", picture_json(r.picture)},
      {"inquiry", inquiry_json(r.inquiry)},
      {"command", r.command}};
  for (const char* list : {"metrics", "invariants", "expectations", "trial_balance", "reasons"})
    json[list] = Json::array();
  for (const Metric& m : r.metrics) json["metrics"].push_back({m.name, m.value, m.unit});
  for (const Invariant& i : r.invariants)
    json["invariants"].push_back({i.id, i.held, i.checks, i.promised, i.detail});
  for (const Expectation& e : r.expectations)
    json["expectations"].push_back({e.expect, e.held, e.value, e.unit, e.defined});
  for (const Account& a : r.trial_balance) {
    json["trial_balance"].push_back(
        {a.number, a.name, a.booked_minor, a.true_minor, a.booked_end_minor, a.true_end_minor});
  }
  for (const Reason& reason : r.reasons) json["reasons"].push_back({reason.metric, reason.text});
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Outcome from_line(std::string_view line) {
  const Json json = Json::parse(line);
  Outcome outcome;
  outcome.end = static_cast<RunEnd>(json.at("end").get<int>());
  outcome.pending = json.at("pending").get<std::vector<std::string>>();
  RunResult& r = outcome.result;
  r.scenario = json.at("scenario");
  r.scenario_hash = json.at("scenario_hash");
  r.pattern = json.at("pattern");
  r.seed = json.at("seed");
  r.version = json.at("version");
  r.fingerprint = json.at("fingerprint");
  r.from = Time{std::chrono::microseconds{json.at("from").get<std::int64_t>()}};
  r.to = Time{std::chrono::microseconds{json.at("to").get<std::int64_t>()}};
  const Json& cost = json.at("cost");
  r.cost = {cost.at(0), cost.at(1), cost.at(2), cost.at(3)};
  for (const Json& m : json.at("metrics")) r.metrics.push_back({m.at(0), m.at(1), m.at(2)});
  for (const Json& i : json.at("invariants"))
    r.invariants.push_back({i.at(0), i.at(1), i.at(2), i.at(3), i.at(4)});
  for (const Json& e : json.at("expectations"))
    r.expectations.push_back({e.at(0), e.at(1), e.at(2), e.at(3), e.at(4)});
  for (const Json& a : json.at("trial_balance"))
    r.trial_balance.push_back({a.at(0), a.at(1), a.at(2), a.at(3), a.at(4), a.at(5)});
  for (const Json& reason : json.at("reasons")) r.reasons.push_back({reason.at(0), reason.at(1)});
  r.series = series_of(json.at("series"));
  r.currency = json.at("currency");
  r.currency_decimals = json.at("currency_decimals");
  r.picture = picture_of(json.at("picture"));
  r.inquiry = inquiry_of(json.at("inquiry"));
  r.command = json.at("command");
  return outcome;
}

}  // namespace omnisim::harness
