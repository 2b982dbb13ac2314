// The input log in memory: records in large chunks that never move, so that a view stays valid as long as the
// store.
#pragma once

#include <memory>
#include <vector>

#include "core/ports/store.hpp"

namespace omnisim::core {

class MemoryStore : public Store {
 public:
  std::uint64_t append(const InputRecord& record) override;
  std::uint64_t size() const override { return records_.size(); }
  InputRecord read(std::uint64_t number) const override { return records_[number]; }

  /// Bytes of the messages kept, for reports.
  std::uint64_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t chunk_size = 1 << 20;

  std::string_view keep(std::string_view bytes);

  std::vector<InputRecord> records_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace omnisim::core
