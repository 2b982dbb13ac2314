// The families of adapters; make_adapter (decode.cpp) picks by format.
#pragma once

#include <memory>

#include "core/canonical/decode.hpp"

namespace omnisim::core {

std::unique_ptr<Adapter> make_json_adapter(Format format, const Directory& directory);
std::unique_ptr<Adapter> make_delimited_adapter(Format format, const Directory& directory);
std::unique_ptr<Adapter> make_xml_adapter(const Directory& directory);
std::unique_ptr<Adapter> make_x12_adapter(const Directory& directory);
/// Builds a document tree, so that it allocates; a bank sends a statement a day.
std::unique_ptr<Adapter> make_camt053_adapter(const Directory& directory);

}  // namespace omnisim::core
