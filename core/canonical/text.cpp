#include "core/canonical/text.hpp"

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

/// Numbers of a fixed width and what stands between them; a time at the longest.
class Digits {
 public:
  Digits& put(std::int64_t value, std::size_t width) {
    for (std::size_t i = width; i-- > 0; value /= 10) text_[size_ + i] = static_cast<char>('0' + value % 10);
    size_ += width;
    return *this;
  }
  Digits& put(char between) {
    text_[size_++] = between;
    return *this;
  }
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 32> text_;
  std::size_t size_ = 0;
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

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void append_money(std::string& out, Money value, MoneyStyle style) {
  if (style == MoneyStyle::minor) return append_integer(out, value.minor);
  std::int64_t minor = value.minor;
  if (minor < 0) {
    out.push_back('-');
    minor = -minor;
  }
  append_integer(out, minor / 100);
  out.push_back(style == MoneyStyle::decimal_point ? '.' : ',');
  out.append(Digits().put(minor % 100, 2).view());
}

void append_time(std::string& out, Time value, TimeStyle style) {
  if (style == TimeStyle::epoch_us) return append_integer(out, to_us(value));
  const auto day = floor<days>(value);
  const year_month_day date{day};
  const std::int64_t us = (value - day).count();
  const std::int64_t s = us / 1'000'000;
  const std::int64_t y = static_cast<int>(date.year()), m = static_cast<unsigned>(date.month()),
                     d = static_cast<unsigned>(date.day());
  Digits text;
  switch (style) {
    case TimeStyle::german:
      text.put(d, 2).put('.').put(m, 2).put('.').put(y, 4).put(' ');
      break;
    case TimeStyle::compact:
      text.put(y, 4).put(m, 2).put(d, 2).put(s / 3600, 2).put(s / 60 % 60, 2).put(s % 60, 2);
      out.append(text.put(us % 1'000'000, 6).view());
      return;
    default:
      text.put(y, 4).put('-').put(m, 2).put('-').put(d, 2).put('T');
  }
  text.put(s / 3600, 2).put(':').put(s / 60 % 60, 2).put(':').put(s % 60, 2).put('.');
  text.put(us % 1'000'000, 6);
  if (style == TimeStyle::iso) text.put('Z');
  out.append(text.view());
}

void append_day(std::string& out, BusinessDay value) {
  const year_month_day date{value};
  Digits text;
  text.put(static_cast<int>(date.year()), 4).put('-').put(static_cast<unsigned>(date.month()), 2);
  text.put('-').put(static_cast<unsigned>(date.day()), 2);
  out.append(text.view());
}

}  // namespace omnisim::core
