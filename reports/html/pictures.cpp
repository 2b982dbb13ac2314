// The data of heat maps, flows and the strip of faults.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "reports/format.hpp"
#include "reports/html/charts.hpp"

namespace omnisim::reports::html {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t columns_max = 168;  ///< a week of hours; more would be narrower than a pixel or two
constexpr std::size_t rows_max = 30;

const Grid* find_grid(const Picture& picture, std::string_view name) {
  const auto found = std::find_if(picture.grids.begin(), picture.grids.end(),
                                  [&](const Grid& grid) { return grid.name == name; });
  return found == picture.grids.end() || found->columns.empty() ? nullptr : &*found;
}

double row_sum(const Grid& grid, std::size_t row) {
  const auto begin = grid.values.begin() + static_cast<std::ptrdiff_t>(row * grid.columns.size());
  return std::accumulate(begin, begin + std::ssize(grid.columns), 0.0);
}

/// The rows with the most in them, in their own order.
std::vector<std::size_t> telling_rows(const Grid& grid) {
  std::vector<std::size_t> rows(grid.rows.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (rows.size() <= rows_max) return rows;
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return row_sum(grid, a) > row_sum(grid, b); });
  rows.resize(rows_max);
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Events are added up where columns are drawn together, levels are averaged.
double together(const Grid& grid, std::size_t row, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t column = from; column < to; ++column)
    sum += grid.values[row * grid.columns.size() + column];
  return grid.name.starts_with("oversell") ? sum : sum / static_cast<double>(to - from);
}

Json grid_view(const Charts::View& view, const Grid& grid) {
  const std::size_t span = (grid.columns.size() + columns_max - 1) / columns_max;
  Json json = {
      {"name", view.name}, {"rows", Json::array()}, {"columns", Json::array()}, {"cells", Json::array()}};
  for (std::size_t from = 0; from < grid.columns.size(); from += span)
    json["columns"].push_back(grid.columns[from].time_since_epoch().count() / 1000);
  int shown = 0;
  for (const std::size_t row : telling_rows(grid)) {
    json["rows"].push_back(grid.rows[row]);
    int column = 0;
    for (std::size_t from = 0; from < grid.columns.size(); from += span, ++column) {
      const double value = together(grid, row, from, std::min(from + span, grid.columns.size()));
      if (value != 0 && std::isfinite(value))
        json["cells"].push_back({column, shown, std::round(value * 100) / 100});
    }
    ++shown;
  }
  return json;
}

struct Place {
  std::string_view name, shown;
  int rank;                    ///< a unit's way through the house
  std::string_view back_name;  ///< what a unit becomes that goes from here to a place before it
};
constexpr std::array<Place, 11> places{{{"supplier", "supplier", 0, ""},
                                        {"shelf", "shelf", 1, "back to the supplier"},
                                        {"set aside", "set aside", 2, "put back"},
                                        {"on its way to a customer", "on its way", 3, "put back"},
                                        {"customer", "customer", 4, "back on sale"},
                                        {"return hold", "came back", 5, "back on sale"},
                                        {"damaged", "damaged", 6, "back on sale"},
                                        {"lost", "lost by the carrier", 7, "turned up"},
                                        {"stolen", "stolen", 8, "turned up"},
                                        {"scrapped", "thrown away", 9, "back on sale"},
                                        {"between nodes", "sent to another node", 10, "taken in there"}}};

const Place* find_place(std::string_view name) {
  const auto found =
      std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.name == name; });
  return found == places.end() ? nullptr : &*found;
}

constexpr std::pair<std::string_view, std::string_view> comparisons[] = {
    {"payout", "Payouts and captures"}, {"settlement", "Settlements and orders"},
    {"bank", "Bank and books"},         {"stock_value", "Stock value and books"},
    {"gift_card", "Gift cards"},        {"refund", "Refunds and returns"},
    {"suspense", "Suspense"},           {"receipt", "Receipts and invoices"}};

