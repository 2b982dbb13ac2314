// What a file may not say about a carrier's contract, and what it is told then.
#include <gtest/gtest.h>

#include "harness/scenario/load.hpp"

namespace omnisim::harness {
namespace {

/// The complaints about a scenario with one DC and this contract.
std::string complaints(const std::string& freight) {
  const std::string text =
      R"({"name": "t", "calendar": {"from": "2026-11-27T00:00:00Z", "to": "2026-11-28T00:00:00Z"}, "nodes": {"dcs": 1},
          "catalogue": {"items": [{"code": "CUP"}]}, "systems": {"carrier": {"freight": )" +
      freight + "}}}";
  try {
    load_scenario_text(text, "t.json", {});
  } catch (const BadInput& bad) {
    std::string lines;
    for (const Problem& problem : bad.problems()) lines += problem.line() + "\n";
    return lines;
  }
  return "";
}

TEST(FreightCheck, a_contract_has_a_row_for_nodes_that_there_are_once) {
  EXPECT_EQ(
      complaints(R"({"rates": [{"per_parcel": "4.50 EUR"}, {"node": "dc-1", "per_parcel": "3.80 EUR"}]})"),
      "");
  EXPECT_EQ(complaints(R"({"rates": [{"node": "dc-2"}]})"),
            "t.json:/systems/carrier/freight/rates/0/node: there is no \"dc-2\" (did you mean \"dc-1\"?)\n");
  EXPECT_EQ(complaints(R"({"rates": [{"node": "dc-1"}, {"node": "dc-1"}]})"),
            "t.json:/systems/carrier/freight/rates/1/node: has a row already (each node once, and one row "
            "without a node)\n");
  EXPECT_EQ(complaints(R"({"rates": [{}, {}]})"),
            "t.json:/systems/carrier/freight/rates/1/node: is missing a second time (each node once, and one "
            "row without a node)\n");
}

TEST(FreightCheck, what_is_said_of_parcels_has_to_cost_something) {
  EXPECT_EQ(complaints(R"({"rates_known": [{}]})"),
            "t.json:/systems/carrier/freight/rates: is empty, but the core's table is not (what the contract "
            "says)\n");
  EXPECT_EQ(complaints(R"({"rates": [{}], "surcharge_share": 0.5})"),
            "t.json:/systems/carrier/freight/surcharge: is nothing, but some parcels cost more (above 0)\n");
}

}  // namespace
}  // namespace omnisim::harness
