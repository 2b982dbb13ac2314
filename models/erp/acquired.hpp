// What an acquisition means for codes: the bought company's systems and its ERP have names of their own for
// items, nodes and accounts, and the integration has a mapping table of them, perhaps with gaps.
#pragma once

#include <vector>

#include "core/canonical/directory.hpp"
#include "core/config.hpp"
#include "models/params.hpp"

namespace omnisim::models {

/// The directory as the systems of `company` write it: the same ids, its own codes.
core::Directory names_in(const OtherErpParams& company, const core::Directory& ours);

/// `params` where nothing goes wrong: mapping tables are whole, and the ERPs of acquired companies keep the
/// group's calendar.
EstateParams with_whole_tables(EstateParams params);

/// Makes `directory` know the codes of acquired systems, as far as the mapping tables have them. Throws
/// std::invalid_argument, naming it, for a code that is too long or taken.
void add_aliases(core::Directory& directory, const EstateParams& params);

/// What the core is told of the other ledgers: which entries they get, and the mapping tables as they are.
std::vector<core::OtherLedger> other_ledgers(const EstateParams& params, const core::Directory& directory);

}  // namespace omnisim::models
