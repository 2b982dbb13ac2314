// Which version of an event each system gets: the newest, unless it is configured to read older ones only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/canonical/versions.hpp"
#include "core/ports/outbound.hpp"

namespace omnisim::core {

/// Versions of a command or notice that a system reads.
struct ReadVersions {
  System system = System::erp;
  EventType type{};
  VersionRange versions;
};

class AgreedVersions {
 public:
  /// Throws std::invalid_argument, naming the pointer, where the core can write no version that is read.
  explicit AgreedVersions(std::span<const ReadVersions> reads,
                          std::span<const RenamedMember> changes = renamed_members());

  /// 0: the newest.
  std::uint16_t of(System system, EventType type) const {
    for (const Older& each : older_) {
      if (each.system == system && each.type == type) return each.version;
    }
    return 0;
  }

 private:
  struct Older {
    System system;
    EventType type;
    std::uint16_t version;
  };
  std::vector<Older> older_;
};

}  // namespace omnisim::core
