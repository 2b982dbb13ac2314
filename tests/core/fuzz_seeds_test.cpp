// The fuzzer's seeds are the documented messages, each with the letter of its format before it: a new example
// is a new seed. After a change of the page: OMNISIM_ACCEPT=1 and this test write them anew. What a fuzzer
// found once stays among them under a name of its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/canonical/event_types.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

namespace fs = std::filesystem;

const fs::path folder = OMNISIM_DATA_DIR "/tests/fuzz/seeds";

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string seed_of(const examples::Example& example) {
  return static_cast<char>('a' + static_cast<int>(example.format)) + example.text;
}

TEST(FuzzSeeds, each_documented_message_is_one) {
  std::set<fs::path> written;
  for (const examples::Example& example : examples::all()) {
    const fs::path file = folder / (std::string(examples::name_of_format(example.format)) + '-' +
                                    std::string(name_of(example.type)));
    // Where the page shows an event twice, the first one is the seed.
    if (!written.insert(file).second) continue;
    if (std::getenv("OMNISIM_ACCEPT") != nullptr) std::ofstream(file, std::ios::binary) << seed_of(example);
    EXPECT_EQ(text_of_file(file), seed_of(example)) << file.filename();
  }
}

TEST(FuzzSeeds, each_is_decoded_or_refused_with_a_reason) {
  const Directory directory = examples::master_data();
  int seen = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string seed = text_of_file(entry.path());
    ASSERT_FALSE(seed.empty());
    const auto format = static_cast<std::size_t>(seed[0] - 'a');
    ASSERT_LT(format, format_count) << entry.path().filename();
    Event event;
    const DecodeResult said =
        make_adapter(static_cast<Format>(format), directory)->decode(std::string_view(seed).substr(1), event);
    EXPECT_TRUE(said.ok() || !said.field.empty()) << entry.path().filename();
    ++seen;
  }
  EXPECT_GE(seen, 90);
}

}  // namespace
}  // namespace omnisim::core
