// What a scenario can say about the payment provider, and about rates of exchange. Part of params.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

/// From the ledger's day of `from` on one unit of `currency` is worth `rate` units of the scenario's
/// currency, to a millionth.
struct RateParams {
  std::string currency;
  core::Time from{};
  double rate = 1;
};

/// What is wrong with payouts. Nobody is told but by what is not in the bank, or not in the file.
struct PayoutParams {
  std::int32_t short_bp =
      0;  ///< of each payout's net: the file says that it is paid, and the bank lacks it …
  core::Duration rest_after = std::chrono::hours{24 * 7};  ///< … until then
  double late_share = 0;                                   ///< payouts that are paid so much later:
  core::Duration late_by = std::chrono::hours{24 * 3};
  double missing_share =
      0;  ///< captures that are left out of their day's payout, and come with the next day's
  std::int32_t reserve_bp = 0;  ///< of each day's captures, withheld and not in the file …
  core::Duration reserve_for = std::chrono::hours{24 * 7};  ///< … until a payout of its own after so long
};

/// Cardholders who dispute what was captured, of their own accord.
struct ChargebackParams {
  double share = 0;                                             ///< of captured orders
  sim::Distribution after;                                      ///< seconds from the first capture
  core::Duration evidence_within = std::chrono::hours{24 * 7};  ///< of every dispute, the seller has so long
  core::Duration decided_after = std::chrono::hours{24 * 30};   ///< after it was opened
  double won_share = 0.5;  ///< of those where evidence has come; the others are lost
};

struct PaymentParams {
  sim::Distribution authorise_time;  ///< seconds
  sim::Distribution capture_time;
  sim::Distribution refund_time;
  std::int32_t fee_bp = 140;
  core::Money fee_fixed{20};
  core::Money dispute_fee{1500};        ///< kept whoever wins [m]
  std::uint32_t payout_after_days = 2;  ///< T+2
  core::Duration payout_at = std::chrono::hours{5};
  core::Duration authorisation_life{};  ///< the provider gives the rest of it up after this; 0: never
  double capture_failure_share = 0;     ///< captures that fail the first time they are asked for
  PayoutParams payouts;
  ChargebackParams chargebacks;
};

}  // namespace omnisim::models
