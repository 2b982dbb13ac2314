// The page of a comparison: the verdict first, then what it rests on, then how to do it again.
#include <fmt/format.h>

#include <cmath>

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

std::string oversell_section(const CompareResult& result, Charts& charts) {
  std::string content = "<div class=\"pair\">\n";
  bool any = false;
  if (charts.add_split_bars("oversell-channel", result, "oversell.units.", "oversell.units")) {
    content += figure("oversell-channel", "Units oversold, by channel", "mean a run, with its 95 % interval");
    any = true;
  }
  if (charts.add_split_bars("oversell-cause", result, "oversell.cause.", "oversell.units")) {
    content += figure("oversell-cause", "The same units, by cause", "what let the promise go wrong");
  }
  if (!any) return "";
  content += "</div>\n" + details("The figures behind these charts", split_table(result));
  return section_for(
      "commerce", "oversell", "Oversell",
      "Promises to customers that no place could keep. Each unit is a customer told no after a yes.",
      content);
}

std::string series_section(const CompareResult& result, Charts& charts) {
  std::string leading;
  std::string others;
  int count = 0;
  for (const std::string& name : series_names(result)) {
    const std::string id = fmt::format("series-{}", count);
    if (!charts.add_lines(id, result, name)) continue;
    (count++ < 3 ? leading : others) +=
        figure(id, series_title(name), series_title(name) == name ? "" : name);
  }
  if (count == 0) return "";
  if (!others.empty()) leading += details("More figures over time", others);
  return section_for(
      "commerce supply", "drift", "Drift over time",
      "How far the books were from what was really there, hour by hour; means over the seeds, times in UTC.",
      leading);
}

/// The pattern that suffers them; all of them suffer the same, but one that nobody can build suffers none.
std::vector<FaultSpan> faults_of(const CompareResult& result) {
  for (const PatternResult& pattern : result.patterns) {
    if (!pattern.picture.faults.empty()) return pattern.picture.faults;
  }
  return {};
}

/// Trial balances of the first seed, of patterns whose books are wrong.
std::string balances(const CompareResult& result) {
  constexpr std::size_t references_shown = 5;
  std::string html;
  for (const PatternResult& pattern : result.patterns) {
    if (pattern.inquiry.accounts.empty()) continue;
    html += details("Trial balance of " + name_of(pattern),
                    balance_table({pattern.trial_balance, pattern.inquiry.accounts, result.currency,
                                   result.currency_decimals},
                                  references_shown));
  }
  return html;
}

std::string explained_section(const CompareResult& result) {
  std::string html;
  for (const PatternResult& pattern : result.patterns) {
    const std::string content = explanations(pattern.inquiry.explanations);
    if (!content.empty()) html += details(name_of(pattern), content);
  }
  if (html.empty()) return "";
  return section(
      "explained", "Where truth and record parted",
      "What omnisim explain says of each pattern's first seed: of the whole run, the most frequent "
      "first, and step by step of the largest of what went wrong. Times in UTC.",
      html);
}

std::string mechanism_section(const CompareResult& result) {
  std::string cards = "<div class=\"cards\">\n";
  for (const PatternResult& pattern : result.patterns) {
    cards += fmt::format("<article>\n<h3>{}{}</h3>\n", swatch(result, pattern),
                         escaped(pattern.title.empty() ? pattern.pattern : pattern.title));
    for (const Reason& reason : pattern.reasons) {
      cards += fmt::format("<p class=\"found\">{}</p>\n", escaped(reason.text));
    }
    cards += list(pattern.mechanisms) + "</article>\n";
  }
  return section("why", "Why they differ", "How each pattern works, and what was measured of it.",
                 cards + "</div>\n");
}

std::string seeds_text(const std::vector<std::uint64_t>& seeds) {
  bool consecutive = seeds.size() > 2;
  for (std::size_t i = 1; i < seeds.size(); ++i) consecutive = consecutive && seeds[i] == seeds[i - 1] + 1;
  if (consecutive) return fmt::format("{} to {}", seeds.front(), seeds.back());
  std::string text;
  for (const std::uint64_t seed : seeds) text += fmt::format("{}{}", text.empty() ? "" : ", ", seed);
  return text;
}

/// The one that takes longest, of all patterns and series; none where no beginning stands out.
std::vector<WarmUp> longest_warm_up(const CompareResult& result) {
  std::vector<WarmUp> longest;
  for (const PatternResult& pattern : result.patterns) {
    for (const WarmUp& warm_up : pattern.warm_up) {
      if (warm_up.hours == 0 || (!longest.empty() && longest.front().hours >= warm_up.hours)) continue;
      longest = {warm_up};
      longest.front().series += " under " + name_of(pattern);
    }
  }
  return longest;
}

