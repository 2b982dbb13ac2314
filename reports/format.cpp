#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

// A blank at which no line may break, between a figure and its unit.
#define NBSP "\u00A0"

namespace omnisim::reports {

namespace {

/// "1234567" becomes "1,234,567".
std::string group_digits(std::string_view digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

struct Scale {
  double factor = 1;
  std::string_view suffix = "";
};

/// The multiple of the unit in which a figure of this size is best read.
Scale scale_of(double magnitude, std::string_view unit, Width width) {
  if (unit == "1") return {100, NBSP "%"};
  if (unit == "s" || unit == "h") {
    const double seconds = unit == "h" ? 3600 : 1;
    const double total = magnitude * seconds;
    if (total == 0) return {1, unit == "h" ? NBSP "h" : NBSP "s"};
    if (total < 1) return {1000 * seconds, NBSP "ms"};
    if (total < 120) return {seconds, NBSP "s"};
    if (total < 7200) return {seconds / 60, NBSP "min"};
    if (total < 172800) return {seconds / 3600, NBSP "h"};
    return {seconds / 86400, NBSP "d"};
  }
  if (width == Width::compact && magnitude >= 1e6) return {1e-6, NBSP "M"};
  if (width == Width::compact && magnitude >= 1e5) return {1e-3, NBSP "k"};
  return {};
}

/// Decimals so that two digits of `worth` are seen.
int decimals_for(double worth) {
  if (worth <= 0) return 0;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(worth))), 0, 6);
}

/// A half width is worth two digits where the first is 1 or 2, and one otherwise: ± 0.12, but ± 0.7.
int decimals_of_half_width(double half_width) {
  const int decimals = decimals_for(half_width);
  const double leading = half_width * std::pow(10, decimals);
  return leading >= 29.5 && decimals > 0 ? decimals - 1 : decimals;
}

bool is_money(std::string_view unit) {
  return unit.size() == 3 &&
         std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int decimals_of_value(double scaled, const Scale& scale, std::string_view unit) {
  const double magnitude = std::abs(scaled);
  if (is_money(unit) && scale.factor == 1) return magnitude < 100'000 && magnitude > 0 ? 2 : 0;
  int decimals = magnitude == std::floor(magnitude) ? 0
                 : magnitude >= 10000               ? 0
                 : magnitude >= 10                  ? 1
                 : magnitude >= 1                   ? 2
                                                    : decimals_for(magnitude);
  if (scale.suffix == NBSP "%" && magnitude < 100 && magnitude > 99) {
    decimals = std::max(decimals, decimals_for(100 - magnitude));
  }
  return decimals;
}

}  // namespace

std::string time_text(Time at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::int64_t micros = (at - day).count();
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 micros / 3'600'000'000, micros / 60'000'000 % 60, micros / 1'000'000 % 60);
  if (micros % 1'000'000 != 0) text += fmt::format(".{:06}", micros % 1'000'000);
  return text + "Z";
}

std::string short_time_text(Time at) {
  std::string text = time_text(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string clock_text(Time at) {
  std::string text = time_text(at).substr(0, 23);  // to the millisecond
  text[10] = ' ';
  if (text.back() == 'Z') text.pop_back();
  return text;
}

std::string duration_text(double seconds) {
  if (seconds < 60) return value_text(seconds, "s");
  const auto minutes = static_cast<std::int64_t>(std::llround(seconds / 60));
  const std::int64_t days = minutes / 1440;
  const std::int64_t hours = minutes / 60 % 24;
  std::string text;
  if (days > 0) text += fmt::format("{} d ", days);
  if (hours > 0) text += fmt::format("{} h ", hours);
  if (minutes % 60 > 0) text += fmt::format("{} min ", minutes % 60);
  text.pop_back();
  return text;
}

namespace {

std::string minor_as(std::int64_t amount_minor, int decimals, bool grouped) {
  // Negated as unsigned, so that the smallest int64 has a text too.
  const auto bits = static_cast<std::uint64_t>(amount_minor);
  std::string digits = fmt::format("{}", amount_minor < 0 ? 0 - bits : bits);
  const auto fraction = static_cast<std::size_t>(std::max(decimals, 0));
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  const std::string_view all = digits;
  const std::string_view whole = all.substr(0, all.size() - fraction);
  std::string text = amount_minor < 0 ? "-" : "";
  text += grouped ? group_digits(whole) : std::string(whole);
  if (fraction > 0) text.append(".").append(all.substr(all.size() - fraction));
  return text;
}

}  // namespace

std::string minor_text(std::int64_t amount_minor, int decimals) {
  return minor_as(amount_minor, decimals, false);
}

std::string grouped_minor_text(std::int64_t amount_minor, int decimals) {
  return minor_as(amount_minor, decimals, true);
}

std::string grouped_text(double value, int decimals) {
  const std::string plain = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string text = group_digits(plain.substr(0, point)) + plain.substr(point);
  const bool is_zero = plain.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !is_zero ? "-" + text : text;
}

std::string value_text(double value, std::string_view unit, Width width) {
  const Scale scale = scale_of(std::abs(value), unit, width);
  const double scaled = value * scale.factor;
  return grouped_text(scaled, decimals_of_value(scaled, scale, unit)).append(scale.suffix);
}

EstimateParts estimate_parts(const Estimate& estimate, Width width) {
  if (estimate.n < 2 || estimate.half_width == 0)
    return {value_text(estimate.mean, estimate.unit, width), "", ""};
  const double magnitude = std::max(std::abs(estimate.mean), estimate.half_width);
  const Scale scale = scale_of(magnitude, estimate.unit, width);
  const double half_width = estimate.half_width * scale.factor;
  const int decimals = decimals_of_half_width(half_width);
  return {grouped_text(estimate.mean * scale.factor, decimals), "±" NBSP + grouped_text(half_width, decimals),
          std::string(scale.suffix)};
}

std::string estimate_text(const Estimate& estimate, Width width) {
  const EstimateParts parts = estimate_parts(estimate, width);
  return parts.mean + (parts.interval.empty() ? "" : NBSP + parts.interval) + parts.suffix;
}

std::string unit_heading(std::string_view unit) {
  if (unit == "each") return "units";
  if (unit == "1" || unit == "s" || unit == "h") return "";
  return std::string(unit);
}

}  // namespace omnisim::reports
