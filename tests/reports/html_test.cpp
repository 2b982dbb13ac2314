#include "reports/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>

#include "reports/html/assets.hpp"
#include "reports/html/markup.hpp"
#include "tests/reports/sample.hpp"

namespace omnisim::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The page without the library that it carries.
std::string own_part(std::string html) {
  const std::size_t at = html.find(html::charts_js());
  if (at != std::string::npos) html.erase(at, html::charts_js().size());
  return html;
}

nlohmann::json chart_data(const std::string& html) {
  const std::string open = "<script type=\"application/json\" id=\"charts\">";
  const std::size_t at = html.find(open) + open.size();
  return nlohmann::json::parse(html.substr(at, html.find("</script>", at) - at));
}

std::string sha256_hex(std::string_view text) {
  std::string name = (std::filesystem::temp_directory_path() / "omnisim-hash-XXXXXX").string();
  if (mkstemp(name.data()) < 0) throw std::runtime_error("cannot make a temporary file");
  std::ofstream(name, std::ios::binary) << text;
  std::array<char, 65> hex{};
  FILE* pipe = popen(("sha256sum " + name).c_str(), "r");
  const std::size_t size = fread(hex.data(), 1, 64, pipe);
  pclose(pipe);
  std::filesystem::remove(name);
  return {hex.data(), size};
}

std::string hex_of_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  for (const char c : text) {
    if (c == '=') break;
    for (int bit = 5; bit >= 0; --bit) bits += (digits.find(c) >> bit & 1U) != 0 ? '1' : '0';
  }
  std::string hex;
  for (std::size_t i = 0; i + 4 <= bits.size() && hex.size() < 64; i += 4) {
    hex += "0123456789abcdef"[std::stoul(bits.substr(i, 4), nullptr, 2)];
  }
  return hex;
}

TEST(ReportHtml, needs_nothing_from_outside) {
  for (const std::string& html : {report_html(sample::comparison()), report_html(sample::run())}) {
    EXPECT_THAT(html, HasSubstr("default-src 'none'"));
    const std::string own = own_part(html);
    for (const char* outside : {" src=", "href=", "@import", "url(", "http:", "https:"}) {
      EXPECT_THAT(own, Not(HasSubstr(outside)));
    }
  }
}

TEST(ReportHtml, its_policy_allows_just_the_scripts_that_it_carries) {
  const std::string policy = html::content_security_policy();
  const std::regex hash("'sha256-([A-Za-z0-9+/=]+)'");
  std::vector<std::string> allowed;
  for (std::sregex_iterator it(policy.begin(), policy.end(), hash), end; it != end; ++it) {
    allowed.push_back(hex_of_base64((*it)[1].str()));
  }
  EXPECT_EQ(allowed,
            (std::vector<std::string>{sha256_hex(html::charts_js()), sha256_hex(html::report_js())}));
  EXPECT_THAT(policy, Not(HasSubstr("script-src 'unsafe-inline'")));
}

TEST(ReportHtml, the_scripts_cannot_end_their_own_element) {
  EXPECT_EQ(html::charts_js().find("</script"), std::string_view::npos);
  EXPECT_EQ(html::report_js().find("</script"), std::string_view::npos);
}

TEST(ReportHtml, the_same_result_gives_the_same_bytes_and_cost_is_not_in_them) {
  EXPECT_EQ(report_html(sample::comparison()), report_html(sample::comparison()));
  RunResult slower = sample::run();
  slower.cost.wall_seconds = 99;
  slower.cost.peak_rss_bytes = 1;
  EXPECT_EQ(report_html(slower), report_html(sample::run()));
}

