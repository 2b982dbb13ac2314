// What an event costs: our calendar alone and over SimGrid, a message through a channel, a record in the
// trace.
#include <benchmark/benchmark.h>

#include "sim/calendar.hpp"
#include "sim/channel.hpp"
#include "sim/engine.hpp"
#include "sim/trace.hpp"

namespace omnisim::sim {
namespace {

/// Each event schedules its successor, so that the number pending stays what it is.
struct Successor : Handler {
  Calendar& calendar;
  std::uint64_t state = 88172645463325252ull;
  bool stopped = false;
  Successor(Calendar& c, std::int64_t pending) : calendar(c) {
    for (std::int64_t i = 0; i < pending; ++i)
      calendar.schedule(calendar.now() + Duration{i % 1'000'000}, normal_priority, *this, 0);
  }
  void on_event(Time now, std::uint64_t arg) override {
    if (stopped) return;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    calendar.schedule(now + Duration{static_cast<std::int64_t>(state % 1'000'000) + 1}, normal_priority,
                      *this, arg);
  }
};

/// One a process, so the benchmarks that need it share it; each leaves it at rest.
Engine& engine() {
  static Engine only{Time{}};
  return only;
}

void calendar_event(benchmark::State& state) {
  Calendar calendar{Time{}};
  const Successor successor(calendar, state.range(0));
  for (auto _ : state) calendar.step();
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(calendar_event)->Arg(10)->Arg(100'000)->Arg(1'000'000);

/// Items are events; the time of an iteration says little, since it is a tenth of a second of simulated time.
void engine_event(benchmark::State& state) {
  Calendar& calendar = engine().calendar();
  Successor successor(calendar, state.range(0));
  const std::uint64_t before = calendar.executed();
  Time limit = calendar.now();
  for (auto _ : state) engine().run(limit += Duration{100'000});
  state.SetItemsProcessed(static_cast<std::int64_t>(calendar.executed() - before));
  successor.stopped = true;
  engine().run(Time::max());
}
BENCHMARK(engine_event)->Arg(10)->Arg(100'000)->Arg(1'000'000);

void channel_message(benchmark::State& state) {
  struct Sink : Receiver<std::uint64_t> {
    std::uint64_t sum = 0;
    void receive(Time, std::uint64_t& payload) override { sum += payload; }
  } sink;
  Streams streams(1);
  Platform platform(engine(), streams);
  const ChannelSpec spec{Distribution::make(Lognormal{0.05, 0.2}, nullptr).value(), false, std::nullopt};
  Channel<std::uint64_t> channel(engine(), platform, spec, streams.get("channel", "latency"), nullptr, sink);
  Calendar& calendar = engine().calendar();
  for (std::uint64_t i = 0; i < 1000; ++i) channel.send(i, 500);
  for (auto _ : state) {  // 1,000 messages are always under way.
    channel.send(1, 500);
    calendar.step();
  }
  state.SetItemsProcessed(state.iterations());
  engine().run(Time::max());
  benchmark::DoNotOptimize(sink.sum);
}
BENCHMARK(channel_message);

void trace_record(benchmark::State& state) {
  Trace trace;
  std::uint64_t payload = 0;
  for (auto _ : state) trace.record(Time{}, 1, 2, ++payload);
  benchmark::DoNotOptimize(trace.fingerprint());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(trace_record);

}  // namespace
}  // namespace omnisim::sim
