#include "reports/html/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/format.hpp"
#include "reports/html/charts.hpp"
#include "reports/html/markup.hpp"
#include "reports/verdict.hpp"

namespace omnisim::reports::html {

namespace {

std::string pattern_heading(const CompareResult& result, const PatternResult& pattern) {
  std::string html =
      fmt::format("<th scope=\"row\">{}{}", swatch(result, pattern), escaped(name_of(pattern)));
  if (name_of(pattern) != pattern.pattern) html += fmt::format("<small>{}</small>", escaped(pattern.pattern));
  return html + "</th>";
}

std::string why(const PatternResult& pattern) {
  std::string html = "<td class=\"why\">";
  std::size_t told = 0;
  for (const Reason& reason : pattern.reasons) {
    if (told++ == 2) break;
    html += fmt::format("<p>{}</p>", escaped(reason.text));
  }
  for (const std::string& mechanism : pattern.mechanisms) {
    if (told++ >= 2) break;
    html += fmt::format("<p>{}</p>", escaped(mechanism));
  }
  return html + "</td>";
}

/// The unit that a metric has in the first pattern that carries it.
std::string unit_of(const CompareResult& result, std::string_view metric) {
  for (const PatternResult& pattern : result.patterns) {
    if (const Estimate* estimate = find_estimate(pattern.metrics, metric)) return estimate->unit;
  }
  return "";
}

bool is_measured(const CompareResult& result, std::string_view metric) {
  return std::any_of(result.patterns.begin(), result.patterns.end(), [&](const PatternResult& pattern) {
    return find_estimate(pattern.metrics, metric) != nullptr;
  });
}

std::string headline_headings(const CompareResult& result) {
  std::string html;
  for (const Headline& headline : headlines()) {
    if (!is_measured(result, headline.metric)) continue;
    html += fmt::format("<th scope=\"col\" class=\"n\">{}<small>{}</small></th>", headline.label,
                        escaped(unit_heading(unit_of(result, headline.metric))));
  }
  return html;
}

std::string estimate_cell(const Estimate* estimate) {
  return estimate == nullptr ? number_cell("–", "quiet") : number_cell(estimate_text(*estimate));
}

/// The mean large, its interval small below it.
std::string headline_cell(const Estimate* estimate, bool best) {
  if (estimate == nullptr) return number_cell("–", "quiet");
  const EstimateParts parts = estimate_parts(*estimate);
  std::string html =
      fmt::format("<td class=\"n{}\">{}", best ? " best" : "", escaped(parts.mean + parts.suffix));
  if (!parts.interval.empty()) html += fmt::format("<small>{}</small>", escaped(parts.interval));
  return html + "</td>";
}

/// The names of all metrics, sorted, each once.
std::set<std::string> metric_names(const CompareResult& result, std::string_view prefix) {
  std::set<std::string> names;
  for (const PatternResult& pattern : result.patterns) {
    for (const Estimate& estimate : pattern.metrics) {
      if (estimate.metric.starts_with(prefix)) names.insert(estimate.metric);
    }
  }
  return names;
}

std::string metric_row(const CompareResult& result, const std::string& name) {
  const std::string unit = unit_heading(unit_of(result, name));
  std::string html = fmt::format("<tr><th scope=\"row\">{}{}</th>", escaped(name),
                                 unit.empty() ? "" : fmt::format(" <small>{}</small>", escaped(unit)));
  for (const PatternResult& pattern : result.patterns)
    html += estimate_cell(find_estimate(pattern.metrics, name));
  return html + "</tr>\n";
}

double misstatement_of(const PatternResult& pattern, const std::string& number) {
  for (const AccountEstimate& account : pattern.misstatement) {
    if (account.number == number) return account.misstatement_minor;
  }
  return 0;
}

/// By the square root, so that a small misstatement is seen beside a large one.
std::string tinted_cell(double minor, double most, int decimals) {
  if (minor == 0) return number_cell("–", "quiet");
  const double strength = most > 0 ? 0.06 + 0.54 * std::sqrt(minor / most) : 0;
  const double major = minor / std::pow(10, decimals);
  return fmt::format("<td class=\"n\" style=\"background:rgba(var(--loss),{:.2f})\">{}</td>", strength,
                     grouped_text(major, major < 100 ? decimals : 0));
}

}  // namespace

std::string column_headings(const CompareResult& result, std::string_view first) {
  std::string html = fmt::format("<thead><tr><th scope=\"col\">{}</th>", escaped(first));
  for (const PatternResult& pattern : result.patterns) {
    html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", escaped(pattern.pattern));
  }
  return html + "</tr></thead>\n";
}

std::string table(std::string_view style, const std::string& content) {
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table "
      "class=\"{}\">\n{}</table></div>\n",
      style, content);
}

