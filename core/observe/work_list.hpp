// What people have to look at: messages that were not processed and commands that were not delivered, each
// with who is responsible for it by now.
#pragma once

#include <vector>

#include "core/core.hpp"
#include "core/observe/exceptions.hpp"

namespace omnisim::core {

struct OpenException {
  bool is_command = false;  ///< then `number` is the command's, else that of the input record
  std::uint64_t number = 0;
  ExceptionCategory category = ExceptionCategory::malformed;  ///< of the last failure
  std::string_view reason;
  Time since, due;
  bool escalated = false;        ///< the owner's deadline is over
  std::string_view responsible;  ///< the owner, or to whom it was escalated
};

/// The work list at `now`: the most severe first, then what is due first. A pure function of the core's
/// state.
std::vector<OpenException> open_exceptions(const Core& core, Time now);

}  // namespace omnisim::core
