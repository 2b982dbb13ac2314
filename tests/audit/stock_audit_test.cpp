// Drift, conservation and reservations from hand-made moves and movements.
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using core::Bucket;
using world::Place;

TEST(StockAudit, drift_is_weighted_by_time_and_never_netted_across_shelves) {
  Stage s;
  // The DC: 5 cups, booked after 10,000 s: 5 × 10,000 unit-seconds short. The store: a pot that is booked and
  // not there, from 20,000 s to 30,000 s: 1 × 10,000 over. Two SKU-nodes over 100,000 s each.
  s.open(Stage::cup, Stage::dc, 5);
  s.book(10'000, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 5);
  s.book(20'000, Stage::pot, Stage::store, Bucket::found, Bucket::sellable, 1);
  s.book(30'000, Stage::pot, Stage::store, Bucket::sellable, Bucket::shrink, 1);
  s.stock.finish(Stage::at(100'000));
  const StockAudit::Drift drift = s.stock.drift();
  EXPECT_DOUBLE_EQ(drift.abs_mean, 60'000.0 / 200'000);
  EXPECT_DOUBLE_EQ(drift.signed_mean, -40'000.0 / 200'000);
  EXPECT_DOUBLE_EQ(drift.inaccurate_share, 20'000.0 / 200'000);
  EXPECT_EQ(drift.max, 5);
  EXPECT_EQ(drift.p99, 5) << "5 % of the time the difference is 5 units";
  EXPECT_EQ(drift.value, 0) << "at the end nothing is wrong";
}

TEST(StockAudit, the_worst_record_is_wrong_by_the_most_units_for_the_longest) {
  Stage s;
  // A cup too few for 90,000 s; three pots too many for 20,000 s: 90,000 and 60,000 unit-seconds.
  s.open(Stage::cup, Stage::dc, 1);
  s.book(10'000, Stage::pot, Stage::store, Bucket::found, Bucket::sellable, 3);
  s.book(30'000, Stage::pot, Stage::store, Bucket::sellable, Bucket::shrink, 3);
  s.book(90'000, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
  s.stock.finish(Stage::at(100'000));
  using Record = std::pair<SkuId, NodeId>;
  EXPECT_EQ(s.stock.longest_wrong(2),
            (std::vector{Record(Stage::cup, Stage::dc), Record(Stage::pot, Stage::store)}));
  EXPECT_EQ(s.stock.longest_wrong(1), (std::vector{Record(Stage::cup, Stage::dc)}));
}

TEST(StockAudit, a_difference_of_no_length_weighs_nothing) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 5);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 5);
  s.stock.finish(Stage::at(100'000));
  EXPECT_EQ(s.stock.drift().abs_mean, 0);
  EXPECT_EQ(s.stock.drift().max, 0);
}

TEST(StockAudit, what_is_wrong_at_the_end_is_valued_at_cost) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 5);
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 7);
  s.stock.finish(Stage::at(100'000));
  EXPECT_EQ(s.stock.drift().value, 1200) << "two cups of 6.00";
}

TEST(StockAudit, healing_is_the_time_from_a_difference_to_its_end) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 5);
  s.book(2'000, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 4);
  s.book(8'000, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 1);
  EXPECT_NEAR(s.stock.healing().at(0.5), 8'000, 8'000 * 0.02) << "quantiles are kept within 2 %";
}

TEST(StockAudit, a_channel_is_wrong_by_what_it_shows_beside_what_is_free) {
  Stage s;
  // Ten cups in the DC are free, none in the store is. The shop shows 10 from 0 s, 4 from 50,000 s; the
  // marketplace shows nothing for the whole day. Pots: none there, none shown.
  s.open(Stage::cup, Stage::dc, 10);
  s.open(Stage::cup, Stage::store, 3);
  s.stock.on_shown({.at = Stage::at(0), .channel = Stage::web, .sku = Stage::cup, .quantity_each = 10});
  s.stock.on_shown({.at = Stage::at(50'000), .channel = Stage::web, .sku = Stage::cup, .quantity_each = 4});
  s.stock.finish(Stage::at(100'000));
  // 6 × 50,000 + 10 × 100,000 unit-seconds over 2 channels × 2 items × 100,000 s.
  EXPECT_DOUBLE_EQ(s.stock.drift().channel_abs_mean, 1'300'000.0 / 400'000);
}

TEST(StockAudit, a_move_without_its_fact_is_a_unit_from_nowhere) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 5);
  EXPECT_EQ(s.stock.apart_in_world(), 0);
  s.move(10, Stage::cup, Stage::dc, Place::supplier, Place::shelf, 1);
  EXPECT_EQ(s.stock.apart_in_world(), 1);
}

TEST(StockAudit, more_leaving_a_place_than_is_there_is_counted) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 1);
  s.move(10, Stage::cup, Stage::dc, Place::shelf, Place::set_aside, 1);
  EXPECT_EQ(s.stock.negative_places(), 0U);
  s.move(11, Stage::cup, Stage::dc, Place::shelf, Place::set_aside, 1);
  EXPECT_EQ(s.stock.negative_places(), 1U);
}

TEST(StockAudit, more_reserved_than_booked_on_hand_counts_once_the_core_has_settled) {
  Stage s;
  s.book(0, Stage::cup, Stage::dc, Bucket::supplier, Bucket::sellable, 2);
  s.book(0, Stage::cup, Stage::dc, Bucket::sellable, Bucket::reserved, 2);
  s.stock.end_step();
  EXPECT_EQ(s.stock.reservations_over(), 0U);
  // Within a step the order does not matter: a count takes one away and the reservation is broken at once.
  s.book(1, Stage::cup, Stage::dc, Bucket::sellable, Bucket::shrink, 1);
  s.book(1, Stage::cup, Stage::dc, Bucket::reserved, Bucket::sellable, 1);
  s.stock.end_step();
  EXPECT_EQ(s.stock.reservations_over(), 0U);
  s.book(2, Stage::cup, Stage::dc, Bucket::sellable, Bucket::reserved, 1);
  s.stock.end_step();
  EXPECT_EQ(s.stock.reservations_over(), 1U);
}

}  // namespace
}  // namespace omnisim::audit
