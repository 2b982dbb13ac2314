#include "harness/fuzz/ways_of_life.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace omnisim::harness {

void ways_of_life(Dice dice, Out& day) {
  Out& demand = day["demand"];
  if (dice.chance(0.4)) {
    demand["collect_share"] = dice.share_up_to(0.7);
    demand["no_show_share"] = dice.share_up_to(0.5);
    demand["collect_after"] = dice.one_of({"1h", "20h", "9d"});
    day["systems"]["policies"]["pickup_shelf"] = dice.one_of({"12h", "7d"});
  }
  demand["mail_returns_to_any_dc"] = dice.chance(0.5);
  Out& store = day["systems"]["store"];
  if (dice.chance(0.4)) {
    store["opening_hours"] = Out::array({{{"from", dice.one_of({"8h", "11h"})}, {"to", "20h"}}});
    store["utc_offset_min"] = dice.one_of({0, 60, -300});
    // A parcel that waits over night would be counted as missing, once the core has taken it for unpacked.
    store["unpacks"] = true;
  }
  if (dice.chance(0.4)) {
    store["pickers"] = dice.between(1, 2);
    store["picks_per_hour"] = dice.between(1, 30);
  }
  Out& carrier = day["systems"]["carrier"];
  if (dice.chance(0.4)) {
    carrier["return_to_sender_share"] = dice.share_up_to(0.3);
    carrier["scans_each"] = dice.below(4);
    carrier["out_of_order_share"] = dice.share_up_to(0.5);
  }
  for (Out& channel : day["channels"]) {
    channel["returns_in_store"] = dice.chance(0.7);
    if (channel["kind"] != "web" || !dice.chance(0.4)) continue;
    channel["reserve_at"] = dice.one_of({"checkout", "payment"});
    channel["payment_after"] = dice.one_of({"0s", "5min", "50min"});
    channel["abandoned_share"] = dice.share_up_to(0.5);
  }
}

void third_parties(Dice dice, const Size& size, Out& day) {
  if (!dice.chance(0.3)) return;
  day["nodes"]["third_parties"] = dice.between(1, 2);
  day["systems"]["third_party"] = {{"files_every", dice.one_of({"0s", "30min", "6h", "24h"})},
                                   {"files_at", dice.one_of({"0s", "5h"})},
                                   {"snapshot_every", dice.one_of({"0s", "12h", "24h"})},
                                   {"snapshot_at", dice.one_of({"0s", "11h"})}};
  // Who has files of yesterday, and none on some days, waits longer than a day for what others refer to.
  day["systems"]["policies"]["parking_life"] = "5d";
  day["systems"]["policies"]["snapshots"] = dice.one_of({"adjust", "ask_for_a_count"});
  if (!dice.chance(0.4)) return;
  const std::uint64_t from = dice.below(size.days * 1440 - 60);
  day["faults"].push_back({{"kind", "crash"},
                           {"target", "trading_partners.3pl-1"},
                           {"from", time_of(from)},
                           {"to", time_of(std::min(from + dice.between(60, 1440), size.days * 1440))}});
}

void supply(Dice dice, const Size& size, Out& day) {
  if (!dice.chance(0.4)) return;
  Out& systems = day["systems"];
  systems["supplier"] = {{"lead_time", dice.one_of({"20h", "30h", "3d"})},
                         {"notice_ahead", dice.one_of({"1h", "24h"})},
                         {"late_share", dice.share_up_to(1)},
                         {"late_by", dice.one_of({"1h", "30h"})},
                         {"short_share", dice.share_up_to(1)},
                         {"short_by_share", dice.share_up_to(0.8)},
                         {"unnoticed_share", dice.share_up_to(1)},
                         {"rest_after", dice.one_of({"0s", "40h"})},
                         {"invoice_after", dice.one_of({"0s", "10h", "60h"})},
                         {"overcharge_share", dice.share_up_to(1)},
                         {"overcharge_bp", dice.between(0, 1500)},
                         {"correction_after", dice.one_of({"3h", "50h"})}};
  systems["procurement"] = {{"by_order", dice.chance(0.5)}, {"payment_terms", dice.one_of({"1h", "14d"})}};
  systems["dc"]["put_away_time"] = dice.one_of({"0s", "5h"});
  systems["dc"]["put_away_broken_share"] = dice.share_up_to(0.3);
  if (dice.chance(0.5))
    day["replenishment"] = {{"order_each", dice.between(1, 20)}, {"reorder_point_each", 2}};
  for (std::uint64_t n = dice.below(4); n > 0; --n) {
    const std::uint64_t quantity = dice.between(1, 30);
    day["script"].push_back({{"at", time_of(dice.below(size.days * 1440))},
                             {"what", "purchase"},
                             {"node", size.dcs > 0 && dice.chance(0.7) ? "dc-1" : "store-01"},
                             {"item", fmt::format("SKU-{:05}", dice.between(1, size.items))},
                             {"quantity_each", quantity},
                             {"missing_each", dice.chance(0.3) ? dice.below(quantity) : 0},
                             {"amount", fmt::format("{}.{:02} EUR", dice.below(30), dice.below(100))}});
  }
}

}  // namespace omnisim::harness
