// What an event costs: our calendar alone, a message through a channel, a record in the trace.
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
  explicit Successor(Calendar& c) : calendar(c) {}
  void on_event(Time now, std::uint64_t arg) override {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    calendar.schedule(now + Duration{static_cast<std::int64_t>(state % 1'000'000) + 1}, normal_priority,
                      *this, arg);
  }
};

void calendar_event(benchmark::State& state) {
  Calendar calendar{Time{}};
  Successor successor(calendar);
  for (std::int64_t i = 0; i < state.range(0); ++i)
    calendar.schedule(Time{Duration{i % 1'000'000}}, normal_priority, successor, 0);
  for (auto _ : state) calendar.step();
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(calendar_event)->Arg(10)->Arg(100'000)->Arg(1'000'000);

void engine_event(benchmark::State& state) {
  static Engine engine{Time{}};  // One a process.
  static Successor successor(engine.calendar());
  static bool filled = false;
  if (!filled) {
    for (std::int64_t i = 0; i < 100'000; ++i)
      engine.calendar().schedule(Time{Duration{i % 1'000'000}}, normal_priority, successor, 0);
    filled = true;
  }
  Time limit = engine.now();
  const std::uint64_t before = engine.calendar().executed();
  for (auto _ : state) {
    limit += Duration{100'000};
    engine.run(limit);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(engine.calendar().executed() - before));
}
BENCHMARK(engine_event);

void trace_record(benchmark::State& state) {
  Trace trace;
  std::uint64_t payload = 0;
  for (auto _ : state) trace.record(Time{}, 1, 2, ++payload);
  benchmark::DoNotOptimize(trace.size());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(trace_record);

}  // namespace
}  // namespace omnisim::sim
