// The hot path allocates nothing once its buffers have their size.
#include <gtest/gtest.h>

#include "tests/core/allocation_counter.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

TEST(HotPath, decoding_validating_and_encoding_allocate_nothing_in_steady_state) {
  const Directory directory = examples::master_data();
  std::vector<std::unique_ptr<Adapter>> adapters;
  for (std::size_t f = 0; f < format_count; ++f)
    adapters.push_back(make_adapter(static_cast<Format>(f), directory));
  Event event;
  std::string out;
  bool all_ok = true;
  const auto all_examples_once = [&] {
    for (const examples::Example& example : examples::all()) {
      if (example.format == Format::camt053_xml) continue;  // a tree of a document, once a day
      all_ok &= adapters[static_cast<std::size_t>(example.format)]->decode(example.text, event).ok();
      all_ok &= validate(event, directory).ok();
      out.clear();
      encode(event, directory, out);
    }
  };
  all_examples_once();
  const std::size_t before = allocations_so_far();
  ASSERT_GT(before, 0u);
  for (int i = 0; i < 100; ++i) all_examples_once();
  EXPECT_EQ(allocations_so_far(), before);
  EXPECT_TRUE(all_ok);
}

}  // namespace
}  // namespace omnisim::core