TEST(ReportHtml, text_from_files_stays_text) {
  const std::string evil = "</script><script>alert(1)</script><img onerror=\"x\" 'q' &amp; \xff\x01";
  CompareResult comparison = sample::comparison();
  comparison.scenario = comparison.description = comparison.version = comparison.command = evil;
  comparison.currency = evil;
  comparison.parameters = {{evil, evil}};
  comparison.failed_runs = {{evil, 1, evil}};
  for (PatternResult& pattern : comparison.patterns) {
    pattern.pattern += evil;
    pattern.title = evil;
    pattern.mechanisms = {evil};
    pattern.reasons = {{evil, evil}};
    pattern.series[0].name = pattern.series[0].unit = evil;
    pattern.misstatement[0].name = pattern.misstatement[0].number = evil;
    pattern.invariants[1].id = pattern.invariants[1].detail = evil;
    pattern.metrics[0].metric = pattern.metrics[0].unit = evil;
  }
  RunResult run = sample::run();
  run.scenario = run.pattern = run.version = run.fingerprint = run.command = run.currency = evil;
  run.metrics[0].name = run.metrics[0].unit = evil;
  run.invariants[1].id = run.invariants[1].detail = run.expectations[0].expect = evil;
  run.series[0].name = run.trial_balance[0].name = run.reasons[0].text = evil;
  run.picture.ageing[0].compared = run.picture.ageing[0].owner = evil;
  for (Inquiry* inquiry : {&run.inquiry, &comparison.patterns[1].inquiry}) {
    Reference& reference = inquiry->accounts[0].references[0];
    reference.name = reference.what = reference.stage = reference.because = reference.instead = evil;
    reference.behind[0].where = reference.behind[0].text = evil;
    for (Explanation& explanation : inquiry->explanations) {
      explanation.subject = explanation.verdict = explanation.steps_of = evil;
      for (Step& step : explanation.steps) step.where = step.text = evil;
      for (Finding& finding : explanation.findings) finding.what = finding.because = finding.instead = evil;
      for (Endured& fault : explanation.endured) fault.fault = fault.outcome = evil;
    }
  }
  for (const std::string& html : {report_html(comparison), report_html(run)}) {
    const std::string own = own_part(html);
    EXPECT_THAT(own, Not(HasSubstr("alert(1)</script>")));
    EXPECT_THAT(own, Not(HasSubstr("<img")));
    EXPECT_THAT(own, Not(HasSubstr("\xff")));
    EXPECT_THAT(own, HasSubstr("&lt;/script&gt;"));
    EXPECT_NO_THROW(chart_data(html));
  }
}

/// Booked less true is 123.45 at the hard close: 99.45 missing, 24.00 less twice, 48.00 of three that are not
/// shown.
TEST(ReportHtml, an_account_opens_to_what_makes_up_its_difference) {
  const std::string html = report_html(sample::run());
  EXPECT_THAT(html, HasSubstr("<summary>What makes up 123.45 of 4000: 5 documents</summary>"));
  EXPECT_THAT(html, HasSubstr("<summary>Events behind web-o-770</summary>"));
  EXPECT_THAT(html, HasSubstr("posts J77 (after the hard close) <i>-99.45</i>"));
  EXPECT_THAT(html, HasSubstr("and 3 more worth</th><td></td><td></td><td class=\"n loss\">48.00</td>"));
  EXPECT_THAT(html, Not(HasSubstr("of 1000:"))) << "the bank is right";
}

/// A comparison shows five; here a smaller bound would hide one, and what is hidden is in the last row.
TEST(ReportHtml, what_an_account_s_table_hides_is_added_up) {
  RunResult run = sample::run();
  AccountParts& parts = run.inquiry.accounts.front();
  parts.references.resize(1);
  while (parts.references.size() < 25) parts.references.push_back({.name = "x", .booked_minor = 100});
  const std::string html = report_html(run);
  EXPECT_THAT(html, HasSubstr("and 8 more worth</th><td></td><td></td><td class=\"n loss\">53.00</td>"));
}