std::vector<std::string> metrics_below(const CompareResult& result, std::string_view prefix) {
  const std::set<std::string> names = metric_names(result, prefix);
  return {names.begin(), names.end()};
}

std::string swatch(const CompareResult& result, const PatternResult& pattern) {
  return fmt::format("<i class=\"key\" style=\"--c:var({})\"></i>", colour_of(result, pattern));
}

std::string headline_table(const CompareResult& result) {
  std::string html = "<thead><tr><th scope=\"col\">Pattern</th>" + headline_headings(result) +
                     "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n";
  for (const PatternResult& pattern : result.patterns) {
    html += "<tr>" + pattern_heading(result, pattern);
    for (const Headline& headline : headlines()) {
      if (!is_measured(result, headline.metric)) continue;
      html +=
          headline_cell(find_estimate(pattern.metrics, headline.metric), is_best(result, headline, pattern));
    }
    html += why(pattern) + "</tr>\n";
  }
  return table("comparison", html + "</tbody>\n");
}

std::string split_table(const CompareResult& result) {
  std::string html = column_headings(result, "Oversold") + "<tbody>\n";
  for (const std::string_view prefix : {"oversell.units", "oversell.cause."}) {
    for (const std::string& name : metric_names(result, prefix)) html += metric_row(result, name);
  }
  return table("metrics", html + "</tbody>\n");
}

std::string misstatement_table(const CompareResult& result) {
  std::map<std::string, std::string> accounts;
  double most = 0;
  for (const PatternResult& pattern : result.patterns) {
    for (const AccountEstimate& account : pattern.misstatement) {
      if (account.misstatement_minor == 0) continue;
      accounts.emplace(account.number, account.name);
      most = std::max(most, account.misstatement_minor);
    }
  }
  if (accounts.empty()) return "";
  std::string html = fmt::format("<caption>{}</caption>\n", escaped(result.currency));
  html += column_headings(result, "Account") + "<tbody>\n";
  std::vector<double> totals(result.patterns.size());
  for (const auto& [number, name] : accounts) {
    html += fmt::format("<tr><th scope=\"row\">{} {}</th>", escaped(number), escaped(name));
    for (std::size_t i = 0; i < result.patterns.size(); ++i) {
      const double minor = misstatement_of(result.patterns[i], number);
      totals[i] += minor;
      html += tinted_cell(minor, most, result.currency_decimals);
    }
    html += "</tr>\n";
  }
  html += "<tr class=\"total\"><th scope=\"row\">All accounts</th>";
  for (const double minor : totals) {
    html += number_cell(minor == 0 ? "–" : grouped_text(minor / std::pow(10, result.currency_decimals), 0));
  }
  return table("heat", html + "</tr>\n</tbody>\n");
}

