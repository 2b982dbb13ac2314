#include "reports/html/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "reports/format.hpp"
#include "reports/verdict.hpp"

namespace omnisim::reports::html {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t points_max = 600;

/// A line's points as [milliseconds, value]. A long one is thinned to the extremes of equal spans of points,
/// so that no peak is lost.
Json points_of(const std::vector<Point>& points) {
  Json json = Json::array();
  const auto add = [&](const Point& point) {
    if (std::isfinite(point.value)) json.push_back({point.at.time_since_epoch().count() / 1000, point.value});
  };
  if (points.size() <= points_max) {
    for (const Point& point : points) add(point);
    return json;
  }
  const std::size_t spans = points_max / 2;
  for (std::size_t i = 0; i < spans; ++i) {
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(i * points.size() / spans);
    const auto end = points.begin() + static_cast<std::ptrdiff_t>((i + 1) * points.size() / spans);
    auto [low, high] =
        std::minmax_element(begin, end, [](const Point& a, const Point& b) { return a.value < b.value; });
    if (low > high) std::swap(low, high);
    add(*low);
    if (low != high) add(*high);
  }
  return json;
}

const Series* find_series(const std::vector<Series>& all, std::string_view name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Series& series) { return series.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// Metrics below a prefix, each one part of a split; deeper names belong to another split.
std::vector<std::string> parts_below(const CompareResult& result, std::string_view prefix) {
  std::vector<std::string> parts;
  for (const PatternResult& pattern : result.patterns) {
    for (const Estimate& estimate : pattern.metrics) {
      if (!estimate.metric.starts_with(prefix)) continue;
      const std::string part = estimate.metric.substr(prefix.size());
      const bool known = std::find(parts.begin(), parts.end(), part) != parts.end();
      if (!known && part.find('.') == std::string::npos) parts.push_back(part);
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

std::string spoken(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> titles = {{
    {"drift.book.abs_mean", "How wrong a stock record is"},
    {"drift.book.abs_sum", "How many units the stock records are wrong by"},
    {"drift.channel.abs_mean", "How wrong the number is that a channel shows"},
    {"oversell.units", "Units oversold so far"},
    {"oversell.units.cumulative", "Units oversold so far"},
}};

/// Lower comes first.
int weight_of(std::string_view name) {
  if (name.starts_with("drift.book")) return 0;
  if (name.starts_with("drift")) return 1;
  if (name.starts_with("oversell")) return 2;
  return 3;
}

void add_names(const std::vector<Series>& all, std::vector<std::string>& names) {
  for (const Series& series : all) {
    if (series.points.empty() || std::find(names.begin(), names.end(), series.name) != names.end()) continue;
    names.push_back(series.name);
  }
}

void sort_names(std::vector<std::string>& names) {
  std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::pair(weight_of(a), std::string_view(a)) < std::pair(weight_of(b), std::string_view(b));
  });
}

}  // namespace

bool Charts::add_split_bars(std::string_view id, const CompareResult& result, std::string_view prefix,
                            std::string_view total) {
  std::vector<std::string> parts = parts_below(result, prefix);
  Json chart = {
      {"id", id}, {"kind", "bars"}, {"unit", ""}, {"rows", Json::array()}, {"parts", Json::array()}};
  bool any = false;
  for (const PatternResult& pattern : result.patterns) {
    const Estimate* sum = find_estimate(pattern.metrics, total);
    any = any || sum != nullptr;
    const Estimate shown = sum == nullptr ? Estimate{} : *sum;
    if (sum != nullptr) chart["unit"] = unit_heading(sum->unit);
    chart["rows"].push_back({{"name", name_of(pattern)},
                             {"colour", colour_of(result, pattern)},
                             {"total", shown.mean},
                             {"half_width", shown.half_width},
                             {"label", sum == nullptr ? "–" : estimate_text(shown)}});
  }
  if (!any) return false;
  for (const std::string& part : parts) {
    Json values = Json::array();
    for (const PatternResult& pattern : result.patterns) {
      const Estimate* estimate = find_estimate(pattern.metrics, std::string(prefix) + part);
      values.push_back(estimate == nullptr ? 0.0 : estimate->mean);
    }
    chart["parts"].push_back({{"name", spoken(part)}, {"values", std::move(values)}});
  }
  charts_.push_back(std::move(chart));
  return true;
}

bool Charts::add_lines(std::string_view id, const CompareResult& result, std::string_view name) {
  Json chart = {{"id", id}, {"kind", "lines"}, {"unit", ""}, {"lines", Json::array()}};
  for (const PatternResult& pattern : result.patterns) {
    const Series* series = find_series(pattern.series, name);
    if (series == nullptr || series->points.empty()) continue;
    chart["unit"] = unit_heading(series->unit);
    chart["lines"].push_back({{"name", name_of(pattern)},
                              {"colour", colour_of(result, pattern)},
                              {"quiet", is_flawless(pattern)},
                              {"points", points_of(series->points)}});
  }
  if (chart["lines"].empty()) return false;
  charts_.push_back(std::move(chart));
  return true;
}

bool Charts::add_line(std::string_view id, const RunResult& result, const Series& series) {
  if (series.points.empty()) return false;
  Json line = {
      {"name", result.pattern}, {"colour", "--p0"}, {"quiet", false}, {"points", points_of(series.points)}};
  charts_.push_back({{"id", id},
                     {"kind", "lines"},
                     {"unit", unit_heading(series.unit)},
                     {"lines", Json::array({std::move(line)})}});
  return true;
}

std::string Charts::json() const { return charts_.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string colour_of(const CompareResult& result, const PatternResult& pattern) {
  if (is_flawless(pattern)) return "--p-zero";
  int position = 0;
  for (const PatternResult& other : result.patterns) {
    if (&other == &pattern) break;
    position += is_flawless(other) ? 0 : 1;
  }
  return fmt::format("--p{}", position % 8);
}

std::vector<std::string> series_names(const CompareResult& result) {
  std::vector<std::string> names;
  for (const PatternResult& pattern : result.patterns) add_names(pattern.series, names);
  sort_names(names);
  return names;
}

std::vector<std::string> series_names(const RunResult& result) {
  std::vector<std::string> names;
  add_names(result.series, names);
  sort_names(names);
  return names;
}

std::string series_title(std::string_view name) {
  for (const auto& [known, title] : titles) {
    if (known == name) return std::string(title);
  }
  return std::string(name);
}

}  // namespace omnisim::reports::html
