// Rules on the tree as a whole: files stay readable, and nothing in them belongs to one machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "tests/architecture/source_text.hpp"

namespace omnisim::architecture {
namespace {

namespace fs = std::filesystem;

constexpr int max_lines = 400;

std::vector<Finding> long_files(const fs::path& root) {
  std::vector<Finding> findings;
  for (const char* folder : {"core", "sim", "models", "harness", "reports"}) {
    for (const fs::path& path : sources_below(root, folder)) {
      const int lines = static_cast<int>(lines_of(read_text(root / path)).size());
      if (lines > max_lines) findings.push_back({path.generic_string(), lines, "longer than 400 lines"});
    }
  }
  return findings;
}

/// `.git` is a file in a linked working tree.
bool is_ours(const fs::path& path) {
  static const std::vector<std::string> others = {".git", "build", "out", "node_modules", "dist", ".cache"};
  return std::find(others.begin(), others.end(), path.filename().string()) == others.end();
}

std::vector<Finding> machine_paths(const fs::path& root) {
  // In two halves, so that this file does not find itself.
  static const std::regex pattern(std::string("(^|[^\\w.])/(ho") + "me/\\w|ro" + "ot/|wo" + "rk/\\w|Us" +
                                  "ers/\\w)");
  std::vector<Finding> findings;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (!is_ours(it->path())) {
      it.disable_recursion_pending();
      continue;
    }
    if (it->is_directory() || it->is_symlink() || it->file_size() > 4'000'000) continue;
    int number = 0;
    for (const std::string& line : lines_of(read_text(it->path()))) {
      ++number;
      const bool found = line.size() < 4000 && std::regex_search(line, pattern);
      if (found) findings.push_back({fs::relative(it->path(), root).string(), number, line});
    }
  }
  return findings;
}

TEST(Shape, no_source_file_is_longer_than_400_lines) {
  const auto findings = long_files(OMNISIM_DATA_DIR);
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Shape, no_file_names_a_path_of_one_machine) {
  const auto findings = machine_paths(OMNISIM_DATA_DIR);
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Shape, a_planted_long_file_is_found) {
  const TemporaryTree tree;
  std::string text;
  for (int i = 0; i < max_lines; ++i) text += "int x;\n";
  tree.write("core/just_right.cpp", text);
  EXPECT_TRUE(long_files(tree.root()).empty());
  tree.write("core/too_long.cpp", text + "int y;\n");
  ASSERT_EQ(long_files(tree.root()).size(), 1U);
}

TEST(Shape, a_planted_machine_path_is_found_wherever_it_is) {
  const TemporaryTree tree;
  tree.write("docs/fine.md", "See https://example.org/home/page and usr/bin.\n");
  tree.write("build/ignored.txt", std::string("/ho") + "me/anna/omnisim\n");
  EXPECT_TRUE(machine_paths(tree.root()).empty());
  tree.write("scenarios/bad.json", std::string("{\n\"trace\": \"/ho") + "me/anna/trace.csv\"}\n");
  const auto findings = machine_paths(tree.root());
  ASSERT_EQ(findings.size(), 1U) << describe(findings);
  EXPECT_EQ(findings[0].line, 2);
}

}  // namespace
}  // namespace omnisim::architecture
