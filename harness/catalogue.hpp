// What `omnisim list` knows: names with units and one line each.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace omnisim::harness {

struct CatalogueEntry {
  std::string name;
  std::string unit;  ///< or kind: what a name is of; may be empty
  std::string text;
  /// More about it, for programs: name and value.
  std::vector<std::pair<std::string, std::string>> details = {};
};

/// The topics, in the order of the help text.
const std::vector<std::string>& catalogue_topics();
/// Throws BadInput where a file that is to be listed cannot be read.
std::vector<CatalogueEntry> catalogue(const std::string& topic);

}  // namespace omnisim::harness
