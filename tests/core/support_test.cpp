#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/support/index.hpp"
#include "core/support/pool.hpp"
#include "core/support/queue.hpp"
#include "tests/core/support/chance.hpp"

namespace omnisim::core::testing {
namespace {

HashKey key(std::uint64_t n) { return {n, n}; }  // Consecutive low words: long probe runs.

TEST(Index, agrees_with_a_plain_map_under_random_inserts_and_erasures) {
  Chance chance(3);
  Index index;
  std::map<std::uint64_t, std::uint32_t> model;
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t n = chance.below(300);
    const std::uint32_t value = chance.below(1000);
    switch (chance.below(4)) {
      case 0:
        EXPECT_EQ(index.insert(key(n), value), model.emplace(n, value).second);
        break;
      case 1:
        index.assign(key(n), value), model[n] = value;
        break;
      case 2:
        EXPECT_EQ(index.erase(key(n)), model.erase(n) == 1);
        break;
      default:
        EXPECT_EQ(index.find(key(n)), model.contains(n) ? model[n] : Index::none);
    }
    ASSERT_EQ(index.size(), model.size());
  }
  for (const auto& [n, value] : model) EXPECT_EQ(index.find(key(n)), value);
  index.clear();
  EXPECT_EQ(index.find(key(1)), Index::none);
}

TEST(KeySet, agrees_with_a_plain_set_whatever_the_keys) {
  Chance chance(5);
  KeySet set;
  std::set<std::uint64_t> model;
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t n = 2 * chance.below(150);  // 0, but not 1: they are one key
    switch (chance.below(3)) {
      case 0:
        EXPECT_EQ(set.insert(key(n)), model.insert(n).second);
        break;
      case 1:
        EXPECT_EQ(set.erase(key(n)), model.erase(n) == 1);
        break;
      default:
        EXPECT_EQ(set.contains(key(n)), model.contains(n));
    }
    ASSERT_EQ(set.size(), model.size());
  }
}

TEST(HashKeys, kinds_channels_and_sources_keep_equal_codes_apart) {
  const Code same = *Code::from("1001");
  EXPECT_FALSE(order_key(ChannelId{0}, same) == order_key(ChannelId{1}, same));
  EXPECT_FALSE(order_key(ChannelId{0}, same) == shipment_key(same));
  EXPECT_FALSE(message_key(*Code::from("a"), same) == message_key(*Code::from("b"), same));
  EXPECT_FALSE(return_key(order_key(ChannelId{0}, same), same) ==
               return_key(order_key(ChannelId{1}, same), same));
}

TEST(Queue, keeps_order_while_it_is_filled_and_emptied) {
  Queue<int> queue;
  int next_in = 0, next_out = 0;
  Chance chance(1);
  for (int i = 0; i < 20'000; ++i) {
    if (chance.below(5) < 3) {
      queue.push(next_in++);
    } else if (!queue.empty()) {
      EXPECT_EQ(queue.front(), next_out);
      EXPECT_EQ(queue.pop(), next_out++);
    }
    ASSERT_EQ(queue.size(), static_cast<std::size_t>(next_in - next_out));
  }
  EXPECT_EQ(queue[queue.size() - 1], next_in - 1);
}

TEST(Pool, what_is_in_it_never_moves) {
  Pool<std::string> pool;
  pool.push_back("first");
  const std::string* const first = &pool[0];
  for (int i = 1; i < 2000; ++i) pool.push_back(std::to_string(i));
  EXPECT_EQ(first, &pool[0]);
  std::size_t walked = 0;
  for (const std::string& s : pool) walked += !s.empty();
  EXPECT_EQ(walked, 2000U);
  EXPECT_EQ(pool[1999], "1999");
}

}  // namespace
}  // namespace omnisim::core::testing
