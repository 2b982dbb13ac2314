// Writes what the core sends as ASC X12: 940 Warehouse Shipping Order, for a warehouse that takes no other
// form.
#pragma once

#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

/// Who writes to whom, and the interchange's number. Identifiers are of 1 to 15 characters, with their
/// qualifiers (ISA05: "ZZ" mutually defined, "01" D-U-N-S …).
struct X12Interchange {
  std::string_view sender_qualifier = "ZZ", sender;
  std::string_view receiver_qualifier = "ZZ", receiver;
  std::uint32_t control = 1;  ///< 1 to 999,999,999; each interchange to a receiver has its own
  Time at;                    ///< when it is written
};

/// Appends the 940 of a line.allocated to `out`, segments between `~` and elements between `*`. Its date of
/// shipping is a day (G62), so a promise within a day becomes that day. Returns what cannot be written, and
/// then appends nothing: "type", "sender", "receiver", "control" or the field whose code holds a separator;
/// empty where all went well.
std::string_view encode_x12(const Event& event, const Directory& directory, const X12Interchange& interchange,
                            std::string& out);

}  // namespace omnisim::core
