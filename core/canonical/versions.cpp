#include "core/canonical/versions.hpp"

#include <algorithm>
#include <array>

#include "core/canonical/event_types.hpp"

namespace omnisim::core {
namespace {

using enum EventType;

/// By event and version.
constexpr std::array<RenamedMember, 2> changes{{
    // "amount" did not say whether tax is in it.
    {invoice_received, 2, "amount", "gross"},
    {invoice_approved, 2, "amount", "gross"},
}};

const EventTypeRow& row_of(EventType type) { return event_type_table()[static_cast<std::size_t>(type)]; }

struct RangeText {
  std::array<char, 48> bytes{};
  std::size_t size = 0;

  constexpr void add(std::string_view text) {
    for (const char c : text) bytes[size++] = c;
  }
  constexpr void add(std::size_t digit) { bytes[size++] = static_cast<char>('0' + digit); }
};

/// Of every range that can be: reasons are static text.
using RangeTexts = std::array<std::array<RangeText, max_version>, max_version>;

constexpr RangeTexts all_range_texts() {
  RangeTexts texts{};
  for (std::size_t from = 1; from <= max_version; ++from) {
    for (std::size_t to = from; to <= max_version; ++to) {
      RangeText& text = texts[from - 1][to - 1];
      text.add(from == to ? "reads version " : "reads versions ");
      text.add(from);
      if (from != to) {
        text.add(" to ");
        text.add(to);
      }
      text.add(from == to ? " only of this event" : " of this event");
    }
  }
  return texts;
}
constexpr RangeTexts range_texts = all_range_texts();

}  // namespace

std::span<const RenamedMember> renamed_members() { return changes; }

std::uint16_t newest_version(EventType type) { return row_of(type).newest; }

VersionRange versions_read(EventType type) { return {row_of(type).oldest_read, row_of(type).newest}; }

VersionRange versions_written(EventType type, std::span<const RenamedMember> all) {
  VersionRange range{newest_version(type), newest_version(type)};
  const auto goes_back = [&](std::uint16_t version) {
    return std::all_of(all.begin(), all.end(), [&](const RenamedMember& change) {
      return change.type != type || change.version != version || change.both_ways;
    });
  };
  while (range.from > row_of(type).oldest_read && goes_back(range.from)) --range.from;
  return range;
}

std::string_view describe_versions_read(EventType type) {
  const VersionRange range = versions_read(type);
  const RangeText& text = range_texts[range.from - 1u][range.to - 1u];
  return {text.bytes.data(), text.size};
}

const Key* older_name(EventType type, std::uint16_t to, std::string_view name) {
  const Key* older = nullptr;
  for (std::uint16_t version = newest_version(type); version > to; --version) {
    for (const RenamedMember& change : changes) {
      if (change.type != type || change.version != version || change.after.snake() != name) continue;
      older = &change.before;
      name = older->snake();
    }
  }
  return older;
}

}  // namespace omnisim::core
