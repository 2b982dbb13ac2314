// What a scenario may say about stores and the carrier. Part of describe.hpp.
#pragma once

#include "harness/scenario/describe_freight.hpp"
#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::HoursParams& p) {
  visit("days", p.days, {.doc = "weekdays; empty: every day", .count_max = 7, .words = models::weekdays});
  visit("from", p.from, {.doc = "after midnight, by the stores' clocks", .max = 86'400});
  visit("to", p.to, {.doc = "after midnight, by the stores' clocks", .max = 86'400});
}

template <class V>
void describe(V& visit, models::StoreParams& p) {
  visit("pick_time", p.pick_time, {.doc = "until staff gets to an online order"});
  visit("opening_hours", p.opening_hours,
        {.doc = "customers come and staff works only then; empty: always", .count_max = 100});
  visit("utc_offset_min", p.utc_offset_min,
        {.doc = "the stores' zone, minutes east of UTC", .min = -840, .max = 840});
  visit("pickers", p.pickers,
        {.doc = "staff who pick online orders, each store; 0: as many as it takes", .max = 10'000});
  visit("picks_per_hour", p.picks_per_hour, {.doc = "units that one of them picks", .min = 1, .max = 1e6});
  visit("unpacks", p.unpacks,
        {.doc = "what is packed and called back is unpacked again, until the carrier has it; false: it goes "
                "its way"});
  visit("stolen_per_day", p.stolen_per_day, {.doc = "units, each store", .max = 1e6});
  visit("damaged_per_day", p.damaged_per_day, {.doc = "units, each store", .max = 1e6});
  visit("count_every", p.count_every, {.doc = "cadence of cycle counts; 0s: none"});
  visit("count_share", p.count_share, {.doc = "items counted each time", .max = 1});
  visit("final_stocktake", p.final_stocktake, {.doc = "everything is counted when demand has ended"});
}

template <class V>
void describe(V& visit, models::CarrierParams& p) {
  visit("transit", p.transit, {.doc = "from pick-up to delivery"});
  visit("lost_share", p.lost_share, {.doc = "parcels lost", .max = 1});
  visit("return_to_sender_share", p.return_to_sender_share,
        {.doc = "parcels that nobody takes, and that go back where they came from", .max = 1});
  visit("scans_each", p.scans_each,
        {.doc = "scans of a parcel on its way, the first one at its pick-up", .max = 100});
  visit("missing_scan_share", p.missing_scan_share,
        {.doc = "parcels whose last scan is never made", .max = 1});
  visit("out_of_order_share", p.out_of_order_share,
        {.doc = "scans on the way that are sent only after the parcel's last one", .max = 1});
  visit("scan_delay", p.scan_delay, {.doc = "until a scan is sent"});
  visit("freight", p.freight, {.doc = "what it asks for its parcels, and how it bills them"});
}

}  // namespace omnisim::harness
