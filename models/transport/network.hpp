// Makes the ways between parties and the core, each with what the pattern says of its interface, the link
// that carries it, and the faults that aim at it.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.hpp"
#include "models/transport/caller.hpp"
#include "models/transport/way.hpp"

namespace omnisim::models {

/// What is known of one interface's traffic.
struct InterfaceTraffic {
  std::string name;
  WayCounters counters;
  std::size_t under_way = 0;
};

class Network {
 public:
  Network(const EstateParams& params, const PatternParams& pattern, const PostOffice& office,
          sim::Streams& streams, const sim::FaultPlan& faults, const core::Directory& names,
          const Party& integration);

  /// A way into the core for `end` ("store-07"); it becomes one more source of the core, with the number of
  /// `sources().size()` before.
  Way& into_core(std::string_view interface_name, std::string_view end, core::Format format,
                 const Party& sender, Sink& sink);
  /// Where the pattern leaves delivery to the core, `answers` hears of each call.
  Outlet& out_of_core(std::string_view interface_name, std::string_view end, const Party& receiver,
                      Sink& sink, Answers& answers);

  const std::vector<core::Source>& sources() const { return sources_; }
  /// Those that the pattern leaves to the core's dispatcher.
  std::vector<core::ApiPolicy> apis(const core::Directory& directory) const;
  /// By interface, in the order of `interface_names`.
  std::vector<InterfaceTraffic> traffic() const;
  /// Ways on which something is still under way.
  std::vector<std::string> pending() const;
  /// Does nothing on this interface get lost for good?
  bool is_reliable(std::string_view interface_name) const;

 private:
  Way& add(std::string_view interface_name, std::string_view end, bool to_core, const Party& sender,
           const Party& receiver, Sink& sink);
  WaySpec spec_of(std::string_view interface_name, std::string_view end, bool to_core) const;
  const ApiParams* limits_of(const WaySpec& spec) const;
  const InterfaceParams& params_of(std::string_view interface_name) const;
  InterfaceParams params_of(std::string_view interface_name, std::string_view end) const;
  const LinkParams* link_of(std::string_view interface_name, std::string_view name,
                            const InterfaceParams& params) const;

  const EstateParams& params_;
  const PatternParams& pattern_;
  PostOffice office_;
  sim::Streams& streams_;
  const sim::FaultPlan& faults_;
  const core::Directory& names_;
  const Party& integration_;
  std::map<std::string, sim::LinkId> links_;
  std::deque<Way> ways_;
  std::deque<Caller> callers_;
  std::vector<core::Source> sources_;
};

}  // namespace omnisim::models
