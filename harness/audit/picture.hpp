// What the auditors have seen, as a report draws it: where and when stock records were wrong and units were
// oversold, where units went, what was broken on purpose, and what people had to look at.
#pragma once

#include "harness/audit/audit.hpp"
#include "reports/picture.hpp"

namespace omnisim::audit {

/// "drift.node": units by which a node's records are wrong, each hour.
reports::Grid drift_by_node(const core::Directory& directory, const StockAudit& stock);
/// "oversell.channel": units found to be oversold within the hour before each column.
reports::Grid oversold_by_channel(const core::Directory& directory, const StockAudit& stock,
                                  const Promises& promises);
/// Places by the names of world::Place.
std::vector<reports::Flow> flows_of(const StockAudit& stock);
std::vector<reports::FaultSpan> faults_of(const Scope& scope);
/// Dead letters and undelivered commands by category, with whose work they are.
std::vector<reports::WorkItems> work_of(const core::Core& core, core::Time now);
/// What reconciliations have found and is open, by what was compared and by owner; its ages as of `at`.
std::vector<reports::OpenDifferences> ageing_of(const core::Core& core, core::Time at);
/// … and what is open now.
void add_open_at_end(std::vector<reports::OpenDifferences>& rows, const core::Core& core);

}  // namespace omnisim::audit
