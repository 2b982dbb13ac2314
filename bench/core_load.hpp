// The work that the core's benchmarks share: an estate of 5,000 items, 22 nodes and 3 channels, and 20,000
// orders of two lines from placing to delivery, beside till sales of two lines.
#pragma once

#include <time.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/canonical/encode.hpp"
#include "core/core.hpp"

namespace omnisim::core::bench {

inline constexpr std::uint32_t items = 5000, nodes = 22, orders = 20'000;
inline constexpr Time start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2};

enum Stage { place, authorise, pick, pack, ship, capture, deliver_scan, till_sale, stage_count };
inline constexpr const char* stage_names[] = {
    "order.placed (2 lines)", "payment.authorised", "stock.picked",       "stock.packed",
    "shipment.shipped",       "payment.captured",   "shipment.delivered", "pos.sale (2 lines)"};

/// Takes the core's commands as a network card would.
class Sink : public Outbound {
 public:
  void send(Destination, EventType, std::string_view bytes) override {
    ++messages;
    bytes_ += bytes.size();
  }
  std::uint64_t messages = 0;

 private:
  std::size_t bytes_ = 0;
};

inline Code numbered_code(const char* prefix, std::uint32_t n) {
  return *Code::from(prefix + std::to_string(n));
}

inline Config bench_config(bool feeds) {
  Config config;
  for (std::uint32_t i = 0; i < items; ++i) config.directory.add_item({numbered_code("SKU-", i), {500 + i}});
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const NodeKind kind = i < 2 ? NodeKind::dc : NodeKind::store;
    config.directory.add_node({numbered_code("node-", i), kind, true, i < 2 ? 0U : 1U});
  }
  for (std::uint32_t i = 0; i < 3; ++i) {
    const ChannelKind kind = i == 0 ? ChannelKind::web : ChannelKind::marketplace;
    config.directory.add_channel({numbered_code("channel-", i), kind, i, 0});
    if (feeds) config.feeds.push_back({ChannelId{i}, true, {}, {}, 0, QuantitySemantics::absolute});
  }
  config.sources = {{"all", Format::canonical_json}};
  std::ostringstream rules;
  rules << std::ifstream(OMNISIM_DATA_DIR "/core/finance/posting_rules.json").rdbuf();
  config.posting_rules_json = rules.str();
  return config;
}

inline Line bench_line(std::uint32_t order, std::uint32_t n) {
  Line line;
  line.line_no = n + 1;
  // A spread that visits items out of order, as customers do.
  line.sku = SkuId{(order * 2654435761U + n * 40503U) % items};
  line.quantity_each = 1;
  line.net = {1999};
  line.tax = {400};
  return line;
}

inline Event bench_event(Stage stage, std::uint32_t n) {
  Event event;
  const Code order = numbered_code("W-", n);
  const Code shipment = numbered_code("S-", n);
  const Code payment = numbered_code("PAY-", n);
  const ChannelId web{0};
  const NodeId node{0};
  event.envelope.id = numbered_code("m", n * stage_count + stage);
  event.envelope.source = *Code::from("source");
  event.envelope.correlation = order;
  event.envelope.occurred_at = start + std::chrono::seconds{n};
  event.lines = {bench_line(n, 0), bench_line(n, 1)};
  switch (stage) {
    case place: {
      OrderPlaced body;
      body.order = order;
      body.channel = web;
      body.tenders.card = {2 * (1999 + 400)};
      body.promised_by = start + std::chrono::hours{72};
      event.body = body;
      break;
    }
    case authorise:
      event.body = PaymentAuthorised{order, web, payment, {4798}};
      break;
    case pick:
      event.body = StockPicked{order, web, node};
      break;
    case pack:
      event.body = StockPacked{order, web, node};
      break;
    case ship:
      event.body = ShipmentShipped{order, web, node, shipment};
      break;
    case capture:
      event.body =
          PaymentCaptured{order,
                          web,
                          payment,
                          *Code::from(std::string(order.view()) + "/" + std::string(shipment.view())),
                          {4798}};
      break;
    case deliver_scan:
      event.body = ShipmentDelivered{shipment};
      break;
    default: {
      PosSale body{numbered_code("T-", n), NodeId{2 + n % 20}, 1, {}};
      body.tenders.cash = {4798};
      event.body = body;
    }
  }
  const bool without_lines = stage == authorise || stage == capture || stage == deliver_scan;
  if (without_lines) event.lines.clear();
  return event;
}

inline std::vector<std::string> messages(Stage stage, const Directory& directory) {
  std::vector<std::string> bytes(orders);
  for (std::uint32_t n = 0; n < orders; ++n) encode(bench_event(stage, n), directory, bytes[n]);
  return bytes;
}

/// Processor time of this thread: what other work on the machine takes does not count.
inline double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Opening stock that no order exhausts.
inline void open_stock(Core& core) {
  for (std::uint32_t i = 0; i < items; ++i) {
    for (std::uint32_t n = 0; n < nodes; ++n) core.open_stock(NodeId{n}, SkuId{i}, 100, start);
  }
}

/// Calls `visit(stage, order)` through whole orders from placing to delivery, some 3,000 of them under way at
/// a time.
template <class Visit>
void for_whole_orders(Visit visit) {
  constexpr std::uint32_t apart = 500;  // orders between two stages of one
  for (std::uint32_t step = 0; step < orders + apart * till_sale; ++step) {
    for (std::uint32_t stage = place; stage < till_sale; ++stage) {
      const std::uint32_t n = step - apart * stage;  // wraps before its time
      if (n < orders) visit(static_cast<Stage>(stage), n);
    }
  }
}

inline std::vector<std::string> whole_orders(const Directory& directory) {
  std::vector<std::string> all;
  for_whole_orders(
      [&](Stage stage, std::uint32_t n) { encode(bench_event(stage, n), directory, all.emplace_back()); });
  return all;
}

}  // namespace omnisim::core::bench
