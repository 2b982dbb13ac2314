// A stage for auditors: two items, a DC and a store, a shop and a marketplace, a day of 100,000 seconds; and
// short ways to state facts. Every expected figure of these tests is worked out by hand.
#pragma once

#include <string>
#include <vector>

#include "harness/audit/books.hpp"

namespace omnisim::audit {

inline core::Code code(std::string_view text) { return *core::Code::from(text); }

struct Stage {
  explicit Stage(Policy policy = {}) : truth(names, promises, at(100'000), true, 0, policy) {}
  Stage(const Stage&) = delete;  // its parts refer to each other
  Stage& operator=(const Stage&) = delete;

  static constexpr SkuId cup{0}, pot{1};    // cost 6.00 and 10.00
  static constexpr NodeId dc{0}, store{1};  // only the DC serves online orders
  static constexpr ChannelId web{0}, market{1};

  /// Monday 2026-11-16, 0 h; the day ends after 100,000 s.
  static Time at(std::int64_t seconds) {
    return Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 16}} + std::chrono::seconds{seconds};
  }
  static core::Directory directory() {
    core::Directory d;
    d.add_item({.code = code("CUP"), .unit_cost = {600}});
    d.add_item({.code = code("POT"), .unit_cost = {1000}});
    d.add_node({.code = code("dc-1"), .kind = core::NodeKind::dc});
    d.add_node({.code = code("store-01"), .kind = core::NodeKind::store, .fulfils_online = false});
    d.add_channel({.code = code("web")});
    d.add_channel({.code = code("market"), .kind = core::ChannelKind::marketplace});
    return d;
  }

  core::Directory names = directory();
  StockAudit stock{names, at(0), at(100'000), {0, 0}};
  Promises promises{names, stock};
  TrueBooks truth;

  void state(world::Fact fact, std::vector<core::Line> lines = {}) {
    fact.lines = lines;
    stock.on_fact(fact);
    promises.on_fact(fact);
    truth.on_fact(fact);
  }
  void move(std::int64_t seconds, SkuId sku, NodeId node, world::Place from, world::Place to,
            std::int32_t units) {
    stock.on_move(
        {.at = at(seconds), .sku = sku, .node = node, .from = from, .to = to, .quantity_each = units});
  }
  /// The core books units of `sku` at `node` from one bucket to another.
  void book(std::int64_t seconds, SkuId sku, NodeId node, core::Bucket from, core::Bucket to,
            std::int32_t units) {
    stock.on_movement(at(seconds), {.occurred_at = at(seconds),
                                    .sku = sku,
                                    .node = node,
                                    .from = from,
                                    .to = to,
                                    .quantity_each = units});
  }
  void open(SkuId sku, NodeId node, std::int32_t units) {
    move(0, sku, node, world::Place::supplier, world::Place::shelf, units);
    state({.kind = world::FactKind::stock_opened, .at = at(0), .node = node},
          {{.line_no = 1, .sku = sku, .quantity_each = units}});
  }
  /// An order of one line at 10.00 net and 2.00 tax a unit, by card, promised to be shipped by `promised_by`.
  void order(std::int64_t seconds, std::string_view number, SkuId sku, std::int32_t units,
             std::int64_t promised_by = 90'000, ChannelId channel = web) {
    state({.kind = world::FactKind::order_placed,
           .at = at(seconds),
           .order = code(number),
           .channel = channel,
           .tenders = {.card = {1200 * units}},
           .promised_by = at(promised_by)},
          {line(sku, units)});
  }
  void promise(std::int64_t seconds, std::string_view number) {
    state({.kind = world::FactKind::order_promised, .at = at(seconds), .order = code(number)});
  }
  static core::Line line(SkuId sku, std::int32_t units) {
    return {.line_no = 1, .sku = sku, .quantity_each = units, .net = {1000 * units}, .tax = {200 * units}};
  }
  /// Sets units aside and ships them.
  void ship(std::int64_t seconds, std::string_view number, SkuId sku, std::int32_t units) {
    move(seconds, sku, dc, world::Place::shelf, world::Place::set_aside, units);
    move(seconds, sku, dc, world::Place::set_aside, world::Place::in_transit_out, units);
    state({.kind = world::FactKind::units_shipped, .at = at(seconds), .order = code(number), .node = dc},
          {line(sku, units)});
  }
  void cancel(std::int64_t seconds, std::string_view number, SkuId sku, std::int32_t units) {
    state({.kind = world::FactKind::order_cancelled, .at = at(seconds), .order = code(number)},
          {line(sku, units)});
  }
};

}  // namespace omnisim::audit
