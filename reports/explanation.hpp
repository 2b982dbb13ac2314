#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/picture.hpp"

/// Why something came out as it did: the chain of what happened and of what was believed, the first step at
/// which the two parted, and what let it happen.
namespace omnisim::reports {

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
  /// Units on the shelf and on record after it, where a shelf is what is explained.
  std::optional<std::int64_t> truth{}, believed{};
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
  std::string subject;                 ///< "order W-1"
  std::string verdict;                 ///< one sentence
  std::vector<Step> steps = {};        ///< ascending
  std::vector<Finding> findings = {};  ///< ascending; the first is the cause
  std::vector<Endured> endured = {};   ///< of a whole run: its faults
  std::optional<Time> parted = {};     ///< when truth and record did, in what the verdict names
  std::string steps_of = "";           ///< whose steps they are, where not the subject's: "order W-1"
  std::size_t steps_left_out = 0;      ///< of a long chain: those far from where they parted
  std::size_t findings_left_out = 0;   ///< of many: the smaller ones
  int currency_decimals = 2;
};

std::string explanation_text(const Explanation& explanation);
/// omnisim.explain/1
std::string explanation_json(const Explanation& explanation);

/// Something behind a difference: what happened in the world, who said it, and what was posted.
struct Behind {
  Time at;
  std::string where;  ///< "world", "ERP", "core", an interface
  std::string text;
  std::optional<std::int64_t> amount_minor = {};  ///< on the account, debit positive
};

/// A business document (an order, a till sale, a settlement …) of which an account says something else than
/// what is true. Amounts as in Account.
struct Reference {
  std::string name;
  std::string what = "";  ///< "card captured", of its largest part
  std::int64_t booked_minor = 0, true_minor = 0, booked_end_minor = 0, true_end_minor = 0;
  std::string stage = "", because = "",
              instead = "";         ///< of its largest part, as a Finding has them; may be empty
  std::vector<Behind> behind = {};  ///< ascending
  std::size_t behind_left_out = 0;

  std::int64_t difference() const { return booked_minor - true_minor; }
  std::int64_t difference_end() const { return booked_end_minor - true_end_minor; }
};

/// What makes up the difference of an account, the largest first. The references' differences and what is
/// left out add up to the account's.
struct AccountParts {
  std::string number;
  std::vector<Reference> references;
  std::size_t left_out = 0;  ///< smaller ones
  std::int64_t left_out_minor = 0, left_out_end_minor = 0;
};

/// What was looked into after a run.
struct Inquiry {
  std::vector<AccountParts> accounts;     ///< that differ, by number
  std::vector<Explanation> explanations;  ///< the run as a whole, then the largest of what was broken
};

}  // namespace omnisim::reports
