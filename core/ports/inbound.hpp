// What a host does with a core: the seam's active half, so that a host can be written (and tested) without
// the core behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/canonical/ids.hpp"
#include "core/canonical/time.hpp"
#include "core/ports/outbound.hpp"

namespace omnisim::core {

class Inbound {
 public:
  virtual ~Inbound() = default;
  virtual void open_stock(NodeId node, SkuId sku, std::int32_t quantity_each, Time now) = 0;
  virtual void deliver(std::uint32_t source, std::string_view bytes, Time now) = 0;
  virtual std::optional<Time> next_timer() const = 0;
  virtual void advance(Time now) = 0;
  /// What became of a call (`Destination::call`). A host that has none need not offer it.
  virtual void call_result(std::uint64_t /*call*/, CallResult /*result*/, Time /*now*/) {}
  /// Somebody tries every open dead letter again.
  virtual void replay_dead_letters(Time /*now*/) {}
  /// Somebody has taught the mapping a change of Config::wire_changes.
  virtual void learn(std::uint32_t /*change*/, Time /*now*/) {}
  /// False: the core is behind with what it has; sources keep their messages until it is true again.
  virtual bool ready() const { return true; }
};

}  // namespace omnisim::core
