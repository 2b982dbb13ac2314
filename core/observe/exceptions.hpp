// What can go wrong with a message, and whose work it then is. A bug in the core itself is something else: it
// throws BrokenInvariant and stops the run.
#pragma once

#include <stdexcept>
#include <string>

#include "core/canonical/decode.hpp"
#include "core/records.hpp"

namespace omnisim::core {

/// The core contradicts itself: a bug, never an input's fault. Hosts let it end the process.
struct BrokenInvariant : std::logic_error {
  explicit BrokenInvariant(const std::string& what) : std::logic_error("broken invariant: " + what) {}
};

/// The category of a message that could not be decoded or validated.
ExceptionCategory category_of(DecodeCode code);

}  // namespace omnisim::core
