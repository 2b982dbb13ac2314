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

void make_folder_of(const std::string& file) {
  std::error_code error;
  const fs::path parent = fs::path(file).parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  if (error) refuse(file, error.message());
}

void write_aside(const std::string& file, std::string_view text) {
  std::error_code error;
  make_folder_of(file);
  std::ofstream out(aside(file), std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return;
  fs::remove(aside(file), error);
  refuse(file, "no space, or no right to");
}

void rename_into_place(const std::string& file) {
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
  rename_into_place(file);
}

void write_files(const std::string& folder, const std::map<std::string, std::string>& files) {
  std::vector<std::string> written;
  try {
    for (const auto& [name, text] : files) {
      written.push_back((fs::path(folder) / name).string());
      write_aside(written.back(), text);
    }
    for (const std::string& file : written) rename_into_place(file);
  } catch (const BadInput&) {
    std::error_code ignored;
    for (const std::string& file : written) fs::remove(aside(file), ignored);
    throw;
  }
}

GrowingFile::GrowingFile(std::string file) : file_(std::move(file)) {
  make_folder_of(file_);
  out_.open(aside(file_), std::ios::binary);
  if (!out_) refuse(file_, "no space, or no right to");
}

GrowingFile::~GrowingFile() {
  if (in_place_) return;
  std::error_code ignored;
  fs::remove(aside(file_), ignored);
}

void GrowingFile::close() {
  out_.close();
  if (!out_) refuse(file_, "no space, or no right to");
}

void GrowingFile::into_place() {
  rename_into_place(file_);
  in_place_ = true;
}

std::fstream nameless_file(const std::string& folder) {
  const std::string file = aside((fs::path(folder) / "scratch").string());
  make_folder_of(file);
  std::fstream opened(file, std::ios::binary | std::ios::in | std::ios::out | std::ios::trunc);
  if (!opened) refuse(file, "no space, or no right to");
  std::error_code ignored;
  fs::remove(file, ignored);
  return opened;
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
