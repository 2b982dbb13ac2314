// Physics: nothing is made or destroyed, nothing is taken that is not there.
#include "models/world/world.hpp"

#include <gtest/gtest.h>

#include "sim/random.hpp"

namespace omnisim::world {
namespace {

TEST(World, a_move_of_more_than_there_is_changes_nothing) {
  World world(1, 1);
  EXPECT_TRUE(world.move(
      {.at = {}, .sku = {0}, .node = {0}, .from = Place::supplier, .to = Place::shelf, .quantity_each = 3}));
  EXPECT_FALSE(world.move(
      {.at = {}, .sku = {0}, .node = {0}, .from = Place::shelf, .to = Place::customer, .quantity_each = 4}));
  EXPECT_FALSE(world.move(
      {.at = {}, .sku = {0}, .node = {0}, .from = Place::shelf, .to = Place::customer, .quantity_each = 0}));
  EXPECT_FALSE(world.move(
      {.at = {}, .sku = {0}, .node = {0}, .from = Place::shelf, .to = Place::customer, .quantity_each = -1}));
  EXPECT_EQ(world.at({0}, {0}, Place::shelf), 3);
  EXPECT_EQ(world.at({0}, {0}, Place::customer), 0);
}

TEST(World, the_outside_mirrors_what_went_in_and_out) {
  World world(1, 1);
  world.move(
      {.at = {}, .sku = {0}, .node = {0}, .from = Place::supplier, .to = Place::shelf, .quantity_each = 3});
  EXPECT_EQ(world.at({0}, {0}, Place::supplier), -3);
  EXPECT_EQ(world.on_hand({0}, {0}), 3);
}

TEST(World, random_moves_conserve_every_item) {
  World world(5, 3);
  sim::Stream chance(99);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Move move{.at = {},
                    .sku = {static_cast<std::uint32_t>(chance.below(5))},
                    .node = {static_cast<std::uint32_t>(chance.below(3))},
                    .from = static_cast<Place>(chance.below(place_count)),
                    .to = static_cast<Place>(chance.below(place_count)),
                    .quantity_each = static_cast<std::int32_t>(chance.below(4))};
    refused += world.move(move) ? 0 : 1;
  }
  EXPECT_GT(refused, 1000);
  for (std::uint32_t sku = 0; sku < 5; ++sku) {
    for (std::uint32_t node = 0; node < 3; ++node) {
      std::int64_t sum = 0;
      for (std::size_t p = 0; p < place_count; ++p) {
        const auto place = static_cast<Place>(p);
        sum += world.at({sku}, {node}, place);
        if (is_on_hand(place) || place == Place::in_transit_out) {
          EXPECT_GE(world.at({sku}, {node}, place), 0);
        }
      }
      EXPECT_EQ(sum, 0);
    }
  }
}

}  // namespace
}  // namespace omnisim::world
