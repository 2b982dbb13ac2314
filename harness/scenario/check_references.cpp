// Names that must exist: nodes, items, channels, what faults aim at and links carry, patterns and metrics.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/metric_names.hpp"
#include "harness/scenario/check.hpp"
#include "harness/scenario/expectation.hpp"
#include "harness/scenario/values.hpp"
#include "models/faults/defects.hpp"

namespace omnisim::harness {
namespace {

class ReferenceCheck {
 public:
  ReferenceCheck(const Scenario& scenario, bool any_item, ReadContext& context)
      : scenario_(scenario), estate_(scenario.estate), any_item_(any_item), context_(context) {}

  void run() {
    opening();
    check_tax(scenario_, context_);
    check_freight(scenario_, context_);
    script();
    demand();
    faults();
    carried();
    apis();
    check_erps(scenario_, context_);
    expectations();
    measures();
    if (estate_.trace && !estate_.trace->anonymous_channel.empty()) {
      known(estate_.trace->anonymous_channel, channel_codes(), "/trace/anonymous_channel");
    }
  }

 private:
  void opening() {
    const auto& stock = estate_.opening.explicit_stock;
    if (stock.empty()) return;
    const std::vector<std::string> nodes = node_codes(scenario_);
    for (std::size_t i = 0; i < stock.size() && !enough(); ++i) {
      known(stock[i].node, nodes, step(step("/opening/explicit_stock", i), "node"));
      known_item(stock[i].item, step(step("/opening/explicit_stock", i), "item"));
    }
  }

  void script() {
    const std::vector<std::string> nodes = node_codes(scenario_);
    for (std::size_t i = 0; i < estate_.script.size() && !enough(); ++i) {
      const models::StepParams& s = estate_.script[i];
      const std::string at = step("/script", i);
      const models::CalendarParams& c = estate_.calendar;
      if (s.at < c.from || s.at >= c.to) {
        context_.complain(at + "/at", "is outside of the calendar",
                          "from " + format_time(c.from) + " to before " + format_time(c.to));
      }
      const auto* const kind = std::find_if(models::step_kinds.begin(), models::step_kinds.end(),
                                            [&](const models::StepKind& k) { return k.word == s.what; });
      if (kind == models::step_kinds.end()) continue;  // complained of elsewhere
      if (kind->needs_channel) known(s.channel, channel_codes(), at + "/channel");
      if (kind->needs_node || !s.node.empty()) known(s.node, nodes, at + "/node");
      if (s.what == "transfer") known(s.to_node, nodes, at + "/to_node");
      if (kind->needs_item) known_item(s.item, at + "/item");
      if (kind->needs_order && s.order.empty())
        context_.complain(at + "/order", "is missing", "the order's name");
      of_an_order(s, at);
      if (s.what == "collect" && !s.order.empty() && !is_to_be_collected(s.order)) {
        context_.complain(at + "/order", "names no order that is to be collected",
                          "the \"order\" of a step with \"collect_at\"");
      }
      members(s, *kind, at);
      if (s.missing_each > 0 && s.missing_each >= s.quantity_each)
        context_.complain(at + "/missing_each", "leaves nothing to arrive", "less than quantity_each");
      if (s.order.size() > core::Code::max_size)
        context_.complain(at + "/order", "is longer than 31 characters", "a shorter name");
    }
  }

  void demand() {
    std::vector<std::string> sellers = channel_codes();
    sellers.emplace_back(models::tills_word);
    const auto items = [&](const std::vector<std::string>& codes, const std::string& at) {
      for (std::size_t i = 0; i < codes.size() && !enough(); ++i) known_item(codes[i], step(at, i));
    };
    const auto& promotions = estate_.demand.promotions;
    for (std::size_t i = 0; i < promotions.size(); ++i) {
      const std::string at = step("/demand/promotions", i);
      items(promotions[i].items, step(at, "items"));
      for (std::size_t k = 0; k < promotions[i].channels.size() && !enough(); ++k)
        known(promotions[i].channels[k], sellers, step(step(at, "channels"), k));
    }
    for (std::size_t i = 0; i < estate_.channels.size(); ++i) {
      if (!estate_.channels[i].demand) continue;
      const auto& mix = estate_.channels[i].demand->mix;
      const std::string at = step(step(step("/channels", i), "demand"), "mix");
      for (std::size_t k = 0; k < mix.size(); ++k) items(mix[k].items, step(step(at, k), "items"));
    }
  }

