#include "reports/format.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/reports/sample.hpp"

namespace omnisim::reports {
namespace {

using std::chrono::microseconds;

/// Figures hold together with no-break blanks; for reading, these tests write them as plain ones.
std::string spaced(std::string text) {
  for (std::size_t at = text.find("\u00A0"); at != std::string::npos; at = text.find("\u00A0")) {
    text.replace(at, std::string("\u00A0").size(), " ");
  }
  return text;
}

std::string value(double number, std::string_view unit) { return spaced(value_text(number, unit)); }

std::string estimate(double mean, double half_width, std::string unit, Width width = Width::full) {
  return spaced(estimate_text({"m", mean, half_width, 10, std::move(unit)}, width));
}

TEST(Format, time_is_iso_8601_in_utc) {
  EXPECT_EQ(time_text(sample::hour(0)), "2026-11-23T00:00:00Z");
  EXPECT_EQ(time_text(sample::hour(25) + microseconds(1)), "2026-11-24T01:00:00.000001Z");
  EXPECT_EQ(time_text(Time{} - microseconds(1)), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(short_time_text(sample::hour(9)), "2026-11-23 09:00");
}

TEST(Format, minor_units_are_exact_for_every_amount) {
  EXPECT_EQ(minor_text(0, 2), "0.00");
  EXPECT_EQ(minor_text(-5, 2), "-0.05");
  EXPECT_EQ(minor_text(123456, 2), "1234.56");
  EXPECT_EQ(minor_text(123456, 0), "123456");
  EXPECT_EQ(minor_text(7, 3), "0.007");
  EXPECT_EQ(minor_text(std::numeric_limits<std::int64_t>::min(), 2), "-92233720368547758.08");
  EXPECT_EQ(grouped_minor_text(-123456789, 2), "-1,234,567.89");
}

TEST(Format, a_small_share_missing_is_never_rounded_to_all) {
  EXPECT_EQ(value(1, "1"), "100 %");
  EXPECT_EQ(value(0.99997, "1"), "99.9970 %");
  EXPECT_EQ(value(0.0021, "1"), "0.21 %");
}

TEST(Format, durations_take_the_unit_that_fits) {
  EXPECT_EQ(value(0, "s"), "0 s");
  EXPECT_EQ(value(0.0405, "s"), "40.5 ms");
  EXPECT_EQ(value(90, "s"), "90 s");
  EXPECT_EQ(value(5400, "s"), "90 min");
  EXPECT_EQ(value(14, "h"), "14 h");
  EXPECT_EQ(value(72, "h"), "3 d");
  EXPECT_EQ(duration_text(90000), "1 d 1 h");
}

TEST(Format, money_has_its_cents_until_they_do_not_matter) {
  EXPECT_EQ(value(123.4, "EUR"), "123.40");
  EXPECT_EQ(value(1234567.89, "EUR"), "1,234,568");
}

TEST(Format, an_estimate_has_the_decimals_that_its_interval_is_worth) {
  EXPECT_EQ(estimate(431.27, 25.86, "each"), "431 ± 26");
  EXPECT_EQ(estimate(11.83, 0.708, "each"), "11.8 ± 0.7");
  EXPECT_EQ(estimate(0.98111, 0.00114, "1"), "98.11 ± 0.11 %");
  EXPECT_EQ(estimate(1234567.89, 49382.7, "EUR", Width::compact), "1.23 ± 0.05 M");
  EXPECT_EQ(estimate(0, 0, "each"), "0");
  EXPECT_EQ(spaced(estimate_text({"m", 3, 0, 1, "each"})), "3");
}

TEST(Format, nothing_is_shown_as_minus_zero) {
  EXPECT_EQ(grouped_text(-0.0001, 2), "0.00");
  EXPECT_EQ(grouped_text(-1234.5, 1), "-1,234.5");
}

}  // namespace
}  // namespace omnisim::reports
