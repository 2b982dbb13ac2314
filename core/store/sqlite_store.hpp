// The input log in an SQLite file: write-ahead log, one transaction a batch. With `synchronous = NORMAL` a
// crash of the process loses nothing that was committed; a loss of power can lose the last commits, but never
// leaves a torn record. Errors of the file (full disk, lost permission) are thrown as std::runtime_error with
// SQLite's words.
#pragma once

#include <memory>
#include <string>

#include "core/ports/store.hpp"

namespace omnisim::core {

class SqliteStore : public Store {
 public:
  /// Opens or creates `path` and goes on after the records that it holds. `batch_max` appends are committed
  /// at once.
  explicit SqliteStore(const std::string& path, std::uint32_t batch_max = 256);
  /// Commits what is open.
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  std::uint64_t append(const InputRecord& record) override;
  std::uint64_t size() const override { return size_; }
  InputRecord read(std::uint64_t number) const override;

  /// Makes everything appended so far durable. A host calls it before it acknowledges messages.
  void commit();

 private:
  struct Database;
  std::unique_ptr<Database> database_;
  mutable std::string buffer_;  ///< bytes of the record that was read last
  std::uint64_t size_ = 0;
  std::uint32_t batch_max_;
  std::uint32_t in_batch_ = 0;
};

}  // namespace omnisim::core