  /// What only orders of web shops may say.
  void of_an_order(const models::StepParams& s, const std::string& at) {
    if (s.collect_at.empty() && !s.abandons) return;
    const std::string key = s.abandons ? "/abandons" : "/collect_at";
    const auto is_its = [&](const models::ChannelParams& channel) { return channel.code == s.channel; };
    const auto channel = std::find_if(estate_.channels.begin(), estate_.channels.end(), is_its);
    if (s.what != "order") {
      context_.complain(at + key, "is said of \"" + s.what + "\"", "a step \"order\"");
    } else if (channel != estate_.channels.end() && channel->kind != core::ChannelKind::web) {
      context_.complain(at + key, "is said of an order of a marketplace", "an order of a web shop");
    } else if (!s.collect_at.empty()) {
      collected(s, at);
    }
  }

  bool is_to_be_collected(const std::string& order) const {
    return std::any_of(estate_.script.begin(), estate_.script.end(), [&](const models::StepParams& s) {
      return s.what == "order" && s.order == order && !s.collect_at.empty();
    });
  }

  void collected(const models::StepParams& s, const std::string& at) {
    known(s.collect_at, store_codes(scenario_), at + "/collect_at");
    if (!estate_.nodes.stores_fulfil_online)
      context_.complain(at + "/collect_at", "is a store that serves no online orders",
                        "nodes.stores_fulfil_online true");
  }

  void members(const models::StepParams& s, const models::StepKind& kind, const std::string& at) {
    const bool says = !s.member.empty() || !s.other_member.empty() || s.points > 0;
    if (!says && !kind.needs_members) return;
    if (estate_.crm.points_per_unit == 0)
      context_.complain(at + "/member", "there is no loyalty scheme", "systems.crm.points_per_unit above 0");
    if (s.member.empty() || s.member.size() > core::Code::max_size)
      context_.complain(at + "/member", "is no number of a member", "1 to 31 characters");
    if (kind.needs_members && (s.other_member.empty() || s.other_member.size() > core::Code::max_size ||
                               s.other_member == s.member))
      context_.complain(at + "/other_member", "is no other member", "1 to 31 characters");
    if (s.what == "order" && s.order.empty())
      context_.complain(at + "/order", "is missing", "a name, by which the member's order is known");
  }

  void faults() {
    const std::vector<std::string> targets = fault_targets();
    for (std::size_t i = 0; i < estate_.faults.size() && !enough(); ++i) {
      const sim::FaultSpec& fault = estate_.faults[i];
      const std::string at = step("/faults", i);
      if (fault.from && fault.to && *fault.to <= *fault.from) {
        context_.complain(at + "/to", "is not after from", "a time after " + format_time(*fault.from));
      }
      const bool in_messages = level_of(fault.kind) == sim::FaultLevel::message;
      using K = sim::FaultKind;
      if (fault.kind == K::defect) {
        defect(fault, at);
      } else if (fault.target.empty()) {
        context_.complain(at, "\"target\" is missing", "what fails: \"target\": \"tills\"");
      } else {
        aimed(fault.target, targets, at + "/target");
      }
      if (in_messages && !fault.target.empty()) into_the_core(fault.target, at + "/target");
      texts(fault, at);
      if (fault.kind == K::delay && fault.delay.is_zero()) {
        context_.complain(at, "\"delay\" is missing", "how long: \"delay\": \"5min\"");
      }
      if (fault.kind == K::throttle && fault.rate_per_s <= 0) {
        context_.complain(at, "\"rate_per_s\" is missing", "messages a second, above 0");
      }
      if (fault.kind == K::clock_offset && fault.offset == Duration::zero()) {
        context_.complain(at, "\"offset\" is missing", "what the clock is ahead: \"offset\": \"90s\"");
      }
    }
  }

  /// A mapping can be wrong for a time; a rule or a setting holds for the whole run.
  void defect(const sim::FaultSpec& fault, const std::string& at) {
    const models::Defect* known = models::find_defect(fault.id);
    if (known == nullptr) {
      std::vector<std::string> names;
      for (const models::Defect& each : models::defects())
        names.emplace_back(each.id), names.emplace_back(each.name);
      context_.complain(
          at + "/id",
          fault.id.empty() ? "is missing" : "there is no defect \"" + one_line(fault.id, 40) + "\"",
          suggest(fault.id, names));
      return;
    }
    const bool mapping = known->place == models::DefectPlace::mapping;
    if (!mapping && (fault.from || fault.to || !fault.target.empty())) {
      context_.complain(
          at, "is a defect of " + std::string(name_of(known->place)) + ", which holds everywhere and always",
          "neither target nor from nor to");
    }
    if (mapping && !fault.target.empty()) into_the_core(fault.target, at + "/target");
    const bool of_item = known->parameters.find("item") != std::string_view::npos;
    if (of_item) known_item(fault.item, at + "/item");
  }

