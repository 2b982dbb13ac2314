#include <gtest/gtest.h>

#include "core/store/sqlite_store.hpp"
#include "tests/core/support/small_estate.hpp"
#include "tests/core/support/temporary_file.hpp"

namespace omnisim::core::testing {
namespace {

TEST(MemoryStore, records_come_back_whatever_their_size) {
  MemoryStore store;
  const std::string large(3 << 20, 'x');
  const std::string nearly(900'000, 'y');
  const std::string binary("\0a\0b", 4);
  for (const std::string& bytes : {std::string("first"), large, nearly, binary, std::string()}) {
    store.append({InputKind::message, 2, opening, bytes});
  }
  ASSERT_EQ(store.size(), 5U);
  EXPECT_EQ(store.read(0).bytes, "first");
  EXPECT_EQ(store.read(1).bytes, large);
  EXPECT_EQ(store.read(2).bytes, nearly);
  EXPECT_EQ(store.read(3).bytes, binary);
  EXPECT_EQ(store.read(3).source, 2U);
  EXPECT_TRUE(store.read(4).bytes.empty());
  EXPECT_EQ(store.bytes(), 5 + large.size() + nearly.size() + 4);
}

TEST(SqliteStore, a_core_is_rebuilt_from_the_file_after_a_restart) {
  const TemporaryFile file;
  const Config config = small_config();
  std::pair<std::uint64_t, std::uint64_t> hash;
  {
    Recorder recorder(config.directory);
    SqliteStore store(file.path());
    Core core(config, recorder, store);
    SmallEstate writer;  // Only encodes messages here.
    core.open_stock(dc, shirt, 5, writer.now);
    OrderPlaced order;
    order.order = code("W-1");
    order.channel = web;
    order.tenders.card = {1200};
    // A delivery scan that has to be read back from the file when its shipment comes.
    core.deliver(0, writer.message(ShipmentDelivered{code("S-1")}), writer.now);
    core.deliver(0, writer.message(order, {line(1, shirt, 1, 1000, 200)}), writer.now);
    core.deliver(0, writer.message(ShipmentShipped{code("W-1"), web, dc, code("S-1")}, {line(1, shirt, 1)}),
                 writer.now);
    core.deliver(0, std::string_view("\0broken", 7), writer.now);
    core.advance(writer.now + std::chrono::hours{1});
    EXPECT_EQ(core.balance(shirt, dc, Bucket::delivered), 1);
    hash = core.state_hash();
    store.sync();
  }
  SqliteStore reopened(file.path());
  EXPECT_EQ(reopened.size(), 5U);
  EXPECT_EQ(reopened.read(4).bytes, std::string_view("\0broken", 7));
  ReplayStore replayed(reopened);
  const auto core = rebuild(config, replayed);
  EXPECT_EQ(core->state_hash(), hash);
  EXPECT_EQ(reopened.append({InputKind::timer, 0, opening, {}}), 5U) << "it goes on where it stopped";
  reopened.sync();
}

TEST(SqliteStore, what_was_not_synced_is_not_in_the_file) {
  const TemporaryFile file;
  SqliteStore store(file.path());
  store.append({InputKind::message, 0, opening, "a"});
  store.sync();
  store.append({InputKind::message, 0, opening, "b"});
  const SqliteStore other(file.path());
  EXPECT_EQ(other.size(), 1U);
  EXPECT_EQ(store.size(), 2U);
}

TEST(SqliteStore, a_file_that_cannot_be_opened_is_a_clear_error) {
  try {
    SqliteStore store("/no/such/folder/log.sqlite");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/no/such/folder/log.sqlite"), std::string::npos);
  }
  SqliteStore empty(":memory:");
  EXPECT_THROW(empty.read(0), std::runtime_error);
}

}  // namespace
}  // namespace omnisim::core::testing
