// An API of the core: an interface to the outside that answers calls, and what it bears. A kind that is
// configured stands for one API a party: the availability feed of each channel is an API of its own, with its
// own breaker, limits and queue, so that one party's trouble is nobody else's. A party that bears something
// else than the others of its kind has a policy of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/time.hpp"
#include "core/ports/outbound.hpp"

namespace omnisim::core {

enum class ApiKind : std::uint8_t { replies, availability, fulfilment, payments, gift_cards, journal };
inline constexpr std::size_t api_kind_count = 6;
std::string_view name_of(ApiKind kind);
std::string_view name_of(CallResult result);

/// Which API a command goes through.
ApiKind api_kind(Destination to, EventType type);

/// How the core treats an API. Each line is one capability of the dispatcher (core/delivery/dispatcher.hpp).
struct ApiPolicy {
  static constexpr std::uint32_t every_party = 0xffffffffu;

  ApiKind kind = ApiKind::journal;
  /// ChannelId or NodeId value: only that party's API. The kind itself has to be configured, too.
  std::uint32_t party = every_party;
  /// A call without a result has failed after this. Every call has an end, also where a crash lost its
  /// result.
  Duration timeout = std::chrono::seconds{30};
  // retry: waits double from `backoff` to `backoff_max`; half of each wait is jitter
  std::uint32_t tries_max = 0;  ///< then it is an exception; 0: until it succeeds
  Duration backoff = std::chrono::seconds{1};
  Duration backoff_max = std::chrono::minutes{5};
  // circuit breaker
  std::uint32_t failures_to_open = 5;            ///< in a row
  Duration open_for = std::chrono::seconds{30};  ///< then one call probes
  // bulkhead
  std::uint32_t in_flight_max = 16;
  // throttle: a token bucket of `burst`, filled with one token each `per` / `calls`
  std::uint32_t calls = 0;  ///< 0: no limit
  Duration per = std::chrono::minutes{1};
  std::uint32_t burst = 1;
  // back-pressure
  std::uint32_t queue_max = 1000;  ///< commands that must not be lost: at this many the core takes no input
};

}  // namespace omnisim::core
