// Numbers, money, times and codes: what each notation takes, to its edges, and nothing beside.
#include <gtest/gtest.h>

#include "core/canonical/text.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t out = 0;
  return parse_integer(text, out) ? std::optional{out} : std::nullopt;
}
std::optional<std::int64_t> money(std::string_view text, MoneyStyle style) {
  Money out;
  return parse_money(text, style, out) ? std::optional{out.minor} : std::nullopt;
}
std::optional<std::int64_t> time(std::string_view text, TimeStyle style) {
  Time out;
  return parse_time(text, style, out) ? std::optional{to_us(out)} : std::nullopt;
}
std::string written(Time at, TimeStyle style) {
  char text[max_value_text];
  return {text, write_time(text, at, style)};
}

TEST(Values, integers_are_digits_with_at_most_a_minus) {
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("-17"), -17);
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
  for (const char* bad : {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "1e3"})
    EXPECT_FALSE(integer(bad)) << bad;
}

TEST(Values, decimal_money_has_at_most_two_decimals_and_its_own_point) {
  EXPECT_EQ(money("12.34", MoneyStyle::decimal_point), 1234);
  EXPECT_EQ(money("12.3", MoneyStyle::decimal_point), 1230);
  EXPECT_EQ(money("12", MoneyStyle::decimal_point), 1200);
  EXPECT_EQ(money("-0.05", MoneyStyle::decimal_point), -5);
  EXPECT_EQ(money("0,99", MoneyStyle::decimal_comma), 99);
  EXPECT_EQ(money("-7", MoneyStyle::minor), -7);
  for (const char* bad :
       {"", "-", ".5", "1.", "1.234", "1,2", "1.2.3", "--1", "+1", "1 ", "1e2", "12345678901234567"})
    EXPECT_FALSE(money(bad, MoneyStyle::decimal_point)) << bad;
  EXPECT_FALSE(money("1.2", MoneyStyle::decimal_comma));
  EXPECT_FALSE(money("1.2", MoneyStyle::minor));
}

