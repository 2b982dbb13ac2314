// What the estate's core is configured with, and what goes wrong around it.
#pragma once

#include <string>
#include <vector>

#include "models/context.hpp"

namespace omnisim::models {

/// What goes wrong in this run. Faults without an end heal when demand ends.
std::vector<sim::FaultSpec> faults_of(const EstateParams& params, const PatternParams& pattern);

/// Once all parties are connected to the network.
core::Config configuration_of(const Context& context, std::string rules_json);

}  // namespace omnisim::models
