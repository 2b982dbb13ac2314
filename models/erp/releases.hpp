// Versions of the ERP's API over time: which one a reply is written in, and what that version calls its
// members.
#pragma once

#include <span>
#include <string>

#include "models/erp/params.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

/// How many of `releases` are in the version that a caller is served at `now`: all that there are, or, where
/// it pins an older one, as many as it must while that one is supported.
std::size_t releases_served(std::span<const ErpReleaseParams> releases, std::uint32_t pinned_version,
                            sim::Time now);

/// A JSON text with the members of those releases under their new names.
void rename_members(std::string& json, std::span<const ErpReleaseParams> releases);

}  // namespace omnisim::models
