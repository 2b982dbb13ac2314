#include "core/canonical/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace omnisim::core {
namespace {

using namespace std::chrono;

bool digits(std::string_view text, int& out) {
  out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  return !text.empty();
}

/// yyyy, mm, dd, hh, mi, ss as texts of digits, fraction of 0 to 6 digits.
struct Parts {
  std::string_view year, month, day, hour, minute, second, fraction;
};

bool assemble(const Parts& p, Time& out) {
  int y, mo, d, h, mi, s, us = 0;
  if (!digits(p.year, y) || !digits(p.month, mo) || !digits(p.day, d) || !digits(p.hour, h) ||
      !digits(p.minute, mi) || !digits(p.second, s))
    return false;
  if (!p.fraction.empty()) {
    if (p.fraction.size() > 6 || !digits(p.fraction, us)) return false;
    for (std::size_t i = p.fraction.size(); i < 6; ++i) us *= 10;
  }
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (!date.ok() || h > 23 || mi > 59 || s > 59) return false;
  out = sys_days{date} + hours{h} + minutes{mi} + seconds{s} + microseconds{us};
  return true;
}

bool parse_iso(std::string_view t, Time& out) {
  if (t.size() < 20 || t.size() > 27 || t.back() != 'Z' || t[4] != '-' || t[7] != '-' || t[10] != 'T' ||
      t[13] != ':' || t[16] != ':')
    return false;
  std::string_view fraction = t.substr(19, t.size() - 20);
  if (!fraction.empty()) {
    if (fraction.size() == 1 || fraction.front() != '.') return false;
    fraction.remove_prefix(1);
  }
  return assemble({t.substr(0, 4), t.substr(5, 2), t.substr(8, 2), t.substr(11, 2), t.substr(14, 2),
                   t.substr(17, 2), fraction},
                  out);
}

/// What comes behind the seconds is a fraction of up to 9 digits, then Z or an offset of hours and minutes.
bool parse_rfc3339(std::string_view t, Time& out) {
  if (t.size() < 20 || (t[10] != 'T' && t[10] != 't')) return false;
  std::array<char, 27> utc{};
  std::size_t size = 19;
  std::copy_n(t.begin(), size, utc.begin());
  utc[10] = 'T';
  std::string_view rest = t.substr(19);
  if (rest.front() == '.') {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end < 2 || end > 10) return false;
    size = static_cast<std::size_t>(
        std::copy_n(rest.begin(), std::min<std::size_t>(end, 7), utc.begin() + 19) - utc.begin());
    rest.remove_prefix(end);
  }
  utc[size++] = 'Z';
  if (!parse_iso({utc.data(), size}, out)) return false;
  if (rest == "Z" || rest == "z") return true;
  int h, mi;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':' ||
      !digits(rest.substr(1, 2), h) || !digits(rest.substr(4, 2), mi) || h > 23 || mi > 59)
    return false;
  const auto offset = hours{h} + minutes{mi};
  out += rest[0] == '+' ? -offset : offset;
  return true;
}

/// Writes texts of a fixed width, two digits at a time.
class Digits {
 public:
  explicit Digits(char* to) : to_(to) {}
  Digits& two(std::uint32_t value) {
    *to_++ = static_cast<char>('0' + value / 10);
    *to_++ = static_cast<char>('0' + value % 10);
    return *this;
  }
  Digits& four(std::uint32_t value) { return two(value / 100).two(value % 100); }
  Digits& six(std::uint32_t value) { return two(value / 10'000).four(value % 10'000); }
  Digits& put(char between) {
    *to_++ = between;
    return *this;
  }
  char* end() const { return to_; }

 private:
  char* to_;
};

}  // namespace

