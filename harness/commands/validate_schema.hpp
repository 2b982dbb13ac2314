// `omnisim validate --schema OLD NEW`: may a version of an event's schema follow another?
#pragma once

#include <string>
#include <vector>

namespace omnisim::harness {

struct SchemaArgs {
  std::vector<std::string> files;    ///< older and newer
  std::string compatibility;         ///< "backward", "forward" or "full"
  std::vector<std::string> renamed;  ///< "before=after": members of `data` that are translated
};

/// `done`, or `not_held` where something speaks against it. Throws BadInput for a file that is no schema.
int validate_schema(const SchemaArgs& args, bool json);

}  // namespace omnisim::harness
