// What a scenario can say about sales tax: where it is due, when rates change, and where shops and tills have
// their rates from. Part of params.hpp, which says what holds for all parameters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

using core::Duration;

/// A rate that holds from midnight of a day, by the jurisdiction's clock.
struct RateChangeParams {
  std::string from;  ///< 2026-12-01
  std::int32_t rate_bp = 0;
};
/// Where a sale is taxed: a store's own, or the one that an online order is shipped to.
struct JurisdictionParams {
  std::string code;
  std::int32_t rate_bp = 2000;  ///< until the first change
  std::int32_t utc_offset_min = 0;
  std::vector<RateChangeParams> changes;
  bool marketplace_remits = true;  ///< deemed supplier: the tax of its sales is never ours
  double online_share = 1;         ///< of online orders, against the others'
  std::vector<std::string> stores;
};
/// engine: asked for each sale. cached: copied from it at a cadence. dated: kept with the days from which
/// rates hold, and changed over by its owner's own clock and zone.
enum class RateSource : std::uint8_t { engine, cached, dated };
/// What a sale is taxed at where the engine gives no answer in time: what it said last, a flat rate, or it is
/// no sale.
enum class RateFallback : std::uint8_t { cached, flat, refuse };
struct RateSourceParams {
  RateSource rates = RateSource::engine;
  Duration refresh_every = std::chrono::hours{24};  ///< cached
  Duration refresh_at{};                            ///< … after midnight UTC
  Duration zone_ahead{};                            ///< dated: of the jurisdiction's zone
  RateFallback fallback = RateFallback::cached;
  std::int32_t flat_bp = 0;
};
struct TaxParams {
  std::vector<JurisdictionParams> jurisdictions;  ///< none: `DemandParams::tax_bp` everywhere and always
  RateSourceParams shops, tills;
  sim::Distribution quote_time;  ///< seconds until the engine answers a shop
  Duration quote_timeout = std::chrono::seconds{5};
  Duration till_report_every{};  ///< tills tell the engine what they charged; 0: at once
  Duration remit_after{};        ///< after the period's end: what the ledger says is owed is paid; 0: never
};

}  // namespace omnisim::models
