#include "harness/scenario/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/governance/api_catalogue.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

using namespace std::chrono_literals;
using models::EstateParams;

class ScenarioCheck {
 public:
  ScenarioCheck(const Scenario& scenario, const models::Trace* trace, bool needs_trace, ReadContext& context)
      : scenario_(scenario),
        estate_(scenario.estate),
        trace_(trace),
        needs_trace_(needs_trace),
        context_(context) {}

  void run() {
    calendar();
    nodes();
    items();
    channels();
    rates();
    opening_hours();
    names_of_network();
    check_demand(estate_, stores(), context_);
    collecting();
    trace();
    // Sizes first: names are only made of an estate that memory can hold.
    if (sizes()) check_references(scenario_, trace_ != nullptr || (estate_.trace && !needs_trace_), context_);
  }

 private:
  void calendar() {
    const models::CalendarParams& c = estate_.calendar;
    // A trace that is still to be named brings its days.
    const bool open = trace_ == nullptr && estate_.trace.has_value();
    if (c.from == Time{} || c.to == Time{}) {
      if (!open)
        context_.complain("/calendar", c.from == Time{} ? "\"from\" is missing" : "\"to\" is missing",
                          "a time such as \"2026-11-27T00:00:00Z\"");
      return;
    }
    if (c.to <= c.from)
      context_.complain("/calendar/to", "is not after from", "a time after " + format_time(c.from));
    if (c.to - c.from > 366 * 24h)
      context_.complain("/calendar/to", "is more than 366 days after from", "a year at most");
    if (c.to > c.from && c.period_end <= c.from)
      context_.complain("/calendar/period_end", "is not after from", "a time after " + format_time(c.from));
    if (c.hard_close_after < c.soft_close_after) {
      context_.complain("/calendar/hard_close_after", "is before the soft close",
                        "at least " + format_duration(c.soft_close_after));
    }
    if (c.to > c.from && c.period_end + c.hard_close_after > c.to + c.rest_within) {
      context_.complain("/calendar/rest_within", "ends before the hard close",
                        "at least " + format_duration(c.period_end + c.hard_close_after - c.to));
    }
  }

  void nodes() {
    const models::NodesParams& n = estate_.nodes;
    if (n.stores > 0 && !n.store_names.empty()) {
      context_.complain("/nodes/store_names", "stores are both counted and named",
                        "either stores or store_names");
    }
    if (n.stores == 0 && n.store_names.empty() && n.dcs == 0 && n.third_parties == 0)
      context_.complain("/nodes", "there is no node", "at least one store or DC");
    once(
        n.store_names, "/nodes/store_names", [](const std::string& name) { return name; }, "");
  }

  void items() {
    const models::CatalogueParams& c = estate_.catalogue;
    if (c.items.empty() && c.generated == 0 && !estate_.trace)
      context_.complain("/catalogue", "there is no item", "items, or generated > 0");
    once(
        c.items, "/catalogue/items", [](const models::ItemParams& item) { return item.code; }, "/code");
  }

  void channels() {
    once(
        estate_.channels, "/channels", [](const models::ChannelParams& channel) { return channel.code; },
        "/code");
    for (std::size_t i = 0; i < estate_.channels.size(); ++i) {
      const models::ChannelParams& channel = estate_.channels[i];
      settlement(channel, step(step("/channels", i), "settlement"));
      if (!channel.currency.empty()) currency(channel, step("/channels", i));
      const bool web = channel.kind == core::ChannelKind::web;
      if (!web && (channel.abandoned_share > 0 || !channel.payment_after.is_zero())) {
        context_.complain(
            step(step("/channels", i), channel.abandoned_share > 0 ? "abandoned_share" : "payment_after"),
            "is said of a marketplace, whose customers have paid", "a web shop");
      }
      if (web == (channel.format == core::Format::storefront_json)) continue;
      context_.complain(step(step("/channels", i), "format"),
                        "is not one that a " + std::string(enum_name(channel.kind)) + " speaks",
                        web ? "storefront_json" : "marketplace_a_json or marketplace_b_csv");
    }
  }

