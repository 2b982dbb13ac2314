// libFuzzer target: the first byte, a to n, chooses the format, the rest is the message. Not part of the
// default build:
//   cmake -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DOMNISIM_FUZZ=ON && ninja -C build/fuzz
//   decode_fuzzer build/fuzz/decode_fuzzer -dict=tests/fuzz/wire.dict -max_total_time=600 build/fuzz/corpus
//   tests/fuzz/seeds
#include <cstdint>
#include <cstdlib>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

void decode_and_write(Format format, std::string_view bytes) {
  static const Directory directory = examples::master_data();
  static const auto adapters = [] {
    std::array<std::unique_ptr<Adapter>, format_count> all;
    for (std::size_t f = 0; f < format_count; ++f) all[f] = make_adapter(static_cast<Format>(f), directory);
    return all;
  }();
  static Event event, again;
  const DecodeResult result = adapters[static_cast<std::size_t>(format)]->decode(bytes, event);
  if (!result.ok()) {
    if (result.field.empty()) std::abort();
    return;
  }
  (void)validate(event, directory);
  const std::string text = examples::encoded(event, directory);
  const auto& canonical = adapters[static_cast<std::size_t>(Format::canonical_json)];
  if (!canonical->decode(text, again).ok() || examples::encoded(again, directory) != text) std::abort();
}

}  // namespace
}  // namespace omnisim::core

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format =
      static_cast<omnisim::core::Format>((data[0] - 'a' + 256u) % omnisim::core::format_count);
  omnisim::core::decode_and_write(format, {reinterpret_cast<const char*>(data + 1), size - 1});
  return 0;
}
