#include "reports/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/reports/sample.hpp"

namespace omnisim::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t columns(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) most = std::max(most, columns(line));
  return most;
}

TEST(ComparisonTable, fits_100_columns_with_every_name_in_full) {
  const std::string text = comparison_table(sample::comparison(), false);
  EXPECT_LE(widest(text), 100U) << text;
  for (const PatternResult& pattern : sample::comparison().patterns) {
    EXPECT_THAT(text, HasSubstr("\n" + pattern.pattern + " "));
  }
  EXPECT_THAT(text, HasSubstr("431\u00A0±\u00A026"));
}

TEST(ComparisonTable, fits_100_columns_whatever_the_names_and_the_numbers) {
  CompareResult result = sample::comparison();
  result.patterns[1].pattern = std::string(150, 'x') + "é";
  result.patterns[2].pattern = "Größenwahn-mit-Umlauten-äöüäöüäöüäöüäöüäöü";
  for (PatternResult& pattern : result.patterns) {
    for (Estimate& estimate : pattern.metrics) {
      estimate.mean *= 1e12;
      estimate.half_width = 1e-9;
    }
  }
  const std::string text = comparison_table(result, false);
  const std::string table = text.substr(text.find("Pattern"), text.find("Means over") - text.find("Pattern"));
  EXPECT_LE(widest(table), 100U) << table;
  EXPECT_THAT(table, HasSubstr("…"));
}

TEST(ComparisonTable, has_no_escape_codes_without_colour) {
  EXPECT_THAT(comparison_table(sample::comparison(), false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(run_table(sample::run(), false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(comparison_table(sample::comparison(), true), HasSubstr("\x1b[1m"));
}

TEST(ComparisonTable, text_from_files_cannot_drive_the_terminal) {
  CompareResult result = sample::comparison();
  result.scenario = "evil\x1b[2Jname";
  result.patterns[1].pattern = "bell\x07\r";
  result.failed_runs = {{"p\x1b]0;x", 1, "what\nhappened"}};
  const std::string text = comparison_table(result, false);
  EXPECT_EQ(text.find_first_of("\x1b\x07\r"), std::string::npos);
}

TEST(ComparisonTable, of_nothing_is_still_a_table) {
  EXPECT_THAT(comparison_table(CompareResult{}, false), HasSubstr("No pattern was run."));
}

TEST(RunTable, tells_figures_breaks_and_cost) {
  const std::string text = run_table(sample::run(), false);
  EXPECT_LE(widest(text), 100U) << text;
  EXPECT_THAT(text, HasSubstr("nightly-batch oversold 3 units"));
  EXPECT_THAT(text, HasSubstr("812,345 events"));
  EXPECT_THAT(text, HasSubstr("00112233445566778899aabbccddeeff"));
}

}  // namespace
}  // namespace omnisim::reports