  void settlement(const models::ChannelParams& channel, const std::string& pointer) {
    const models::SettlementParams& s = channel.settlement;
    const bool takes =
        !s.fulfilment_fee.is_zero() || !s.label_fee.is_zero() || s.reserve_bp > 0 || !s.adjustment.is_zero();
    if (takes && s.form == models::SettlementForm::totals) {
      context_.complain(step(pointer, "form"), "is \"totals\", which say nothing of fees and reserves",
                        "\"lines\"");
    }
    if (s.form == models::SettlementForm::lines && channel.kind == core::ChannelKind::web)
      context_.complain(pointer, "is that of a web shop, which nobody settles with", "a marketplace");
  }

  /// The core books such orders at a rate, and learns what they were settled at line by line.
  void currency(const models::ChannelParams& channel, const std::string& pointer) {
    const std::string at = step(pointer, "currency");
    const auto decimals = currency_decimals(channel.currency);
    if (!decimals || decimals != currency_decimals(estate_.currency)) {
      return context_.complain(at, "is \"" + one_line(channel.currency, 20) + "\"",
                               "a currency (ISO 4217) with as many decimals as " + estate_.currency);
    }
    if (channel.currency == estate_.currency)
      context_.complain(at, "is the scenario's own", "to be left out");
    if (channel.format != core::Format::marketplace_a_json)
      context_.complain(step(pointer, "format"), "does not say in which currency it is",
                        "marketplace_a_json");
    if (channel.settlement.form != models::SettlementForm::lines)
      context_.complain(step(step(pointer, "settlement"), "form"), "does not say what each order was worth",
                        "\"lines\"");
    const bool is_known = std::any_of(estate_.rates.begin(), estate_.rates.end(), [&](const auto& rate) {
      return rate.currency == channel.currency && rate.from <= estate_.calendar.from;
    });
    if (!is_known)
      context_.complain("/rates", "has no rate of " + channel.currency + " at the beginning",
                        "one from " + format_time(estate_.calendar.from) + " or before");
  }

  /// One a day of the ledger, and of currencies in which somebody sells.
  void rates() {
    const auto day_of = [&](const models::RateParams& rate) {
      return std::chrono::floor<std::chrono::days>(
          rate.from + std::chrono::minutes{estate_.calendar.ledger_utc_offset_min});
    };
    for (std::size_t i = 0; i < estate_.rates.size(); ++i) {
      const models::RateParams& rate = estate_.rates[i];
      const std::string at = step("/rates", i);
      if (std::none_of(estate_.channels.begin(), estate_.channels.end(),
                       [&](const auto& channel) { return channel.currency == rate.currency; }))
        context_.complain(step(at, "currency"), "is one in which no channel sells", "a channel's currency");
      if (std::any_of(estate_.rates.begin(), estate_.rates.begin() + static_cast<std::ptrdiff_t>(i),
                      [&](const auto& other) {
                        return other.currency == rate.currency && day_of(other) == day_of(rate);
                      }))
        context_.complain(step(at, "from"), "is on a day of the ledger that has a rate already",
                          "one rate of a currency a day");
    }
  }

  void opening_hours() {
    const auto& hours = estate_.store.opening_hours;
    for (std::size_t i = 0; i < hours.size(); ++i) {
      if (hours[i].to > hours[i].from) continue;
      context_.complain(step(step("/systems/store/opening_hours", i), "to"), "is not after from",
                        "more than " + format_duration(hours[i].from) + " after midnight");
    }
  }

  void names_of_network() {
    once(
        estate_.links, "/network/links", [](const models::LinkParams& link) { return link.name; }, "/name");
    once(
        estate_.hosts, "/network/hosts", [](const models::HostParams& host) { return host.name; }, "/name");
  }

