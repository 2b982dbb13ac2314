// Jurisdictions: each once, with days that are days and stores that there are.
#include <algorithm>
#include <set>

#include "core/canonical/text.hpp"
#include "harness/scenario/check.hpp"

namespace omnisim::harness {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string quoted(const std::string& name) { return "\"" + one_line(name, 40) + "\""; }

void check_stores(const std::vector<std::string>& stores, const std::vector<std::string>& nodes,
                  const std::string& at, std::set<std::string>& placed, ReadContext& context) {
  for (std::size_t k = 0; k < stores.size(); ++k) {
    const std::string pointer = step(at, k);
    if (!has(nodes, stores[k]))
      context.complain(pointer, "there is no " + quoted(stores[k]), suggest(stores[k], nodes));
    else if (!placed.insert(stores[k]).second)
      context.complain(pointer, quoted(stores[k]) + " is in a jurisdiction already", "each store once");
  }
}

}  // namespace

void check_tax(const Scenario& scenario, ReadContext& context) {
  const models::TaxParams& tax = scenario.estate.tax;
  const std::vector<std::string> nodes = node_codes(scenario);
  std::vector<std::string> codes;
  std::set<std::string> placed;
  double share = 0;
  for (std::size_t i = 0; i < tax.jurisdictions.size(); ++i) {
    const models::JurisdictionParams& each = tax.jurisdictions[i];
    const std::string at = step("/systems/tax/jurisdictions", i);
    if (has(codes, each.code))
      context.complain(step(at, "code"), quoted(each.code) + " is there already", "a name of its own");
    codes.push_back(each.code);
    share += each.online_share;
    for (std::size_t k = 0; k < each.changes.size(); ++k) {
      core::BusinessDay day;
      if (!core::parse_day(each.changes[k].from, day))
        context.complain(step(step(step(at, "changes"), k), "from"), "is no day",
                         "one such as \"2026-12-01\"");
    }
    check_stores(each.stores, nodes, step(at, "stores"), placed, context);
  }
  if (!codes.empty() && scenario.estate.trace)
    context.complain("/systems/tax/jurisdictions",
                     "are for generated demand; a trace's documents are taxed alike",
                     "no jurisdictions, and demand.tax_bp");
  if (!codes.empty() && share <= 0)
    context.complain("/systems/tax/jurisdictions", "no online order goes to any of them",
                     "an online_share above 0");
  if (tax.tills.fallback == models::RateFallback::refuse)
    context.complain("/systems/tax/tills/fallback", "is \"refuse\", but a till sells to whoever stands there",
                     "\"cached\" or \"flat\"");
  const auto& script = scenario.estate.script;
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (!script[i].jurisdiction.empty() && !has(codes, script[i].jurisdiction))
      context.complain(step(step("/script", i), "jurisdiction"),
                       "there is no " + quoted(script[i].jurisdiction),
                       suggest(script[i].jurisdiction, codes));
  }
}

}  // namespace omnisim::harness
