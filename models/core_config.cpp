#include "models/core_config.hpp"

#include <utility>

#include "models/carrier/contract.hpp"
#include "models/erp/acquired.hpp"
#include "models/faults/defects.hpp"
#include "models/operations/desk.hpp"
#include "models/rates.hpp"

namespace omnisim::models {

std::vector<sim::FaultSpec> faults_of(const EstateParams& params, const PatternParams& pattern) {
  if (!pattern.faults) return {};
  std::vector<sim::FaultSpec> faults = with_targets(params.faults);
  for (sim::FaultSpec& fault : faults) {
    if (!fault.to) fault.to = params.calendar.to;
  }
  return faults;
}

core::Config configuration_of(const Context& context, std::string rules_json) {
  const EstateParams& params = context.params;
  const CalendarParams& calendar = params.calendar;
  core::Config config{.directory = context.master.directory,
                      .capabilities = context.pattern.capabilities,
                      .policies = params.policies,
                      .periods = {},
                      .feeds = {},
                      .sources = context.network.sources(),
                      .posting_rules_json = std::move(rules_json)};
  config.rates = rates_of(params);
  config.freight_rates = freight_rates_of(params, config.directory, !context.pattern.faults);
  config.apis = context.network.apis(context.master.directory);
  config.jitter_seed = sim::seed_of(context.streams.root(), "core", "jitter");
  config.policies.ledger_utc_offset_min = calendar.ledger_utc_offset_min;
  if (params.crm.points_per_unit > 0) {
    config.policies.loyalty_point_value = params.crm.point_value;
    config.policies.loyalty_breakage_bp = params.crm.breakage_bp;
  }
  const Time end = calendar.period_end == Time{} ? calendar.to : calendar.period_end;
  const Time next_end = end + std::chrono::days{3660};
  config.periods = {{.from = calendar.from,
                     .to = end,
                     .soft_close = end + calendar.soft_close_after,
                     .hard_close = end + calendar.hard_close_after},
                    {.from = end, .to = next_end, .soft_close = Time::max(), .hard_close = Time::max()}};
  for (std::uint32_t i = 0; i < params.channels.size(); ++i) {
    const FeedParams& feed = context.pattern.feed;
    config.feeds.push_back({.channel = {i},
                            .push = feed.push,
                            .every = feed.every,
                            .offset = feed.offset,
                            .items_max = feed.items_max,
                            .semantics = feed.semantics});
  }
  config.wire_changes = wire_changes(params, context.pattern);
  config.other_ledgers = other_ledgers(params, config.directory);
  configure(config, faults_of(params, context.pattern));
  return config;
}

}  // namespace omnisim::models