TEST(ReportHtml, explains_step_by_step_and_marks_where_truth_and_record_part) {
  const std::string html = report_html(sample::run());
  EXPECT_THAT(html, HasSubstr("<section id=\"explained\""));
  EXPECT_THAT(html, HasSubstr("<summary>Step by step: SKU-A at store-01</summary>"));
  EXPECT_THAT(html, HasSubstr("<tr class=\"parted\"><th scope=\"row\"><time>2026-11-27 01:00:00</time>"));
  EXPECT_THAT(html, HasSubstr("3 never arrived; named above"));
}

TEST(ReportHtml, open_items_are_drawn_by_reconciliation_and_told_by_owner) {
  const std::string html = report_html(sample::run());
  EXPECT_THAT(html, HasSubstr("<section id=\"ageing\""));
  EXPECT_THAT(html, HasSubstr("controller"));
  const nlohmann::json charts = chart_data(html);
  const auto chart =
      std::find_if(charts.begin(), charts.end(), [](const auto& c) { return c["id"] == "ageing-chart"; });
  ASSERT_NE(chart, charts.end());
  const nlohmann::json& view = (*chart)["views"][0];
  ASSERT_EQ(view["rows"].size(), 1U) << "both owners are of one reconciliation";
  EXPECT_EQ(view["rows"][0]["total"], 4);
  EXPECT_EQ(view["parts"][1]["values"], nlohmann::json::array({2}));
}

TEST(ReportHtml, leads_with_the_verdict_and_has_every_part) {
  const std::string html = report_html(sample::comparison());
  EXPECT_THAT(html, HasSubstr("<h1>Event-driven, orchestrated core oversells least"));
  for (const char* id :
       {"comparison", "oversell", "drift", "close", "why", "differences", "invariants", "method"}) {
    EXPECT_THAT(html, HasSubstr(std::string("<section id=\"") + id + "\""));
  }
  EXPECT_THAT(html, HasSubstr("--seeds 5 --out out/demo"));
}

TEST(ReportHtml, every_chart_has_its_place) {
  for (const std::string& html : {report_html(sample::comparison()), report_html(sample::run())}) {
    const nlohmann::json charts = chart_data(html);
    EXPECT_FALSE(charts.empty());
    for (const auto& chart : charts) {
      EXPECT_THAT(html, HasSubstr("<div class=\"chart\" id=\"" + chart["id"].get<std::string>() + "\""));
    }
  }
}

TEST(ReportHtml, a_long_series_is_thinned_without_losing_its_peak) {
  RunResult run = sample::run();
  run.series[0].points.clear();
  for (int h = 0; h < 50'000; ++h)
    run.series[0].points.push_back({sample::hour(h), h == 31'234 ? 1000.0 : h % 7});
  const nlohmann::json points = chart_data(report_html(run))[0]["lines"][0]["points"];
  EXPECT_LE(points.size(), 600U);
  EXPECT_GT(points.size(), 500U);
  EXPECT_TRUE(std::any_of(points.begin(), points.end(), [](const auto& point) { return point[1] == 1000; }));
  EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
}

TEST(ReportHtml, empty_results_make_a_page_too) {
  EXPECT_THAT(report_html(CompareResult{}), HasSubstr("No pattern was run."));
  EXPECT_THAT(report_html(RunResult{}), HasSubstr("</html>"));
}

TEST(Escaped, keeps_utf8_and_replaces_what_is_not) {
  EXPECT_EQ(html::escaped("Zürich ± 東京 \U0001F600"), "Zürich ± 東京 \U0001F600");
  EXPECT_EQ(html::escaped("<a href='x'>\"&\""), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;");
  EXPECT_EQ(html::escaped("a\xc3"), "a\uFFFD");                              // cut short
  EXPECT_EQ(html::escaped("\xc0\xaf"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(html::escaped("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
  EXPECT_EQ(html::escaped("\xf5\x80\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond Unicode
  EXPECT_EQ(html::escaped(std::string_view("a\0b\x1b[c\n", 7)), "ab[c\n");
}

}  // namespace
}  // namespace omnisim::reports
