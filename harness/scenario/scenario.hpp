// A scenario as the program holds it: the estate, and what is asked of a run. Everything has a default.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/params.hpp"

namespace omnisim::harness {

struct Scenario {
  std::string name;
  std::string title;
  std::string description;
  models::EstateParams estate;
  std::string pattern = "event-orchestrated";  ///< a name; empty where the file holds the pattern itself
  std::vector<std::string> measures;           ///< metrics to keep, or prefixes with `*`; empty: all
  std::map<std::string, std::vector<std::string>> expect;  ///< by pattern name, "*" for every one
};

}  // namespace omnisim::harness