/// One bar a reconciliation, whoever owns its items.
Json ageing_view(const Charts::View& view) {
  std::map<std::string, std::vector<std::int64_t>> by_age;
  for (const OpenDifferences& row : view.picture->ageing) {
    auto& sums = by_age[row.compared];
    sums.resize(std::size(ageing_buckets));
    for (std::size_t i = 0; i < std::min(sums.size(), row.by_age.size()); ++i) sums[i] += row.by_age[i];
  }
  std::erase_if(by_age, [](const auto& row) {
    return std::accumulate(row.second.begin(), row.second.end(), std::int64_t{0}) == 0;
  });
  Json json = {{"name", view.name}, {"rows", Json::array()}, {"parts", Json::array()}};
  for (const auto& [compared, sums] : by_age) {
    const auto items = std::accumulate(sums.begin(), sums.end(), std::int64_t{0});
    json["rows"].push_back({{"name", title_of_comparison(compared)},
                            {"colour", "--s0"},
                            {"total", items},
                            {"half_width", 0},
                            {"label", grouped_text(static_cast<double>(items), 0)}});
  }
  for (std::size_t i = 0; i < std::size(ageing_buckets); ++i) {
    Json values = Json::array();
    for (const auto& [compared, sums] : by_age) values.push_back(sums[i]);
    json["parts"].push_back({{"name", ageing_buckets[i].name}, {"values", std::move(values)}});
  }
  return json;
}

/// A Sankey diagram has no cycles, so what goes back to a place before it ends in a node of its own.
Json flow_view(const Charts::View& view) {
  Json json = {{"name", view.name}, {"links", Json::array()}};
  for (const Flow& flow : view.picture->flows) {
    const Place* from = find_place(flow.from);
    const Place* to = find_place(flow.to);
    if (from == nullptr || to == nullptr || from == to || !(flow.units > 0)) continue;
    const bool is_back = to->rank < from->rank;
    const std::string_view target = !is_back        ? to->shown
                                    : to->rank == 0 ? "back to the supplier"
                                                    : from->back_name;
    json["links"].push_back({from->shown, target, std::round(flow.units * 10) / 10});
  }
  return json;
}

}  // namespace

bool Charts::add_grid(std::string_view id, const std::vector<View>& views, std::string_view name) {
  Json chart = {{"id", id}, {"kind", "grid"}, {"unit", ""}, {"views", Json::array()}};
  bool any = false;
  for (const View& view : views) {
    const Grid* grid = find_grid(*view.picture, name);
    if (grid == nullptr) continue;
    chart["unit"] = unit_heading(grid->unit);
    chart["views"].push_back(grid_view(view, *grid));
    any = any || !chart["views"].back()["cells"].empty();
  }
  if (any) charts_.push_back(std::move(chart));
  return any;
}

bool Charts::add_flow(std::string_view id, const std::vector<View>& views) {
  Json chart = {{"id", id}, {"kind", "flow"}, {"unit", "units"}, {"views", Json::array()}};
  for (const View& view : views) {
    Json json = flow_view(view);
    if (!json["links"].empty()) chart["views"].push_back(std::move(json));
  }
  if (chart["views"].empty()) return false;
  charts_.push_back(std::move(chart));
  return true;
}

bool Charts::add_ageing(std::string_view id, const std::vector<View>& views) {
  Json chart = {{"id", id}, {"kind", "bars"}, {"unit", "items"}, {"views", Json::array()}};
  for (const View& view : views) {
    Json json = ageing_view(view);
    if (!json["rows"].empty()) chart["views"].push_back(std::move(json));
  }
  if (chart["views"].empty()) return false;
  charts_.push_back(std::move(chart));
  return true;
}

std::string title_of_comparison(std::string_view compared) {
  for (const auto& [name, title] : comparisons) {
    if (name == compared) return std::string(title);
  }
  return std::string(compared);
}

void Charts::set_faults(const std::vector<FaultSpan>& faults) {
  if (faults.empty()) return;
  Json spans = Json::array();
  for (const FaultSpan& fault : faults) {
    spans.push_back({fault.what, fault.from.time_since_epoch().count() / 1000,
                     fault.to.time_since_epoch().count() / 1000});
  }
  charts_.push_back({{"id", ""}, {"kind", "faults"}, {"spans", std::move(spans)}});
}

}  // namespace omnisim::reports::html
