// What a scenario says about sales tax. Part of describe.hpp, which says how descriptions are read.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::RateChangeParams& p) {
  visit("from", p.from, {.doc = "the day, such as 2026-12-01: from its midnight there", .required = true});
  visit("rate_bp", p.rate_bp, {.doc = "basis points of net", .required = true, .max = 10'000});
}

template <class V>
void describe(V& visit, models::JurisdictionParams& p) {
  visit("code", p.code, {.doc = "a name", .required = true, .text = Text::code});
  visit("rate_bp", p.rate_bp,
        {.doc = "sales tax until the first change, basis points of net", .max = 10'000});
  visit("utc_offset_min", p.utc_offset_min,
        {.doc = "its clock, minutes ahead of UTC", .min = -14 * 60, .max = 14 * 60});
  visit("changes", p.changes, {.doc = "other rates, each from a day on", .count_max = 1000});
  visit("marketplace_remits", p.marketplace_remits,
        {.doc = "a marketplace owes the tax of what is sold through it; false: the seller does"});
  visit("online_share", p.online_share, {.doc = "weight of online orders that go there", .max = 1e6});
  visit(
      "stores", p.stores,
      {.doc = "its stores; those that nobody names are in the first", .text = Text::code, .count_max = 5000});
}

template <class V>
void describe(V& visit, models::RateSourceParams& p) {
  visit(
      "rates", p.rates,
      {.doc =
           "engine: asked for each sale; cached: copied at a cadence; dated: changed over by its own clock"});
  visit("refresh_every", p.refresh_every, {.doc = "cached: cadence of the copies", .min = 60});
  visit("refresh_at", p.refresh_at, {.doc = "cached: after midnight UTC", .max = 86'400});
  visit("zone_ahead", p.zone_ahead,
        {.doc = "dated: what its zone is ahead of its jurisdiction's", .min = -86'400, .max = 86'400});
  visit("fallback", p.fallback,
        {.doc = "engine, and no answer in time: what it said last, a flat rate, or (shops) no sale"});
  visit("flat_bp", p.flat_bp, {.doc = "the flat rate, basis points of net", .max = 10'000});
}

template <class V>
void describe(V& visit, models::TaxParams& p) {
  visit("jurisdictions", p.jurisdictions,
        {.doc = "where sales are taxed; none: demand.tax_bp everywhere and always", .count_max = 1000});
  visit("shops", p.shops, {.doc = "where web shops have their rates from"});
  visit("tills", p.tills, {.doc = "where tills have their rates from"});
  visit("quote_time", p.quote_time, {.doc = "until the engine answers a shop"});
  visit("quote_timeout", p.quote_timeout, {.doc = "nobody waits longer for the answer", .min = 0.001});
  visit("till_report_every", p.till_report_every,
        {.doc = "tills tell the engine what they charged at this cadence; 0s: at once"});
  visit("remit_after", p.remit_after,
        {.doc = "after the period's end what the ledger owes each jurisdiction for it is paid; 0s: never"});
}

}  // namespace omnisim::harness
