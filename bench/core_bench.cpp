// What one message costs in the core, by type, in an estate of 5,000 items, 22 nodes and 3 channels with push
// feeds. `deliver` is the whole step: log, decode, validate, inbox, order, handler, postings, commands
// encoded. `handle` is that less decoding and validation, which codec_bench measures on their own. `durable`
// is the whole of a live core, with its log in an SQLite file.
#include <benchmark/benchmark.h>
#include <time.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "core/canonical/encode.hpp"
#include "core/durable_core.hpp"
#include "core/store/memory_store.hpp"
#include "core/store/sqlite_store.hpp"

namespace omnisim::core {
namespace {

constexpr std::uint32_t items = 5000, nodes = 22, orders = 20'000;
constexpr Time start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2};

enum Stage { place, authorise, pick, pack, ship, capture, deliver_scan, till_sale, stage_count };
constexpr const char* stage_names[] = {"order.placed (2 lines)", "payment.authorised", "stock.picked",
                                       "stock.packed",           "shipment.shipped",   "payment.captured",
                                       "shipment.delivered",     "pos.sale (2 lines)"};

class Sink : public Outbound {
 public:
  void send(Destination, EventType, std::string_view bytes) override { bytes_ += bytes.size(); }

 private:
  std::size_t bytes_ = 0;
};

Code numbered_code(const char* prefix, std::uint32_t n) { return *Code::from(prefix + std::to_string(n)); }

Config bench_config(bool feeds) {
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

Line bench_line(std::uint32_t order, std::uint32_t n) {
  Line line;
  line.line_no = n + 1;
  // A spread that visits items out of order, as customers do.
  line.sku = SkuId{(order * 2654435761U + n * 40503U) % items};
  line.quantity_each = 1;
  line.net = {1999};
  line.tax = {400};
  return line;
}

Event bench_event(Stage stage, std::uint32_t n) {
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

std::vector<std::string> messages(Stage stage, const Directory& directory) {
  std::vector<std::string> bytes(orders);
  for (std::uint32_t n = 0; n < orders; ++n) encode(bench_event(stage, n), directory, bytes[n]);
  return bytes;
}

/// Processor time of this thread: what other work on the machine takes does not count.
double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double decode_seconds(const std::vector<std::string>& all, const Directory& directory) {
  const auto adapter = make_adapter(Format::canonical_json, directory);
  Event event;
  const double begin = cpu_seconds();
  for (const std::string& bytes : all) {
    if (!adapter->decode(bytes, event).ok() || !validate(event, directory).ok()) std::abort();
  }
  return cpu_seconds() - begin;
}

void handle(benchmark::State& state) {
  const auto stage = static_cast<Stage>(state.range(0));
  state.SetLabel(std::string(stage_names[stage]) + (state.range(1) != 0 ? ", 3 feeds" : ""));
  const Config config = bench_config(state.range(1) != 0);
  std::vector<std::vector<std::string>> before;
  for (int earlier = place; earlier < stage && stage != till_sale; ++earlier) {
    before.push_back(messages(static_cast<Stage>(earlier), config.directory));
  }
  const std::vector<std::string> timed = messages(stage, config.directory);
  double delivering = 0, decoding = 0;
  for (auto _ : state) {
    Sink sink;
    MemoryStore log;
    Core core(config, sink, log);
    for (std::uint32_t i = 0; i < items; ++i) {
      for (std::uint32_t n = 0; n < nodes; ++n) core.open_stock(NodeId{n}, SkuId{i}, 100, start);
    }
    for (const auto& earlier : before) {
      for (const std::string& bytes : earlier) core.deliver(0, bytes, start);
    }
    const std::uint64_t processed = core.counters().processed;
    const double begin = cpu_seconds();
    for (const std::string& bytes : timed) core.deliver(0, bytes, start);
    const double elapsed = cpu_seconds() - begin;
    if (core.counters().processed - processed != orders)
      state.SkipWithError("not every message was processed");
    state.SetIterationTime(elapsed);
    delivering += elapsed;
    decoding += decode_seconds(timed, config.directory);
  }
  const double count = static_cast<double>(orders) * static_cast<double>(state.iterations());
  state.counters["deliver_ns"] = delivering / count * 1e9;
  state.counters["handle_ns"] = (delivering - decoding) / count * 1e9;
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
}
/// Messages a second of a live core by the clock on the wall: whole orders from placing to delivery, and
/// every `range(0)` messages a commit that waits for the disk.
void durable(benchmark::State& state) {
  const Config config = bench_config(true);
  std::vector<std::string> timed;
  for (int stage = place; stage < till_sale; ++stage) {
    for (std::string& bytes : messages(static_cast<Stage>(stage), config.directory)) {
      timed.push_back(std::move(bytes));
    }
  }
  const auto batch = static_cast<std::size_t>(state.range(0));
  const std::string path = (std::filesystem::temp_directory_path() / "omnisim_bench.sqlite").string();
  for (auto _ : state) {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    Sink sink;
    SqliteStore log(path);
    DurableCore core(config, sink, log);
    for (std::uint32_t i = 0; i < items; ++i) {
      for (std::uint32_t n = 0; n < nodes; ++n) core.core().open_stock(NodeId{n}, SkuId{i}, 100, start);
    }
    core.commit();
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < timed.size(); ++i) {
      core.core().deliver(0, timed[i], start);
      if ((i + 1) % batch == 0 || i + 1 == timed.size()) core.commit();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    if (core.core().counters().processed != timed.size())
      state.SkipWithError("not every message was processed");
    state.SetIterationTime(elapsed.count());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(timed.size()) * state.iterations());
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
}
BENCHMARK(durable)->Arg(256)->Arg(1024)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

BENCHMARK(handle)
    ->ArgsProduct({benchmark::CreateDenseRange(place, till_sale, 1), {0, 1}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

}  // namespace
}  // namespace omnisim::core
