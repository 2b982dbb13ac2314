// What can go wrong with a message, and whose work it then is. A bug in the core itself is something else: it
// throws BrokenInvariant and stops the run.
#pragma once

#include <span>
#include <stdexcept>
#include <string>

#include "core/canonical/decode.hpp"
#include "core/records.hpp"

namespace omnisim::core {

/// The core contradicts itself: a bug, never an input's fault. Hosts let it end the process.
struct BrokenInvariant : std::logic_error {
  explicit BrokenInvariant(const std::string& what) : std::logic_error("broken invariant: " + what) {}
};

enum class Severity : std::uint8_t { minor, major, critical };
std::string_view name_of(Severity severity);

/// What is to be done about an exception of a category, and by whom.
struct ExceptionRow {
  ExceptionCategory category;
  std::string_view name;
  std::string_view owner;       ///< who can mend the cause, not who saw the symptom
  Severity severity;            ///< critical: money or stock is wrong until it is dealt with
  Duration deadline;            ///< for the owner, from the first failure
  std::string_view escalation;  ///< whose it is after that
  std::string_view meaning;
};
/// A row for each category, in its order.
std::span<const ExceptionRow> exception_table();

/// The category of a message that could not be decoded or validated.
ExceptionCategory category_of(DecodeCode code);

}  // namespace omnisim::core
