// What a scenario may say of suppliers, of purchasing, and of DCs, ours and others'. Part of
// describe.hpp.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::SupplierParams& p) {
  visit("lead_time", p.lead_time, {.doc = "from the order to our dock"});
  visit("notice_ahead", p.notice_ahead,
        {.doc = "the goods leave, and are announced, so long before they are due"});
  visit("announces", p.announces, {.doc = "sends a ship notice (X12 856)"});
  visit("late_share", p.late_share, {.doc = "deliveries that come later than announced", .max = 1});
  visit("late_by", p.late_by, {.doc = "of those"});
  visit("short_share", p.short_share, {.doc = "deliveries that bring less than was ordered", .max = 1});
  visit("short_by_share", p.short_by_share,
        {.doc = "of each line of those, rounded up to whole units", .max = 1});
  visit("unnoticed_share", p.unnoticed_share,
        {.doc = "short deliveries of which ship notice and invoice know nothing", .max = 1});
  visit("rest_after", p.rest_after, {.doc = "what was missing follows after this; 0s: never"});
  visit("damaged_share", p.damaged_share, {.doc = "units that arrive broken and are rejected", .max = 1});
  visit("invoice_after", p.invoice_after, {.doc = "after the goods left"});
  visit("uninvoiced_share", p.uninvoiced_share, {.doc = "deliveries whose invoice never comes", .max = 1});
  visit("overcharge_share", p.overcharge_share,
        {.doc = "invoices at another price than the order's", .max = 1});
  visit("overcharge_bp", p.overcharge_bp,
        {.doc = "that price above the order's, basis points; below 0: less", .min = -9'999, .max = 100'000});
  visit("correction_after", p.correction_after,
        {.doc = "a disputed invoice is corrected after this; 0s: never"});
}

template <class V>
void describe(V& visit, models::ProcurementParams& p) {
  visit("by_order", p.by_order,
        {.doc = "deliveries and replenishment go by purchase orders; false: they are pushed"});
  visit("payment_terms", p.payment_terms, {.doc = "an approved invoice is paid after this"});
}

template <class V>
void describe(V& visit, models::DcParams& p) {
  visit("wave_every", p.wave_every, {.doc = "cadence of picking waves", .min = 1});
  visit("pick_capacity_per_hour", p.pick_capacity_per_hour, {.doc = "units", .min = 1, .max = 1e7});
  visit("pack_time", p.pack_time, {.doc = "from picked to packed"});
  visit("miss_share", p.miss_share, {.doc = "picks that do not find a unit that is there", .max = 1});
  visit("recount_after", p.recount_after,
        {.doc = "a shelf where a picker found too little is counted after this long; 0: never"});
  visit("carrier_pickup_every", p.carrier_pickup_every,
        {.doc = "cadence of the carrier's pick-up", .min = 1});
  visit("put_away_time", p.put_away_time,
        {.doc = "of ordered goods, from the dock to the shelf; until then nobody can sell them"});
  visit("put_away_broken_share", p.put_away_broken_share, {.doc = "units that break on that way", .max = 1});
  visit("rejects_back_after", p.rejects_back_after,
        {.doc = "what was rejected goes back to its supplier after this; 0s: never"});
  visit("damaged_per_day", p.damaged_per_day, {.doc = "units, each DC", .max = 1e6});
  visit("count_every", p.count_every, {.doc = "cadence of cycle counts; 0s: none"});
  visit("count_share", p.count_share, {.doc = "items counted each time", .max = 1});
}

template <class V>
void describe(V& visit, models::ThirdPartyParams& p) {
  visit("files_every", p.files_every,
        {.doc = "they exchange files at this cadence; 0s: as the pattern's interfaces do"});
  visit("files_at", p.files_at, {.doc = "after midnight UTC"});
  visit("snapshot_every", p.snapshot_every,
        {.doc = "they send a stock list (X12 846) at this cadence; 0s: never"});
  visit("snapshot_at", p.snapshot_at, {.doc = "after midnight UTC"});
}

}  // namespace omnisim::harness
