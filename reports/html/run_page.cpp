// The page of one run: what came of it, over time, in the books, and whether what must hold held.
#include <fmt/format.h>

#include "reports/format.hpp"
#include "reports/html.hpp"
#include "reports/html/balance.hpp"
#include "reports/html/charts.hpp"
#include "reports/html/findings.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/readers.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/tables.hpp"
#include "reports/verdict.hpp"

namespace omnisim::reports {

namespace {

using namespace html;

std::string headline_section(const RunResult& result) {
  std::vector<Parameter> rows;
  for (const Headline& headline : headlines()) {
    const Metric* metric = find_metric(result.metrics, headline.metric);
    if (metric == nullptr) continue;
    const std::string heading = unit_heading(metric->unit);
    rows.push_back({std::string(headline.label),
                    value_text(metric->value, metric->unit) + (heading.empty() ? "" : " " + heading)});
  }
  return rows.empty() ? "" : section("figures", "The figures", "", facts(rows));
}

std::string expectation_section(const RunResult& result) {
  if (result.expectations.empty()) return "";
  std::string html =
      "<thead><tr><th scope=\"col\">Expected</th><th scope=\"col\" class=\"n\">Came to</th><th "
      "scope=\"col\">Held</th></tr></thead>\n<tbody>\n";
  for (const Expectation& row : result.expectations) {
    html += fmt::format("<tr><th scope=\"row\">{}</th>{}<td><span class=\"badge {}\">{}</span></td></tr>\n",
                        escaped(row.expect), number_cell(value_text(row.value, "")),
                        row.held ? "held" : "broken", row.held ? "yes" : "no");
  }
  return section("expectations", "Expectations", "What the scenario says must come of it.",
                 table("expectations", html + "</tbody>\n"));
}

std::string reason_section(const RunResult& result) {
  if (result.reasons.empty()) return "";
  std::vector<std::string> sentences;
  for (const Reason& reason : result.reasons) sentences.push_back(reason.text);
  return section("why", "Why", "", list(sentences));
}

std::string series_section(const RunResult& result, Charts& charts) {
  std::string leading;
  std::string others;
  int count = 0;
  for (const std::string& name : series_names(result)) {
    const std::string id = fmt::format("series-{}", count);
    for (const Series& series : result.series) {
      if (series.name != name || !charts.add_line(id, result, series)) continue;
      (count++ < 4 ? leading : others) +=
          figure(id, series_title(name), series_title(name) == name ? "" : name);
      break;
    }
  }
  if (count == 0) return "";
  if (!others.empty()) leading += details("More figures over time", others);
  return section_for("commerce supply", "time", "Over time", "Times in UTC.", leading);
}

std::string trial_balance_section(const RunResult& result) {
  if (result.trial_balance.empty()) return "";
  constexpr std::size_t references_shown = 20;
  return section_for(
      "finance", "close", "Trial balance",
      result.inquiry.accounts.empty()
          ? ""
          : "Booked against true. An account that differs opens to the documents that make up its "
            "difference, the largest first, and to what is behind each. Times in UTC.",
      balance_table(
          {result.trial_balance, result.inquiry.accounts, result.currency, result.currency_decimals},
          references_shown));
}

std::string explained_section(const RunResult& result) {
  const std::string content = explanations(result.inquiry.explanations);
  if (content.empty()) return "";
  return section(
      "explained", "Where truth and record parted",
      "What omnisim explain says of the whole run, the most frequent first, and step by step of the "
      "largest of what went wrong. Times in UTC.",
      content);
}

std::string invariant_section(const RunResult& result) {
  if (result.invariants.empty()) return "";
  std::string html =
      "<thead><tr><th scope=\"col\">Invariant</th><th scope=\"col\">Held</th><th scope=\"col\" "
      "class=\"n\">Checks</th><th scope=\"col\">First break</th></tr></thead>\n<tbody>\n";
  for (const Invariant& row : result.invariants) {
    const std::string_view style = row.held ? "held" : row.promised ? "broken" : "measured";
    html += fmt::format(
        "<tr><th scope=\"row\">{}{}</th><td><span class=\"badge {}\">{}</span></td>{}<td>{}</td></tr>\n",
        escaped(row.id), row.promised ? "" : "<small>not promised by this pattern</small>", style,
        row.held ? "yes" : "no", number_cell(grouped_text(static_cast<double>(row.checks), 0)),
        escaped(row.detail));
  }
  return section("invariants", "Invariants", "What must hold whatever happens.",
                 table("invariants", html + "</tbody>\n"));
}

std::string metric_rows(const RunResult& result) {
  std::string html =
      "<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" "
      "class=\"n\">Value</th></tr></thead>\n<tbody>\n";
  for (const Metric& metric : result.metrics) {
    const std::string heading = unit_heading(metric.unit);
    html += fmt::format("<tr><th scope=\"row\">{}{}</th>{}</tr>\n", escaped(metric.name),
                        heading.empty() ? "" : fmt::format(" <small>{}</small>", escaped(heading)),
                        number_cell(value_text(metric.value, metric.unit)));
  }
  return table("metrics", html + "</tbody>\n");
}

std::string method_section(const RunResult& result) {
  std::vector<Parameter> rows = {
      {"Scenario", result.scenario},
      {"Pattern", result.pattern},
      {"Seed", fmt::format("{}", result.seed)},
      {"Simulated time",
       fmt::format("{} to {} UTC", short_time_text(result.from), short_time_text(result.to))},
      {"Fingerprint", result.fingerprint},
      {"Scenario hash", result.scenario_hash},
      {"Version", result.version},
      {"Canonical messages", grouped_text(static_cast<double>(result.cost.canonical_messages), 0)}};
  std::string content = facts(rows);
  if (!result.command.empty())
    content += fmt::format("<pre><code>{}</code></pre>\n", escaped(result.command));
  return section("method", "What was run, and how to run it again", "", content);
}

}  // namespace

std::string report_html(const RunResult& result) {
  Charts charts;
  charts.set_faults(result.picture.faults);
  const std::vector<Charts::View> views = {{result.pattern, &result.picture}};
  const std::string kicker =
      fmt::format("Run · {} · {}, seed {}", result.scenario, result.pattern, result.seed);
  std::string body = verdict_header(kicker, verdict(result), "");
  body += reader_filter();
  body += headline_section(result);
  body += expectation_section(result);
  body += reason_section(result);
  body += reader_sections(result);
  body += series_section(result, charts);
  body += where_section(views, charts);
  body += flow_section(views, charts);
  body += trial_balance_section(result);
  body += ageing_section(views, result.currency, result.currency_decimals, charts);
  body += explained_section(result);
  body += ways_section(views);
  body += work_section(views);
  body += faults_section(result.picture.faults);
  body += invariant_section(result);
  body += method_section(result);
  body += details("Every figure", metric_rows(result));
  body += details("What the words mean", glossary());
  body += fmt::format("<footer>omnisim {}</footer>\n", escaped(result.version));
  return page(result.scenario + " · " + result.pattern + " · omnisim run", body, charts.json());
}

}  // namespace omnisim::reports
