// The families of adapters; make_adapter (decode.cpp) picks by format.
#pragma once

#include <memory>

#include "core/canonical/decode.hpp"

namespace omnisim::core {

std::unique_ptr<Adapter> make_json_adapter(Format format, const Directory& directory);
std::unique_ptr<Adapter> make_delimited_adapter(Format format, const Directory& directory);
std::unique_ptr<Adapter> make_xml_adapter(const Directory& directory);

}  // namespace omnisim::core
