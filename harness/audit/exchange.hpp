// The auditors' own rates of exchange, from the scenario: an order in another currency is worth, to its end,
// what it was worth on the day on which it was placed, in the ledger's zone (decision 0019).
#pragma once

#include <cstdint>

#include "models/params.hpp"

namespace omnisim::audit {

/// Minor units of the ledger's currency for a million of an order's own; zero: it is in the ledger's.
using Rate = std::int64_t;

/// Of an order of `channel` that was placed at `placed`.
Rate rate_of_order(const models::EstateParams& params, core::ChannelId channel, core::Time placed);

/// To the nearest minor unit, halves away from zero.
core::Money in_ledger_currency(core::Money amount, Rate rate);

/// What goods cost is in the ledger's currency, whatever they are sold in.
bool is_kept_at_cost(std::uint32_t account);

}  // namespace omnisim::audit