namespace {

/// a less b by each headline figure; bold where it is more than chance.
std::string difference_cells(const CompareResult& result, std::string_view a, std::string_view b) {
  std::string html;
  for (const Headline& headline : headlines()) {
    if (!is_measured(result, headline.metric)) continue;
    Estimate difference = paired_difference(result, a, b, headline.metric);
    if (difference.n == 0) {
      html += number_cell("–", "quiet");
      continue;
    }
    const bool clear = is_clear(difference);
    const bool is_ratio = unit_of(result, headline.metric) == "1";
    if (is_ratio) {
      difference.mean *= 100;
      difference.half_width *= 100;
    }
    // The difference of two percentages is in points, and a bare number where the heading has the unit.
    difference.unit = is_ratio ? "" : unit_of(result, headline.metric);
    const std::string text = escaped((difference.mean > 0 ? "+" : "") + estimate_text(difference) +
                                     (is_ratio ? "\u00A0points" : ""));
    html += clear ? fmt::format("<td class=\"n\"><strong>{}</strong></td>", text)
                  : fmt::format("<td class=\"n quiet\">{}</td>", text);
  }
  return html;
}

}  // namespace

std::string difference_table(const CompareResult& result) {
  const PatternResult* best = best_by(result, headlines().front());
  if (best == nullptr || result.differences.empty() || result.seeds.size() < 2) return "";
  std::string html = fmt::format("<caption>Less {}</caption>\n", escaped(name_of(*best)));
  html +=
      "<thead><tr><th scope=\"col\">Pattern</th>" + headline_headings(result) + "</tr></thead>\n<tbody>\n";
  for (const PatternResult& pattern : result.patterns) {
    if (&pattern == best) continue;
    html += "<tr>" + pattern_heading(result, pattern);
    html += difference_cells(result, pattern.pattern, best->pattern) + "</tr>\n";
  }
  return table("differences", html + "</tbody>\n");
}

std::string ablation_table(const CompareResult& result) {
  std::string rows;
  std::string base;
  for (const PatternResult& pattern : result.patterns) {
    if (pattern.without.empty()) continue;
    base = pattern.base;
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(pattern.without)) +
            difference_cells(result, pattern.pattern, pattern.base) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return table("differences",
               fmt::format("<caption>Without the capability, less {} with it</caption>\n", escaped(base)) +
                   "<thead><tr><th scope=\"col\">Capability</th>" + headline_headings(result) +
                   "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n");
}

std::string invariant_table(const CompareResult& result) {
  std::vector<std::string> ids;
  for (const PatternResult& pattern : result.patterns) {
    for (const InvariantCount& count : pattern.invariants) {
      if (std::find(ids.begin(), ids.end(), count.id) == ids.end()) ids.push_back(count.id);
    }
  }
  if (ids.empty()) return "";
  std::string html = column_headings(result, "Invariant") + "<tbody>\n";
  std::vector<std::string> breaks;
  for (const std::string& id : ids) {
    html += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(id));
    for (const PatternResult& pattern : result.patterns) {
      const auto count = std::find_if(pattern.invariants.begin(), pattern.invariants.end(),
                                      [&](const InvariantCount& row) { return row.id == id; });
      if (count == pattern.invariants.end()) {
        html += number_cell("–", "quiet");
        continue;
      }
      const bool held = count->held_runs == count->runs;
      const std::string_view style = held ? "held" : count->promised ? "broken" : "measured";
      const std::string text =
          held ? "held" : fmt::format("{} of {} broke", count->runs - count->held_runs, count->runs);
      html += fmt::format("<td class=\"n\"><span class=\"badge {}\">{}</span>{}</td>", style, text,
                          count->promised ? "" : "<br><small>not promised</small>");
      if (!held && !count->detail.empty()) {
        breaks.push_back(fmt::format("{}, {}: {}", pattern.pattern, id, count->detail));
      }
    }
    html += "</tr>\n";
  }
  html = table("invariants", html + "</tbody>\n");
  return breaks.empty() ? html : html + details("The first break of each", list(breaks));
}

std::string metric_table(const CompareResult& result) {
  std::string html = column_headings(result, "Figure") + "<tbody>\n";
  std::string group;
  for (const std::string& name : metric_names(result, "")) {
    const std::string first = name.substr(0, name.find('.'));
    if (first != group) {
      html += fmt::format("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                          result.patterns.size() + 1, escaped(first));
      group = first;
    }
    html += metric_row(result, name);
  }
  return table("metrics", html + "</tbody>\n");
}

}  // namespace omnisim::reports::html
