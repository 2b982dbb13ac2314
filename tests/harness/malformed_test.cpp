// tests/data/malformed/: scenarios, patterns, tables and traces that are wrong, each with the one line that
// the program answers. `manifest.tsv` has a row for each: the command, a tab, the line.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

struct Malformed {
  std::string command;
  std::string line;
};

void PrintTo(const Malformed& malformed, std::ostream* out) { *out << malformed.command; }

std::vector<Malformed> manifest() {
  std::vector<Malformed> rows;
  std::ifstream in(source_folder() / "tests/data/malformed/manifest.tsv");
  for (std::string row; std::getline(in, row);) {
    const std::size_t tab = row.find('\t');
    rows.push_back({row.substr(0, tab), tab == std::string::npos ? "" : row.substr(tab + 1)});
  }
  return rows;
}

class MalformedInput : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedInput, is_answered_by_exit_code_2_and_one_precise_line_and_nothing_is_written) {
  const TemporaryFolder folder;
  for (const auto& entry : fs::directory_iterator(source_folder() / "tests/data/malformed"))
    fs::copy(entry.path(), folder.path());
  const std::vector<std::string> before = folder.files();
  const ProcessResult result = run_shell("%P " + GetParam().command, folder.path());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err, GetParam().line + "\n");
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(folder.files(), before);
}

INSTANTIATE_TEST_SUITE_P(Manifest, MalformedInput, testing::ValuesIn(manifest()));

TEST(MalformedInput, there_are_forty_at_least_and_every_file_is_in_the_manifest) {
  const std::vector<Malformed> rows = manifest();
  EXPECT_GE(rows.size(), 40U);
  std::string commands;
  for (const Malformed& row : rows) commands += row.command + " ";
  for (const auto& entry : fs::directory_iterator(source_folder() / "tests/data/malformed")) {
    const std::string name = entry.path().filename().string();
    if (name == "manifest.tsv") continue;
    EXPECT_NE(commands.find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace omnisim::harness
