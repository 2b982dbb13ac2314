// Commands on their way out, with their bytes, until they are delivered or given up. Those with the same key
// follow each other: only the first of them may be called.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/outbound.hpp"
#include "core/records.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"

namespace omnisim::core {

struct QueuedCommand {
  enum class State : std::uint8_t {
    free,
    behind,       ///< an earlier one has the same key
    ready,        ///< may be called
    in_flight,    ///< has been called
    backing_off,  ///< waits for its next try
  };
  State state = State::free;
  bool coalesces = false;  ///< a newer one with the same key makes it superfluous
  EventType type{};
  Destination to;
  std::uint32_t api = 0;
  std::uint32_t tries = 0;
  std::uint64_t command = 0;  ///< number
  std::uint64_t call = 0;     ///< the last one
  std::uint64_t version = 0;  ///< changes with the state, so that an alarm set for another is stale
  HashKey key;
  Failure first;  ///< if it has been tried
  std::string bytes;
  std::uint32_t next = Index::none;  ///< with the same key
  std::uint32_t last = Index::none;  ///< of its chain; kept in the first

  template <class Archive>
  void archive(Archive& a) {
    a(state, coalesces, type, to, api, tries, command, call, version, key, first.at, first.category, next,
      last);
    a.text(first.reason);
    a.bytes(bytes);
  }
};

class CommandQueue {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot none = Index::none;

  QueuedCommand& operator[](Slot slot) { return slots_[slot]; }
  const QueuedCommand& operator[](Slot slot) const { return slots_[slot]; }
  std::size_t size() const { return slots_.size() - free_.size(); }

  /// The last command with `key`, if it is one that a newer one may replace and is not in flight.
  Slot replaceable(const HashKey& key) const;
  /// Its state is `ready` where it is the first of its key, else `behind`; the caller fills the rest in.
  Slot add(const HashKey& key);
  /// Takes the first of its key out. Returns the one that follows it, now `ready`, or `none`.
  Slot remove(Slot slot);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(slots_, free_, first_);
  }

 private:
  std::vector<QueuedCommand> slots_;
  std::vector<Slot> free_;
  Index first_;  ///< key → first of its chain
};

}  // namespace omnisim::core
