#include "models/transport/network.hpp"

#include <algorithm>
#include <iterator>

#include "models/master_data.hpp"

namespace omnisim::models {
namespace {

constexpr struct {
  std::string_view interface_name;
  core::Role role;
} senders[] = {{"tills", core::Role::till},
               {"back_office", core::Role::warehouse},
               {"wms", core::Role::warehouse},
               {"storefront", core::Role::channel},
               {"marketplaces", core::Role::channel},
               {"carrier", core::Role::carrier},
               {"psp", core::Role::payment_provider},
               {"payouts", core::Role::payment_provider},
               {"settlements", core::Role::channel},
               {"gift_cards", core::Role::gift_card_service},
               {"tax", core::Role::tax_engine},
               {"erp_replies", core::Role::erp},
               {"documents", core::Role::document_desk},
               {"bank", core::Role::bank},
               {"crm", core::Role::crm},
               {"suppliers", core::Role::supplier},
               {"master_data", core::Role::erp},
               {"trading_partners", core::Role::warehouse},
               {"trading_partners.supplier", core::Role::supplier}};

/// Of one end of an interface where that has a role of its own, else of the interface.
core::Role role_of(std::string_view way, std::string_view interface_name) {
  if (way != interface_name) {
    const core::Role own = role_of(way, way);
    if (own != core::Role::any) return own;
  }
  const auto row = std::find_if(std::begin(senders), std::end(senders),
                                [&](const auto& s) { return s.interface_name == interface_name; });
  return row == std::end(senders) ? core::Role::any : row->role;
}

}  // namespace

Network::Network(const EstateParams& params, const PatternParams& pattern, const PostOffice& office,
                 sim::Streams& streams, const sim::FaultPlan& faults, const core::Directory& names,
                 const Party& integration)
    : params_(params),
      pattern_(pattern),
      office_(office),
      streams_(streams),
      faults_(faults),
      names_(names),
      integration_(integration) {
  for (const LinkParams& link : params.links) {
    links_[link.name] = office.platform.add_link({.name = link.name,
                                                  .latency = link.latency,
                                                  .bandwidth_bytes_per_s = link.bandwidth_bytes_per_s,
                                                  .shared = link.shared});
  }
}

Way& Network::into_core(std::string_view interface_name, std::string_view end, core::Format format,
                        const Party& sender, Sink& sink) {
  Way& way = add(interface_name, end, true, sender, integration_, sink);
  if (auto specs = faults_.for_messages(way.name()); !specs.empty()) {
    auto distortion = std::make_unique<Distortion>(std::move(specs), params_, names_, format,
                                                   streams_.get(way.name(), "distortion"));
    format = distortion->format();
    way.distort(std::move(distortion));
  }
  sources_.push_back({.name = way.name(), .format = format, .role = role_of(way.name(), interface_name)});
  return way;
}

Outlet& Network::out_of_core(std::string_view interface_name, std::string_view end, const Party& receiver,
                             Sink& sink, Answers& answers) {
  if (params_of(interface_name).delivery == Delivery::transport)
    return add(interface_name, end, false, integration_, receiver, sink);
  WaySpec spec = spec_of(interface_name, end, false);
  const ApiParams* limits = limits_of(spec);
  const std::string name = spec.name;
  const LinkParams* link = pattern_.limits ? link_of(interface_name, name, spec.params) : nullptr;
  const std::string_view link_name = link != nullptr ? std::string_view(link->name) : std::string_view{};
  return callers_.emplace_back(office_, std::move(spec), limits, streams_.get(name, "latency"),
                               streams_.get(name, "api"), faults_.for_link(name, link_name),
                               faults_.for_link(name + ".answers", link_name), receiver, sink, answers);
}

WaySpec Network::spec_of(std::string_view interface_name, std::string_view end, bool to_core) const {
  WaySpec spec{.name = end.empty() ? std::string(interface_name)
                                   : std::string(interface_name) + "." + std::string(end),
               .interface_name = std::string(interface_name),
               .params = params_of(interface_name, end),
               .to_core = to_core,
               .link = {}};
  // Where nobody waits there is no line to wait for either.
  const LinkParams* link = pattern_.limits ? link_of(interface_name, spec.name, spec.params) : nullptr;
  if (link != nullptr) spec.link = links_.at(link->name);
  return spec;
}

const ApiParams* Network::limits_of(const WaySpec& spec) const {
  if (!pattern_.limits) return nullptr;
  for (const ApiParams& api : params_.apis) {
    if (api.interface == spec.interface_name || sim::target_matches(api.interface, spec.name)) return &api;
  }
  return nullptr;
}

Way& Network::add(std::string_view interface_name, std::string_view end, bool to_core, const Party& sender,
                  const Party& receiver, Sink& sink) {
  WaySpec spec = spec_of(interface_name, end, to_core);
  const std::string name = spec.name;
  const LinkParams* link = pattern_.limits ? link_of(interface_name, name, spec.params) : nullptr;
  const std::string_view link_name = link != nullptr ? std::string_view(link->name) : std::string_view{};
  const std::string back = name + ".acknowledgements";
  return ways_.emplace_back(office_, std::move(spec), streams_.get(name, "latency"),
                            faults_.for_link(name, link_name), faults_.for_link(back, link_name), sender,
                            receiver, sink);
}

const InterfaceParams& Network::params_of(std::string_view interface_name) const {
  for (const InterfaceParams& params : pattern_.interfaces) {
    if (params.name == interface_name) return params;
  }
  return pattern_.defaults;
}

/// A warehouse that others run exchanges files at its own times, whatever the pattern does with its other
/// interfaces. What is keyed into its portal follows the files, so that it never overtakes them.
InterfaceParams Network::params_of(std::string_view interface_name, std::string_view end) const {
  InterfaceParams params = params_of(interface_name);
  const ThirdPartyParams& files = params_.third_party;
  if (!pattern_.limits || files.files_every.count() == 0 || params.delivery == Delivery::core ||
      !is_third_party(params_.nodes, names_.node(end)))
    return params;
  constexpr sim::Duration portal_after = std::chrono::minutes{15};
  params.transport = Transport::batch;
  params.every = files.files_every;
  params.offset = files.files_at + (interface_name == "wms" ? portal_after : sim::Duration{});
  return params;
}

const LinkParams* Network::link_of(std::string_view interface_name, std::string_view name,
                                   const InterfaceParams& params) const {
  for (const LinkParams& link : params_.links) {
    if (!params.link.empty() && link.name == params.link) return &link;
  }
  for (const LinkParams& link : params_.links) {
    for (const std::string& carried : link.carries) {
      if (carried == interface_name || sim::target_matches(carried, name)) return &link;
    }
  }
  return nullptr;
}

namespace {

/// `no_party` where the directory has no channel or node of that code, whichever `kind` is for.
constexpr std::uint32_t no_party = core::ApiPolicy::every_party;
std::uint32_t party_of(core::ApiKind kind, std::string_view code, const core::Directory& directory) {
  if (kind == core::ApiKind::fulfilment) {
    for (std::uint32_t i = 0; i < directory.node_count(); ++i)
      if (directory.node(core::NodeId{i}).code.view() == code) return i;
  } else if (kind == core::ApiKind::replies || kind == core::ApiKind::availability) {
    for (std::uint32_t i = 0; i < directory.channel_count(); ++i)
      if (directory.channel(core::ChannelId{i}).code.view() == code) return i;
  }
  return no_party;
}

}  // namespace

std::vector<core::ApiPolicy> Network::apis(const core::Directory& directory) const {
  constexpr struct {
    std::string_view interface_name;
    core::ApiKind kind;
  } kinds[] = {{"replies", core::ApiKind::replies},
               {"availability", core::ApiKind::availability},
               {"fulfilment", core::ApiKind::fulfilment},
               {"payments", core::ApiKind::payments},
               {"gift_card_commands", core::ApiKind::gift_cards},
               {"journal", core::ApiKind::journal}};
  std::vector<core::ApiPolicy> found;
  for (const auto& [interface_name, kind] : kinds) {
    const InterfaceParams& params = params_of(interface_name);
    if (params.delivery != Delivery::core) continue;
    core::ApiPolicy api = params.api;
    api.kind = kind;
    found.push_back(api);
    for (const PartyLimits& limits : params.parties) {
      api.party = party_of(kind, limits.party, directory);
      if (api.party == no_party) continue;  // Whoever reads patterns has refused it.
      api.calls = limits.calls;
      api.per = limits.per;
      api.burst = limits.burst;
      api.in_flight_max = limits.in_flight_max;
      found.push_back(api);
    }
  }
  return found;
}

std::vector<InterfaceTraffic> Network::traffic() const {
  std::vector<InterfaceTraffic> all;
  for (const char* name : interface_names) {
    InterfaceTraffic one{.name = name, .counters = {}, .under_way = 0};
    const auto add = [&](const auto& way) {
      if (way.interface_name() != name) return;
      one.counters.messages += way.counters().messages;
      one.counters.retries += way.counters().retries;
      one.counters.refused += way.counters().refused;
      one.counters.lost += way.counters().lost;
      one.under_way += way.under_way();
    };
    for (const Way& way : ways_) add(way);
    for (const Caller& caller : callers_) add(caller);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<std::string> Network::pending() const {
  std::vector<std::string> found;
  const auto add = [&](const auto& way) {
    if (way.under_way() > 0)
      found.push_back(std::to_string(way.under_way()) + " messages under way on " + way.name());
  };
  for (const Way& way : ways_) add(way);
  for (const Caller& caller : callers_) add(caller);
  return found;
}

bool Network::is_reliable(std::string_view interface_name) const {
  const InterfaceParams& params = params_of(interface_name);
  if (params.delivery == Delivery::core) return pattern_.capabilities.retry && params.api.tries_max == 0;
  return params.promise == Promise::at_least_once && params.tries_max == 0;
}

}  // namespace omnisim::models