  void collecting() {
    if (estate_.demand.collect_share > 0 && (!estate_.nodes.stores_fulfil_online || stores() == 0)) {
      context_.complain("/demand/collect_share", "is above 0, and no store serves online orders",
                        "0, or a store and nodes.stores_fulfil_online");
    }
  }

  void trace() {
    if (estate_.trace && estate_.trace->file.empty() && needs_trace_) {
      context_.complain("/trace/file", "is left open", "--set trace=FILE, an imported trace or a source CSV");
    }
    if (estate_.trace && estate_.channels.empty())
      context_.complain("/channels", "is empty", "a channel for the trace's orders");
    if (estate_.trace && estate_.nodes.dcs == 0)
      context_.complain("/nodes/dcs", "is 0", "a DC that holds the trace's stock");
    if (trace_ != nullptr && trace_->currency != estate_.currency) {
      context_.complain("/currency", "is " + estate_.currency + ", but the trace is in " + trace_->currency,
                        trace_->currency);
    }
  }

  bool sizes() {
    std::uint64_t items = estate_.catalogue.items.size() + estate_.catalogue.generated;
    if (trace_ != nullptr) {
      std::set<core::Code> codes;
      for (const models::TraceRow& row : trace_->rows) codes.insert(row.item);
      items += codes.size();
    }
    const std::uint64_t nodes =
        static_cast<std::uint64_t>(stores()) + estate_.nodes.dcs + estate_.nodes.third_parties;
    if (items * nodes <= sku_nodes_max) return true;
    context_.complain("/catalogue",
                      fmt::format("{} items at {} nodes are {} stock records", items, nodes, items * nodes),
                      "at most 20000000");
    return false;
  }

  // --- helpers
  // ----------------------------------------------------------------------------------------------------

  std::uint32_t stores() const {
    return estate_.nodes.store_names.empty() ? estate_.nodes.stores
                                             : static_cast<std::uint32_t>(estate_.nodes.store_names.size());
  }

  template <class List, class Name>
  void once(const List& list, const std::string& pointer, Name name, const std::string& key) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!seen.insert(name(list[i])).second) {
        context_.complain(step(pointer, i) + key, "\"" + one_line(name(list[i]), 40) + "\" is there already",
                          "a name of its own");
      }
    }
  }

  const Scenario& scenario_;
  const EstateParams& estate_;
  const models::Trace* trace_;
  bool needs_trace_;
  ReadContext& context_;
};

bool needs_cadence(const models::InterfaceParams& p) {
  const bool ticks = p.transport == models::Transport::poll || p.transport == models::Transport::batch;
  return ticks && p.every < 1s;
}

}  // namespace

namespace {

/// A pattern may call an API less often than the catalogue lets it, not more often.
void check_api(const models::InterfaceParams& interface, ReadContext& context) {
  const core::ApiPolicy& api = interface.api;
  const std::string at = step(step("/interfaces", interface.name), "api");
  if (api.backoff_max < api.backoff) {
    context.complain(step(at, "backoff_max"), "is shorter than backoff",
                     "at least " + format_duration(api.backoff));
  }
  const core::ApiRow* row = core::find_api(interface.name);
  if (row == nullptr || row->quota == 0) return;
  // calls / per > quota / 1 min, without a division
  if (std::int64_t{api.calls} * core::Duration{1min}.count() > std::int64_t{row->quota} * api.per.count()) {
    context.complain(
        step(at, "calls"),
        fmt::format("is {} each {}, above the quota of the API", api.calls, format_duration(api.per)),
        fmt::format("at most {} calls a minute (omnisim list apis)", row->quota));
  }
}

}  // namespace

void check_scenario(const Scenario& scenario, const models::Trace* trace, bool needs_trace,
                    ReadContext& context) {
  ScenarioCheck(scenario, trace, needs_trace, context).run();
}

