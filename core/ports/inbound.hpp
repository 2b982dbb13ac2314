// What a host does with a core: the seam's active half, so that a host can be written (and tested) without
// the core behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/canonical/ids.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::core {

class Inbound {
 public:
  virtual ~Inbound() = default;
  virtual void open_stock(NodeId node, SkuId sku, std::int32_t quantity_each, Time now) = 0;
  virtual void deliver(std::uint32_t source, std::string_view bytes, Time now) = 0;
  virtual std::optional<Time> next_timer() const = 0;
  virtual void advance(Time now) = 0;
};

}  // namespace omnisim::core