std::string method_section(const CompareResult& result) {
  std::vector<Parameter> rows = {{"Scenario", result.scenario},
                                 {"Simulated time", fmt::format("{} to {} UTC", short_time_text(result.from),
                                                                short_time_text(result.to))},
                                 {"Seeds", seeds_text(result.seeds)}};
  rows.insert(rows.end(), result.parameters.begin(), result.parameters.end());
  rows.push_back({"Scenario hash", result.scenario_hash});
  rows.push_back({"Version", result.version});
  for (const WarmUp& warm_up : longest_warm_up(result)) {
    rows.push_back({"Warm-up", fmt::format("{} of {} (MSER-5): {} with it, {} without",
                                           duration_text(warm_up.hours * 3600), warm_up.series,
                                           value_text(warm_up.mean, warm_up.unit),
                                           value_text(warm_up.mean_after, warm_up.unit))});
  }
  std::string content = facts(rows) + list(answers(result));
  if (!result.failed_runs.empty()) {
    std::vector<std::string> failed;
    for (const FailedRun& run : result.failed_runs) {
      failed.push_back(fmt::format("{}, seed {}: {}", run.pattern, run.seed, run.what));
    }
    content += "<h3>Runs that failed</h3>\n" + list(failed);
  }
  if (!result.command.empty())
    content += fmt::format("<pre><code>{}</code></pre>\n", escaped(result.command));
  return section("method", "What was run, and how to run it again", "", content);
}

}  // namespace

std::string report_html(const CompareResult& all) {
  const CompareResult result = without_ablations(all);
  Charts charts;
  std::vector<Charts::View> views;
  for (const PatternResult& pattern : result.patterns) views.push_back({name_of(pattern), &pattern.picture});
  const std::vector<FaultSpan> faults = faults_of(result);
  charts.set_faults(faults);
  const std::string kicker = fmt::format("Comparison · {} · {} pattern{}, {} seed{}", result.scenario,
                                         result.patterns.size(), result.patterns.size() == 1 ? "" : "s",
                                         result.seeds.size(), result.seeds.size() == 1 ? "" : "s");
  std::string body = verdict_header(kicker, verdict(result), result.description);
  body += reader_filter();
  body += section("comparison", "The comparison",
                  "Means a run, ± half the width of the 95 % interval. Green: the best of those that lost "
                  "anything, and whoever the seeds do not tell from it.",
                  headline_table(result));
  body += reader_sections(result);
  body += oversell_section(result, charts);
  body += series_section(result, charts);
  body += where_section(views, charts);
  body += flow_section(views, charts);
  if (const std::string table = misstatement_table(result); !table.empty()) {
    body += section_for(
        "finance", "close", "The close, account by account",
        "Absolute difference between booked and true balance at hard close, mean over the seeds. The "
        "darker, the more. Below: the trial balance of the first seed, pattern by pattern, each difference "
        "with the documents that make it up.",
        table + balances(result));
  }
  body += ageing_section(views, result.currency, result.currency_decimals, charts);
  body += explained_section(result);
  body += ways_section(views);
  body += work_section(views);
  body += mechanism_section(result);
  if (const std::string table = difference_table(result); !table.empty()) {
    body += section(
        "differences", "Are the differences real?",
        "Each pattern less the one that oversells least, seed by seed on the same customers and failures. "
        "A difference in bold is more than chance, all pairs of patterns taken together (Bonferroni, 95 %).",
        table);
  }
  if (const std::string table = ablation_table(all); !table.empty()) {
    body += section("ablation", "What each capability is worth",
                    "The same customers and failures without one capability. A difference in bold is more "
                    "than chance, all "
                    "capabilities taken together.",
                    table);
  }
  if (const std::string table = invariant_table(result); !table.empty()) {
    body += section(
        "invariants", "Invariants",
        "What must hold whatever happens. A break of what a pattern promises is a bug; a break of what it "
        "does not promise is a finding.",
        table);
  }
  body += faults_section(faults);
  body += method_section(result);
  body += details("Every figure", metric_table(result));
  body += details("What the words mean", glossary());
  body += fmt::format("<footer>omnisim {}</footer>\n", escaped(result.version));
  return page(result.scenario + " · omnisim comparison", body, charts.json());
}

}  // namespace omnisim::reports
