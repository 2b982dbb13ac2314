#include "harness/scenario/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace omnisim::harness {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t hundred_years_us = std::int64_t{36525} * 24 * 3600 * 1'000'000;

struct Unit {
  std::string_view name;
  std::int64_t us;
};
// From large to small; `m` is left out, since it could be minutes or months.
constexpr std::array units = {Unit{"d", 86'400'000'000}, Unit{"h", 3'600'000'000}, Unit{"min", 60'000'000},
                              Unit{"s", 1'000'000},      Unit{"ms", 1'000},        Unit{"us", 1}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes a decimal number off the front of `text`: the number as value × 10^-decimals.
struct Decimal {
  std::int64_t value = 0;
  int decimals = 0;
};
std::optional<Decimal> take_decimal(std::string_view& text) {
  Decimal number;
  std::size_t at = 0;
  bool any = false;
  bool point = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && any && !point) {
      point = true;
      continue;
    }
    if (!is_digit(text[at])) break;
    any = true;
    if (__builtin_mul_overflow(number.value, std::int64_t{10}, &number.value)) return std::nullopt;
    if (__builtin_add_overflow(number.value, std::int64_t{text[at] - '0'}, &number.value))
      return std::nullopt;
    if (point) ++number.decimals;
  }
  if (!any || text[at - 1] == '.') return std::nullopt;
  text.remove_prefix(at);
  return number;
}

/// number × unit in microseconds, where that is a whole number within 100 years.
std::optional<std::int64_t> in_us(Decimal number, std::int64_t unit_us) {
  std::int64_t us = 0;
  if (__builtin_mul_overflow(number.value, unit_us, &us)) return std::nullopt;
  for (int i = 0; i < number.decimals; ++i) {
    if (us % 10 != 0) return std::nullopt;
    us /= 10;
  }
  if (us > hundred_years_us) return std::nullopt;
  return us;
}

std::optional<std::int64_t> parse_iso_duration(std::string_view text) {
  std::int64_t total = 0;
  bool time = false;
  bool any = false;
  std::size_t last_unit = 0;
  while (!text.empty()) {
    if (text.front() == 'T') {
      if (time) return std::nullopt;
      time = true;
      any = false;
      text.remove_prefix(1);
      continue;
    }
    const auto number = take_decimal(text);
    if (!number || text.empty()) return std::nullopt;
    const std::string_view names = time ? "HMS" : "WD";
    const std::size_t unit = names.find(text.front());
    if (unit == std::string_view::npos) return std::nullopt;
    const std::size_t rank = (time ? 2 : 0) + unit + 1;
    if (rank <= last_unit) return std::nullopt;
    last_unit = rank;
    constexpr std::array unit_us = {7 * units[0].us, units[0].us, units[1].us, units[2].us, units[3].us};
    const auto us = in_us(*number, unit_us[rank - 1]);
    if (!us) return std::nullopt;
    total += *us;
    any = true;
    text.remove_prefix(1);
  }
  return any ? std::optional(total) : std::nullopt;
}

std::optional<std::int64_t> parse_unit_duration(std::string_view text) {
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const auto number = take_decimal(text);
    if (!number) return std::nullopt;
    if (text.starts_with(' ')) text.remove_prefix(1);
    std::size_t letters = 0;
    while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
    const std::string_view name = text.substr(0, letters);
    std::size_t unit = next_unit;
    while (unit < units.size() && units[unit].name != name) ++unit;
    if (unit == units.size()) return std::nullopt;
    const auto us = in_us(*number, units[unit].us);
    if (!us) return std::nullopt;
    total += *us;
    next_unit = unit + 1;
    text.remove_prefix(letters);
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return total;
}

/// Exactly `count` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}
bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Time> take_date_time(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || !take(text, "T ")) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  std::int64_t fraction_us = 0;
  if (take(text, ":")) {
    const auto digits = take_digits(text, 2);
    if (!digits) return std::nullopt;
    second = *digits;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      std::int64_t scale = 100'000;
      if (text.empty() || !is_digit(text.front())) return std::nullopt;
      for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), scale /= 10) {
        if (scale == 0) return std::nullopt;
        fraction_us += (text.front() - '0') * scale;
      }
    }
  }
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970 || *year > 2199 || *hour > 23 || *minute > 59 || second > 59)
    return std::nullopt;
  return Time{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{second} + Duration{fraction_us};
}

