// Rules that span keys: names that must exist, orders that must hold, sizes that memory must bear.
#pragma once

#include <string>
#include <vector>

#include "harness/scenario/load.hpp"

namespace omnisim::harness {

/// Limits on what an untrusted file may ask for.
inline constexpr std::uint64_t sku_nodes_max = 20'000'000;
inline constexpr double sales_per_day_max = 2'000'000;
inline constexpr std::uint64_t choices_max = 50'000'000;  ///< items times mixes of them
inline constexpr double demand_max = 200'000'000;         ///< sales and orders of a whole run

/// Complains about whatever does not fit within the scenario. The trace's items and days count where there is
/// one.
void check_scenario(const Scenario& scenario, const models::Trace* trace, bool needs_trace,
                    ReadContext& context);
/// The part of it about customers; `stores`: how many there are.
void check_demand(const models::EstateParams& estate, std::uint32_t stores, ReadContext& context);
/// The part of it that looks names up. `any_item`: a trace brings items of its own.
void check_references(const Scenario& scenario, bool any_item, ReadContext& context);
/// … and its jurisdictions.
void check_tax(const Scenario& scenario, ReadContext& context);
/// … and its carrier's contract.
void check_freight(const Scenario& scenario, ReadContext& context);
void check_pattern(const models::PatternParams& pattern, ReadContext& context);
/// A pattern's links must be the scenario's.
void check_together(const Scenario& scenario, const models::PatternParams& pattern, ReadContext& context);

/// What is said of ERPs: windows and releases in order, accounts and codes once each, nodes that there are.
void check_erps(const Scenario& scenario, ReadContext& context);

/// Codes of stores and DCs as the estate generates them.
std::vector<std::string> node_codes(const Scenario& scenario);
std::vector<std::string> store_codes(const Scenario& scenario);

}  // namespace omnisim::harness
