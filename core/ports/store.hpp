// The core's durable log of inputs: what was delivered, by which source, when. The core is a deterministic
// state machine, so this log *is* its journal: replaying it in a new core gives the same state, hash for
// hash.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/time.hpp"

namespace omnisim::core {

enum class InputKind : std::uint8_t {
  message,
  timer,
  opening_stock,
  replay,
  call_result,
  resend,
  configuration,
  learned
};

struct InputRecord {
  InputKind kind = InputKind::message;
  std::uint32_t source = 0;  ///< message: index into Config::sources
  Time now;
  std::string_view
      bytes;  ///< message: as it came; timer: empty; configuration: text; the others: a fixed binary record
};

class Store {
 public:
  virtual ~Store() = default;
  /// Appends a record and returns its number, counted from 0. Called before any effect of the input is
  /// visible.
  virtual std::uint64_t append(const InputRecord& record) = 0;
  virtual std::uint64_t size() const = 0;
  /// Record `number` < size(); the view stays valid until the next call.
  virtual InputRecord read(std::uint64_t number) const = 0;
};

}  // namespace omnisim::core
