// The carrier's contract, as the carrier has it, and as the core's configuration does.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/canonical/directory.hpp"
#include "models/params.hpp"

namespace omnisim::models {

/// The name under which the carrier writes.
inline constexpr std::string_view carrier_name = "carrier";

/// The row by which `node` ships: one of its own, else the first for all; null where there is none.
inline const FreightRateParams* rate_of(std::span<const FreightRateParams> contract, std::string_view node) {
  const FreightRateParams* for_all = nullptr;
  for (const FreightRateParams& row : contract) {
    if (row.node == node) return &row;
    if (row.node.empty() && for_all == nullptr) for_all = &row;
  }
  return for_all;
}

/// `knows_better`: whatever somebody has got wrong in the table, it is the contract's.
inline std::vector<core::FreightRate> freight_rates_of(const EstateParams& params,
                                                       const core::Directory& names, bool knows_better) {
  const FreightParams& freight = params.carrier.freight;
  const bool own = !freight.rates_known.empty() && !knows_better;
  std::vector<core::FreightRate> rates;
  for (const FreightRateParams& row : own ? freight.rates_known : freight.rates) {
    rates.push_back({.carrier = *core::Code::from(carrier_name),
                     .service = core::Code::from(row.service).value_or(core::Code{}),
                     .node = row.node.empty() ? core::NodeId{} : names.node(row.node),
                     .per_parcel = row.per_parcel,
                     .per_unit = row.per_unit});
  }
  return rates;
}

}  // namespace omnisim::models