bool parse_integer(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

bool parse_money(std::string_view text, MoneyStyle style, Money& out) {
  if (style == MoneyStyle::minor) return parse_integer(text, out.minor);
  const char point = style == MoneyStyle::decimal_point ? '.' : ',';
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t at = text.find(point);
  const std::string_view whole = text.substr(0, at);
  const std::string_view decimals = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  if (whole.empty() || whole.size() > 15 || decimals.size() > 2 ||
      (at != std::string_view::npos && decimals.empty()))
    return false;
  std::int64_t minor = 0;
  for (const std::string_view part : {whole, decimals}) {
    for (const char c : part) {
      if (c < '0' || c > '9') return false;
      minor = minor * 10 + (c - '0');
    }
  }
  for (std::size_t i = decimals.size(); i < 2; ++i) minor *= 10;
  out.minor = negative ? -minor : minor;
  return true;
}

bool parse_time(std::string_view t, TimeStyle style, Time& out) {
  std::int64_t us = 0;
  switch (style) {
    case TimeStyle::iso:
      return parse_iso(t, out);
    case TimeStyle::rfc3339:
      return parse_rfc3339(t, out);
    case TimeStyle::compact:
      return t.size() == 20 && assemble({t.substr(0, 4), t.substr(4, 2), t.substr(6, 2), t.substr(8, 2),
                                         t.substr(10, 2), t.substr(12, 2), t.substr(14)},
                                        out);
    case TimeStyle::german:
      return t.size() == 26 && t[2] == '.' && t[5] == '.' && t[10] == ' ' && t[13] == ':' && t[16] == ':' &&
             t[19] == '.' &&
             assemble({t.substr(6, 4), t.substr(3, 2), t.substr(0, 2), t.substr(11, 2), t.substr(14, 2),
                       t.substr(17, 2), t.substr(20)},
                      out);
    case TimeStyle::epoch_us:
      // Beyond the year 9999 nothing is a date.
      if (!parse_integer(t, us) || us < 0 || us > 253'402'300'799'999'999) return false;
      out = time_from_us(us);
      return true;
  }
  return false;
}

bool has_four_digit_year(Time t) {
  return to_us(t) >= -62'167'219'200'000'000 && to_us(t) < 253'402'300'800'000'000;
}

bool parse_day(std::string_view t, BusinessDay& out) {
  int y, m, d;
  if (t.size() != 10 || t[4] != '-' || t[7] != '-' || !digits(t.substr(0, 4), y) ||
      !digits(t.substr(5, 2), m) || !digits(t.substr(8, 2), d))
    return false;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return false;
  out = sys_days{date};
  return true;
}

char* write_integer(char* to, std::int64_t value) {
  return std::to_chars(to, to + max_value_text, value).ptr;
}

char* write_money(char* to, Money value, MoneyStyle style) {
  if (style == MoneyStyle::minor) return write_integer(to, value.minor);
  if (value.minor < 0) *to++ = '-';
  const std::uint64_t minor =
      value.minor < 0 ? 0 - static_cast<std::uint64_t>(value.minor) : static_cast<std::uint64_t>(value.minor);
  to = write_integer(to, static_cast<std::int64_t>(minor / 100));
  return Digits(to)
      .put(style == MoneyStyle::decimal_point ? '.' : ',')
      .two(static_cast<std::uint32_t>(minor % 100))
      .end();
}

char* write_time(char* to, Time value, TimeStyle style) {
  if (style == TimeStyle::epoch_us) return write_integer(to, to_us(value));
  const auto midnight = floor<days>(value);
  const year_month_day date{midnight};
  const std::int64_t us = (value - midnight).count();
  const auto year = static_cast<std::uint32_t>(static_cast<int>(date.year()));
  const auto month = static_cast<unsigned>(date.month()), day = static_cast<unsigned>(date.day());
  const auto second = static_cast<std::uint32_t>(us / 1'000'000);
  const auto fraction = static_cast<std::uint32_t>(us % 1'000'000);
  const std::uint32_t h = second / 3600, mi = second / 60 % 60, s = second % 60;
  Digits text(to);
  switch (style) {
    case TimeStyle::compact:
      return text.four(year).two(month).two(day).two(h).two(mi).two(s).six(fraction).end();
    case TimeStyle::german:
      text.two(day).put('.').two(month).put('.').four(year).put(' ');
      break;
    default:
      text.four(year).put('-').two(month).put('-').two(day).put('T');
  }
  text.two(h).put(':').two(mi).put(':').two(s).put('.').six(fraction);
  return style == TimeStyle::german ? text.end() : text.put('Z').end();
}

char* write_day(char* to, BusinessDay value) {
  const year_month_day date{value};
  return Digits(to)
      .four(static_cast<std::uint32_t>(static_cast<int>(date.year())))
      .put('-')
      .two(static_cast<unsigned>(date.month()))
      .put('-')
      .two(static_cast<unsigned>(date.day()))
      .end();
}

}  // namespace omnisim::core
