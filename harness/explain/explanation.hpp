// Why something came out as it did: the chain of what happened and of what was believed, the first step at
// which the two parted, and what let it happen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/time.hpp"

namespace omnisim::harness {

using core::Time;

/// Where a difference began, from the shelf to the books.
enum class Stage : std::uint8_t {
  source_capture,        ///< nobody said it, or the source kept it for a file
  transformation,        ///< what was said was changed, refused or booked by a wrong rule
  orchestration_timing,  ///< it was on its way, waiting or too early when something was decided
  erp_posting            ///< it was right up to the ERP's door
};
/// "source capture"
std::string_view name_of(Stage stage);

/// Something that happened, was said or was done.
struct Step {
  Time at;
  std::string where;  ///< "world", "storefront", "core", "ERP"
  std::string text;
};

/// A place where truth and belief parted.
struct Finding {
  Time at;
  Stage stage{};
  std::string what;     ///< what differed, with numbers
  std::string because;  ///< the setting, the fault or the mechanism that allowed it
  std::string instead;  ///< what would have prevented it
  /// Of a difference of the books, booked less true: as it is in the accounts that are explained.
  std::optional<std::int64_t> amount_minor{};
  bool only_late = false;  ///< nothing worse than that somebody did not know for a while
};

/// What became of a fault of the scenario.
struct Endured {
  std::string fault;
  std::string outcome;  ///< "12 messages late, the longest by 6 h; named above"
};

struct Explanation {
  std::string subject;            ///< "order W-1"
  std::string verdict;            ///< one sentence
  std::vector<Step> steps;        ///< ascending
  std::vector<Finding> findings;  ///< ascending; the first is the cause
  std::vector<Endured> endured;   ///< of a whole run: its faults
  int currency_decimals = 2;
};

std::string explanation_text(const Explanation& explanation);
/// omnisim.explain/1
std::string explanation_json(const Explanation& explanation);

}  // namespace omnisim::harness
