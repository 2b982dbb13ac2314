// The result of `omnisim test` for programs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "harness/import/csv.hpp"
#include "harness/test/suite_text.hpp"

namespace omnisim::harness {
namespace {

using Ordered = nlohmann::ordered_json;

std::string_view name_of(CaseResult result) {
  return result == CaseResult::passed ? "passed" : result == CaseResult::failed ? "failed" : "skipped";
}

Ordered value_or_null(const std::optional<double>& value) {
  return value ? Ordered(*value) : Ordered(nullptr);
}

Ordered differences_json(const GoldenDifference& difference) {
  Ordered list = Ordered::array();
  for (const MetricDifference& metric : difference.metrics) {
    list.push_back({{"metric", metric.metric},
                    {"unit", metric.unit},
                    {"golden", value_or_null(metric.golden)},
                    {"now", value_or_null(metric.now)}});
  }
  return list;
}

Ordered pattern_json(const PatternTest& pattern) {
  Ordered json = {{"pattern", pattern.pattern}, {"command", pattern.again}, {"cases", Ordered::array()}};
  for (const Case& judged : pattern.cases) {
    Ordered one = {{"kind", judged.kind}, {"result", name_of(judged.result)}};
    if (!judged.lines.empty()) one["lines"] = judged.lines;
    if (judged.kind == "golden" && judged.result == CaseResult::failed) {
      one["other_events"] = pattern.difference.other_events;
      one["differences"] = differences_json(pattern.difference);
    }
    json["cases"].push_back(std::move(one));
  }
  return json;
}

/// XML 1.0 has no place for most control characters, escaped or not, nor for bytes that are no UTF-8.
std::string xml_text(std::string_view text) {
  std::string plain = to_utf8(text);
  for (char& c : plain) {
    const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
    if (control) c = '?';
  }
  return plain;
}

void set(pugi::xml_node& node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

void set_counts(pugi::xml_node& node, std::size_t tests, std::size_t failures, std::size_t skipped,
                double seconds) {
  set(node, "tests", std::to_string(tests));
  set(node, "failures", std::to_string(failures));
  set(node, "errors", "0");
  set(node, "skipped", std::to_string(skipped));
  set(node, "time", fmt::format("{:.3f}", seconds));
}

void add_case(pugi::xml_node& suite, const ScenarioReport& report, const PatternTest& pattern,
              const Case& judged) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", report.test->name + "." + pattern.pattern);
  set(node, "name", judged.kind);
  // A run is one piece of work: its time is told with the first of its cases.
  set(node, "time", fmt::format("{:.3f}", &judged == &pattern.cases.front() ? pattern.seconds : 0));
  if (judged.result == CaseResult::passed) return;
  const bool failed = judged.result == CaseResult::failed;
  pugi::xml_node what = node.append_child(failed ? "failure" : "skipped");
  set(what, "message", judged.lines.empty() ? "" : judged.lines.front());
  if (!failed) return;
  set(what, "type", judged.kind);
  std::string all;
  for (const std::string& line : judged.lines) all += line + "\n";
  what.text().set(xml_text(all).c_str());
  node.append_child("system-out").text().set(xml_text("again: " + pattern.again + "\n").c_str());
}

struct Counts {
  std::size_t tests = 0, failures = 0, skipped = 0;
  double seconds = 0;
};

Counts add_suite(pugi::xml_node& root, const ScenarioReport& report) {
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", report.test->name);
  set(suite, "file", report.test->file);
  Counts counts;
  for (const PatternTest& pattern : report.patterns) {
    counts.seconds += pattern.seconds;
    for (const Case& judged : pattern.cases) {
      ++counts.tests;
      counts.failures += judged.result == CaseResult::failed ? 1 : 0;
      counts.skipped += judged.result == CaseResult::skipped ? 1 : 0;
    }
  }
  if (!report.test->skipped.empty()) counts = {1, 0, 1, 0};
  set_counts(suite, counts.tests, counts.failures, counts.skipped, counts.seconds);
  for (const PatternTest& pattern : report.patterns) {
    for (const Case& judged : pattern.cases) add_case(suite, report, pattern, judged);
  }
  if (!report.test->skipped.empty()) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", report.test->name);
    set(node, "name", "run");
    pugi::xml_node skipped = node.append_child("skipped");
    set(skipped, "message", report.test->skipped);
  }
  return counts;
}

}  // namespace

std::string suite_json(const SuiteReport& report) {
  Ordered json = {{"schema", "omnisim.test/1"}, {"scenarios", Ordered::array()}};
  for (const ScenarioReport& scenario : report.scenarios) {
    Ordered one = {{"scenario", scenario.test->name}, {"file", scenario.test->file}};
    if (!scenario.test->skipped.empty()) one["skipped"] = scenario.test->skipped;
    if (!scenario.golden_note.empty()) one["golden"] = scenario.golden_note;
    one["patterns"] = Ordered::array();
    for (const PatternTest& pattern : scenario.patterns) one["patterns"].push_back(pattern_json(pattern));
    json["scenarios"].push_back(std::move(one));
  }
  json["passed"] = report.passed;
  json["failed"] = report.failed;
  json["exit_code"] = report.exit_code;
  return json.dump(2, ' ', false, Ordered::error_handler_t::replace) + "\n";
}

std::string junit_xml(const SuiteReport& report) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "omnisim test");
  Counts all;
  for (const ScenarioReport& scenario : report.scenarios) {
    const Counts counts = add_suite(root, scenario);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.skipped += counts.skipped;
    all.seconds += counts.seconds;
  }
  set_counts(root, all.tests, all.failures, all.skipped, all.seconds);
  std::ostringstream out;
  document.save(out, "  ");
  return std::move(out).str();
}

}  // namespace omnisim::harness
