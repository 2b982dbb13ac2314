#include "reports/csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string_view>

#include "reports/format.hpp"

namespace omnisim::reports {

namespace {

/// A field is quoted where it must be. Text that a spreadsheet would run as a formula is kept from it by a
/// quote mark.
std::string field(std::string_view text) {
  std::string safe;
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) safe += '\'';
  safe += text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void append_series(std::string& csv, const std::string& prefix, const Series& series) {
  const std::string head = prefix + field(series.name) + "," + field(series.unit) + ",";
  for (const Point& point : series.points) {
    if (!std::isfinite(point.value)) continue;
    fmt::format_to(std::back_inserter(csv), "{}{},{}\n", head, time_text(point.at), point.value + 0.0);
  }
}

}  // namespace

std::string metrics_csv(const RunResult& result) {
  std::string csv = "series,unit,time,value\n";
  for (const Series& series : result.series) append_series(csv, "", series);
  return csv;
}

std::string metrics_csv(const CompareResult& result) {
  std::string csv = "pattern,series,unit,time,value\n";
  for (const PatternResult& pattern : result.patterns) {
    for (const Series& series : pattern.series) append_series(csv, field(pattern.pattern) + ",", series);
  }
  return csv;
}

}  // namespace omnisim::reports
