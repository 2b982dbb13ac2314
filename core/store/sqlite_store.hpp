// The input log in an SQLite file, the store of a live core: write-ahead log, one transaction from `sync` to
// `sync`, and each `sync` waits for the medium (`synchronous = FULL`), so that what was synced survives a
// loss of power as well as the end of the process. What was not synced is gone with either. Errors of the
// file (full disk, lost permission) are thrown as std::runtime_error with SQLite's words.
#pragma once

#include <memory>
#include <string>

#include "core/ports/durable_store.hpp"

namespace omnisim::core {

class SqliteStore : public DurableStore {
 public:
  /// Opens or creates `path` and goes on after the records that it holds.
  explicit SqliteStore(const std::string& path);
  /// Forgets what was not synced, as a crash does.
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  std::uint64_t append(const InputRecord& record) override;
  std::uint64_t size() const override { return size_; }
  InputRecord read(std::uint64_t number) const override;
  void sync() override;
  void mark_sent(std::uint64_t commands) override { sent_ = commands; }
  std::uint64_t sent() const override { return sent_; }
  void save(const Snapshot& snapshot) override;
  std::optional<Snapshot> snapshot() const override;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
  mutable std::string buffer_;  ///< bytes of the record that was read last
  std::uint64_t size_ = 0;
  std::uint64_t sent_ = 0;
  bool in_transaction_ = false;
};

}  // namespace omnisim::core
