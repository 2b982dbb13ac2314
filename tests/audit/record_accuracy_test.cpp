// ABC classes and tolerances, worked out by hand.
#include "harness/audit/record_accuracy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;

TEST(AbcClasses, are_the_first_80_percent_of_value_the_next_15_and_the_rest) {
  // 70, 85 and 95 % are reached item by item: the item that crosses a limit is still in the better class.
  const std::vector<std::int64_t> sold{5, 70, 0, 15, 10};
  EXPECT_THAT(abc_classes(sold), ElementsAre(2, 0, 2, 0, 1));
}

TEST(AbcClasses, of_items_that_nobody_bought_are_c) {
  EXPECT_THAT(abc_classes(std::vector<std::int64_t>{0, 0}), ElementsAre(2, 2));
}

TEST(RecordAccuracy, allows_1_3_and_5_percent) {
  RecordAccuracy accuracy;
  for (const std::int32_t booked : {99, 101, 98, 100}) accuracy.add(0, booked, 100);
  for (const std::int32_t booked : {97, 96}) accuracy.add(1, booked, 100);
  for (const std::int32_t booked : {105, 106}) accuracy.add(2, booked, 100);
  EXPECT_EQ(accuracy.right(0), 3);
  EXPECT_EQ(accuracy.records(0), 4);
  EXPECT_EQ(accuracy.right(1), 1);
  EXPECT_EQ(accuracy.right(2), 1);
  accuracy.add(2, 1, 0);
  EXPECT_EQ(accuracy.right(2), 1) << "nothing is there, so nothing may be booked";
}

TEST(RecordAccuracy, is_taken_when_demand_ends_and_not_when_all_is_repaired) {
  Stage s;
  s.open(Stage::cup, Stage::dc, 100);
  s.book(0, Stage::cup, Stage::dc, core::Bucket::supplier, core::Bucket::sellable, 90);
  s.book(150'000, Stage::cup, Stage::dc, core::Bucket::supplier, core::Bucket::sellable, 10);
  s.stock.finish(Stage::at(200'000));
  EXPECT_EQ(s.stock.accuracy().records(2), 1);
  EXPECT_EQ(s.stock.accuracy().right(2), 0);
}

}  // namespace
}  // namespace omnisim::audit
