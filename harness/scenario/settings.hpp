// `--set path=value`: changes a document before it is read.
#pragma once

#include <string>
#include <vector>

#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {

struct Setting {
  std::string path;   ///< dotted: "demand.tax_bp", "channels.web.priority"
  std::string value;  ///< JSON, or else text
};

/// Throws BadUsage where there is no `=` or no path.
Setting parse_setting(const std::string& text);

/// Puts the value at its place. Elements of lists go by index, or by their name or code. Throws BadInput
/// (with `file` as its name) where the path leads into something that has no parts, or names an element that
/// is not there. A key that does not exist is added: whoever reads the document knows whether it may be
/// there.
void apply(const Setting& setting, Json& document, const std::string& file);

}  // namespace omnisim::harness
