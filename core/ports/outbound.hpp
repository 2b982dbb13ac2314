// Where the core's commands go. The host (simulation, live service, test) implements this.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/event.hpp"

namespace omnisim::core {

enum class System : std::uint8_t { channel, node, psp, gift_card, erp };

/// `index` is the ChannelId or NodeId value for System::channel and System::node; for System::erp 0, or 1 +
/// the place of its ledger in Config::other_ledgers; else 0.
struct Destination {
  System system = System::channel;
  std::uint32_t index = 0;
  /// Where an API is configured for the command: the number of this call, whose result the host reports with
  /// `Core::call_result`. 0: nobody waits for it.
  std::uint64_t call = 0;
  std::uint64_t command = 0;  ///< of a call: the number of its command, the same at each try
};

/// What became of a call (over HTTP: 2xx; 429; 5xx or no connection; nothing in time; any other 4xx).
enum class CallResult : std::uint8_t {
  ok,
  throttled,  ///< refused because of the caller's rate: later
  failed,     ///< the other side could not, or could not be reached: later
  timed_out,  ///< no answer: it may have happened, so the next try must be absorbed by the command's id
  rejected    ///< the other side will never take this command
};
inline constexpr std::size_t call_result_count = 5;

class Outbound {
 public:
  virtual ~Outbound() = default;
  /// Called once for each command, in order, after the step that caused it is recorded in the Store; where an
  /// API is configured, once for each try. `bytes` is canonical CloudEvents JSON and valid only during the
  /// call. Must not call back into the core.
  virtual void send(Destination to, EventType type, std::string_view bytes) = 0;
};

}  // namespace omnisim::core
