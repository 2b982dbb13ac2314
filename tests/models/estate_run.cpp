#include "tests/models/estate_run.hpp"

namespace omnisim::models {

using namespace std::chrono_literals;
namespace {

sim::Distribution lognormal(double median, double p95) {
  return *sim::Distribution::make(sim::Lognormal{median, p95}, nullptr);
}

core::Directory directory_of(const EstateParams& params, const Trace* documents) {
  return make_directory(params, documents);
}

}  // namespace

EstateRun::EstateRun(const EstateParams& p, const PatternParams& pattern, std::uint64_t seed,
                     const Trace* documents)
    : params(p),
      engine(p.calendar.from),
      streams(seed),
      world(directory_of(p, documents).item_count(), directory_of(p, documents).node_count()),
      estate(params, pattern, documents, engine, streams, trace, world) {
  world.add_observer(witness);
  estate.traffic().add_observer(witness);
  core = std::make_unique<StandInCore>(estate.core_config("{}"), estate.outbound());
  estate.attach(*core);
}

sim::Stopped EstateRun::run(core::Duration limit) {
  estate.start();
  return engine.run(params.calendar.to + limit);
}

core::Time monday() { return std::chrono::sys_days{std::chrono::year{2026} / 11 / 16}; }

EstateParams small_estate() {
  EstateParams p;
  p.calendar.from = monday();
  p.calendar.to = monday() + 48h;
  p.nodes.stores = 2;
  p.nodes.dcs = 1;
  p.catalogue.generated = 40;
  p.catalogue.price = lognormal(25, 120);
  p.opening.dc_days_of_demand = 6;
  p.opening.store_days_of_demand = 4;
  p.deliveries.days_of_demand = 0.5;
  p.channels = {{.code = "web", .orders_per_day = 200},
                {.code = "marketplace-a",
                 .kind = core::ChannelKind::marketplace,
                 .format = core::Format::marketplace_a_json,
                 .orders_per_day = 80,
                 .priority = 1,
                 .safety_stock_each = 1,
                 .order_batch_every = 5min,
                 .settlement_every = 72h,
                 .feed_ingestion = 60.0},
                {.code = "marketplace-b",
                 .kind = core::ChannelKind::marketplace,
                 .format = core::Format::marketplace_b_csv,
                 .orders_per_day = 80,
                 .priority = 2,
                 .multi_unit = true,
                 .order_batch_every = 15min,
                 .settlement_every = 168h,
                 .commission_bp = 1200,
                 .feed_ingestion = 300.0}};
  p.demand.store_sales_per_day = 150;
  p.demand.lines_per_order = *sim::Distribution::make(sim::Empirical{{1, 2, 3}, {60, 30, 10}}, nullptr);
  p.demand.gift_card_share = 0.1;
  p.demand.gift_cards_sold_per_day = 20;
  p.demand.decline_share = 0.05;
  p.demand.return_share_online = 0.2;
  p.demand.return_share_store = 0.1;
  p.demand.return_after = lognormal(86400, 300000);
  p.dc = {.wave_every = 2h,
          .pick_capacity_per_hour = 600,
          .pack_time = lognormal(600, 2400),
          .miss_share = 0.01,
          .carrier_pickup_every = 4h,
          .put_away_time = {}};
  p.store = {.pick_time = lognormal(2700, 14400),
             .stolen_per_day = 3,
             .damaged_per_day = 2,
             .count_every = 24h,
             .count_share = 0.3};
  p.carrier = {.transit = lognormal(108000, 252000), .lost_share = 0.02, .scan_delay = lognormal(300, 7200)};
  p.payment.authorise_time = lognormal(0.8, 3);
  p.payment.capture_time = lognormal(1, 5);
  p.payment.refund_time = lognormal(7200, 86400);
  p.erp.api_time = lognormal(0.3, 1.2);
  return p;
}

EstateParams bare_estate() {
  EstateParams p;
  p.calendar.from = monday();
  p.calendar.to = monday() + 24h;
  p.nodes.stores = 1;
  p.nodes.dcs = 1;
  p.catalogue.items = {{.code = "SKU", .price = {1000}, .cost = {600}}};
  p.opening.explicit_stock = {{.node = "dc-1", .item = "SKU", .quantity_each = 1000},
                              {.node = "store-01", .item = "SKU", .quantity_each = 10}};
  p.channels = {{.code = "web"},
                {.code = "market",
                 .kind = core::ChannelKind::marketplace,
                 .format = core::Format::marketplace_a_json,
                 .settlement_every = 72h,
                 .commission_bp = 1550}};
  p.demand.tax_bp = 1900;
  p.dc.wave_every = 2h;
  p.dc.pick_capacity_per_hour = 60;
  p.dc.carrier_pickup_every = 4h;
  p.store.final_stocktake = false;
  return p;
}

StepParams step(core::Duration after, std::string what, std::string order, std::int32_t quantity) {
  StepParams made;
  made.at = monday() + after;
  made.what = what;
  made.node = what == "order" ? "" : "store-01";
  made.channel = what == "order" ? "web" : "";
  made.item = "SKU";
  made.quantity_each = quantity;
  made.order = order;
  return made;
}

PatternParams prompt_pattern() {
  PatternParams p;
  p.name = "prompt";
  p.channel_promises = false;
  p.feed_is_fresh = true;
  return p;
}

}  // namespace omnisim::models
