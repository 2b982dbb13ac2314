// An SQLite file of one test, gone before and after it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

namespace omnisim::core::testing {

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& folder = std::filesystem::temp_directory_path()) {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("omnisim_") + test->name() + ".sqlite";
    std::replace(name.begin(), name.end(), '/', '_');
    path_ = folder / name;
    remove();
  }
  ~TemporaryFile() { remove(); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  void remove() {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
  }
  std::filesystem::path path_;
};

}  // namespace omnisim::core::testing
