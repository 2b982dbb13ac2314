#include "harness/scenario/values.hpp"

#include <gtest/gtest.h>

namespace omnisim::harness {
namespace {

using namespace std::chrono_literals;

struct DurationCase {
  const char* text;
  Duration value;
};
void PrintTo(const DurationCase& one, std::ostream* out) { *out << one.text; }

class Durations : public testing::TestWithParam<DurationCase> {};

TEST_P(Durations, are_read_as_iso_8601_or_with_units) {
  const auto value = parse_duration(GetParam().text);
  ASSERT_TRUE(value) << GetParam().text;
  EXPECT_EQ(*value, GetParam().value) << GetParam().text;
  EXPECT_EQ(parse_duration(format_duration(*value)), *value) << format_duration(*value);
}

INSTANTIATE_TEST_SUITE_P(Good, Durations,
                         testing::Values(DurationCase{"PT15M", 15min}, DurationCase{"P1D", 24h},
                                         DurationCase{"P1DT2H3M4.5S", 26h + 3min + 4500ms},
                                         DurationCase{"P2W", 336h}, DurationCase{"PT0S", 0s},
                                         DurationCase{"15min", 15min}, DurationCase{"2h45min", 2h + 45min},
                                         DurationCase{"7d", 168h}, DurationCase{"500ms", 500ms},
                                         DurationCase{"1.5h", 90min}, DurationCase{"-90s", -90s},
                                         DurationCase{"1 h 5 min", 65min}, DurationCase{"3us", 3us},
                                         DurationCase{"0s", 0s}));

class NoDurations : public testing::TestWithParam<const char*> {};
TEST_P(NoDurations, are_refused) { EXPECT_FALSE(parse_duration(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Bad, NoDurations,
                         testing::Values("", "15", "15m", "min", "15min2h", "2h2h", "P", "PT", "P1Y", "P1M",
                                         "PT1H1D", "1.5us", "1e3s", "15 minutes", "101y", "40000d",
                                         "99999999999999999999s", "--1s", "1..5h", "1.h", ".5h", "PT15",
                                         "P-1D"));

TEST(Times, need_a_zone_and_keep_their_instant) {
  const auto utc = parse_time("2026-11-27T00:00:00Z");
  ASSERT_TRUE(utc);
  EXPECT_EQ(parse_time("2026-11-27T01:00:00+01:00"), utc);
  EXPECT_EQ(parse_time("2026-11-26 18:30:00-05:30"), utc);
  EXPECT_EQ(format_time(*utc + 250ms), "2026-11-27T00:00:00.25Z");
  EXPECT_EQ(parse_time("2026-11-27T00:00:00.25Z"), *utc + 250ms);
}

class NoTimes : public testing::TestWithParam<const char*> {};
TEST_P(NoTimes, are_refused) { EXPECT_FALSE(parse_time(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Bad, NoTimes,
                         testing::Values("", "2026-11-27", "2026-11-27T00:00:00", "2026-02-29T00:00:00Z",
                                         "2026-11-27T24:00:00Z", "2026-11-27T00:60:00Z",
                                         "1969-12-31T00:00:00Z", "2200-01-01T00:00:00Z",
                                         "2026-11-27T00:00:00+1:00", "2026-11-27T00:00:00Zz",
                                         "2026-13-01T00:00:00Z", "2026-11-27T00:00:00.1234567Z", "tomorrow"));

TEST(MoneyText, is_exact_in_its_currency) {
  EXPECT_EQ(parse_money("4.95 EUR", "EUR"), Money{495});
  EXPECT_EQ(parse_money("4 EUR", "EUR"), Money{400});
  EXPECT_EQ(parse_money("-0.05 EUR", "EUR"), Money{-5});
  EXPECT_EQ(parse_money("4.950 EUR", "EUR"), Money{495});
  EXPECT_EQ(parse_money("500 JPY", "JPY"), Money{500});
  EXPECT_EQ(parse_money("1.234 KWD", "KWD"), Money{1234});
  for (const char* bad : {"4.955 EUR", "4.95", "4.95EUR", "4.95 USD", "EUR", " EUR", "4,95 EUR", "1e3 EUR",
                          "999999999999999999 EUR", "4.5 JPY"}) {
    EXPECT_FALSE(parse_money(bad, std::string_view(bad).ends_with("JPY") ? "JPY" : "EUR")) << bad;
  }
  EXPECT_EQ(format_money(Money{-5}, "EUR"), "-0.05 EUR");
  EXPECT_EQ(format_money(Money{500}, "JPY"), "500 JPY");
}

TEST(Decimals, are_scaled_without_a_rounding) {
  EXPECT_EQ(parse_decimal("2.955", 3), 2955);
  EXPECT_EQ(parse_decimal("-2.5", 3), -2500);
  EXPECT_EQ(parse_decimal("2.500", 1), 25);
  EXPECT_FALSE(parse_decimal("2.955", 2));
  EXPECT_FALSE(parse_decimal("9223372036854775808", 0));
  EXPECT_FALSE(parse_decimal("1,5", 2));
}

}  // namespace
}  // namespace omnisim::harness