constexpr std::string_view two_decimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CNY COP CRC CUP "
    "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS "
    "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB "
    "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD "
    "TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW";
constexpr std::string_view no_decimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
constexpr std::string_view three_decimals = "BHD IQD JOD KWD LYD OMR TND";

bool lists(std::string_view list, std::string_view code) {
  for (; list.size() >= 3; list.remove_prefix(std::min<std::size_t>(4, list.size()))) {
    if (list.substr(0, 3) == code) return true;
  }
  return false;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool iso = text.starts_with('P');
  const auto us = iso ? parse_iso_duration(text.substr(1)) : parse_unit_duration(text);
  if (!us || *us > hundred_years_us) return std::nullopt;
  return Duration{negative ? -*us : *us};
}

std::string format_duration(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  std::string text = duration < Duration::zero() ? "-" : "";
  std::int64_t rest = std::abs(duration.count());
  for (const Unit& unit : units) {
    if (rest >= unit.us) text += fmt::format("{}{}", rest / unit.us, unit.name);
    rest %= unit.us;
  }
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  const auto local = take_date_time(text);
  if (!local) return std::nullopt;
  if (text == "Z") return local;
  const bool west = text.starts_with('-');
  if (!take(text, "+-")) return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || !take(text, ":")) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  const Duration offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return west ? *local + offset : *local - offset;
}

std::string format_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::int64_t us = (time - day).count();
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int{date.year()}, unsigned{date.month()},
                  unsigned{date.day()}, us / 3'600'000'000, us / 60'000'000 % 60, us / 1'000'000 % 60);
  if (us % 1'000'000 != 0) {
    text += fmt::format(".{:06}", us % 1'000'000);
    while (text.back() == '0') text.pop_back();
  }
  return text + "Z";
}

std::optional<Time> parse_local_time(std::string_view text) {
  const auto time = take_date_time(text);
  return text.empty() ? time : std::nullopt;
}

std::optional<int> currency_decimals(std::string_view currency) {
  if (currency.size() != 3) return std::nullopt;
  if (lists(two_decimals, currency)) return 2;
  if (lists(no_decimals, currency)) return 0;
  if (lists(three_decimals, currency)) return 3;
  return std::nullopt;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto number = take_decimal(text);
  if (!number || !text.empty()) return std::nullopt;
  // Zeros at the end carry nothing: 2.500 is 2.5.
  while (number->decimals > decimals && number->value % 10 == 0) {
    number->value /= 10;
    --number->decimals;
  }
  if (number->decimals > decimals) return std::nullopt;
  for (; number->decimals < decimals; ++number->decimals) {
    if (__builtin_mul_overflow(number->value, std::int64_t{10}, &number->value)) return std::nullopt;
  }
  return negative ? -number->value : number->value;
}

std::optional<Money> parse_money(std::string_view text, std::string_view currency) {
  const auto decimals = currency_decimals(currency);
  if (!decimals || text.size() <= currency.size() || !text.ends_with(currency)) return std::nullopt;
  text.remove_suffix(currency.size());
  if (!text.ends_with(' ')) return std::nullopt;
  text.remove_suffix(1);
  const auto minor = parse_decimal(text, *decimals);
  if (!minor || *minor > core::max_amount_minor || *minor < -core::max_amount_minor) return std::nullopt;
  return Money{*minor};
}

std::string format_money(Money amount, std::string_view currency) {
  const int decimals = currency_decimals(currency).value_or(2);
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const std::int64_t size = std::abs(amount.minor);
  std::string text = fmt::format("{}{}", amount.minor < 0 ? "-" : "", size / scale);
  if (decimals > 0) text += fmt::format(".{:0{}}", size % scale, decimals);
  return text + " " + std::string(currency);
}

}  // namespace omnisim::harness
