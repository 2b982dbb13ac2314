// Writing files so that a reader never sees half of one: beside their place first, then renamed.
#pragma once

#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace omnisim::harness {

/// Throws BadInput where the file cannot be written. Makes the folders above it.
void write_file(const std::string& file, std::string_view text);

/// Writes all of `files` (name → text) into `folder`, or none of them.
void write_files(const std::string& folder, const std::map<std::string, std::string>& files);

/// A file that grows beside its place while a run goes on, and is put there at the end; what was not is
/// removed.
class GrowingFile {
 public:
  /// Throws BadInput where it cannot be made. Makes the folders above it.
  explicit GrowingFile(std::string file);
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  std::ostream& out() { return out_; }
  /// Throws BadInput where not all of it could be written.
  void close();
  void into_place();

 private:
  std::string file_;
  std::ofstream out_;
  bool in_place_ = false;
};

/// A file without a name, in `folder`, which is gone when it is closed.
std::fstream nameless_file(const std::string& folder);

/// Throws BadInput where `folder` exists and is no directory, or where it could not be made: before work is
/// done for it.
void check_output_folder(const std::string& folder);

}  // namespace omnisim::harness