  /// Messages are spoilt on ways into the core only.
  void into_the_core(const std::string& target, const std::string& pointer) {
    const std::vector<std::string> parties = fault_parties();
    for (const char* interface : models::interface_names) {
      if (interface == std::string_view("replies")) break;  // From here on they lead out of the core.
      if (sim::target_matches(target, interface)) return;
      for (const std::string& party : parties) {
        if (sim::target_matches(target, std::string(interface) + "." + party)) return;
      }
    }
    context_.complain(pointer, "is not an interface into the core",
                      "one such as \"tills\" or \"tills.store-01\"");
  }

  void texts(const sim::FaultSpec& fault, const std::string& at) {
    using K = sim::FaultKind;
    const auto wanted = [&](bool by_kind, const std::string& text, const char* key) {
      if (by_kind && text.empty())
        context_.complain(at, "\"" + std::string(key) + "\" is missing", "a text of the message");
    };
    const bool both = fault.kind == K::schema_change || fault.kind == K::code_swap;
    wanted(both, fault.find, "find");
    wanted(both, fault.replace, "replace");
    wanted(fault.kind == K::dropped_field, fault.field, "field");
    if (fault.kind == K::unknown_item) known_item(fault.item, at + "/item");
    if (fault.kind == K::wrong_zone && fault.offset == Duration::zero())
      context_.complain(at, "\"offset\" is missing", "how far ahead of UTC: \"offset\": \"1h\"");
  }

  void expectations() {
    const std::vector<std::string> channels = channel_codes();
    std::vector<std::string> patterns = pattern_names();
    patterns.emplace_back("*");
    patterns.push_back(scenario_.pattern);
    for (const auto& [pattern, lines] : scenario_.expect) {
      if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end() &&
          context_.inline_pattern.is_null()) {
        context_.complain(step("/expect", pattern), "there is no such pattern", suggest(pattern, patterns));
      }
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string at = step(step("/expect", pattern), i);
        std::string problem;
        const auto expectation = parse_expectation(lines[i], problem);
        if (!expectation) {
          context_.complain(at, "is \"" + one_line(lines[i], 60) + "\": " + problem,
                            "such as \"oversell.units == 0\" or \"fill.rate == 0.98 ± 0.01\"");
        } else if (!is_metric(expectation->metric, channels)) {
          context_.complain(at, "there is no metric \"" + one_line(expectation->metric, 60) + "\"",
                            suggest(expectation->metric, metric_names(channels)));
        }
      }
    }
  }

  void measures() {
    const std::vector<std::string> channels = channel_codes();
    for (std::size_t i = 0; i < scenario_.measures.size(); ++i) {
      const std::string& measure = scenario_.measures[i];
      const std::vector<std::string> names = metric_names(channels);
      const bool prefix = measure.ends_with('*');
      const auto fits = [&](const std::string& name) {
        return name.starts_with(std::string_view(measure).substr(0, measure.size() - 1));
      };
      if (prefix ? std::any_of(names.begin(), names.end(), fits) : is_metric(measure, channels)) continue;
      context_.complain(step("/measures", i), "there is no metric \"" + one_line(measure, 60) + "\"",
                        suggest(measure, names));
    }
  }

  void carried() {
    const std::vector<std::string> targets = fault_targets();
    for (std::size_t i = 0; i < estate_.links.size() && !enough(); ++i) {
      const std::vector<std::string>& carries = estate_.links[i].carries;
      for (std::size_t k = 0; k < carries.size() && !enough(); ++k) {
        aimed(carries[k], targets, step(step(step("/network/links", i), "carries"), k));
      }
    }
  }

  void apis() {
    const std::vector<std::string> targets = fault_targets();
    for (std::size_t i = 0; i < estate_.apis.size() && !enough(); ++i)
      aimed(estate_.apis[i].interface, targets, step(step("/systems/apis", i), "interface"));
  }

  // --- helpers

  bool enough() const { return context_.problems.size() >= problems_max; }

