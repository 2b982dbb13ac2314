// Policy `revenue_at` delivery: in transit and a deposit until the parcel's way has come to an end. A shirt
// costs 6.00 and is sold at 10.00 and 2.00 tax.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core {
namespace {

using namespace testing;

Config at_delivery() {
  Config config = small_config();
  config.policies.accounting.revenue_at = RecognitionPoint::delivery;
  return config;
}

/// Shirts on their way in one parcel "S-1" of order "W-1", and captured.
void send_shirts(SmallEstate& e, std::int32_t n, std::int64_t gift_card = 0) {
  e.core.open_stock(dc, shirt, 10, e.now);
  OrderPlaced order;
  order.order = code("W-1");
  order.channel = web;
  order.shipping_net = {499};
  order.shipping_tax = {100};
  order.tenders.card = {1200 * n + 599 - gift_card};
  order.tenders.gift_card = {gift_card};
  if (gift_card > 0) order.tenders.gift_card_no = code("G");
  e.say(order, {line(1, shirt, n, 1000 * n, 200 * n)});
  e.pay("W-1", 1200 * n + 599 - gift_card);
  e.ship("W-1", dc, "S-1", {line(1, shirt, n)});
  const auto asked = e.sent<CaptureRequested>();
  ASSERT_EQ(asked.size(), 1U);
  e.say(PaymentCaptured{asked[0].first.order, web, asked[0].first.payment, asked[0].first.capture,
                        asked[0].first.amount});
}

TEST(RevenueAtDelivery, goods_are_in_transit_and_their_money_is_a_deposit_until_they_arrive) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2);
  EXPECT_EQ(e.balance(4000), 0);
  EXPECT_EQ(e.balance(1230), 1200);
  EXPECT_EQ(e.balance(5000), 0);
  EXPECT_EQ(e.balance(2100), -2999);
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.balance(4000), -2000);
  EXPECT_EQ(e.balance(4010), -499);
  EXPECT_EQ(e.balance(2200), -500);
  EXPECT_EQ(e.balance(5000), 1200);
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(2100), 0);
  e.check_invariants();
}

TEST(RevenueAtDelivery, what_is_lost_is_owed_back_and_was_never_sold) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2);
  e.say(ShipmentLost{code("S-1")});
  EXPECT_EQ(e.balance(4000), 0);
  EXPECT_EQ(e.balance(4030), 0);
  EXPECT_EQ(e.balance(5210), 1200);
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(2310), -2400);
  EXPECT_EQ(e.balance(4010), -499) << "the carriage was done";
  EXPECT_EQ(e.balance(2200), -100) << "and its tax is owed; that of the goods never was";
  const auto refunds = e.sent<RefundRequested>();
  ASSERT_EQ(refunds.size(), 1U);
  EXPECT_EQ(refunds[0].first.tenders.card.minor, 2400);
  e.check_invariants();
}

TEST(RevenueAtDelivery, what_comes_back_to_its_sender_is_goods_on_hold_and_owed_back) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2);
  e.say(ReturnedToSender{code("S-1"), dc});
  EXPECT_EQ(e.balance(1210), 1200);
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(2300), -2400);
  e.say(ReturnInspected{code("S-1"), code("W-1"), web, dc}, {line(1, shirt, 2)});
  EXPECT_EQ(e.balance(1210), 0);
  EXPECT_EQ(e.balance(1200), 10 * 600);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(2310), -2400);
  EXPECT_EQ(e.balance(4000) + e.balance(4030), 0);
  EXPECT_EQ(e.balance(5000), 0);
  EXPECT_EQ(e.balance(2200), -100);
  e.check_invariants();
}

TEST(RevenueAtDelivery, who_brings_goods_back_has_had_them_whatever_the_scans_say) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2);
  e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(4000), -1000);
  EXPECT_EQ(e.balance(4030), 1000);
  EXPECT_EQ(e.balance(1230), 600);
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.balance(4000), -2000) << "once each";
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(2100), 0);
  e.check_invariants();
}

TEST(RevenueAtDelivery, a_gift_card_is_used_up_first_and_by_what_arrives_or_is_lost) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2, 700);
  EXPECT_EQ(e.balance(2400), 0);
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.balance(2400), 700);
  EXPECT_EQ(e.balance(2100), 0);
  e.check_invariants();
}

TEST(RevenueAtDelivery, a_label_that_is_voided_puts_the_goods_back_on_the_shelf) {
  SmallEstate e(at_delivery());
  send_shirts(e, 2);
  e.say(ShipmentVoided{code("W-1"), web, dc, code("S-1")});
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(1200), 10 * 600);
  EXPECT_EQ(e.balance(2100), -2999) << "a deposit for what ships later";
  e.check_invariants();
}

