#include "harness/test/suite_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/problem.hpp"

namespace omnisim::harness {
namespace {

std::size_t count(const ScenarioReport& report, CaseResult wanted) {
  std::size_t found = 0;
  for (const PatternTest& pattern : report.patterns) {
    for (const Case& judged : pattern.cases) found += judged.result == wanted ? 1 : 0;
  }
  return found;
}

std::string many(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

/// Patterns whose golden result is not there, of a scenario that was not accepted just now.
std::string golden_note(const ScenarioReport& report) {
  if (!report.golden_note.empty()) return report.golden_note;
  std::size_t without = 0;
  std::size_t unknown = 0;
  for (const PatternTest& pattern : report.patterns) {
    unknown = std::max(unknown, pattern.difference.unknown);
    for (const Case& judged : pattern.cases)
      without += judged.kind == "golden" && judged.result == CaseResult::skipped ? 1 : 0;
  }
  if (without == report.patterns.size()) return "no golden result (--accept writes it)";
  std::string note = "golden result";
  if (without > 0) note += fmt::format(" of all but {}", many(without, "pattern"));
  if (unknown > 0) note += fmt::format(" (older than {})", many(unknown, "metric"));
  return note;
}

void add_failure(std::string& text, const PatternTest& pattern, const Case& judged) {
  // Every missed expectation is a finding of its own; the other kinds have one, and lines that explain it.
  const bool each = judged.kind == "expectations";
  for (std::size_t i = 0; i < judged.lines.size(); ++i) {
    if (i == 0 || each) {
      text += fmt::format("  {} / {}: {}\n", one_line(pattern.pattern), judged.kind, judged.lines[i]);
    } else {
      text += fmt::format("      {}\n", judged.lines[i]);
    }
  }
}

}  // namespace

std::string scenario_text(const ScenarioReport& report) {
  const std::string file = one_line(report.test->file, 400);
  if (!report.test->skipped.empty()) return fmt::format("skip  {}: {}\n", file, report.test->skipped);
  const std::size_t failed = count(report, CaseResult::failed);
  const std::string what = fmt::format("{}, {}, {}", many(report.patterns.size(), "pattern"),
                                       many(report.test->expectations, "expectation"), golden_note(report));
  if (failed == 0) return fmt::format("pass  {}: {}\n", file, what);
  std::string text = fmt::format("FAIL  {}: {} of {} failed; {}\n", file, failed,
                                 many(failed + count(report, CaseResult::passed), "case"), what);
  for (const PatternTest& pattern : report.patterns) {
    bool any = false;
    for (const Case& judged : pattern.cases) {
      if (judged.result != CaseResult::failed) continue;
      add_failure(text, pattern, judged);
      any = true;
    }
    if (any) text += fmt::format("      again: {}\n", pattern.again);
  }
  return text;
}

std::string total_line(const SuiteReport& report) {
  return fmt::format("{} passed, {} failed\n", report.passed, report.failed);
}

}  // namespace omnisim::harness
