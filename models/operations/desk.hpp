// Operations: somebody looks at the core's dead letters now and then, and tries them again.
#pragma once

#include "models/context.hpp"
#include "models/gate.hpp"

namespace omnisim::models {

class OperationsDesk final : private sim::Handler {
 public:
  OperationsDesk(const Context& context, Gate& gate) : context_(context), gate_(gate) {}
  void start() { arm(); }

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  void arm();

  const Context& context_;
  Gate& gate_;
};

}  // namespace omnisim::models