TEST(RevenueAtDelivery, another_carton_of_a_parcel_that_has_arrived_has_arrived) {
  SmallEstate e(at_delivery());
  e.core.open_stock(dc, shirt, 10, e.now);
  e.order("W-1", {line(1, shirt, 2, 2000, 400)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.balance(4000), -1000);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(4000), -2000);
  EXPECT_EQ(e.balance(1230), 0);
  e.check_invariants();
}

TEST(RevenueAtDelivery, parts_of_a_line_with_different_fates_add_up_and_leave_no_cent_in_deposits) {
  SmallEstate e(at_delivery());
  e.core.open_stock(dc, hat, 3, e.now);
  OrderPlaced order;
  order.order = code("W-1");
  order.channel = web;
  order.tenders.card = {1199};
  e.say(order, {line(1, hat, 3, 1000, 199)});
  e.pay("W-1");
  for (const char* parcel : {"S-1", "S-2", "S-3"}) e.ship("W-1", dc, parcel, {line(1, hat, 1)});
  for (const auto& [asked, lines] : e.sent<CaptureRequested>())
    e.say(PaymentCaptured{asked.order, web, asked.payment, asked.capture, asked.amount});
  e.say(ShipmentDelivered{code("S-3")});
  e.say(ShipmentDelivered{code("S-2")});
  e.say(ShipmentLost{code("S-1")});
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(1230), 0);
  EXPECT_EQ(e.balance(4000), -666);
  EXPECT_EQ(e.balance(2310), -333 - 66) << "the first unit of the line is the first that is refunded";
  EXPECT_EQ(e.balance(6900), -2) << "the third was paid for with 334 + 67: never silently";
  e.check_invariants();
}

/// Four hats in four parcels: two arrive, one of them comes back, one is lost, one returns to its sender. In
/// whatever order their news come, every account comes to the same cent.
TEST(RevenueAtDelivery, amounts_do_not_depend_on_the_order_in_which_fates_are_heard) {
  std::vector<int> news{0, 1, 2, 3, 4};
  std::map<std::uint16_t, std::int64_t> first;
  int orders = 0;
  do {
    SmallEstate e(at_delivery());
    e.core.open_stock(dc, hat, 4, e.now);
    OrderPlaced order;
    order.order = code("W-1");
    order.channel = web;
    order.tenders.card = {1199};
    e.say(order, {line(1, hat, 4, 1001, 198)});
    e.pay("W-1");
    for (const char* parcel : {"S-0", "S-1", "S-2", "S-3"}) e.ship("W-1", dc, parcel, {line(1, hat, 1)});
    for (const auto& [asked, lines] : e.sent<CaptureRequested>())
      e.say(PaymentCaptured{asked.order, web, asked.payment, asked.capture, asked.amount});
    for (const int what : news) {
      if (what == 0) e.say(ShipmentDelivered{code("S-0")});
      if (what == 1) e.say(ShipmentDelivered{code("S-1")});
      if (what == 2) e.say(ShipmentLost{code("S-2")});
      if (what == 3) e.say(ReturnedToSender{code("S-3"), dc});
      if (what == 4) e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, hat, 1)});
    }
    e.say(ReturnInspected{code("R"), code("W-1"), web, dc}, {line(1, hat, 1)});
    e.say(ReturnInspected{code("S-3"), code("W-1"), web, dc}, {line(1, hat, 1)});
    std::map<std::uint16_t, std::int64_t> balances;
    for (const Posting& posting : e.core.postings()) balances[posting.account] += posting.amount.minor;
    EXPECT_EQ(balances[2100], 0);
    EXPECT_EQ(balances[4000], -500) << "two of four";
    EXPECT_EQ(balances[4030], 250) << "one of them";
    EXPECT_EQ(balances[2310], -(750 + 148)) << "three of four";
    if (first.empty()) first = balances;
    EXPECT_EQ(balances, first) << ::testing::PrintToString(news);
    e.check_invariants();
    ++orders;
  } while (std::next_permutation(news.begin(), news.end()));
  EXPECT_EQ(orders, 120);
}

/// Two hats of two come back, one delivery was scanned: the scan of the other one that comes then sells
/// nothing, and the third hat is still on its way.
TEST(RevenueAtDelivery, a_scan_of_what_has_come_back_already_sells_it_once) {
  SmallEstate e(at_delivery());
  e.core.open_stock(dc, hat, 3, e.now);
  e.order("W-1", {line(1, hat, 3, 999, 198)});
  e.pay("W-1", 1197);
  for (const char* parcel : {"S-1", "S-2", "S-3"}) e.ship("W-1", dc, parcel, {line(1, hat, 1)});
  e.say(ShipmentDelivered{code("S-1")});
  e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, hat, 2)});
  EXPECT_EQ(e.balance(4000), -666);
  e.say(ShipmentDelivered{code("S-2")});
  EXPECT_EQ(e.balance(4000), -666);
  e.say(ReturnedToSender{code("S-3"), dc});
  EXPECT_EQ(e.balance(4000), -666);
  EXPECT_EQ(e.balance(1230), 0);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core
