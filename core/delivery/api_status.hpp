// What others may read of the dispatcher: each API as it stands, and commands that could not be delivered.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/delivery/circuit_breaker.hpp"
#include "core/records.hpp"
#include "core/support/key.hpp"

namespace omnisim::core {

struct ApiStatus {
  ApiKind kind = ApiKind::journal;
  std::uint32_t index = 0;  ///< ChannelId or NodeId value, where the kind has one a channel or node
  BreakerState breaker = BreakerState::closed;
  std::uint64_t queued = 0;     ///< commands that are neither delivered nor given up, in flight included
  std::uint64_t must_keep = 0;  ///< of these, the ones that nothing newer may replace
  std::uint64_t in_flight = 0;
  std::uint64_t accepted = 0;    ///< commands so far
  std::uint64_t superseded = 0;  ///< replaced by a newer one of the same key, or by itself sent again
  std::uint64_t calls = 0;       ///< tries
  std::uint64_t delivered = 0, undelivered = 0;
  std::array<std::uint64_t, call_result_count> results{};  ///< by CallResult
};

/// A command that could not be delivered: the counterpart of a dead letter. Its owner is
/// `owner_of(last.category)`.
struct UndeliveredCommand {
  std::uint64_t command = 0;  ///< its id is "C" and this number
  Destination to;
  EventType type{};
  HashKey key;             ///< what it is about: commands with the same key go in order
  bool coalesces = false;  ///< a newer one with the same key makes it superfluous
  Failure first, last;
  std::uint32_t tries = 0;
  bool open = true;  ///< false once it has been queued again, or a newer one has made it superfluous
  std::string bytes;

  template <class Archive>
  void archive(Archive& a) {
    a(command, to, type, key, coalesces, first.at, first.category, last.at, last.category, tries, open);
    a.text(first.reason);
    a.text(last.reason);
    a.bytes(bytes);
  }
};

}  // namespace omnisim::core
