// Numbers, money and times as texts: the few notations that the source formats use. Readers take any bytes
// and return false for what they do not understand; nothing depends on a locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::core {

enum class MoneyStyle : std::uint8_t {
  minor,          ///< 1234
  decimal_point,  ///< 12.34
  decimal_comma   ///< 12,34
};
enum class TimeStyle : std::uint8_t {
  iso,      ///< 2026-11-27T10:00:00.000000Z, fraction of 0 to 6 digits
  rfc3339,  ///< the same; also with an offset ("+01:00"), small letters and 9 digits (cut). Written as iso
  compact,  ///< 20261127100000000000, down to the microsecond
  german,   ///< 27.11.2026 10:00:00.000000
  epoch_us  ///< 1795773600000000
};

bool parse_integer(std::string_view text, std::int64_t& out);
/// At most two decimals; "-0.05", "12", "12.3".
bool parse_money(std::string_view text, MoneyStyle style, Money& out);
bool parse_time(std::string_view text, TimeStyle style, Time& out);
/// Is it in the years 0 to 9999? An offset can lead out of them.
bool has_four_digit_year(Time t);
/// yyyy-mm-dd
bool parse_day(std::string_view text, BusinessDay& out);

/// The longest text that a writer below makes.
inline constexpr std::size_t max_value_text = 32;
/// Each writes its value at `to`, which has room for `max_value_text` bytes, and returns the end of the text.
char* write_integer(char* to, std::int64_t value);
char* write_money(char* to, Money value, MoneyStyle style);
/// Years 0 to 9999.
char* write_time(char* to, Time value, TimeStyle style);
char* write_day(char* to, BusinessDay value);

}  // namespace omnisim::core
