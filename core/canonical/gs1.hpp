// GS1 keys and their check digits (GS1 General Specifications, section 7.9.1: from the right, the digits
// before the check digit weigh 3, 1, 3, 1 …; the check digit fills their sum up to a multiple of ten).
//
//   GTIN  a trade item: 8, 12, 13 or 14 digits (Global Trade Item Number)
//   GLN   a place or party: 13 digits            (Global Location Number)
//   SSCC  a pallet or parcel: 18 digits          (Serial Shipping Container Code)
//
// A key is text: its leading zeros count. Nothing here knows whether a key was ever given out.
#pragma once

#include <optional>
#include <string_view>

#include "core/canonical/code.hpp"

namespace omnisim::core::gs1 {

constexpr bool is_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

/// The digit that belongs behind `digits`; '0' to '9', or nothing where a byte is no digit.
constexpr std::optional<char> check_digit(std::string_view digits) {
  if (!is_digits(digits)) return std::nullopt;
  int sum = 0, weight = 3;
  for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight) sum += weight * (digits[i] - '0');
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// Is the last digit of `key` the one that belongs there?
constexpr bool has_right_check_digit(std::string_view key) {
  return key.size() > 1 && check_digit(key.substr(0, key.size() - 1)) == key.back();
}

/// The shapes, whatever their check digits say.
constexpr bool looks_like_gtin(std::string_view text) {
  return is_digits(text) && (text.size() == 8 || text.size() == 12 || text.size() == 13 || text.size() == 14);
}
constexpr bool looks_like_gln(std::string_view text) { return text.size() == 13 && is_digits(text); }
constexpr bool looks_like_sscc(std::string_view text) { return text.size() == 18 && is_digits(text); }

constexpr bool is_gtin(std::string_view text) { return looks_like_gtin(text) && has_right_check_digit(text); }
constexpr bool is_gln(std::string_view text) { return looks_like_gln(text) && has_right_check_digit(text); }
constexpr bool is_sscc(std::string_view text) { return looks_like_sscc(text) && has_right_check_digit(text); }

/// A GTIN in the form in which all four lengths compare: filled with zeros to 14 digits on the left (General
/// Specifications, section 3.3). `gtin` looks like one.
inline Code gtin_14(std::string_view gtin) {
  char digits[14];
  const std::size_t zeros = sizeof digits - gtin.size();
  for (std::size_t i = 0; i < sizeof digits; ++i) digits[i] = i < zeros ? '0' : gtin[i - zeros];
  return *Code::from({digits, sizeof digits});
}

}  // namespace omnisim::core::gs1
