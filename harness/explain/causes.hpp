// What let a letter be late, lost or refused: the setting of its interface, or a fault of the scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/records.hpp"
#include "harness/explain/chronicle.hpp"
#include "harness/explain/explanation.hpp"

namespace omnisim::harness {

/// What an explanation is made from.
struct Case {
  const Plan& plan;
  const Chronicle& chronicle;
};

/// "1 unit"
std::string units_text(std::int64_t each);
/// "3 h 5 min"
std::string span_text(core::Duration span);
/// "a till sells 1 SKU-A at store-01"
std::string fact_text(const KeptFact& fact, const core::Directory& names);

/// "as a file every 1 d", "fetched every 20 min", "as they happen": how messages of `interface` travel.
std::string mechanism_text(const Case& of, const std::string& interface);
/// Faults of the scenario that were active on the interface, its parties or the integration within the span:
/// "delay on availability.marketplace-a".
std::vector<std::string> faults_text(const Case& of, const std::string& interface, Time from, Time to,
                                     std::string_view bytes = {});
/// "delay of psp", "defect D7 (…)"
std::string name_of_fault(const sim::FaultSpec& spec);
/// Was that fault of the transport or a party active on this letter's way while it was under way?
bool is_held_up_by(const Case& of, const Letter& letter, const sim::FaultSpec& spec);
/// Did that fault hit that party within the span?
bool is_of_party(const Case& of, const sim::FaultSpec& spec, std::string_view party, Time from, Time to);
/// How long a letter of its interface may be under way where nothing is wrong.
core::Duration usual_wait(const Case& of, const Letter& letter);
/// Defects and data faults of the scenario that were active on the interface (empty: any) within the span,
/// for what arrived and was wrong.
std::vector<std::string> distortions_text(const Case& of, const std::string& interface, Time from, Time to);

/// A letter that had not arrived at `decided`: why, and what would have helped.
Finding finding_of_delay(const Case& of, const Letter& letter, Time decided, const std::string& what);
/// A message that nobody could process.
Finding finding_of_refusal(const Case& of, const core::DeadLetter& letter, const std::string& interface,
                           Time sent);

}  // namespace omnisim::harness
