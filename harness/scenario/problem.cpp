#include "harness/scenario/problem.hpp"

#include <algorithm>
#include <numeric>

namespace omnisim::harness {
namespace {

constexpr std::size_t listed_names_max = 24;

/// Levenshtein distance, where a swap of two neighbours counts once.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(above.begin(), above.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string Problem::line() const {
  return one_line(file, 400) + ":" + one_line(pointer.empty() ? "/" : pointer, 400) + ": " +
         one_line(what, 400) + " (" + one_line(right, 600) + ")";
}

BadInput::BadInput(std::vector<Problem> problems) : problems_(std::move(problems)) {
  for (const Problem& problem : problems_) text_ += problem.line() + "\n";
}

std::string nearest(std::string_view name, const std::vector<std::string>& names) {
  const std::string_view shown = name.substr(0, 64);
  std::size_t best = std::max<std::size_t>(2, shown.size() / 3) + 1;
  std::string found;
  for (const std::string& candidate : names) {
    if (candidate.size() > 64) continue;
    const std::size_t distance = edit_distance(shown, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

std::string suggest(std::string_view name, const std::vector<std::string>& names) {
  if (const std::string found = nearest(name, names); !found.empty())
    return "did you mean \"" + found + "\"?";
  if (names.empty()) return "there are none";
  std::string text = "one of: ";
  for (std::size_t i = 0; i < names.size() && i < listed_names_max; ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > listed_names_max) text += ", …";
  return text;
}

std::string one_line(std::string_view text, std::size_t max) {
  std::string line;
  for (const char c : text.substr(0, max)) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  if (text.size() > max) {
    // A cut may leave the head of a longer character: drop it.
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U) line.pop_back();
    if (!line.empty() && (static_cast<unsigned char>(line.back()) & 0x80U) != 0) line.pop_back();
    line += "…";
  }
  return line;
}

std::string step(std::string_view pointer, std::string_view key) {
  std::string text(pointer == "/" ? "" : pointer);
  text += '/';
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

std::string step(std::string_view pointer, std::size_t index) { return step(pointer, std::to_string(index)); }

}  // namespace omnisim::harness
