// The committed schemas of the canonical form are those that the description of its fields gives. After a
// change of that description: OMNISIM_ACCEPT=1 and this test write them anew.
#include "core/canonical/schema.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/canonical/event_types.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

namespace fs = std::filesystem;

const fs::path folder = OMNISIM_DATA_DIR "/core/canonical/schemas";

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CanonicalSchema, the_committed_files_are_the_generated_ones) {
  for (const EventTypeRow& row : event_type_table()) {
    const fs::path file = folder / schema_file_name(row.type, row.newest);
    if (std::getenv("OMNISIM_ACCEPT") != nullptr)
      std::ofstream(file, std::ios::binary) << json_schema(row.type, row.newest);
    EXPECT_EQ(text_of_file(file), json_schema(row.type, row.newest))
        << file.filename() << " is out of date: run this test with OMNISIM_ACCEPT=1";
  }
}

TEST(CanonicalSchema, what_an_older_version_says_stays_as_it_was_committed) {
  for (const EventTypeRow& row : event_type_table()) {
    for (std::uint16_t version = row.oldest_read; version < row.newest; ++version) {
      const fs::path file = folder / schema_file_name(row.type, version);
      EXPECT_EQ(text_of_file(file), json_schema(row.type, version))
          << file.filename() << ": the newest version has changed what the reader makes of this one";
    }
  }
}

TEST(CanonicalSchema, there_is_one_file_for_each_event_and_version_and_none_beside) {
  std::set<std::string> expected, found;
  for (const EventTypeRow& row : event_type_table()) {
    for (std::uint16_t version = row.oldest_read; version <= row.newest; ++version)
      expected.insert(schema_file_name(row.type, version));
  }
  for (const auto& entry : fs::directory_iterator(folder)) found.insert(entry.path().filename().string());
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace omnisim::core
