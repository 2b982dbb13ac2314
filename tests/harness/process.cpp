#include "tests/harness/process.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace omnisim::harness {

namespace fs = std::filesystem;

ProcessResult run_shell(const std::string& command, const fs::path& folder) {
  const TemporaryFolder scratch;
  std::string line = command;
  for (std::size_t at = line.find("%P"); at != std::string::npos; at = line.find("%P"))
    line.replace(at, 2, OMNISIM_PROGRAM);
  const std::string out = (scratch.path() / "out").string();
  const std::string err = (scratch.path() / "err").string();
  const std::string whole =
      "cd '" + folder.string() + "' && { " + line + " ; } >'" + out + "' 2>'" + err + "' </dev/null";
  const int status = system(whole.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_text(out), read_text(err)};
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "omnisim-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path_))
    names.push_back(fs::relative(entry.path(), path_).string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path source_folder() { return OMNISIM_DATA_DIR; }

}  // namespace omnisim::harness
