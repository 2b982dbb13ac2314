#include "reports/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "reports/format.hpp"
#include "reports/verdict.hpp"

namespace omnisim::reports {

namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

/// How many columns UTF-8 text takes: its code points.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string spaces(std::size_t wanted, std::string_view text) {
  const std::size_t width = width_of(text);
  return std::string(wanted > width ? wanted - width : 0, ' ');
}

/// Text without control characters, which could otherwise drive the terminal, cut to `columns`.
std::string fitted(std::string_view text, std::size_t columns) {
  std::string safe;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') safe += c;
  }
  if (width_of(safe) <= columns) return safe;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < safe.size(); ++end) {
    const bool starts = (static_cast<unsigned char>(safe[end]) & 0xC0) != 0x80;
    if (starts && ++seen == columns) break;
  }
  return safe.substr(0, end) + "…";
}

struct Cell {
  std::string text;
  bool strong = false;
};

struct Table {
  std::vector<std::vector<Cell>> rows;  ///< the first column is left-aligned, the others right-aligned
};

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths(table.rows.front().size());
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i].text));
  }
  return widths;
}

std::string text_of(Table table, bool colour) {
  constexpr std::size_t gap = 2;
  constexpr std::size_t label_min = 12;
  std::vector<std::size_t> widths = widths_of(table);
  const auto total = [&] { return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1)); };
  // What does not fit is taken from the labels first, and then, for figures beyond all sense, from the last
  // columns.
  while (total() > table_columns_max && widths[0] > label_min) --widths[0];
  while (total() > table_columns_max && widths.size() > 2) widths.pop_back();

  std::string text;
  for (auto& row : table.rows) {
    row.resize(widths.size());
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string shown = fitted(row[i].text, widths[i]);
      const std::string padding = spaces(widths[i], shown);
      if (i > 0) line += std::string(gap, ' ') + padding;
      line += row[i].strong && colour ? fmt::format("{}{}{}", bold, shown, plain) : shown;
      if (i == 0) line += padding;
    }
    text += line + "\n";
  }
  return text;
}

