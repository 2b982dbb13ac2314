// What each capability is worth where it matters: a scenario of its own, run with it and without it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/capabilities.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

enum class Worse { more, less };

struct Ablation {
  const char* capability;
  const char* scenario;  ///< below scenarios/
  const char* metric;
  Worse worse;  ///< what happens to it without the capability
};
constexpr Ablation ablations[] = {
    {"idempotency", "omnichannel-week", "close.misstatement", Worse::more},
    {"ordering", "ablation/ordering", "drift.book.abs_mean", Worse::more},
    {"schema_validation", "ablation/schema-validation", "close.misstatement.classification", Worse::more},
    {"ownership", "ablation/ownership", "orders.unpaid_units", Worse::more},
    {"reconciliation", "ablation/reconciliation", "close.misstatement", Worse::more},
    {"dead_letters", "ablation/dead-letters", "close.misstatement", Worse::more},
    {"reservation_authority", "omnichannel-week", "oversell.units", Worse::more},
    {"safety_stock", "omnichannel-week", "oversell.units", Worse::more},
    {"channel_priority", "ablation/channel-priority", "oversell.units.marketplace-a", Worse::more},
    {"freshness", "ablation/freshness", "drift.book.abs_mean", Worse::more},
    {"timeouts", "ablation/timeouts", "fill.rate", Worse::less},
    {"resourcing", "omnichannel-week", "undersell.units", Worse::more},
    {"backorders", "ablation/backorders", "oversell.units", Worse::more},
    {"parking", "ablation/parking", "dead_letters", Worse::more},
    {"business_time", "omnichannel-week", "close.misstatement", Worse::more},
    {"retry", "promotion-api-limits", "close.misstatement", Worse::more},
    {"circuit_breaker", "promotion-api-limits", "dispatch.failed.journal", Worse::more},
    {"bulkhead", "promotion-api-limits", "api.calls.erp", Worse::more},
    {"throttle", "promotion-api-limits", "oversell.units", Worse::more},
    {"back_pressure", "promotion-api-limits", "oversell.units", Worse::more},
};
/// Six days of the week are enough. Somebody has to promise where the core does not.
std::string settings_of(const Ablation& ablation, bool on) {
  const std::string name = ablation.capability;
  std::string settings;
  if (std::string_view(ablation.scenario) == "omnichannel-week")
    settings += " --set calendar.to=2026-11-22T00:00:00Z";
  if (!on) settings += " --set pattern.capabilities." + name + "=false";
  if (!on && name == "reservation_authority") settings += " --set pattern.ownership.promises=channel";
  return settings;
}

double metric_of(const Ablation& ablation, bool on) {
  const ProcessResult run = run_shell(
      "%P run scenarios/" + std::string(ablation.scenario) + ".json --json" + settings_of(ablation, on),
      source_folder());
  EXPECT_TRUE(!on || run.exit_code == 0) << run.err;
  return nlohmann::json::parse(run.out).at("metrics").at(ablation.metric);
}

class CapabilityOff : public ::testing::TestWithParam<Ablation> {};

TEST_P(CapabilityOff, makes_its_scenario_worse) {
  const double with = metric_of(GetParam(), true);
  const double without = metric_of(GetParam(), false);
  if (GetParam().worse == Worse::more) {
    EXPECT_GT(without, with);
  } else {
    EXPECT_LT(without, with);
  }
}
INSTANTIATE_TEST_SUITE_P(Each, CapabilityOff, ::testing::ValuesIn(ablations),
                         [](const auto& each) { return std::string(each.param.capability); });

TEST(Ablations, leave_no_capability_out) {
  std::set<std::string_view> shown;
  for (const Ablation& ablation : ablations) EXPECT_TRUE(shown.insert(ablation.capability).second);
  for (const core::CapabilityRow& row : core::capability_table())
    EXPECT_TRUE(shown.contains(row.name)) << row.name;
}

}  // namespace
}  // namespace omnisim::harness