  /// `target` is a name among the sorted `targets`, or the beginning of one before a `*`.
  void aimed(const std::string& target, const std::vector<std::string>& targets, const std::string& pointer) {
    const bool prefix = target.ends_with('*');
    const std::string_view name = std::string_view(target).substr(0, target.size() - (prefix ? 1 : 0));
    const auto found = std::lower_bound(targets.begin(), targets.end(), name);
    if (found != targets.end() && (prefix ? found->starts_with(name) : *found == name)) return;
    context_.complain(pointer, "there is no \"" + one_line(target, 60) + "\"", suggest(target, targets));
  }

  std::vector<std::string> channel_codes() const {
    std::vector<std::string> codes;
    for (const models::ChannelParams& channel : estate_.channels) codes.push_back(channel.code);
    return codes;
  }

  void known(const std::string& name, const std::vector<std::string>& names, const std::string& pointer) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    context_.complain(pointer, name.empty() ? "is missing" : "there is no \"" + one_line(name, 40) + "\"",
                      suggest(name, names));
  }

  void known_item(const std::string& name, const std::string& pointer) {
    if (any_item_) return;
    const models::CatalogueParams& c = estate_.catalogue;
    if (items_.empty()) {
      for (const models::ItemParams& item : c.items) items_.insert(item.code);
    }
    if (items_.contains(name)) return;
    if (name.starts_with("SKU-") && name.size() >= 9 && name.size() <= 11) {
      const auto number = parse_decimal(std::string_view(name).substr(4), 0);
      if (number && *number >= 1 && *number <= c.generated && name == fmt::format("SKU-{:05}", *number))
        return;
    }
    std::vector<std::string> names(items_.begin(), items_.end());
    if (names.size() > 1000) names.resize(1000);
    if (c.generated > 0) names.push_back(fmt::format("SKU-{:05}", 1));
    context_.complain(pointer,
                      name.empty() ? "is missing" : "there is no item \"" + one_line(name, 40) + "\"",
                      suggest(name, names));
  }

  std::vector<std::string> fault_parties() const {
    std::vector<std::string> parties = node_codes(scenario_);
    for (const std::string& channel : channel_codes()) parties.push_back(channel);
    for (const models::OtherErpParams& other : estate_.erps) parties.push_back(other.name);
    for (const char* party :
         {"erp", "psp", "gift-cards", "tax", "carrier", "documents", "crm", "integration", "supplier"})
      parties.emplace_back(party);
    return parties;
  }

  /// Whatever a fault may aim at, sorted.
  std::vector<std::string> fault_targets() const {
    const std::vector<std::string> parties = fault_parties();
    std::vector<std::string> targets = parties;
    for (const char* interface : models::interface_names) {
      targets.emplace_back(interface);
      for (const std::string& party : parties) targets.push_back(std::string(interface) + "." + party);
    }
    targets.emplace_back("carrier.invoices");
    for (const models::LinkParams& link : estate_.links) targets.push_back(link.name);
    for (const models::HostParams& host : estate_.hosts) targets.push_back(host.name);
    std::sort(targets.begin(), targets.end());
    return targets;
  }

  const Scenario& scenario_;
  const models::EstateParams& estate_;
  bool any_item_;
  ReadContext& context_;
  std::set<std::string> items_;  ///< codes of explicit items, filled when first asked for
};

}  // namespace

std::vector<std::string> node_codes(const Scenario& scenario) {
  const models::NodesParams& nodes = scenario.estate.nodes;
  std::vector<std::string> codes;
  for (std::uint32_t i = 1; i <= nodes.dcs; ++i) codes.push_back(fmt::format("dc-{}", i));
  for (std::uint32_t i = 1; i <= nodes.third_parties; ++i) codes.push_back(fmt::format("3pl-{}", i));
  for (const std::string& name : nodes.store_names) codes.push_back(name);
  if (nodes.store_names.empty()) {
    for (std::uint32_t i = 1; i <= nodes.stores; ++i) codes.push_back(fmt::format("store-{:02}", i));
  }
  return codes;
}

std::vector<std::string> store_codes(const Scenario& scenario) {
  std::vector<std::string> codes = node_codes(scenario);
  codes.erase(codes.begin(), codes.begin() + scenario.estate.nodes.dcs);
  return codes;
}

void check_references(const Scenario& scenario, bool any_item, ReadContext& context) {
  ReferenceCheck(scenario, any_item, context).run();
}

}  // namespace omnisim::harness
