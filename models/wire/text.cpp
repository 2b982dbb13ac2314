#include "models/wire/text.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace omnisim::models::wire {
namespace {

struct Parts {
  unsigned year, month, day, hour, minute, second, micro;
};

Parts parts_of(core::Time at) {
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{midnight};
  const auto us = static_cast<std::uint64_t>((at - midnight).count());
  const auto seconds = static_cast<unsigned>(us / 1'000'000);
  return {.year = static_cast<unsigned>(static_cast<int>(date.year())),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = seconds / 3600,
          .minute = seconds / 60 % 60,
          .second = seconds % 60,
          .micro = static_cast<unsigned>(us % 1'000'000)};
}

/// `value` in exactly `width` digits.
void digits(std::string& out, unsigned value, int width) {
  std::array<char, 8> text{};
  for (int i = width; i-- > 0; value /= 10)
    text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  out.append(text.data(), static_cast<std::size_t>(width));
}

void time_of_day(std::string& out, const Parts& p) {
  digits(out, p.hour, 2);
  out.push_back(':');
  digits(out, p.minute, 2);
  out.push_back(':');
  digits(out, p.second, 2);
  out.push_back('.');
  digits(out, p.micro, 6);
}

}  // namespace

void integer(std::string& out, std::int64_t value) {
  std::array<char, 24> text{};
  out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

void decimal(std::string& out, core::Money value, char point) {
  const bool negative = value.minor < 0;
  const std::uint64_t minor =
      negative ? 0 - static_cast<std::uint64_t>(value.minor) : static_cast<std::uint64_t>(value.minor);
  if (negative) out.push_back('-');
  integer(out, static_cast<std::int64_t>(minor / 100));
  out.push_back(point);
  digits(out, static_cast<unsigned>(minor % 100), 2);
}

void iso_time(std::string& out, core::Time at) {
  const Parts p = parts_of(at);
  digits(out, p.year, 4);
  out.push_back('-');
  digits(out, p.month, 2);
  out.push_back('-');
  digits(out, p.day, 2);
  out.push_back('T');
  time_of_day(out, p);
  out.push_back('Z');
}

void compact_time(std::string& out, core::Time at) {
  const Parts p = parts_of(at);
  digits(out, p.year, 4);
  for (const unsigned part : {p.month, p.day, p.hour, p.minute, p.second}) digits(out, part, 2);
  digits(out, p.micro, 6);
}

void german_time(std::string& out, core::Time at) {
  const Parts p = parts_of(at);
  digits(out, p.day, 2);
  out.push_back('.');
  digits(out, p.month, 2);
  out.push_back('.');
  digits(out, p.year, 4);
  out.push_back(' ');
  time_of_day(out, p);
}

void json_string(std::string& out, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      out.append("\\u00");
      out.push_back(hex[byte >> 4U]);
      out.push_back(hex[byte & 0xfU]);
      continue;
    }
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
}

core::Code code_of(std::string_view prefix, std::uint64_t number) {
  std::array<char, 24> text{'-'};
  const auto end = std::to_chars(text.data() + 1, text.data() + text.size(), number).ptr;
  const std::string_view tail(text.data(), static_cast<std::size_t>(end - text.data()));
  std::array<char, core::Code::max_size> all{};
  const std::string_view head = prefix.substr(0, all.size() - tail.size());
  std::size_t size = head.copy(all.data(), head.size());
  size += tail.copy(all.data() + size, tail.size());
  return *core::Code::from({all.data(), size});
}

}  // namespace omnisim::models::wire
