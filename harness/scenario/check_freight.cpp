// A carrier's contract: nodes that there are, one row each.
#include <algorithm>
#include <set>

#include "harness/scenario/check.hpp"

namespace omnisim::harness {
namespace {

void check_rows(const std::vector<models::FreightRateParams>& rows, const std::string& at,
                const std::vector<std::string>& nodes, ReadContext& context) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& node = rows[i].node;
    const std::string pointer = step(step(at, i), "node");
    if (!node.empty() && std::find(nodes.begin(), nodes.end(), node) == nodes.end())
      context.complain(pointer, "there is no \"" + one_line(node, 40) + "\"", suggest(node, nodes));
    if (!seen.insert(node).second)
      context.complain(pointer, node.empty() ? "is missing a second time" : "has a row already",
                       "each node once, and one row without a node");
  }
}

}  // namespace

void check_freight(const Scenario& scenario, ReadContext& context) {
  const models::FreightParams& freight = scenario.estate.carrier.freight;
  const std::vector<std::string> nodes = node_codes(scenario);
  const std::string at = "/systems/carrier/freight";
  check_rows(freight.rates, step(at, "rates"), nodes, context);
  check_rows(freight.rates_known, step(at, "rates_known"), nodes, context);
  if (freight.rates.empty() && !freight.rates_known.empty())
    context.complain(step(at, "rates"), "is empty, but the core's table is not", "what the contract says");
  if (freight.surcharge_share > 0 && freight.surcharge.minor <= 0)
    context.complain(step(at, "surcharge"), "is nothing, but some parcels cost more", "above 0");
}

}  // namespace omnisim::harness
