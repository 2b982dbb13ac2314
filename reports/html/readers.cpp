#include "reports/html/readers.hpp"

#include <fmt/format.h>

#include <optional>

#include "reports/format.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/tables.hpp"
#include "reports/verdict.hpp"

namespace omnisim::reports::html {
namespace {

struct Row {
  std::string_view reader;
  std::string_view metric;  ///< one * for whatever stands there
  std::string_view label;
};

/// What each reader is asked about on Monday morning. The metrics' definitions: `omnisim list metrics`.
constexpr Row rows[] = {
    {"commerce", "oversell.units", "Units promised that nobody could supply"},
    {"commerce", "oversell.rate", "… of all units promised online"},
    {"commerce", "oversell.revenue", "Their net value"},
    {"commerce", "undersell.units", "Units turned away although they were there"},
    {"commerce", "fill.rate", "Units delivered as promised, of those wanted"},
    {"commerce", "seller_cancel.rate.*", "Orders cancelled by the seller (marketplaces suspend above 2.5 %)"},
    {"commerce", "orders.captured", "Orders taken"},
    {"commerce", "orders.fulfilled", "Orders fulfilled"},
    {"commerce", "orders.cancelled", "Orders cancelled"},
    {"commerce", "latency.order_to_ship.p95", "From the order to its shipping, 95 % within"},
    {"commerce", "latency.return_to_refund.p95", "From a return to its refund, 95 % within"},
    {"supply", "drift.book.abs_mean", "A stock record is wrong by"},
    {"supply", "drift.book.inaccurate_share", "Records that are wrong"},
    {"supply", "drift.book.p99", "The worst 1 % is wrong by more than"},
    {"supply", "drift.channel.abs_mean", "What a channel shows is wrong by"},
    {"supply", "drift.healing.p95", "A wrong record is right again, 95 % within"},
    {"supply", "drift.value", "Value of all differences at the end, at cost"},
    {"supply", "oversell.cause.*", "Oversold because of"},
    {"supply", "latency.availability.p95", "From a movement to the channel that shows it, 95 % within"},
    {"supply", "dead_letters", "Messages that nobody could process"},
    {"supply", "queue.wait.p99*", "Wait in a queue, 99 % below"},
    {"finance", "close.accuracy", "Close accuracy"},
    {"finance", "close.misstatement", "Misstated at hard close"},
    {"finance", "close.misstatement.cut_off", "… in the wrong period"},
    {"finance", "close.misstatement.completeness", "… missing"},
    {"finance", "close.misstatement.duplication", "… twice"},
    {"finance", "close.misstatement.classification", "… in the wrong account"},
    {"finance", "close.misstatement.occurrence", "… without a sale"},
    {"finance", "close.unmatched", "Items without their counterpart"},
    {"finance", "close.hours", "Hours until the period was true"},
    {"finance", "close.late_events", "Entries that came after the hard close"},
    {"finance", "close.adjustments", "Accounts that need a manual entry"},
    {"finance", "reconciliation.latency.*.p95", "From what happened to its entry, 95 % within"},
    {"finance", "api.throttled.erp", "Calls that the ERP refused"},
};

/// What the * of a pattern stands for in a metric's name; nothing where the name is another one.
std::optional<std::string_view> part_of(std::string_view pattern, std::string_view metric) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos)
    return pattern == metric ? std::optional(std::string_view()) : std::nullopt;
  const std::string_view head = pattern.substr(0, star), tail = pattern.substr(star + 1);
  if (metric.size() < head.size() + tail.size() || !metric.starts_with(head) || !metric.ends_with(tail))
    return std::nullopt;
  return metric.substr(head.size(), metric.size() - head.size() - tail.size());
}

/// The label, with what the * stands for.
std::string label_of(const Row& row, std::string_view metric) {
  std::string text(row.label);
  std::string_view rest = part_of(row.metric, metric).value_or("");
  while (rest.starts_with('.')) rest.remove_prefix(1);
  if (!rest.empty()) text += ", " + std::string(rest);
  return text;
}

