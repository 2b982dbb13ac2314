// Writing files so that a reader never sees half of one: beside their place first, then renamed.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace omnisim::harness {

/// Throws BadInput where the file cannot be written. Makes the folders above it.
void write_file(const std::string& file, std::string_view text);

/// Writes all of `files` (name → text) into `folder`, or none of them.
void write_files(const std::string& folder, const std::map<std::string, std::string>& files);

/// Throws BadInput where `folder` exists and is no directory, or where it could not be made: before work is
/// done for it.
void check_output_folder(const std::string& folder);

}  // namespace omnisim::harness
