// What a scenario can say of suppliers, of whoever buys from them, and of DCs, ours and others'. Part of
// params.hpp, which says what holds for all parameters.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

/// What a supplier makes of a purchase order. Shares are chances that belong to the order, so a supplier is
/// the same under every pattern.
struct SupplierParams {
  sim::Distribution lead_time;                           ///< seconds from the order to our dock
  core::Duration notice_ahead = std::chrono::hours{24};  /// the goods leave, and are announced, so long
                                                         /// before they are due; at most the lead time
  bool announces = true;                                 ///< sends a ship notice (X12 856)
  double late_share = 0;                                 ///< deliveries that come later than announced
  sim::Distribution late_by;                             ///< seconds, of those
  double short_share = 0;                                ///< deliveries that bring less than was ordered
  double short_by_share = 0.1;                           ///< of each line of those, rounded up to whole units
  double unnoticed_share = 0;         ///< short deliveries of which ship notice and invoice know nothing
  core::Duration rest_after{};        ///< what was missing follows after this; 0: never
  double damaged_share = 0;           ///< units that arrive broken: rejected at the dock
  sim::Distribution invoice_after;    ///< seconds after the goods left
  double uninvoiced_share = 0;        ///< deliveries whose invoice never comes
  double overcharge_share = 0;        ///< invoices at another price than the order's
  std::int32_t overcharge_bp = 0;     ///< that price, above the order's; below zero: less
  core::Duration correction_after{};  ///< a disputed invoice is corrected after this; 0: never
};

/// Who buys: the ERP's purchasing desk.
struct ProcurementParams {
  bool by_order = false;  ///< deliveries and stores' replenishment are ordered, announced, invoiced and paid
  core::Duration payment_terms = std::chrono::hours{24 * 30};  ///< an approved invoice is paid after this
};

/// Our own distribution centres, and those that others run for us.
struct DcParams {
  core::Duration wave_every = std::chrono::hours{2};
  std::uint32_t pick_capacity_per_hour = 600;  ///< units
  sim::Distribution pack_time;                 ///< seconds
  double miss_share = 0;                       ///< picks where the picker does not find a unit that is there
  core::Duration
      recount_after{};  ///< a shelf where a picker found too little is counted after this long; 0 = never
  core::Duration carrier_pickup_every = std::chrono::hours{4};
  sim::Distribution put_away_time;      ///< seconds from the dock to the shelf; until then nobody can sell it
  double put_away_broken_share = 0;     ///< units that break on that way
  core::Duration rejects_back_after{};  ///< what was rejected goes back to its supplier after this; 0: never
  double damaged_per_day = 0;           ///< units, each DC
  core::Duration count_every{};         ///< cycle counts; 0 = none before the final stocktake
  double count_share = 0;               ///< share of SKUs counted each time
};

/// Warehouses that others run for us ("3pl-1" …). They speak X12 files, at their own times.
struct ThirdPartyParams {
  core::Duration files_every{};  ///< they exchange files at this cadence; 0: as the pattern's interfaces do
  core::Duration files_at{};     ///< after midnight UTC
  core::Duration snapshot_every{};  ///< they send a stock list (X12 846) at this cadence; 0: never
  core::Duration snapshot_at{};     ///< after midnight UTC
};

}  // namespace omnisim::models
