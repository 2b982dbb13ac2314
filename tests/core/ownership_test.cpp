// Who may state what: a fact from a system that does not own it changes nothing.
#include "core/governance/ownership.hpp"

#include <gtest/gtest.h>

#include "core/canonical/encode.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

Config with_role(Role role) {
  Config config = small_config();
  for (Source& source : config.sources) source.role = role;
  return config;
}
StockCounted count() { return {store_1, code("C-1")}; }

TEST(Ownership, a_count_is_the_warehouses_to_state) {
  SmallEstate e(with_role(Role::warehouse));
  e.say(count(), {line(1, shirt, 7)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 7);
  e.check_invariants();
}

TEST(Ownership, a_count_from_a_shop_changes_nothing_and_has_an_owner) {
  SmallEstate e(with_role(Role::channel));
  e.say(count(), {line(1, shirt, 7)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  EXPECT_TRUE(e.core.movements().empty());
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::not_owner);
  EXPECT_EQ(owner_of(ExceptionCategory::not_owner), "integration");
  e.check_invariants();
}

TEST(Ownership, without_it_anybody_may_state_anything) {
  Config config = with_role(Role::channel);
  config.capabilities.ownership = false;
  SmallEstate e(std::move(config));
  e.say(count(), {line(1, shirt, 7)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 7);
}

TEST(Ownership, nobody_states_what_the_core_decides) {
  for (const OwnershipRow& row : ownership_table()) {
    const bool is_the_cores = row.owners == 0;
    EXPECT_EQ(is_the_cores, !is_inbound(row.type)) << name_of(row.type);
    EXPECT_FALSE(row.fact.empty()) << name_of(row.type);
    bool anybody = false;
    for (std::size_t role = 1; role < role_count; ++role)
      anybody = anybody || may_state(static_cast<Role>(role), row.type);
    EXPECT_EQ(anybody, !is_the_cores) << name_of(row.type);
  }
}

}  // namespace
}  // namespace omnisim::core::testing
