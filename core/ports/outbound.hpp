// Where the core's commands go. The host (simulation, live service, test) implements this.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/event.hpp"

namespace omnisim::core {

enum class System : std::uint8_t { channel, node, psp, gift_card, erp };

/// `index` is the ChannelId or NodeId value for System::channel and System::node, else 0.
struct Destination {
  System system = System::channel;
  std::uint32_t index = 0;
};

class Outbound {
 public:
  virtual ~Outbound() = default;
  /// Called once for each command, in order, after the step that caused it is recorded in the Store. `bytes`
  /// is canonical CloudEvents JSON and valid only during the call. Must not call back into the core.
  virtual void send(Destination to, EventType type, std::string_view bytes) = 0;
};

}  // namespace omnisim::core
