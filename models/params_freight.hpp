// What a scenario can say about what carriers ask for their parcels. Part of params.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

/// A row of the contract.
struct FreightRateParams {
  std::string service = "parcel";  ///< the contract's word for it
  std::string node{};              ///< that ships by it; empty: all that have no row of their own
  core::Money per_parcel{};
  core::Money per_unit{};  ///< on top, for each unit in the parcel
};

/// Shares are chances that belong to the parcel, so a carrier is the same under every pattern. Its mistakes
/// are faults: where the pattern has none, it makes none.
struct FreightParams {
  std::vector<FreightRateParams> rates;        ///< by contract; empty: carriage costs nothing
  std::vector<FreightRateParams> rates_known;  ///< what the core's table says; empty: the same
  /// An invoice bills the parcels that were handed over since the last one, and is dated so.
  core::Duration invoice_every = std::chrono::hours{24 * 7};
  sim::Distribution invoice_after;  ///< seconds from the date of an invoice until it is sent
  double surcharge_share = 0;       ///< parcels that cost more than the rate, as the invoice says:
  core::Money surcharge{};          ///< … so much
  double overcharge_share = 0;      ///< parcels that are billed at another rate than the contract's
  std::int32_t overcharge_bp = 0;   ///< that rate, above the contract's; below zero: less
  double twice_share = 0;           ///< parcels that the next invoice bills again
  double missing_share = 0;        ///< parcels that are left out of their invoice, and billed by the next one
  core::Duration credits_after{};  ///< the first invoice so long after a mistake credits it; 0: never
};

}  // namespace omnisim::models
