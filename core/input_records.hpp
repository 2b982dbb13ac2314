// How inputs that are no messages stand in the log: binary records of a fixed size, in the machine's order.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "core/canonical/code.hpp"
#include "core/records.hpp"

namespace omnisim::core {

/// The record of one opening balance: node, SKU and quantity, 32 bits each in the machine's order.
using OpeningRecord = std::array<std::uint32_t, 3>;

/// Who did it: the name with its length before it.
using ActorRecord = std::array<char, Code::max_size + 1>;

inline ActorRecord record_of(const Code& actor) {
  ActorRecord record{};
  record[0] = static_cast<char>(actor.view().size());
  actor.view().copy(record.data() + 1, actor.view().size());
  return record;
}
inline Code actor_of(const ActorRecord& record) {
  const auto length = static_cast<unsigned char>(record[0]);
  return Code::from({record.data() + 1, std::min<std::size_t>(length, Code::max_size)}).value();
}

/// The record of one replay: input, source, category and count (all bits set where the filter leaves it
/// open).
struct ReplayRecord {
  std::array<std::uint64_t, 4> numbers{};
  ActorRecord actor{};
};
inline constexpr std::uint64_t left_open = ~std::uint64_t{0};

/// The record of a call's result: call, result.
using NumbersRecord = std::array<std::uint64_t, 2>;

struct ResendRecord {
  std::uint64_t at_most = 0;
  ActorRecord actor{};
};

/// The record of a change that the mapping has learned: its place in Config::wire_changes.
struct LearnedRecord {
  std::uint64_t change = 0;
  ActorRecord actor{};
};

inline ReplayRecord record_of(const ReplayFilter& filter) {
  ReplayRecord record{
      {filter.input.value_or(left_open), filter.source ? *filter.source : left_open,
       filter.category ? static_cast<std::uint64_t>(*filter.category) : left_open, filter.at_most},
      record_of(filter.actor)};
  return record;
}

inline ReplayFilter filter_of(const ReplayRecord& record) {
  ReplayFilter filter;
  const auto& [input, source, category, at_most] = record.numbers;
  if (input != left_open) filter.input = input;
  if (source != left_open) filter.source = static_cast<std::uint32_t>(source);
  if (category != left_open) filter.category = static_cast<ExceptionCategory>(category);
  filter.at_most = static_cast<std::uint32_t>(at_most);
  filter.actor = actor_of(record.actor);
  return filter;
}

template <class Record>
std::string_view bytes_of(const Record& record) {
  return {reinterpret_cast<const char*>(&record), sizeof record};
}
template <class Record>
Record record_from(std::string_view bytes) {
  Record record{};
  if (bytes.size() != sizeof record) throw std::invalid_argument("a record of the wrong size in the log");
  std::memcpy(&record, bytes.data(), sizeof record);
  return record;
}

}  // namespace omnisim::core