void check_pattern(const models::PatternParams& pattern, ReadContext& context) {
  const auto cadence = [&](const models::InterfaceParams& p, const std::string& name) {
    if (!needs_cadence(p)) return;
    context.complain(step(step("/interfaces", name), "every"),
                     "a " + std::string(enum_name(p.transport)) + " every " + format_duration(p.every),
                     "a cadence of at least 1s");
  };
  cadence(pattern.defaults, "defaults");
  for (const models::InterfaceParams& p : pattern.interfaces) {
    const bool inherited = p.transport == pattern.defaults.transport && p.every == pattern.defaults.every;
    if (!inherited) cadence(p, p.name);
  }
  const auto out_of_core = std::find(std::begin(models::interface_names), std::end(models::interface_names),
                                     std::string_view("replies"));
  for (const models::InterfaceParams& p : pattern.interfaces) {
    const bool out = std::find(out_of_core, std::end(models::interface_names), p.name) !=
                     std::end(models::interface_names);
    if (p.delivery == models::Delivery::core && !out) {
      context.complain(step(step("/interfaces", p.name), "delivery"),
                       "is \"core\", but this interface leads into the core", "\"transport\"");
    }
    if (p.delivery == models::Delivery::core) check_api(p, context);
  }
  if (pattern.defaults.delivery == models::Delivery::core) {
    context.complain("/interfaces/defaults/delivery", "is \"core\" for interfaces into the core, too",
                     "\"core\" for interfaces by name");
  }
  if (!pattern.feed.push && pattern.feed.every < 1s) {
    context.complain("/feed/every", "sweeps every " + format_duration(pattern.feed.every),
                     "a cadence of at least 1s, or push");
  }
  if (!pattern.channel_promises && !pattern.capabilities.reservation_authority) {
    context.complain("/ownership/promises", "is \"core\", but the core holds no stock for orders",
                     "\"channel\", or capabilities.reservation_authority true");
  }
}

namespace {

/// Limits are for channels or nodes that the interface leads to, at most once each.
void check_parties(const Scenario& scenario, const models::InterfaceParams& p, ReadContext& context) {
  if (p.parties.empty()) return;
  std::vector<std::string> parties;
  if (p.name == "fulfilment") parties = node_codes(scenario);
  if (p.name == "replies" || p.name == "availability") {
    for (const models::ChannelParams& channel : scenario.estate.channels) parties.push_back(channel.code);
  }
  for (std::size_t i = 0; i < p.parties.size(); ++i) {
    const std::string at = step(step(step(step("/interfaces", p.name), "parties"), i), "party");
    const std::string& party = p.parties[i].party;
    const auto same = [&](const models::PartyLimits& other) { return other.party == party; };
    if (std::find(parties.begin(), parties.end(), party) == parties.end()) {
      context.complain(at, "the interface leads to no \"" + one_line(party, 40) + "\"",
                       suggest(party, parties));
    } else if (std::any_of(p.parties.begin(), p.parties.begin() + static_cast<std::ptrdiff_t>(i), same)) {
      context.complain(at, "\"" + one_line(party, 40) + "\" has limits already", "each party once");
    }
  }
  if (p.delivery != models::Delivery::core) {
    context.complain(step(step("/interfaces", p.name), "parties"),
                     "has limits of calls that the core does not make", "\"delivery\": \"core\"");
  }
}

}  // namespace

void check_together(const Scenario& scenario, const models::PatternParams& pattern, ReadContext& context) {
  std::vector<std::string> links;
  for (const models::LinkParams& link : scenario.estate.links) links.push_back(link.name);
  const auto known = [&](const models::InterfaceParams& p, const std::string& name) {
    if (p.link.empty() || std::find(links.begin(), links.end(), p.link) != links.end()) return;
    context.complain(step(step("/interfaces", name), "link"),
                     "the scenario has no link \"" + one_line(p.link, 40) + "\"", suggest(p.link, links));
  };
  known(pattern.defaults, "defaults");
  for (const models::InterfaceParams& p : pattern.interfaces) {
    if (p.link != pattern.defaults.link) known(p, p.name);
    check_parties(scenario, p, context);
  }
}

}  // namespace omnisim::harness
