// The rates of exchange of the world, as the parties know them. Everybody rounds to the nearest minor unit,
// halves away from zero.
#pragma once

#include <cmath>

#include "models/params.hpp"

namespace omnisim::models {

constexpr std::int64_t one_for_one = 1'000'000;

inline std::int64_t millionths_of(const RateParams& rate) { return std::llround(rate.rate * 1e6); }

/// The first day of the ledger's zone on which a rate holds.
inline core::BusinessDay day_of(const RateParams& rate, const EstateParams& params) {
  const std::chrono::minutes zone{params.calendar.ledger_utc_offset_min};
  return std::chrono::floor<std::chrono::days>(rate.from + zone);
}

/// Millionths of the scenario's currency for one unit of `currency` at `at`; one for one where it is the
/// scenario's own.
inline std::int64_t rate_at(const EstateParams& params, const std::string& currency, core::Time at) {
  std::int64_t found = one_for_one;
  core::Time since = core::Time::min();
  const std::chrono::minutes zone{params.calendar.ledger_utc_offset_min};
  const auto day = std::chrono::floor<std::chrono::days>(at + zone);
  for (const RateParams& rate : params.rates) {
    if (rate.currency != currency || day_of(rate, params) > day || rate.from < since) continue;
    since = rate.from;
    found = millionths_of(rate);
  }
  return found;
}

/// … as the core is configured with them.
inline std::vector<core::ExchangeRate> rates_of(const EstateParams& params) {
  std::vector<core::ExchangeRate> rates;
  for (const RateParams& rate : params.rates) {
    rates.push_back({.currency = core::Code::from(rate.currency).value_or(core::Code{}),
                     .from = day_of(rate, params),
                     .millionths = millionths_of(rate)});
  }
  return rates;
}

inline core::Money times(core::Money amount, std::int64_t numerator, std::int64_t denominator) {
  const core::Int128 product = static_cast<core::Int128>(amount.minor) * numerator;
  const core::Int128 half = product < 0 ? -denominator / 2 : denominator / 2;
  return {static_cast<std::int64_t>((product + half) / denominator)};
}
inline core::Money to_base(core::Money amount, std::int64_t millionths) {
  return millionths == one_for_one ? amount : times(amount, millionths, one_for_one);
}
inline core::Money from_base(core::Money amount, std::int64_t millionths) {
  return millionths == one_for_one ? amount : times(amount, one_for_one, millionths);
}

}  // namespace omnisim::models
