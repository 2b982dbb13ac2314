// What the dispatcher costs: whole orders with 3 push feeds, each command a call that is answered with ok at
// once. The first row has no APIs (commands go straight to the host), the second all capabilities on, the
// others one off each. An answer is an input of its own, with its record in the log; its cost is in the row.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/core_load.hpp"
#include "core/store/memory_store.hpp"

namespace omnisim::core::bench {
namespace {

class Answering : public Outbound {
 public:
  void send(Destination to, EventType, std::string_view) override {
    ++messages;
    if (to.call != 0) open.push_back(to.call);
  }
  void answer_all(Core& core, Time now) {
    // An answer may make further calls.
    for (std::size_t i = 0; i < open.size(); ++i) core.call_result(open[i], CallResult::ok, now);
    open.clear();
  }
  std::vector<std::uint64_t> open;
  std::uint64_t messages = 0;
};

Config dispatch_config(bool with_apis) {
  Config config = bench_config(true);
  for (std::size_t kind = 0; with_apis && kind < api_kind_count; ++kind) {
    ApiPolicy api;
    api.kind = static_cast<ApiKind>(kind);
    api.calls = 1'000'000;
    api.per = std::chrono::seconds{1};
    api.burst = 1'000'000;
    config.apis.push_back(api);
  }
  return config;
}

void dispatch(benchmark::State& state) {
  static constexpr const char* labels[] = {
      "no APIs",      "all on",       "retry off",        "circuit_breaker off",
      "bulkhead off", "throttle off", "back_pressure off"};
  const auto row = static_cast<std::size_t>(state.range(0));
  state.SetLabel(labels[row]);
  Config config = dispatch_config(row > 0);
  Capabilities& can = config.capabilities;
  bool* const switches[] = {&can.retry, &can.circuit_breaker, &can.bulkhead, &can.throttle,
                            &can.back_pressure};
  if (row >= 2) *switches[row - 2] = false;
  const std::vector<std::string> timed = whole_orders(config.directory);
  std::uint64_t commands = 0;
  for (auto _ : state) {
    Answering host;
    MemoryStore log;
    Core core(config, host, log);
    Time now = start;
    for (std::uint32_t i = 0; i < items; ++i) {
      core.open_stock(NodeId{0}, SkuId{i}, 1000, now);
      host.answer_all(core, now);
    }
    const std::uint64_t before = host.messages;
    const double begin = cpu_seconds();
    for (const std::string& bytes : timed) {
      now += std::chrono::microseconds{100};
      core.deliver(0, bytes, now);
      host.answer_all(core, now);
    }
    state.SetIterationTime(cpu_seconds() - begin);
    commands += host.messages - before;
    if (core.counters().processed != timed.size()) state.SkipWithError("not every message was processed");
    for (const ApiStatus& api : core.apis())
      if (api.queued > 0) state.SkipWithError("not every command was delivered");
  }
  const double inputs = static_cast<double>(timed.size()) * static_cast<double>(state.iterations());
  state.counters["ns_per_message"] =
      benchmark::Counter(inputs * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["commands_per_message"] = static_cast<double>(commands) / inputs;
}
BENCHMARK(dispatch)->DenseRange(0, 6)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace omnisim::core::bench
