#pragma once

#include <string>
#include <vector>

#include "reports/explanation.hpp"

/// What `omnisim explain` says of a run: the whole of it, and the chains of the largest of what was broken.
namespace omnisim::reports::html {

/// Empty where there are none. The first explains the run as a whole; each of the others opens.
std::string explanations(const std::vector<Explanation>& explanations);

}  // namespace omnisim::reports::html
