#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::architecture {

/// What a rule found: printed as "file:line: what", which editors can jump to.
struct Finding {
  std::string file;  ///< relative to the root that was searched
  int line = 0;
  std::string what;
};

std::string describe(const std::vector<Finding>& findings);

/// The .hpp and .cpp files below `root/folder`, relative to `root`, sorted. An absent folder has none.
std::vector<std::filesystem::path> sources_below(const std::filesystem::path& root, std::string_view folder);

std::string read_text(const std::filesystem::path& file);

/// The same text, line for line, with comments and what stands between quotes blanked out: what is left is
/// code. Text of `#include` lines stays, since its quotes are code to us.
std::string code_only(std::string_view text);

std::vector<std::string> lines_of(std::string_view text);

/// An empty directory below the system's temporary one, removed with all its files at the end of its life.
class TemporaryTree {
 public:
  TemporaryTree();
  ~TemporaryTree();
  TemporaryTree(const TemporaryTree&) = delete;
  TemporaryTree& operator=(const TemporaryTree&) = delete;

  void write(const std::string& file, std::string_view text) const;
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace omnisim::architecture