TEST(Values, money_written_is_money_read) {
  for (const std::int64_t minor : {0L, 5L, -5L, 99L, 100L, -12'345L, max_amount_minor, -max_amount_minor}) {
    for (const MoneyStyle style : {MoneyStyle::minor, MoneyStyle::decimal_point, MoneyStyle::decimal_comma}) {
      char room[max_value_text];
      const std::string text(room, write_money(room, {minor}, style));
      EXPECT_EQ(money(text, style), minor) << text;
    }
  }
}

TEST(Values, times_keep_their_microsecond_in_every_notation) {
  const Time at = time_from_us(1'795'773'600'123'456);
  EXPECT_EQ(written(at, TimeStyle::iso), "2026-11-27T10:00:00.123456Z");
  EXPECT_EQ(written(at, TimeStyle::compact), "20261127100000123456");
  EXPECT_EQ(written(at, TimeStyle::german), "27.11.2026 10:00:00.123456");
  EXPECT_EQ(written(at, TimeStyle::epoch_us), "1795773600123456");
  // Leap day, last microsecond of a year, the day before 1970.
  for (const std::int64_t us : {1'709'251'199'999'999L, 1'798'761'599'999'999L, 0L}) {
    for (const TimeStyle style : {TimeStyle::iso, TimeStyle::compact, TimeStyle::german, TimeStyle::epoch_us})
      EXPECT_EQ(time(written(time_from_us(us), style), style), us);
  }
  EXPECT_EQ(time("1969-12-31T23:59:59.999999Z", TimeStyle::iso), -1);
}

TEST(Values, iso_times_may_have_fewer_decimals) {
  EXPECT_EQ(time("2026-11-27T10:00:00Z", TimeStyle::iso), 1'795'773'600'000'000);
  EXPECT_EQ(time("2026-11-27T10:00:00.5Z", TimeStyle::iso), 1'795'773'600'500'000);
}

TEST(Values, rfc3339_times_may_have_offsets_nine_decimals_and_small_letters) {
  const std::int64_t ten = 1'795'773'600'000'000;
  EXPECT_EQ(time("2026-11-27T10:00:00Z", TimeStyle::rfc3339), ten);
  EXPECT_EQ(time("2026-11-27t10:00:00z", TimeStyle::rfc3339), ten);
  EXPECT_EQ(time("2026-11-27T11:00:00+01:00", TimeStyle::rfc3339), ten);
  EXPECT_EQ(time("2026-11-26T20:30:00-13:30", TimeStyle::rfc3339), ten);
  EXPECT_EQ(time("2026-11-27T10:00:00.000001999Z", TimeStyle::rfc3339), ten + 1);
  EXPECT_EQ(time("2026-11-27T10:00:00.5+00:00", TimeStyle::rfc3339), ten + 500'000);
  for (const char* bad : {"", "2026-11-27T10:00:00", "2026-11-27 10:00:00Z", "2026-11-27T10:00:00.Z",
                          "2026-11-27T10:00:00.1234567891Z", "2026-11-27T10:00:00+1:00",
                          "2026-11-27T10:00:00+01:60", "2026-11-27T10:00:00+24:00",
                          "2026-11-27T10:00:00+01:00Z", "2026-11-27T10:00:00.", "2026-11-27T10:00:00.123"})
    EXPECT_FALSE(time(bad, TimeStyle::rfc3339)) << bad;
  EXPECT_FALSE(has_four_digit_year(time_from_us(*time("0000-01-01T00:00:00+00:01", TimeStyle::rfc3339))));
  EXPECT_FALSE(has_four_digit_year(time_from_us(*time("9999-12-31T23:59:59-00:01", TimeStyle::rfc3339))));
  EXPECT_TRUE(has_four_digit_year(time_from_us(*time("0000-01-01T00:00:00Z", TimeStyle::rfc3339))));
}

TEST(Values, what_is_no_time_is_refused) {
  for (const char* bad :
       {"", "2026-11-27", "2026-11-27T10:00:00", "2026-11-27T10:00:00.Z", "2026-11-27T10:00:00.1234567Z",
        "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-27T24:00:00Z", "2026-11-27T10:60:00Z",
        "2026-11-27T10:00:60Z", "2026-11-27 10:00:00Z", "2026-11-27T10:00:00+01:00", "2026-11-27T1o:00:00Z",
        "2026/11/27T10:00:00Z", "2026-11-27T10-00-00Z", "2026-11-27T10:00:00,5Z"})
    EXPECT_FALSE(time(bad, TimeStyle::iso)) << bad;
  for (const char* bad :
       {"", "2026112710000012345", "202611271000001234567", "20261327100000123456", "2026112710000012345x"})
    EXPECT_FALSE(time(bad, TimeStyle::compact)) << bad;
  for (const char* bad :
       {"", "27.11.2026 10:00:00", "27-11-2026 10:00:00.123456", "31.02.2026 10:00:00.123456"})
    EXPECT_FALSE(time(bad, TimeStyle::german)) << bad;
  for (const char* bad : {"", "-1", "253402300800000000", "1.5"})
    EXPECT_FALSE(time(bad, TimeStyle::epoch_us)) << bad;
}

TEST(Values, days_are_days_of_the_calendar) {
  BusinessDay day;
  ASSERT_TRUE(parse_day("2026-11-30", day));
  char text[max_value_text];
  EXPECT_EQ(std::string(text, write_day(text, day)), "2026-11-30");
  for (const char* bad : {"", "2026-11-31", "2026-1-1", "2026-11-3", "30.11.2026", "2026-11-300"})
    EXPECT_FALSE(parse_day(bad, day)) << bad;
}

TEST(Values, a_code_holds_31_bytes_and_never_cuts) {
  const std::string longest(Code::max_size, 'x');
  ASSERT_TRUE(Code::from(longest));
  EXPECT_EQ(Code::from(longest)->view(), longest);
  EXPECT_FALSE(Code::from(longest + 'x'));
  EXPECT_TRUE(Code::from("")->empty());
  EXPECT_LT(*Code::from("a"), *Code::from("ab"));
  EXPECT_EQ(*Code::from("a"), *Code::from("a"));
}

TEST(Values, parts_of_a_line_add_up_to_it_however_it_is_split) {
  for (const std::int64_t total : {0L, 1L, 999L, 1'000L, max_amount_minor}) {
    for (std::int32_t quantity = 1; quantity <= 7; ++quantity) {
      for (std::int32_t cut = 0; cut <= quantity; ++cut)
        EXPECT_EQ(share({total}, quantity, 0, cut) + share({total}, quantity, cut, quantity), Money{total});
    }
  }
  EXPECT_EQ(share({100}, 0, 0, 0), Money{});
}

TEST(MasterData, every_code_finds_its_own_index_among_many) {
  Directory directory;
  EXPECT_TRUE(directory.sku("SKU-0").is_none());
  for (std::uint32_t i = 0; i < 10'000; ++i)
    ASSERT_EQ(directory.add_item({*Code::from("SKU-" + std::to_string(i)), {i}})->value, i);
  for (std::uint32_t i = 0; i < 10'000; ++i) ASSERT_EQ(directory.sku("SKU-" + std::to_string(i)).value, i);
  EXPECT_EQ(directory.item_count(), 10'000u);
  EXPECT_EQ(directory.item({77}).unit_cost, Money{77});
  EXPECT_TRUE(directory.sku("SKU-10000").is_none());
  EXPECT_TRUE(directory.sku("").is_none());
}

TEST(MasterData, a_code_is_taken_once) {
  Directory directory = examples::master_data();
  EXPECT_FALSE(directory.add_item({*Code::from("SKU-0001"), {}}));
  EXPECT_FALSE(directory.add_node({.code = *Code::from("store-07")}));
  EXPECT_FALSE(directory.add_channel({.code = *Code::from("web")}));
  EXPECT_EQ(directory.item_count(), 2u);
  EXPECT_EQ(directory.node_count(), 2u);
  EXPECT_EQ(directory.channel_count(), 3u);
}

}  // namespace
}  // namespace omnisim::core
