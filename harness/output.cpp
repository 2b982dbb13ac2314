#include "harness/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "harness/scenario/problem.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw BadInput({file, "/", "cannot be written: " + why, "a place where you may write"});
}

std::string aside(const std::string& file) { return fmt::format("{}.{}.part", file, getpid()); }

void write_aside(const std::string& file, std::string_view text) {
  std::error_code error;
  const fs::path parent = fs::path(file).parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  if (error) refuse(file, error.message());
  std::ofstream out(aside(file), std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return;
  fs::remove(aside(file), error);
  refuse(file, "no space, or no right to");
}

void into_place(const std::string& file) {
  std::error_code error;
  fs::rename(aside(file), file, error);
  if (!error) return;
  std::error_code ignored;
  fs::remove(aside(file), ignored);
  refuse(file, error.message());
}

}  // namespace

void write_file(const std::string& file, std::string_view text) {
  write_aside(file, text);
  into_place(file);
}

void write_files(const std::string& folder, const std::map<std::string, std::string>& files) {
  std::vector<std::string> written;
  try {
    for (const auto& [name, text] : files) {
      written.push_back((fs::path(folder) / name).string());
      write_aside(written.back(), text);
    }
  } catch (const BadInput&) {
    std::error_code ignored;
    for (const std::string& file : written) fs::remove(aside(file), ignored);
    throw;
  }
  for (const std::string& file : written) into_place(file);
}

void check_output_folder(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error)) {
    if (!fs::is_directory(folder, error))
      throw BadInput({folder, "/", "is no folder", "the path of a folder, or one that does not exist"});
    if (access(folder.c_str(), W_OK) != 0) refuse(folder, "no right to");
    return;
  }
  fs::path parent = fs::absolute(folder, error).parent_path();
  while (!parent.empty() && parent != parent.parent_path() && !fs::exists(parent, error))
    parent = parent.parent_path();
  if (!fs::is_directory(parent, error) || access(parent.c_str(), W_OK) != 0)
    refuse(folder, "no right to, or no folder above it");
}

}  // namespace omnisim::harness
