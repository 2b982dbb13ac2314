// What a message costs in each format: the examples of docs/wire-formats.md, against master data of a real
// size. An event written to the wire is what the core pays for each command.
#include <benchmark/benchmark.h>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

/// The examples' master data among 5,000 items and 60 nodes.
const Directory& directory() {
  static const Directory full = [] {
    Directory d = examples::master_data();
    for (int i = 3; i <= 5'000; ++i) d.add_item({*Code::from("SKU-" + std::to_string(10'000 + i)), {500}});
    for (int i = 100; i < 160; ++i) d.add_node({.code = *Code::from("store-" + std::to_string(i))});
    return d;
  }();
  return full;
}

void decode_one(benchmark::State& state, const examples::Example& example, bool with_validation) {
  const auto adapter = make_adapter(example.format, directory());
  Event event;
  bool all_ok = true;
  for (auto _ : state) {
    all_ok &= adapter->decode(example.text, event).ok();
    if (with_validation) all_ok &= validate(event, directory()).ok();
    benchmark::DoNotOptimize(event);
  }
  if (!all_ok) state.SkipWithError("the example is refused");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(example.text.size()));
}

void encode_one(benchmark::State& state, const examples::Example& example) {
  Event event;
  if (!make_adapter(example.format, directory())->decode(example.text, event).ok())
    return state.SkipWithError("the example is refused");
  std::string out;
  for (auto _ : state) {
    out.clear();
    encode(event, directory(), out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

/// The first example of each event in each format, under decode, decode_validate and encode.
const bool registered = [] {
  std::vector<std::pair<Format, EventType>> seen;
  for (const examples::Example& example : examples::all()) {
    const std::pair key{example.format, example.type};
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    const std::string name =
        std::string(examples::name_of_format(example.format)) + '/' + std::string(name_of(example.type));
    const auto add = [&](const char* what, auto function) {
      benchmark::RegisterBenchmark((what + name).c_str(), function);
    };
    if (example.format == Format::canonical_json)
      add("encode/", [&example](benchmark::State& s) { encode_one(s, example); });
    add("decode/", [&example](benchmark::State& s) { decode_one(s, example, false); });
    add("decode_validate/", [&example](benchmark::State& s) { decode_one(s, example, true); });
  }
  return true;
}();

}  // namespace
}  // namespace omnisim::core
