// What a report tells of why: the run as a whole, the largest of what was broken in it, and what the
// difference of each account is made of. Bounded, whatever went wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/explain/account_parts.hpp"

namespace omnisim::harness {

/// What is worth looking into, as a first run has shown it.
struct Questions {
  audit::Suspects suspects;
  std::optional<LargestPart> part;
  std::string fingerprint;  ///< of that run

  /// Words that a letter about one of them bears.
  std::vector<std::string> terms() const;
};
/// Nothing where nothing went wrong.
std::optional<Questions> questions_of(const Outcome& outcome, const models::CalendarParams& calendar);

reports::Inquiry inquire(const Case& of, const Ending& end, const Questions& questions);

}  // namespace omnisim::harness