std::string heading_cell(const Row& row, std::string_view metric, std::string_view unit) {
  const std::string heading = unit_heading(unit);
  return fmt::format("<th scope=\"row\">{}<small>{}{}</small></th>", escaped(label_of(row, metric)),
                     escaped(metric), heading.empty() ? "" : ", " + escaped(heading));
}

std::string_view lead_of(std::string_view reader) {
  if (reader == "commerce") return "What customers were told, and what became of it.";
  if (reader == "supply") return "What the records say is there, and what is.";
  return "What the books say at the hard close, and what is so.";
}

std::string reader_table(const Reader& reader, const std::string& head, const std::string& body) {
  if (body.empty()) return "";
  const std::string id = fmt::format("for-{}", reader.id);
  return section_for(reader.id, id, fmt::format("For {}", reader.name), lead_of(reader.id),
                     table("reader", head + "<tbody>\n" + body + "</tbody>\n"));
}

std::string rows_of(const CompareResult& result, const Reader& reader) {
  std::string body;
  for (const Row& row : rows) {
    if (row.reader != reader.id) continue;
    const std::string_view head = row.metric.substr(0, row.metric.find('*'));
    for (const std::string& name : metrics_below(result, head)) {
      if (!part_of(row.metric, name)) continue;
      std::string unit;
      std::string cells;
      for (const PatternResult& pattern : result.patterns) {
        const Estimate* estimate = find_estimate(pattern.metrics, name);
        if (estimate != nullptr) unit = estimate->unit;
        cells += estimate == nullptr ? number_cell("–", "quiet") : number_cell(estimate_text(*estimate));
      }
      body += "<tr>" + heading_cell(row, name, unit) + cells + "</tr>\n";
    }
  }
  return body;
}

std::string rows_of(const RunResult& result, const Reader& reader) {
  std::string body;
  for (const Row& row : rows) {
    if (row.reader != reader.id) continue;
    for (const Metric& metric : result.metrics) {
      if (!part_of(row.metric, metric.name)) continue;
      body += "<tr>" + heading_cell(row, metric.name, metric.unit) +
              number_cell(value_text(metric.value, metric.unit)) + "</tr>\n";
    }
  }
  return body;
}

}  // namespace

const std::vector<Reader>& readers() {
  static const std::vector<Reader> table = {
      {"commerce", "commerce"}, {"supply", "supply chain"}, {"finance", "finance"}};
  return table;
}

std::string reader_filter() {
  std::string html =
      "<nav class=\"readers\" aria-label=\"Whose part of the report\" hidden>\n"
      "<button type=\"button\" data-reader=\"\" aria-pressed=\"true\">Everything</button>\n";
  for (const Reader& reader : readers()) {
    html += fmt::format("<button type=\"button\" data-reader=\"{}\" aria-pressed=\"false\">For {}</button>\n",
                        reader.id, reader.name);
  }
  return html + "</nav>\n";
}

std::string section_for(std::string_view readers, std::string_view id, std::string_view heading,
                        std::string_view lead, const std::string& content) {
  std::string html = section(id, heading, lead, content);
  html.insert(html.find(" aria-labelledby"), fmt::format(" data-for=\"{}\"", readers));
  return html;
}

std::string reader_sections(const CompareResult& result) {
  std::string html;
  for (const Reader& reader : readers())
    html += reader_table(reader, column_headings(result, "Figure"), rows_of(result, reader));
  return html;
}

std::string reader_sections(const RunResult& result) {
  const std::string head =
      "<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" class=\"n\">Value</th></tr></thead>\n";
  std::string html;
  for (const Reader& reader : readers()) html += reader_table(reader, head, rows_of(result, reader));
  return html;
}

}  // namespace omnisim::reports::html
