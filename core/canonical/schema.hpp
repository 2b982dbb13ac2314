// JSON Schema (draft-07) of the canonical form, made from the description that readers and writers walk
// (fields.hpp), so that a party can check its messages before it sends them. The texts are committed under
// core/canonical/schemas/; a test holds that they are these, and that they agree with the decoder.
//
// A schema says what a message's shape and its single values may be. What it cannot say is listed, and
// exercised, in tests/core/canonical_schema_agreement_test.cpp: master data, sums, the order of lines.
#pragma once

#include <string>

#include "core/canonical/event.hpp"

namespace omnisim::core {

/// The schema of an event type in a version, as the text of a file that ends with a line's end.
/// That of an older one is the newest's with the names of then.
std::string json_schema(EventType type, std::uint16_t version);

/// The name of that file: "order.placed.v1.json".
std::string schema_file_name(EventType type, std::uint16_t version);

}  // namespace omnisim::core
