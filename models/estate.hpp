// The whole estate: every party, the ways between them and the core, and the demand that drives them. The
// harness builds one for a run:
//
//   Estate estate(params, pattern, trace_or_null, engine, streams, trace, world);
//   Core core(estate.core_config(rules), estate.outbound(), store);   // behind core::Inbound
//   estate.attach(inbound);
//   estate.start();
//   engine.run(limit);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/config.hpp"
#include "core/ports/inbound.hpp"
#include "core/ports/outbound.hpp"
#include "models/erp/general_ledger.hpp"
#include "models/params.hpp"
#include "models/trace.hpp"
#include "models/traffic.hpp"
#include "models/world/world.hpp"
#include "sim/engine.hpp"
#include "sim/random.hpp"
#include "sim/station.hpp"
#include "sim/trace.hpp"

namespace omnisim::models {

/// Counters of one interface or system, for metrics.
struct SystemStats {
  std::string system;
  std::uint64_t calls = 0, throttled = 0, retries = 0;
  bool is_erp = false;
};

class Estate {
 public:
  /// `trace` replaces generated demand where not null; it must outlive the estate, as must everything given
  /// by reference.
  Estate(const EstateParams& params, const PatternParams& pattern, const Trace* trace, sim::Engine& engine,
         sim::Streams& streams, sim::Trace& events, world::World& world);
  ~Estate();
  Estate(const Estate&) = delete;
  Estate& operator=(const Estate&) = delete;

  /// Master data, sources, feeds, periods and capabilities for the core. `rules_json` is the text of its
  /// posting rules.
  core::Config core_config(std::string rules_json) const;
  core::Outbound& outbound();
  Traffic& traffic();
  void attach(core::Inbound& core);
  /// Opens stock and schedules demand, script, deliveries and counts. Once, after `attach`.
  void start();

  const GeneralLedger& ledger() const { return *ledgers().front(); }
  /// The group's own first, then those of `EstateParams::erps`, under their own account numbers.
  std::vector<const GeneralLedger*> ledgers() const;
  sim::StationStats erp_station() const;
  std::vector<SystemStats> stats() const;
  /// What is still under way, in words, for a run that does not come to rest.
  std::vector<std::string> pending() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Master data of a scenario alone, for auditors and for sizing the world before an Estate exists.
core::Directory make_directory(const EstateParams& params, const Trace* trace);

}  // namespace omnisim::models
