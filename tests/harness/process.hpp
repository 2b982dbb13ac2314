// Runs the program that was built, as a user would.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace omnisim::harness {

struct ProcessResult {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// `command` is a shell command line in which %P stands for the program; it runs in `folder`.
ProcessResult run_shell(const std::string& command, const std::filesystem::path& folder);

/// Shell words that wait until `$child` has a child of its own, a minute at most: a shell leaves interrupts
/// ignored in the background until the program asks for them, and on a busy machine that takes its time.
inline constexpr const char* until_it_runs =
    "for i in $(seq 600); do pgrep -P $child >/dev/null && break; sleep 0.1; done; ";

/// An empty folder that is removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Names of all files below, sorted.
  std::vector<std::string> files() const;

 private:
  std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& file);
std::filesystem::path source_folder();

}  // namespace omnisim::harness