/// Prose, broken at blanks.
std::string wrapped(std::string_view text, std::string_view first, std::string_view next) {
  std::string lines;
  std::string line(first);
  bool empty = true;
  std::size_t at = 0;
  const std::string safe = fitted(text, text.size());
  while (at < safe.size()) {
    const std::size_t end = std::min(safe.find(' ', at), safe.size());
    const std::string word = safe.substr(at, end - at);
    at = end + 1;
    if (!empty && width_of(line) + 1 + width_of(word) > table_columns_max) {
      lines += line + "\n";
      line = next;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return lines + line + "\n";
}

std::string verdict_text(const Verdict& verdict, bool colour) {
  std::string text = wrapped(verdict.headline, "", "");
  if (colour) text = fmt::format("{}{}{}", bold, text, plain);
  for (const std::string& point : verdict.points) text += wrapped(point, "  · ", "    ");
  return text;
}

std::string heading_of(const Headline& headline, std::string_view unit) {
  const std::string heading = unit_heading(unit);
  return fmt::format("{}{}", headline.label, heading.empty() ? "" : ", " + heading);
}

Table headline_table(const CompareResult& result) {
  Table table;
  table.rows.push_back({{"Pattern", true}});
  table.rows.push_back({{"", false}});
  for (const PatternResult& pattern : result.patterns) table.rows.push_back({{pattern.pattern, false}});
  for (const Headline& headline : headlines()) {
    if (!headline.essential) continue;
    std::string unit;
    bool any = false;
    for (const PatternResult& pattern : result.patterns) {
      const Estimate* estimate = find_estimate(pattern.metrics, headline.metric);
      any = any || estimate != nullptr;
      if (estimate != nullptr && !estimate->unit.empty()) unit = estimate->unit;
    }
    if (!any) continue;
    table.rows[0].push_back({std::string(headline.label), true});
    table.rows[1].push_back({unit == "1" ? "" : unit_heading(unit), false});
    for (std::size_t i = 0; i < result.patterns.size(); ++i) {
      const PatternResult& pattern = result.patterns[i];
      const Estimate* estimate = find_estimate(pattern.metrics, headline.metric);
      table.rows[i + 2].push_back({estimate == nullptr ? "–" : estimate_text(*estimate, Width::compact),
                                   is_best(result, headline, pattern)});
    }
  }
  return table;
}

/// What each capability is worth: the pattern without it less the pattern with it.
Table ablation_table(const CompareResult& result) {
  Table table;
  table.rows.push_back({{"Without", true}});
  table.rows.push_back({{"", false}});
  for (const PatternResult& pattern : result.patterns) {
    if (!pattern.without.empty()) table.rows.push_back({{pattern.without, false}});
  }
  for (const Headline& headline : headlines()) {
    if (!headline.essential) continue;
    table.rows[0].push_back({std::string(headline.label), true});
    table.rows[1].push_back({"", false});
    std::size_t row = 2;
    for (const PatternResult& pattern : result.patterns) {
      if (pattern.without.empty()) continue;
      const Estimate worth = paired_difference(result, pattern.pattern, pattern.base, headline.metric);
      if (!worth.unit.empty()) table.rows[1].back().text = worth.unit == "1" ? "" : unit_heading(worth.unit);
      const std::string sign = worth.mean > 0 ? "+" : "";
      table.rows[row++].push_back(
          {worth.n == 0 ? "–" : sign + estimate_text(worth, Width::compact), is_clear(worth)});
    }
  }
  return table;
}

std::string ablation_text(const CompareResult& result, bool colour) {
  const Table table = ablation_table(result);
  if (table.rows.size() == 2) return "";
  const std::string note =
      "The same runs without one capability, less those with it; ± half the width of the 95 % interval. In "
      "bold "
      "(on a terminal): more than chance, all of a column taken together.";
  return "\n" + text_of(table, colour) + "\n" + wrapped(note, "", "");
}

}  // namespace

std::string comparison_table(const CompareResult& all, bool colour) {
  const CompareResult result = without_ablations(all);
  const std::size_t seeds = result.seeds.size();
  std::string text =
      wrapped(fmt::format("{}, {} to {}, {} seed{}", result.scenario, short_time_text(result.from),
                          short_time_text(result.to), seeds, seeds == 1 ? "" : "s"),
              "", "");
  text += "\n" + text_of(headline_table(result), colour) + "\n";
  if (seeds > 1) text += "Means over the seeds, ± half the width of the 95 % interval.\n\n";
  text += verdict_text(verdict(result), colour);
  for (const std::string& answer : answers(result)) text += wrapped(answer, "  · ", "    ");
  text += ablation_text(all, colour);
  for (const FailedRun& run : result.failed_runs) {
    text += wrapped(fmt::format("failed: {}, seed {}: {}", run.pattern, run.seed, run.what), "", "  ");
  }
  return text;
}

std::string run_table(const RunResult& result, bool colour) {
  std::string text =
      wrapped(fmt::format("{}, {}, seed {}, {} to {}", result.scenario, result.pattern, result.seed,
                          short_time_text(result.from), short_time_text(result.to)),
              "", "");
  Table table;
  table.rows.push_back({{"Figure", true}, {"Value", true}});
  for (const Headline& headline : headlines()) {
    const Metric* metric = find_metric(result.metrics, headline.metric);
    if (metric == nullptr) continue;
    table.rows.push_back(
        {{heading_of(headline, metric->unit), false}, {value_text(metric->value, metric->unit), false}});
  }
  text += "\n" + text_of(table, colour) + "\n" + verdict_text(verdict(result), colour);
  for (const Reason& reason : result.reasons) text += wrapped(reason.text, "  · ", "    ");
  const Cost& cost = result.cost;
  text += wrapped(
      fmt::format("{} events and {} messages in {}, {} MB at most; fingerprint {}",
                  grouped_text(static_cast<double>(cost.events), 0),
                  grouped_text(static_cast<double>(cost.canonical_messages), 0),
                  value_text(cost.wall_seconds, "s"),
                  grouped_text(static_cast<double>(cost.peak_rss_bytes) / 1e6, 0), result.fingerprint),
      "\n", "");
  return text;
}

}  // namespace omnisim::reports
