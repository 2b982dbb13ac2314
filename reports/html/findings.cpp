#include "reports/html/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/format.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/tables.hpp"

namespace omnisim::reports::html {
namespace {

std::string finding_list(const Explanation& it) {
  if (it.findings.empty()) return "";
  std::string html = "<ol class=\"findings\">\n";
  for (const Finding& finding : it.findings) {
    html += fmt::format(
        "<li><p><span class=\"stage\">{}</span> <time>{}</time></p><p>{}</p><dl><dt>Because</dt><dd>{}</dd>",
        escaped(name_of(finding.stage)), clock_text(finding.at), escaped(finding.what),
        escaped(finding.because));
    if (!finding.instead.empty())
      html += fmt::format("<dt>Instead</dt><dd>{}</dd>", escaped(finding.instead));
    html += "</dl></li>\n";
  }
  html += "</ol>\n";
  if (it.findings_left_out > 0)
    html += fmt::format("<p class=\"lead\">and {} more</p>\n",
                        grouped_text(static_cast<double>(it.findings_left_out), 0));
  return html;
}

/// The first step at which they have parted; of several at the same instant the last, since it is the
/// outcome.
const Step* parting_of(const Explanation& it) {
  const Step* found = nullptr;
  for (const Step& step : it.steps) {
    if (it.parted && step.at >= *it.parted && (found == nullptr || step.at == found->at)) found = &step;
  }
  return found;
}

std::string step_table(const Explanation& it) {
  if (it.steps.empty()) return "";
  const bool has_levels =
      std::any_of(it.steps.begin(), it.steps.end(), [](const Step& s) { return s.truth.has_value(); });
  std::string html =
      "<thead><tr><th scope=\"col\">Time (UTC)</th><th scope=\"col\">Where</th><th scope=\"col\">What</th>";
  if (has_levels)
    html += "<th scope=\"col\" class=\"n\">On the shelf</th><th scope=\"col\" class=\"n\">On record</th>";
  html += "</tr></thead>\n<tbody>\n";
  const Step* parting = parting_of(it);
  for (const Step& step : it.steps) {
    const bool parts_here = &step == parting;
    html +=
        fmt::format("<tr{}><th scope=\"row\"><time>{}</time></th><td>{}</td><td>{}{}</td>",
                    parts_here ? " class=\"parted\"" : "", clock_text(step.at), escaped(step.where),
                    parts_here ? "<strong>Truth and record have parted:</strong> " : "", escaped(step.text));
    if (has_levels) {
      const auto level = [&](const std::optional<std::int64_t>& units) {
        if (!units) return number_cell("–", "quiet");
        return number_cell(grouped_text(static_cast<double>(*units), 0),
                           step.truth == step.believed ? "" : "loss");
      };
      html += level(step.truth) + level(step.believed);
    }
    html += "</tr>\n";
  }
  const auto count = [](std::size_t n) { return grouped_text(static_cast<double>(n), 0); };
  std::string heading = it.steps_left_out == 0
                            ? fmt::format("{} step{}", it.steps.size(), it.steps.size() == 1 ? "" : "s")
                            : fmt::format("{} of {} steps, around where truth and record parted",
                                          it.steps.size(), count(it.steps.size() + it.steps_left_out));
  if (has_levels && it.steps_left_out > 0) heading += "; only those that changed either";
  if (!it.steps_of.empty()) heading = fmt::format("{}, its largest part: {}", it.steps_of, heading);
  return fmt::format("<h4>{}</h4>\n", escaped(heading)) + table("steps", html + "</tbody>\n");
}

std::string fault_table(const Explanation& it) {
  if (it.endured.empty()) return "";
  std::string html =
      "<thead><tr><th scope=\"col\">Fault</th><th scope=\"col\">What became of "
      "it</th></tr></thead>\n<tbody>\n";
  for (const Endured& fault : it.endured)
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(fault.fault),
                        escaped(fault.outcome));
  return details("What became of each fault", table("reader", html + "</tbody>\n"));
}

std::string body_of(const Explanation& it) {
  return fmt::format("<p class=\"verdict\">{}</p>\n", escaped(it.verdict)) + finding_list(it) +
         step_table(it) + fault_table(it);
}

}  // namespace

std::string explanations(const std::vector<Explanation>& all) {
  std::string html;
  for (const Explanation& it : all) {
    html += &it == &all.front() ? body_of(it) : details("Step by step: " + it.subject, body_of(it));
  }
  return html.empty() ? "" : "<div class=\"explained\">\n" + html + "</div>\n";
}

}  // namespace omnisim::reports::html
