#include "harness/fuzz/random_day.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/capabilities.hpp"
#include "harness/fuzz/random_money.hpp"
#include "harness/fuzz/ways_of_life.hpp"
#include "harness/scenario/load.hpp"

namespace omnisim::harness {
namespace {

constexpr const char* short_times[] = {"1s", "30s", "5min", "40min"};
constexpr const char* long_times[] = {"10min", "1h", "3h", "12h"};

Out channels(Dice& dice, Size& size) {
  Out all = Out::array();
  if (dice.chance(0.85)) {
    all.push_back({{"code", "web"}, {"kind", "web"}, {"format", "storefront_json"}, {"multi_unit", true}});
  }
  for (const char letter : {'a', 'b'}) {
    if (!dice.chance(0.5)) continue;
    all.push_back({{"code", fmt::format("marketplace-{}", letter)},
                   {"kind", "marketplace"},
                   {"format", letter == 'a' ? "marketplace_a_json" : "marketplace_b_csv"},
                   {"safety_stock_each", dice.below(3)},
                   {"order_batch_every", dice.one_of({"1min", "15min", "1h"})},
                   {"settlement_every", dice.one_of({"24h", "72h"})},
                   {"commission_bp", dice.between(0, 2000)}});
  }
  for (Out& channel : all) {
    channel["orders_per_day"] = dice.between(1, 60);
    channel["priority"] = dice.below(3);
    size.channels.push_back(channel["code"]);
  }
  return all;
}

Out demand(Dice& dice) {
  return {{"store_sales_per_day", dice.below(40)},
          {"lines_per_order",
           {{"dist", "empirical"}, {"values", {1, 2, 3}}, {"weights", {6, 3, dice.between(0, 3)}}}},
          {"gift_card_share", dice.share_up_to(0.3)},
          {"gift_cards_sold_per_day", dice.below(6)},
          {"cash_share", dice.share_up_to(1)},
          {"decline_share", dice.share_up_to(0.2)},
          {"return_share_online", dice.share_up_to(0.5)},
          {"return_share_store", dice.share_up_to(0.3)},
          {"return_in_store_share", dice.share_up_to(1)},
          {"return_damaged_share", dice.share_up_to(0.5)},
          {"return_after", dice.one_of({"6h", "20h", "3d"})},
          {"shipping_fee", dice.one_of({"0.00 EUR", "4.95 EUR"})},
          {"tax_bp", dice.one_of({0, 700, 1900, 2125})}};
}

Out systems(Dice& dice) {
  return {{"dc",
           {{"wave_every", dice.one_of({"30min", "2h", "6h"})},
            {"pick_capacity_per_hour", dice.between(2, 200)},
            {"miss_share", dice.share_up_to(0.2)},
            {"recount_after", dice.one_of({"6h", "24h"})},
            {"carrier_pickup_every", dice.one_of({"1h", "4h", "12h"})}}},
          {"store",
           {{"pick_time", dice.one_of({"1min", "45min", "3h"})},
            {"stolen_per_day", dice.below(4)},
            {"damaged_per_day", dice.below(3)},
            {"count_every", dice.one_of({"24h", "12h"})},
            {"count_share", dice.share_up_to(0.5)},
            {"final_stocktake", true}}},
          {"carrier",
           {{"transit", dice.one_of({"1h", "20h", "50h"})},
            {"lost_share", dice.share_up_to(0.2)},
            {"scan_delay", dice.one_of({"0s", "5min", "4h"})}}},
          {"payment",
           {{"refund_time", dice.one_of({"1min", "2h", "30h"})},
            {"fee_bp", dice.between(0, 300)},
            {"payout_after_days", dice.between(1, 3)}}},
          {"erp", {{"api_slots", dice.between(1, 15)}, {"api_time", dice.one_of({"100ms", "1s", "5s"})}}}};
}

std::string any_party(Dice& dice, const Size& size) {
  const char* parties[] = {"erp", "psp", "integration", "store-01"};
  if (size.dcs > 0 && dice.chance(0.3)) return "dc-1";
  const std::string drawn = dice.one_of(parties);
  return drawn == "store-01" && size.stores == 0 ? "integration" : drawn;
}

/// Faults of ways and of parties; they are over when the days are, or the run would never come to rest.
Out fault(Dice& dice, const Size& size) {
  static constexpr const char* kinds[] = {"delay",  "loss",     "duplicate", "reorder",      "partition",
                                          "outage", "throttle", "crash",     "clock_offset", "brownout"};
  static constexpr const char* ways[] = {"*",        "tills",        "back_office", "wms",     "storefront",
                                         "carrier",  "psp",          "payouts",     "journal", "erp_replies",
                                         "payments", "availability", "fulfilment",  "replies"};
  Out it = {{"kind", dice.one_of(kinds)}};
  const std::string kind = it["kind"];
  const bool of_party = kind == "crash" || kind == "clock_offset" || kind == "brownout";
  it["target"] = of_party ? any_party(dice, size) : std::string(dice.one_of(ways));
  const std::uint64_t from = dice.below(size.days * 1440 - 60);
  it["from"] = time_of(from);
  it["to"] = time_of(std::min(from + dice.between(10, 720), size.days * 1440));
  if (kind == "delay" || kind == "duplicate" || kind == "reorder") it["delay"] = dice.one_of(short_times);
  if (kind == "delay" && dice.chance(0.3)) it["delay"] = dice.one_of(long_times);
  if (kind == "delay" || kind == "loss" || kind == "duplicate" || kind == "reorder")
    it["probability"] = dice.chance(0.2) ? 1.0 : dice.share_up_to(0.4);
  if (kind == "throttle") it["rate_per_s"] = dice.between(1, 20);
  if (kind == "brownout") it["factor"] = dice.between(2, 20);
  if (kind == "clock_offset") it["offset"] = dice.one_of({"90s", "-90s", "1h"});
  return it;
}

Out step(Dice& dice, const Size& size) {
  const std::string item = fmt::format("SKU-{:05}", dice.between(1, size.items));
  const std::string store = fmt::format("store-{:02}", dice.between(1, size.stores));
  Out it = {{"at", time_of(dice.below(size.days * 1440))}};
  switch (dice.below(size.stores > 1 ? 7 : 6)) {
    case 0:
      it.update({{"what", "sell"}, {"node", store}, {"item", item}, {"quantity_each", dice.between(1, 3)}});
      break;
    case 1:
      it.update({{"what", "steal"}, {"node", store}, {"item", item}});
      break;
    case 2:
      it.update({{"what", "count"}, {"node", store}, {"item", item}});
      break;
    case 3:
      it.update(
          {{"what", "receive"}, {"node", store}, {"item", item}, {"quantity_each", dice.between(1, 9)}});
      break;
    case 4:
      it.update({{"what", "train"}, {"node", store}, {"item", item}});
      break;
    case 6:
      it.update({{"what", "transfer"},
                 {"node", "store-01"},
                 {"to_node", "store-02"},
                 {"item", item},
                 {"quantity_each", dice.between(2, 3)},
                 {"missing_each", dice.below(2)}});
      break;
    default:
      it.update({{"what", "sell_gift_card"}, {"node", store}, {"amount", "25.00 EUR"}});
  }
  return it;
}

/// An order of a shop, and what its customer does with it afterwards.
void story(Dice& dice, const Size& size, std::uint64_t number, Out& script) {
  const std::string order = fmt::format("F-{}", number);
  const std::uint64_t at = dice.below(size.days * 1440 - 60);
  script.push_back({{"at", time_of(at)},
                    {"what", "order"},
                    {"channel", "web"},
                    {"item", fmt::format("SKU-{:05}", dice.between(1, size.items))},
                    {"quantity_each", dice.between(1, 3)},
                    {"order", order}});
  const auto later = [&](const char* what, Out more = Out::object()) {
    Out step = {
        {"at", time_of(at + 1 + dice.below(size.days * 1440 - 1 - at))}, {"what", what}, {"order", order}};
    step.update(more);
    script.push_back(std::move(step));
  };
  if (dice.chance(0.3)) later("cancel", dice.chance(0.5) ? Out{{"quantity_each", 1}} : Out::object());
  for (std::uint64_t n = dice.below(3); n > 0; --n)
    later("return", dice.chance(0.5) ? Out{{"node", "store-01"}, {"quantity_each", 1}} : Out::object());
  if (!dice.chance(0.3)) return;
  // The network decides before the days are over, or the case would be open for ever.
  const std::uint64_t opened = at + 1 + dice.below(size.days * 1440 - 30 - at);
  script.push_back({{"at", time_of(opened)}, {"what", "chargeback"}, {"order", order}});
  script.push_back({{"at", time_of(size.days * 1440 - 1 - dice.below(20))},
                    {"what", dice.one_of({"chargeback_won", "chargeback_lost"})},
                    {"order", order}});
}

/// Customers who take another item, and items that are promoted for some of the time.
void temptations(Dice& dice, const Size& size, Out& demand) {
  if (dice.chance(0.3)) demand["substitution"] = {{"share", dice.share_up_to(1)}, {"price_within", 1}};
  if (!dice.chance(0.3)) return;
  const std::uint64_t from = dice.below(size.days * 1440 - 60);
  Out promotion = {{"from", time_of(from)},
                   {"to", time_of(from + dice.between(30, 1440))},
                   {"catalogue_share", 0.5},
                   {"lift", dice.between(2, 5)},
                   {"price_off_bp", dice.between(0, 9'999)},
                   {"cannibalisation", dice.share_up_to(1)}};
  demand["promotions"] = Out::array({std::move(promotion)});
}

/// Faults strike nobody whom the scenario has not.
void take_size(const Json& base, Size& size) {
  const Json nodes = base.value("nodes", Json::object());
  const auto count = [&](const char* name) {
    const auto found = nodes.find(name);
    return found != nodes.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  };
  size.dcs = count("dcs");
  size.stores = nodes.contains("store_names") ? 0 : count("stores");
}

/// A shipped pattern; every fourth time with one capability the other way.
Json pattern(Dice& dice) {
  const std::vector<std::string> names = pattern_names();
  const std::string name = names[dice.below(names.size())];
  const std::string file = scenarios_folder() + "/patterns/" + name + ".json";
  Json it = parse_json(read_file(file), file);
  it.erase("$schema");
  if (!dice.chance(0.25)) return it;
  const auto capabilities = core::capability_table();
  const std::string switched(capabilities[dice.below(capabilities.size())].name);
  Json& now = it["capabilities"];
  now[switched] = !now.value(switched, true);
  if (!now.value("reservation_authority", true)) it["ownership"]["promises"] = "channel";
  return it;
}

}  // namespace

nlohmann::ordered_json random_day(std::uint64_t seed, std::uint64_t number, const std::optional<Json>& base) {
  Dice dice(sim::seed_of(seed, fmt::format("day-{}", number), "fuzz"));
  Out day = base ? Out(*base) : Out::object();
  Size size{dice.between(1, 3), dice.between(1, 3), dice.below(3), dice.between(1, 12), {}};
  if (base) take_size(*base, size);
  day["name"] = fmt::format("fuzz-{}-{}", seed, number);
  if (!base) {
    day["calendar"] = {{"from", first_day},        {"to", time_of(size.days * 1440)},
                       {"soft_close_after", "1h"}, {"hard_close_after", dice.one_of({"2h", "24h", "72h"})},
                       {"rest_within", "P180D"},   {"ledger_utc_offset_min", dice.one_of({0, 60, -300})}};
    day["nodes"] = {{"stores", size.stores}, {"dcs", size.dcs}, {"stores_fulfil_online", true}};
    day["catalogue"] = {{"generated", size.items},
                        {"price", {{"dist", "lognormal"}, {"median", 25}, {"p95", 120}}},
                        {"cost_share", 0.3 + dice.share_up_to(0.5)}};
    day["opening"] = {{"uniform_each", dice.between(0, 12)}};
    if (dice.chance(0.5))
      day["deliveries"] = {{"every", "24h"}, {"at", "6h"}, {"days_of_demand", dice.share_up_to(2)}};
    day["channels"] = channels(dice, size);
    day["demand"] = demand(dice);
    day["systems"] = systems(dice);
    // By dice of its own: what else a day has stays as it was before there was this.
    Dice coins(sim::seed_of(seed, fmt::format("day-{}", number), "fuzz money"));
    random_money(coins, day);
    random_freight(Dice(sim::seed_of(seed, fmt::format("day-{}", number), "fuzz freight")), day);
    day["script"] = Out::array();
    for (std::uint64_t n = dice.below(8); n > 0; --n) day["script"].push_back(step(dice, size));
    const bool has_web = !size.channels.empty() && size.channels.front() == "web";
    for (std::uint64_t n = has_web ? dice.below(4) : 0; n > 0; --n) story(dice, size, n, day["script"]);
    ways_of_life(Dice(sim::seed_of(seed, fmt::format("day-{}", number), "ways of life")), day);
    supply(Dice(sim::seed_of(seed, fmt::format("supply-{}", number), "fuzz")), size, day);
  }
  day["pattern"] = pattern(dice);
  day["faults"] = Out::array();
  for (std::uint64_t n = dice.below(6); n > 0; --n) day["faults"].push_back(fault(dice, size));
  if (!base) temptations(dice, size, day["demand"]);
  if (!base) {
    third_parties(Dice(sim::seed_of(seed, fmt::format("day-{}", number), "third parties")), size, day);
    Dice books(sim::seed_of(seed, fmt::format("day-{}", number), "fuzz books"));
    if (books.chance(0.3)) day["systems"]["policies"]["revenue_at"] = "delivery";
  }
  // Dice of their own: the days that there were before stay what they were.
  Dice tax_dice(sim::seed_of(seed, fmt::format("day-{}", number), "tax"));
  if (!base && tax_dice.chance(0.4)) {
    day["systems"]["tax"] = random_tax(tax_dice, size);
    const std::uint64_t from = tax_dice.below(size.days * 1440 - 60);
    if (tax_dice.chance(0.5))
      day["faults"].push_back(
          {{"kind", "crash"},
           {"target", "tax"},
           {"from", time_of(from)},
           {"to", time_of(std::min(from + tax_dice.between(10, 720), size.days * 1440))}});
  }
  day["expect"] = Out::object();
  return day;
}

}  // namespace omnisim::harness
