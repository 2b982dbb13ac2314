// What each capability costs a message: whole orders with 3 push feeds, from four numbered sources that own
// what they state, with every capability on and with all but one, turn about; `cost_ns` is the median of
// the differences. "nothing" compares a core with itself: what is no more than that is noise.
// The switches of the dispatcher are measured where each command is a call, answered with ok at once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bench/core_load.hpp"
#include "core/store/memory_store.hpp"

namespace omnisim::core::bench {
namespace {

class Answering : public Outbound {
 public:
  void send(Destination to, EventType, std::string_view) override {
    if (to.call != 0) open.push_back(to.call);
  }
  void answer_all(Core& core, Time now) {
    // An answer may make further calls.
    for (std::size_t i = 0; i < open.size(); ++i) core.call_result(open[i], CallResult::ok, now);
    open.clear();
  }
  std::vector<std::uint64_t> open;
};

constexpr Role teller_of(Stage stage) {
  switch (stage) {
    case place:
      return Role::channel;
    case authorise:
    case capture:
      return Role::payment_provider;
    case deliver_scan:
      return Role::carrier;
    default:
      return Role::warehouse;
  }
}

struct Input {
  std::uint32_t source;
  std::string bytes;
};

std::vector<Input> numbered_inputs(const Directory& directory) {
  std::vector<Input> all;
  std::uint64_t sequences[role_count] = {};
  for_whole_orders([&](Stage stage, std::uint32_t n) {
    const auto teller = static_cast<std::uint32_t>(teller_of(stage));
    Event event = bench_event(stage, n);
    event.envelope.source = numbered_code("source-", teller);
    event.envelope.sequence = ++sequences[teller];
    all.push_back({teller, {}});
    encode(event, directory, all.back().bytes);
  });
  return all;
}

Config all_on(bool with_apis) {
  Config config = bench_config(true);
  for (const CapabilityRow& row : capability_table()) config.capabilities.*row.on = true;
  config.sources.clear();
  for (std::size_t role = 0; role < role_count; ++role)
    config.sources.push_back(
        {"source-" + std::to_string(role), Format::canonical_json, static_cast<Role>(role)});
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

/// Processor seconds for all inputs; negative where one was not acted on.
double seconds_of(const Config& config, const std::vector<Input>& inputs) {
  Answering host;
  MemoryStore log;
  Core core(config, host, log);
  Time now = start;
  for (std::uint32_t i = 0; i < items; ++i) {
    core.open_stock(NodeId{0}, SkuId{i}, 1000, now);
    host.answer_all(core, now);
  }
  const double begin = cpu_seconds();
  for (const Input& input : inputs) {
    now += std::chrono::microseconds{100};
    core.deliver(input.source, input.bytes, now);
    host.answer_all(core, now);
  }
  const double elapsed = cpu_seconds() - begin;
  return core.counters().processed == inputs.size() ? elapsed : -1;
}

double median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

constexpr std::size_t having_apis = capability_count;
constexpr std::size_t nothing = capability_count + 1;

/// Argument: a row of capability_table(), or one of the two above.
void capability(benchmark::State& state) {
  const auto row = static_cast<std::size_t>(state.range(0));
  const bool is_row = row < capability_count;
  const bool with_apis = row == having_apis || (is_row && capability_table()[row].of_dispatcher);
  const Config on = all_on(with_apis);
  Config off = all_on(with_apis && row != having_apis);
  if (is_row) off.capabilities.*capability_table()[row].on = false;
  state.SetLabel(is_row ? capability_table()[row].name : row == having_apis ? "having APIs" : "nothing");
  const std::vector<Input> inputs = numbered_inputs(on.directory);
  std::vector<double> costs, all;
  for (auto _ : state) {
    const double with = seconds_of(on, inputs);
    const double without = seconds_of(off, inputs);
    if (with < 0 || without < 0) state.SkipWithError("not every message was processed");
    all.push_back(with);
    costs.push_back(with - without);
  }
  const double each = 1e9 / static_cast<double>(inputs.size());
  state.counters["on_ns"] = median_of(all) * each;
  state.counters["cost_ns"] = median_of(costs) * each;
}
BENCHMARK(capability)->DenseRange(0, nothing)->Unit(benchmark::kMillisecond)->Iterations(15);

}  // namespace
}  // namespace omnisim::core::bench
