#include "reports/html/sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/format.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/readers.hpp"
#include "reports/html/tables.hpp"

namespace omnisim::reports::html {
namespace {

std::string count_cell(std::int64_t count) {
  return count == 0 ? number_cell("–", "quiet") : number_cell(grouped_text(static_cast<double>(count), 0));
}

/// A table for each view, behind its name where there are several.
template <typename Rows>
std::string tables_of(const std::vector<Charts::View>& views, const std::string& head, const Rows& rows_of) {
  std::string html;
  std::size_t shown = 0;
  for (const Charts::View& view : views) {
    const std::string rows = rows_of(*view.picture);
    if (rows.empty()) continue;
    const std::string one = table("reader", head + "<tbody>\n" + rows + "</tbody>\n");
    html += views.size() == 1 ? one : details(view.name, one);
    ++shown;
  }
  return shown == 0 ? "" : html;
}

std::string ways_rows(const Picture& picture) {
  std::string html;
  for (const Way& way : picture.ways) {
    html += fmt::format("<tr><th scope=\"row\">{}<small>{}</small></th>", escaped(way.interface),
                        way.to_core ? "into the core" : "out of the core");
    html += count_cell(way.messages) + count_cell(way.lost);
    for (const double seconds : {way.p50_s, way.p95_s, way.p99_s})
      html += number_cell(duration_text(seconds));
    html += "</tr>\n";
  }
  return html;
}

std::string work_rows(const Picture& picture) {
  std::string html;
  for (const WorkItems& work : picture.work) {
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td>", escaped(work.owner),
                        escaped(work.category), escaped(work.severity));
    html += count_cell(work.count) + count_cell(work.open);
    html +=
        work.open == 0 ? number_cell("–", "quiet") : number_cell(duration_text(work.oldest_open_h * 3600));
    html += "</tr>\n";
  }
  return html;
}

std::string numbered_heads(std::initializer_list<std::string_view> texts,
                           std::initializer_list<std::string_view> numbers) {
  std::string html = "<thead><tr>";
  for (const std::string_view text : texts) html += fmt::format("<th scope=\"col\">{}</th>", text);
  for (const std::string_view number : numbers)
    html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", number);
  return html + "</tr></thead>\n";
}

}  // namespace

std::string where_section(const std::vector<Charts::View>& views, Charts& charts) {
  struct Kind {
    std::string_view id, grid, title, note;
  };
  constexpr Kind kinds[] = {
      {"grid-oversell", "oversell.channel", "Units oversold, by channel and hour",
       "when they were found out"},
      {"grid-drift", "drift.node", "Units by which the records of a place are wrong", "by place and hour"},
      {"grid-flight", "in_flight.interface", "Messages under way",
       "written and not arrived, by interface and hour"}};
  std::string content;
  for (const Kind& kind : kinds) {
    if (charts.add_grid(kind.id, views, kind.grid)) content += figure(kind.id, kind.title, kind.note);
  }
  if (content.empty()) return "";
  return section_for("commerce supply", "where", "Where and when",
                     "The darker, the more; empty is none. Below each: what was broken on purpose, and when.",
                     content);
}

std::string flow_section(const std::vector<Charts::View>& views, Charts& charts) {
  if (!charts.add_flow("flow", views)) return "";
  return section_for(
      "supply", "flow-section", "Where the units went",
      "Every physical movement of the run, in units. What goes back to where it was ends in a node of its "
      "own.",
      figure("flow", "Flow of stock", "units"));
}

std::string ways_section(const std::vector<Charts::View>& views) {
  const std::string head = numbered_heads(
      {"Interface"}, {"Messages", "Never arrived", "Half arrive within", "95 % within", "99 % within"});
  const std::string content = tables_of(views, head, ways_rows);
  if (content.empty()) return "";
  return section_for(
      "supply", "ways", "How long messages travel",
      "From the moment they are written until they first arrive: waiting for a file, a poll, a retry or "
      "a free line included.",
      content);
}

std::string work_section(const std::vector<Charts::View>& views) {
  const std::string head =
      numbered_heads({"Whose work", "What", "Severity"}, {"In the run", "Open at its end", "Oldest open"});
  const std::string content = tables_of(views, head, work_rows);
  if (content.empty()) return "";
  return section_for(
      "supply finance", "work", "What people had to look at",
      "Messages that could not be processed and commands that could not be delivered, by owner.", content);
}

std::string ageing_section(const std::vector<Charts::View>& views, std::string_view currency, int decimals,
                           Charts& charts) {
  std::string head = "<thead><tr><th scope=\"col\">Reconciliation</th><th scope=\"col\">Owner</th>";
  for (const AgeBucket& bucket : ageing_buckets)
    head += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", bucket.name);
  head += fmt::format(
      "<th scope=\"col\" class=\"n\">Apart<small>{}</small></th><th scope=\"col\" class=\"n\">Oldest</th>"
      "<th scope=\"col\" class=\"n\">Open at rest</th></tr></thead>\n",
      escaped(currency));
  const std::string tables = tables_of(views, head, [&](const Picture& picture) {
    std::string html;
    for (const OpenDifferences& row : picture.ageing) {
      html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td>",
                          escaped(title_of_comparison(row.compared)), escaped(row.owner));
      for (const std::int64_t items : row.by_age) html += count_cell(items);
      html += number_cell(grouped_minor_text(row.apart_minor, decimals)) +
              number_cell(duration_text(row.oldest_h * 3600)) + count_cell(row.open_at_end) + "</tr>\n";
    }
    return html;
  });
  if (tables.empty()) return "";
  std::string content;
  if (charts.add_ageing("ageing-chart", views))
    content = figure("ageing-chart", "Open items at the hard close, by reconciliation and age", "items");
  return section_for(
      "finance", "ageing", "Reconciliation ageing",
      "Where two records of the same money or goods differ and nobody has made them agree yet. "
      "An item that grows old goes to the controller.",
      content + tables);
}

std::string faults_section(const std::vector<FaultSpan>& faults) {
  if (faults.empty()) return "";
  std::string rows;
  for (const FaultSpan& fault : faults) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", escaped(fault.what),
                        short_time_text(fault.from), short_time_text(fault.to));
  }
  return section("faults", "What was broken on purpose", "",
                 table("reader", numbered_heads({"Fault", "From (UTC)", "To (UTC)"}, {}) + "<tbody>\n" +
                                     rows + "</tbody>\n"));
}

}  // namespace omnisim::reports::html
