// What one message costs in the core, by type, in an estate of 5,000 items, 22 nodes and 3 channels with push
// feeds. `deliver` is the whole step: log, decode, validate, inbox, order, handler, postings, commands
// encoded. `handle` is that less decoding and validation, which codec_bench measures on their own. `durable`
// is the whole of a live core, with its log in an SQLite file.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/core_load.hpp"
#include "core/durable_core.hpp"
#include "core/store/memory_store.hpp"
#include "core/store/sqlite_store.hpp"

namespace omnisim::core::bench {
namespace {

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
    open_stock(core);
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
std::size_t heap_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// A log that keeps nothing: what the core itself holds is measured without the messages' bytes.
class NoLog : public Store {
 public:
  std::uint64_t append(const InputRecord&) override { return size_++; }
  std::uint64_t size() const override { return size_; }
  InputRecord read(std::uint64_t) const override { return {}; }

 private:
  std::uint64_t size_ = 0;
};

/// Canonical messages a second of one processor, in and out as bytes, with every capability on: whole orders
/// from placing to delivery. `order_bytes` is what a finished order leaves in the core's own memory, history
/// kept.
void throughput(benchmark::State& state) {
  Config config = bench_config(true);
  config.capabilities.backorders = true;
  const std::vector<std::string> timed = whole_orders(config.directory);
  std::uint64_t count = 0;
  for (auto _ : state) {
    Sink sink;
    NoLog log;
    Core core(config, sink, log);
    open_stock(core);
    const std::size_t heap_before = heap_in_use();
    const double begin = cpu_seconds();
    for (const std::string& bytes : timed) {
      core.deliver(0, bytes, start);
      benchmark::DoNotOptimize(core.next_timer());
    }
    state.SetIterationTime(cpu_seconds() - begin);
    if (core.counters().processed != timed.size() || !core.open_items().empty())
      state.SkipWithError("not every order was finished");
    count += timed.size() + sink.messages;
    state.counters["order_bytes"] = static_cast<double>(heap_in_use() - heap_before) / orders;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
}
BENCHMARK(throughput)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(5);

/// Messages a second of a live core by the clock on the wall: whole orders from placing to delivery, and
/// every `range(0)` messages a commit that waits for the disk.
void durable(benchmark::State& state) {
  const Config config = bench_config(true);
  const std::vector<std::string> timed = whole_orders(config.directory);
  const auto batch = static_cast<std::size_t>(state.range(0));
  std::uint64_t count = 0;
  const std::string path = (std::filesystem::temp_directory_path() / "omnisim_bench.sqlite").string();
  for (auto _ : state) {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    Sink sink;
    SqliteStore log(path);
    DurableCore core(config, sink, log);
    open_stock(core.core());
    core.commit();
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < timed.size(); ++i) {
      core.core().deliver(0, timed[i], start);
      if ((i + 1) % batch == 0 || i + 1 == timed.size()) core.commit();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    count += timed.size() + sink.messages;
    if (core.core().counters().processed != timed.size())
      state.SkipWithError("not every message was processed");
    state.SetIterationTime(elapsed.count());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
}
BENCHMARK(durable)->Arg(256)->Arg(1024)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

BENCHMARK(handle)
    ->ArgsProduct({benchmark::CreateDenseRange(place, till_sale, 1), {0, 1}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

}  // namespace
}  // namespace omnisim::core::bench
