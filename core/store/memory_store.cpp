#include "core/store/memory_store.hpp"

#include <cstring>

namespace omnisim::core {

std::uint64_t MemoryStore::append(const InputRecord& record) {
  records_.push_back(record);
  records_.back().bytes = keep(record.bytes);
  return records_.size() - 1;
}

std::string_view MemoryStore::keep(std::string_view bytes) {
  if (bytes.empty()) return {};
  bytes_ += bytes.size();
  if (bytes.size() > left_) {
    // A message larger than a chunk gets a chunk of its own, and the current one is used on.
    const bool large = bytes.size() > chunk_size / 4;
    const std::size_t size = large ? bytes.size() : chunk_size;
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    char* const begin = chunks_.back().get();
    if (large) {
      std::memcpy(begin, bytes.data(), bytes.size());
      return {begin, bytes.size()};
    }
    free_ = begin;
    left_ = size;
  }
  char* const begin = free_;
  std::memcpy(begin, bytes.data(), bytes.size());
  free_ += bytes.size();
  left_ -= bytes.size();
  return {begin, bytes.size()};
}

}  // namespace omnisim::core
