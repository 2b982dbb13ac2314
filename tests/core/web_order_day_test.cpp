// One web order's whole life, with a trial balance worked out by hand.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

TEST(WebOrderDay, order_to_refund_gives_the_trial_balance_worked_out_by_hand) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 10, e.now);  // 10 × 6.00 = 60.00
  e.core.open_stock(dc, shoes, 4, e.now);   // 4 × 25.00 = 100.00

  // Two shirts at 10.00 net each less 1.00 discount in all, one pair of shoes at 50.00; 20 % tax;
  // shipping 5.00 + 1.00. 20.00 of it by gift card: total 19.00 + 3.80 + 50.00 + 10.00 + 6.00 = 88.80,
  // card 68.80.
  OrderPlaced order;
  order.order = code("W-1");
  order.channel = web;
  order.shipping_net = {500};
  order.shipping_tax = {100};
  order.tenders.card = {6880};
  order.tenders.gift_card = {2000};
  order.tenders.gift_card_no = code("GC-7");
  order.promised_by = e.now + std::chrono::hours{72};
  const std::vector<Line> lines = {line(1, shirt, 2, 1900, 380, 100), line(2, shoes, 1, 5000, 1000)};
  e.say(order, lines);
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 2);
  e.pay("W-1", 6880);
  ASSERT_EQ(e.sent<LineAllocated>().size(), 1U);
  EXPECT_EQ(e.sent<LineAllocated>()[0].second.size(), 2U);

  e.pick_and_pack("W-1", dc, lines);
  e.ship("W-1", dc, "S-1", lines);
  // The gift card is used up first: 20.00; the card pays 68.80.
  const auto captures = e.sent<CaptureRequested>();
  ASSERT_EQ(captures.size(), 1U);
  EXPECT_EQ(captures[0].first.amount, Money{6880});
  EXPECT_EQ(captures[0].first.payment, code("pay-W-1"));
  e.say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), captures[0].first.capture, {6880}});
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_EQ(e.at(shirt, dc, Bucket::delivered), 2);

  // PSP pays out 68.80 less 1.16.
  e.say(PayoutPaid{code("P-1"), {6880}, {116}, {6764}, 1});

  // One shirt comes back to store-1, damaged: net 9.50, tax 1.90, cost 6.00. Refund 11.40 to the card.
  const std::vector<Line> back = {with_condition(line(1, shirt, 1), Condition::damaged)};
  e.say(ReturnAuthorised{code("R-1"), code("W-1"), web}, back);
  e.say(ReturnReceived{code("R-1"), code("W-1"), web, store_1}, back);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 1);
  e.say(ReturnInspected{code("R-1"), code("W-1"), web, store_1}, back);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::damaged), 1);
  const auto refunds = e.sent<RefundRequested>();
  ASSERT_EQ(refunds.size(), 1U);
  EXPECT_EQ(refunds[0].first.tenders.card, Money{1140});
  e.say(RefundSucceeded{code("W-1"), web, refunds[0].first.refund, refunds[0].first.tenders});

  EXPECT_EQ(e.balance(1000), 6764);                     // bank
  EXPECT_EQ(e.balance(6100), 116);                      // fees
  EXPECT_EQ(e.balance(1110), 6880 - 6880 - 1140);       // captured − paid out − refunded
  EXPECT_EQ(e.balance(2100), 0);                        // captured and recognised
  EXPECT_EQ(e.balance(2400), 2000);                     // used here, sold before the story begins
  EXPECT_EQ(e.balance(4000, 1), -(1900 + 100 + 5000));  // at list price
  EXPECT_EQ(e.balance(4020), 100);
  EXPECT_EQ(e.balance(4010), -500);
  EXPECT_EQ(e.balance(2200), -(380 + 1000 + 100) + 190);
  EXPECT_EQ(e.balance(4030), 950);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1200, 1), 16000 - (2 * 600 + 2500));
  EXPECT_EQ(e.balance(1210), 0);
  EXPECT_EQ(e.balance(1250), 0);
  EXPECT_EQ(e.balance(5000), 2 * 600 + 2500 - 600);
  EXPECT_EQ(e.balance(5200), 600);
  EXPECT_EQ(e.balance(3000), -16000);
  EXPECT_EQ(e.balance(9999), 0);

  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_TRUE(e.core.dead_letters().empty());
  EXPECT_FALSE(e.core.next_timer().has_value()) << "a quiet core has no timers";
  e.check_invariants();
}

TEST(WebOrderDay, every_entry_reaches_the_erp_and_names_its_cause) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  const std::string sale =
      e.message(PosSale{code("T-1"),
                        dc,
                        1,
                        {.card = {}, .gift_card = {}, .cash = {1200}, .marketplace = {}, .gift_card_no = {}}},
                {line(1, shirt, 1, 1000, 200)});
  e.deliver(sale);
  ASSERT_EQ(e.core.journal().size(), 2U);
  const JournalEntry& entry = e.core.journal()[1];
  EXPECT_EQ(e.log.read(entry.cause).bytes, sale);
  const auto& command = e.recorder.commands.back().event;
  EXPECT_EQ(std::get<JournalPosted>(command.body).entry, entry_id(1));
  EXPECT_EQ(command.envelope.causation, code("m1"));
  EXPECT_EQ(command.envelope.correlation, code("test"));
  EXPECT_EQ(command.postings.size(), entry.posting_count);
  EXPECT_EQ(e.core.movements().back().cause, entry.cause);
}

}  // namespace
}  // namespace omnisim::core::testing
