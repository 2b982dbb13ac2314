// What the bank writes: ISO 20022 camt.053.001.08, the booked entries of one account since its last
// statement.
#pragma once

#include <span>
#include <string>

#include "core/canonical/money.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

struct BankEntry {
  core::Code reference;   ///< the bank's
  core::Code end_to_end;  ///< the payer's: the number of the payout or settlement
  core::Money amount;     ///< credit positive, debit negative
  core::Time at;          ///< of booking
};

/// The statement number is `stamp.correlation`; `currency` as in ISO 4217; `opening` the balance before the
/// entries.
void bank_statement(std::string& out, const Stamp& stamp, const core::Code& currency, core::Money opening,
                    std::span<const BankEntry> entries);

}  // namespace omnisim::models::wire
