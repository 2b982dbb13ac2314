#include "harness/fuzz/random_money.hpp"

namespace omnisim::harness {

Out random_tax(Dice& dice, const Size& size) {
  Out all = Out::array();
  for (const char* code : {"north", "south", "east"}) {
    if (all.size() == 2 && dice.chance(0.5)) break;
    Out change = {{"from", time_of(dice.below(size.days * 1440)).substr(0, 10)},
                  {"rate_bp", dice.one_of({500, 2000, 2210})}};
    all.push_back({{"code", code},
                   {"rate_bp", dice.one_of({0, 700, 2000, 2125})},
                   {"utc_offset_min", dice.one_of({0, 60, -300, 345})},
                   {"marketplace_remits", dice.chance(0.5)},
                   {"online_share", dice.between(1, 3)}});
    all.back()["changes"].push_back(std::move(change));
  }
  all[1]["stores"].push_back("store-01");
  const auto source = [&](bool may_refuse) {
    return Out{{"rates", dice.one_of({"engine", "cached", "dated"})},
               {"refresh_every", dice.one_of({"1h", "24h"})},
               {"zone_ahead", dice.one_of({"0s", "2h", "-5h"})},
               {"fallback", may_refuse && dice.chance(0.3) ? "refuse" : dice.one_of({"cached", "flat"})},
               {"flat_bp", dice.one_of({0, 1900, 3000})}};
  };
  const Out shops = source(true), tills = source(false);
  return {{"jurisdictions", all},
          {"shops", shops},
          {"tills", tills},
          {"quote_time", dice.one_of({"0s", "2s", "20s"})},
          {"till_report_every", dice.one_of({"0s", "6h", "24h"})},
          {"remit_after", dice.one_of({"0s", "1h", "5d"})}};
}

void random_money(Dice& dice, Out& day) {
  Out rates = Out::array();
  for (Out& channel : day["channels"]) {
    if (channel["kind"] != "marketplace") continue;
    if (dice.chance(0.5)) {
      channel["settlement"] = {{"form", "lines"},
                               {"fulfilment_fee", dice.one_of({"0.00 EUR", "1.35 EUR"})},
                               {"label_fee", dice.one_of({"0.00 EUR", "3.49 EUR"})},
                               {"reserve_bp", dice.one_of({0, 1000, 3333})},
                               {"reserve_for", dice.one_of({"12h", "7d"})},
                               {"adjustment", dice.one_of({"0.00 EUR", "0.77 EUR"})}};
      if (channel["format"] == "marketplace_a_json" && dice.chance(0.5)) {
        channel["currency"] = "USD";
        if (rates.empty())
          for (const std::string& from : {time_of(0), time_of(1440)})
            rates.push_back({{"currency", "USD"}, {"from", from}, {"rate", 0.5 + dice.share_up_to(1)}});
      }
    }
    if (dice.chance(0.3)) channel["cancels_after"] = dice.one_of({"1h", "24h"});
    channel["refunds_returns"] = dice.chance(0.3);
  }
  if (!rates.empty()) day["rates"] = std::move(rates);
  if (!dice.chance(0.4)) return;
  Out& payment = day["systems"]["payment"];
  payment["capture_failure_share"] = dice.share_up_to(0.2);
  payment["payouts"] = {{"short_bp", dice.one_of({0, 0, 2500})},   {"rest_after", "3d"},
                        {"late_share", dice.share_up_to(0.5)},     {"late_by", "2d"},
                        {"missing_share", dice.share_up_to(0.2)},  {"reserve_bp", dice.one_of({0, 500})},
                        {"reserve_for", dice.one_of({"2d", "7d"})}};
  payment["chargebacks"] = {{"share", dice.share_up_to(0.2)},
                            {"after", dice.one_of({"6h", "5d"})},
                            {"decided_after", dice.one_of({"2d", "30d"})},
                            {"won_share", dice.share_up_to(1)}};
}

void random_freight(Dice dice, Out& day) {
  if (!dice.chance(0.3)) return;
  day["systems"]["carrier"]["freight"] = {
      {"rates", Out::array({{{"service", "parcel"},
                             {"per_parcel", dice.one_of({"3.80 EUR", "4.57 EUR"})},
                             {"per_unit", dice.one_of({"0.00 EUR", "0.31 EUR"})}}})},
      {"invoice_every", dice.one_of({"6h", "24h", "7d"})},
      {"invoice_after", dice.one_of({"0s", "5h", "3d"})},
      {"surcharge_share", dice.share_up_to(0.5)},
      {"surcharge", "1.13 EUR"},
      {"overcharge_share", dice.share_up_to(0.5)},
      {"overcharge_bp", dice.one_of({-700, 300, 900})},
      {"twice_share", dice.share_up_to(0.3)},
      {"missing_share", dice.share_up_to(0.3)},
      {"credits_after", dice.one_of({"1h", "4d"})}};
  day["systems"]["policies"]["freight_surcharge_max"] = "2.00 EUR";
  day["systems"]["policies"]["freight_accrued"] = dice.one_of({"handover", "soft_close"});
}

}  // namespace omnisim::harness
