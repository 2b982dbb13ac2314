#include "core/store/sqlite_store.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace omnisim::core {

struct SqliteStore::Database {
  explicit Database(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) {
      const std::string why = handle != nullptr ? sqlite3_errmsg(handle) : "no memory";
      sqlite3_close(handle);
      throw std::runtime_error("input log " + path + ": " + why);
    }
  }
  ~Database() {
    sqlite3_finalize(insert);
    sqlite3_finalize(select);
    sqlite3_close(handle);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void check(int result, int wanted = SQLITE_OK) const {
    if (result != wanted) throw std::runtime_error(std::string("input log: ") + sqlite3_errmsg(handle));
  }
  void run(const char* sql) const { check(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr));
    return statement;
  }

  sqlite3* handle = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_stmt* select = nullptr;
};

SqliteStore::SqliteStore(const std::string& path) : database_(std::make_unique<Database>(path)) {
  Database& db = *database_;
  db.run("PRAGMA journal_mode = WAL");
  db.run("PRAGMA synchronous = FULL");
  db.run(
      "CREATE TABLE IF NOT EXISTS input (number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, source INTEGER "
      "NOT NULL,"
      " now_us INTEGER NOT NULL, bytes BLOB NOT NULL, sent INTEGER NOT NULL)");
  db.run(
      "CREATE TABLE IF NOT EXISTS snapshot (only INTEGER PRIMARY KEY CHECK (only = 1), inputs INTEGER NOT "
      "NULL,"
      " state BLOB NOT NULL)");
  db.insert = db.prepare(
      "INSERT INTO input (number, kind, source, now_us, bytes, sent) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  db.select = db.prepare("SELECT kind, source, now_us, bytes FROM input WHERE number = ?1");
  sqlite3_stmt* last = db.prepare("SELECT number, sent FROM input ORDER BY number DESC LIMIT 1");
  if (sqlite3_step(last) == SQLITE_ROW) {
    size_ = static_cast<std::uint64_t>(sqlite3_column_int64(last, 0)) + 1;
    sent_ = static_cast<std::uint64_t>(sqlite3_column_int64(last, 1));
  }
  sqlite3_finalize(last);
}

SqliteStore::~SqliteStore() = default;

std::uint64_t SqliteStore::append(const InputRecord& record) {
  const Database& db = *database_;
  if (!in_transaction_) db.run("BEGIN");
  in_transaction_ = true;
  sqlite3_bind_int64(db.insert, 1, static_cast<sqlite3_int64>(size_));
  sqlite3_bind_int(db.insert, 2, static_cast<int>(record.kind));
  sqlite3_bind_int64(db.insert, 3, record.source);
  sqlite3_bind_int64(db.insert, 4, to_us(record.now));
  const char* bytes = record.bytes.empty() ? "" : record.bytes.data();
  sqlite3_bind_blob64(db.insert, 5, bytes, record.bytes.size(), SQLITE_STATIC);
  sqlite3_bind_int64(db.insert, 6, static_cast<sqlite3_int64>(sent_));
  const int result = sqlite3_step(db.insert);
  sqlite3_reset(db.insert);
  db.check(result, SQLITE_DONE);
  return size_++;
}

InputRecord SqliteStore::read(std::uint64_t number) const {
  const Database& db = *database_;
  sqlite3_reset(db.select);
  sqlite3_bind_int64(db.select, 1, static_cast<sqlite3_int64>(number));
  db.check(sqlite3_step(db.select), SQLITE_ROW);
  InputRecord record;
  record.kind = static_cast<InputKind>(sqlite3_column_int(db.select, 0));
  record.source = static_cast<std::uint32_t>(sqlite3_column_int64(db.select, 1));
  record.now = time_from_us(sqlite3_column_int64(db.select, 2));
  const void* bytes = sqlite3_column_blob(db.select, 3);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(db.select, 3));
  buffer_.assign(static_cast<const char*>(bytes == nullptr ? "" : bytes), bytes == nullptr ? 0 : size);
  record.bytes = buffer_;
  sqlite3_reset(db.select);
  return record;
}

void SqliteStore::sync() {
  if (!in_transaction_) return;
  database_->run("COMMIT");
  in_transaction_ = false;
}

void SqliteStore::save(const Snapshot& snapshot) {
  const Database& db = *database_;
  sqlite3_stmt* replace =
      db.prepare("INSERT OR REPLACE INTO snapshot (only, inputs, state) VALUES (1, ?1, ?2)");
  sqlite3_bind_int64(replace, 1, static_cast<sqlite3_int64>(snapshot.inputs));
  sqlite3_bind_blob64(replace, 2, snapshot.state.data(), snapshot.state.size(), SQLITE_STATIC);
  const int result = sqlite3_step(replace);
  sqlite3_finalize(replace);
  db.check(result, SQLITE_DONE);
}

std::optional<Snapshot> SqliteStore::snapshot() const {
  const Database& db = *database_;
  sqlite3_stmt* select = db.prepare("SELECT inputs, state FROM snapshot");
  std::optional<Snapshot> found;
  if (sqlite3_step(select) == SQLITE_ROW) {
    found.emplace().inputs = static_cast<std::uint64_t>(sqlite3_column_int64(select, 0));
    const auto* state = static_cast<const char*>(sqlite3_column_blob(select, 1));
    found->state.assign(state, static_cast<std::size_t>(sqlite3_column_bytes(select, 1)));
  }
  sqlite3_finalize(select);
  return found;
}

}  // namespace omnisim::core
