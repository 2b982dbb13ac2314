// Notices of reservations and back-orders: sent where a deployment wants them, and no cost or word otherwise.
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

Config with_notices() {
  Config config = small_config();
  config.capabilities.backorders = true;
  config.notices = {EventType::stock_reserved, EventType::stock_released, EventType::reservation_expired,
                    EventType::reservation_broken, EventType::line_backordered};
  return config;
}

void play(SmallEstate& e) {
  e.core.open_stock(store_1, shirt, 3, e.now);
  e.order("W-1", {line(1, shirt, 2, 2000, 400)}, true);
  e.order("W-2", {line(1, shirt, 2, 2000, 400)}, true);
  e.say(OrderAmended{code("W-1"), web}, {line(1, shirt, 1)});
  PosSale sale{code("T-1"), store_1, 1, {}, false, false};
  sale.tenders.cash = {2400};
  e.say(sale, {line(1, shirt, 2, 2000, 400)});
  e.wait(std::chrono::hours{1});
}

TEST(Notices, follow_each_reservation_from_its_hold_to_its_end) {
  SmallEstate e(with_notices());
  play(e);
  ASSERT_EQ(e.sent<StockReserved>().size(), 2U);
  EXPECT_EQ(e.sent<StockReserved>()[0].first.node, store_1);
  EXPECT_EQ(e.sent<StockReserved>()[0].second.at(0).quantity_each, 2);
  EXPECT_EQ(e.sent<StockReserved>()[1].second.at(0).quantity_each, 1) << "the last one";
  EXPECT_EQ(e.sent<LineBackordered>().at(0).first.order, code("W-2"));
  EXPECT_EQ(e.sent<StockReleased>().at(0).second.at(0).quantity_each, 1);
  EXPECT_EQ(e.sent<ReservationBroken>().at(0).first.order, code("W-2")) << "the younger order yields";
  EXPECT_EQ(e.sent<ReservationExpired>().at(0).first.order, code("W-1"));
  std::int32_t reserved = 0, ended = 0;
  for (const auto& [notice, lines] : e.sent<StockReserved>()) reserved += lines.at(0).quantity_each;
  for (const auto& [notice, lines] : e.sent<StockReleased>()) ended += lines.at(0).quantity_each;
  for (const auto& [notice, lines] : e.sent<ReservationBroken>()) ended += lines.at(0).quantity_each;
  for (const auto& [notice, lines] : e.sent<ReservationExpired>()) ended += lines.at(0).quantity_each;
  EXPECT_EQ(reserved, ended) << "each reserved unit is resolved once";
  e.check_invariants();
}

TEST(Notices, that_nobody_wants_are_not_sent_and_change_nothing) {
  Config quiet = with_notices();
  quiet.notices.clear();
  SmallEstate without(quiet), with(with_notices());
  play(without);
  play(with);
  EXPECT_TRUE(without.sent<StockReserved>().empty());
  EXPECT_TRUE(without.sent<LineBackordered>().empty());
  EXPECT_EQ(without.core.movements().size(), with.core.movements().size());
}

TEST(Notices, are_those_five) {
  Config config = small_config();
  config.notices = {EventType::journal_posted};
  EXPECT_THROW(SmallEstate{config}, std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::core::testing
