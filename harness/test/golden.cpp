#include "harness/test/golden.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* schema = "omnisim.golden/1";

[[noreturn]] void refuse(const std::string& file, const std::string& pointer, const std::string& what) {
  throw BadInput({file, pointer, what, "write it anew: omnisim test SCENARIO --accept"});
}

/// `key` of the document, an array with an element a pattern.
const Json& column_row(const Json& row, std::size_t patterns, const std::string& file,
                       const std::string& pointer) {
  if (!row.is_array() || row.size() != patterns)
    refuse(file, pointer, fmt::format("is no list of {} values, one a pattern", patterns));
  return row;
}

std::string text_at(const Json& value, const std::string& file, const std::string& pointer) {
  if (!value.is_string()) refuse(file, pointer, "is no text");
  return value;
}

/// Whole numbers as such; every other number with all the digits that it takes to read it back the same.
std::string number_text(double value) {
  constexpr double exact_max = 9007199254740992.0;  // 2^53
  if (std::abs(value) <= exact_max && value == std::floor(value))
    return std::to_string(static_cast<std::int64_t>(value));
  return Json(value).dump();
}

/// Every metric that a run of the golden result has.
std::set<std::string> metrics_of(const Golden& golden) {
  std::set<std::string> names;
  for (const auto& [pattern, run] : golden.patterns) {
    for (const auto& [metric, value] : run.metrics) names.insert(metric);
  }
  return names;
}

std::string text_of(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : "none"; }

/// How large a difference is beside the figure; what came or went is larger than all.
double weight(const MetricDifference& difference) {
  if (!difference.golden || !difference.now) return HUGE_VAL;
  const double scale = std::max(std::abs(*difference.golden), std::abs(*difference.now));
  return std::abs(*difference.now - *difference.golden) / scale;
}

}  // namespace

std::string golden_file_of(const std::string& scenario_file) {
  const fs::path path(scenario_file);
  return (path.parent_path() / "golden" / path.filename()).string();
}

std::optional<Golden> read_golden(const std::string& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  const Json document = parse_json(read_file(file), file);
  if (!document.is_object() || document.value("schema", Json()) != schema)
    refuse(file, "/schema", std::string("is not \"") + schema + "\"");
  for (const char* key : {"patterns", "fingerprints", "metrics"}) {
    if (!document.contains(key)) refuse(file, step("/", key), "is missing");
  }
  const Json& names = document["patterns"];
  const std::size_t count = names.is_array() ? names.size() : 0;
  column_row(names, count, file, "/patterns");
  const Json& fingerprints = column_row(document["fingerprints"], count, file, "/fingerprints");
  if (!document["metrics"].is_object()) refuse(file, "/metrics", "is no object");
  Golden golden;
  for (std::size_t i = 0; i < count; ++i) {
    GoldenRun run{text_at(fingerprints[i], file, step("/fingerprints", i)), {}};
    for (const auto& [metric, row] : document["metrics"].items()) {
      const std::string pointer = step("/metrics", metric);
      const Json& value = column_row(row, count, file, pointer)[i];
      if (value.is_null()) continue;
      if (!value.is_number()) refuse(file, step(pointer, i), "is no number");
      run.metrics[metric] = value;
    }
    golden.patterns[text_at(names[i], file, step("/patterns", i))] = std::move(run);
  }
  return golden;
}

std::string golden_text(const std::string& scenario, const Golden& golden) {
  std::string patterns;
  std::string fingerprints;
  for (const auto& [pattern, run] : golden.patterns) {
    patterns += (patterns.empty() ? "" : ", ") + Json(pattern).dump();
    fingerprints += (fingerprints.empty() ? "" : ",") + std::string("\n    ") + Json(run.fingerprint).dump();
  }
  std::string text = fmt::format(
      "{{\n  \"schema\": \"{}\",\n  \"scenario\": {},\n  \"patterns\": [{}],\n  \"fingerprints\": [{}\n"
      "  ],\n  \"metrics\": {{",
      schema, Json(scenario).dump(), patterns, fingerprints);
  const char* between = "\n";
  for (const std::string& metric : metrics_of(golden)) {
    std::string row;
    for (const auto& [pattern, run] : golden.patterns) {
      const auto found = run.metrics.find(metric);
      row += (row.empty() ? "" : ", ") + (found == run.metrics.end() ? "null" : number_text(found->second));
    }
    text += fmt::format("{}    {}: [{}]", between, Json(metric).dump(), row);
    between = ",\n";
  }
  return text + "\n  }\n}\n";
}

GoldenRun golden_run(const reports::RunResult& result) {
  GoldenRun run{result.fingerprint, {}};
  for (const reports::Metric& metric : result.metrics) {
    if (std::isfinite(metric.value)) run.metrics[metric.name] = metric.value;
  }
  return run;
}

GoldenDifference differences(const Golden& golden, const std::string& pattern,
                             const reports::RunResult& result) {
  const GoldenRun& before = golden.patterns.at(pattern);
  const std::set<std::string> known = metrics_of(golden);
  const GoldenRun now = golden_run(result);
  GoldenDifference difference;
  difference.other_events = before.fingerprint != now.fingerprint;
  for (const auto& [metric, value] : now.metrics) difference.unknown += known.contains(metric) ? 0 : 1;
  for (const std::string& metric : known) {
    const auto value_in = [&](const GoldenRun& run) {
      const auto found = run.metrics.find(metric);
      return found == run.metrics.end() ? std::nullopt : std::optional(found->second);
    };
    const std::optional<double> was = value_in(before);
    const std::optional<double> is = value_in(now);
    ++difference.compared;
    if (was == is) continue;
    const auto measured = std::find_if(result.metrics.begin(), result.metrics.end(),
                                       [&](const reports::Metric& m) { return m.name == metric; });
    difference.metrics.push_back({metric, measured == result.metrics.end() ? "" : measured->unit, was, is});
  }
  return difference;
}

std::vector<std::string> difference_table(const GoldenDifference& difference, std::size_t rows_max) {
  std::vector<MetricDifference> rows = difference.metrics;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return weight(a) > weight(b); });
  const std::size_t hidden = rows.size() > rows_max ? rows.size() - rows_max : 0;
  rows.resize(rows.size() - hidden);
  std::vector<std::string> lines;
  if (rows.empty()) return lines;
  std::size_t width = 6;
  for (const MetricDifference& row : rows) width = std::max(width, row.metric.size());
  lines.push_back(
      fmt::format("{:<{}}  {:>12}  {:>12}  {:>12}  unit", "metric", width, "golden", "now", "difference"));
  for (const MetricDifference& row : rows) {
    const std::string gap = row.golden && row.now ? fmt::format("{:+.6g}", *row.now - *row.golden) : "";
    lines.push_back(fmt::format("{:<{}}  {:>12}  {:>12}  {:>12}  {}", row.metric, width, text_of(row.golden),
                                text_of(row.now), gap, row.unit == "1" ? "" : row.unit));
    while (lines.back().ends_with(' ')) lines.back().pop_back();
  }
  if (hidden > 0) lines.push_back(fmt::format("and {} more", hidden));
  return lines;
}

}  // namespace omnisim::harness
