// Operations: somebody looks at the core's dead letters now and then, and tries them again; and upgrades the
// mapping, some time after the ERP has had a release.
#pragma once

#include "models/context.hpp"
#include "models/gate.hpp"

namespace omnisim::models {

class OperationsDesk final : private sim::Handler {
 public:
  OperationsDesk(const Context& context, Gate& gate) : context_(context), gate_(gate) {}
  void start();

 private:
  void on_event(sim::Time now, std::uint64_t upgrade) override;
  void arm();

  static constexpr std::uint64_t replay = ~std::uint64_t{0};

  const Context& context_;
  Gate& gate_;
};

/// The core's view of all releases of the scenario's ERPs, in order; those that are mapped later than
/// `calendar.from` are not known at the start. Empty where the pattern has no faults.
std::vector<core::WireChange> wire_changes(const EstateParams& params, const PatternParams& pattern);

}  // namespace omnisim::models
