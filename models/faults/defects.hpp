// The injectable defects: what integrations of retailers really get wrong, each a row of one table. A defect
// is either a deployment's own configuration of the core (its posting rules, its ledger's zone, its item
// master), or a mapping between a party and the core that turns a right message into a wrong one. The core
// itself knows nothing of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/event.hpp"
#include "core/config.hpp"
#include "models/params.hpp"

namespace omnisim::models {

enum class DefectPlace : std::uint8_t { rules, configuration, mapping };
std::string_view name_of(DefectPlace place);

/// What a mapping makes of a message.
enum class Mapped : std::uint8_t { as_it_was, changed, changed_and_again };

struct Defect {
  std::string_view id;    ///< as in the list of defects of retail finance: "D6"
  std::string_view name;  ///< "net-payout-as-revenue"
  DefectPlace place{};
  std::string_view target = {};  ///< mapping: the interface whose messages it gets wrong
  std::string_view parameters = {}, description = {}, example = {};
  /// rules: a list of rules that take the place of those of the same number, or are added; without lines a
  /// rule posts nothing.
  std::string_view rules = {};
  /// configuration
  void (*configure)(core::Config& config, const sim::FaultSpec& spec) = nullptr;
  /// mapping; `changed_and_again`: the event goes as it was, and once more as it is now
  Mapped (*map)(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params) = nullptr;
};

std::span<const Defect> defects();
/// By id or name; null where there is none.
const Defect* find_defect(std::string_view id_or_name);

/// `faults` with each defect's target filled in.
std::vector<sim::FaultSpec> with_targets(std::vector<sim::FaultSpec> faults);
/// The configuration of a deployment with those defects of `faults` that are in its rules or its settings.
void configure(core::Config& config, std::span<const sim::FaultSpec> faults);
/// `rules_json` with the rules of `changes` in place of those of the same number.
std::string with_rules(const std::string& rules_json, std::string_view changes);

}  // namespace omnisim::models
