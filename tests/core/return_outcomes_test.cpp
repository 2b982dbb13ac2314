// What happens to goods and money after a return: dispositions, exchanges, returns without a receipt, and
// sales that a till takes back.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// Three shirts (net 10.00, tax 2.00 each) paid by card, shipped, captured and delivered; two come back
/// damaged and one as new.
struct CameBack : SmallEstate {
  explicit CameBack(Config settings = small_config()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 3, now);
    order("W-1", {line(1, shirt, 3, 3000, 600)}, true);
    pay("W-1", 3600);
    ship("W-1", dc, "S-1", {line(1, shirt, 3)});
    capture();
    say(ShipmentDelivered{code("S-1")});
  }
  void capture() {
    const auto capture = sent<CaptureRequested>().back().first;
    say(PaymentCaptured{capture.order, web, capture.payment, capture.capture, capture.amount});
  }
  void receive(std::int32_t n = 3) {
    say(ReturnReceived{code("R-1"), code("W-1"), web, store_1}, {line(1, shirt, n)});
  }
  void inspect(std::int32_t good, std::int32_t damaged) {
    std::vector<Line> lines;
    if (good > 0) lines.push_back(line(1, shirt, good));
    if (damaged > 0) lines.push_back(with_condition(line(1, shirt, damaged), Condition::damaged));
    say(ReturnInspected{code("R-1"), code("W-1"), web, store_1}, lines);
  }
  void dispose(Disposition how, std::int32_t n, NodeId node = store_1) {
    say(ReturnDisposed{code("R-1"), code("W-1"), web, node, how}, {line(1, shirt, n)});
  }
  Money asked_back() const {
    Money total;
    for (const auto& [refund, lines] : sent<RefundRequested>()) total += refund.tenders.total();
    return total;
  }
  void settle_refunds() {
    for (const auto& [refund, lines] : sent<RefundRequested>())
      say(RefundSucceeded{refund.order, refund.channel, refund.refund, refund.tenders});
  }
  /// The shoes that replace what comes back, paid by card.
  void order_replacement(std::int64_t net) {
    core.open_stock(dc, shoes, 1, now);
    order("W-2", {line(1, shoes, 1, net)}, true);
    say(OrderExchanged{code("W-1"), web, code("R-1"), code("W-2")});
  }
};

TEST(Disposition, damaged_goods_go_where_they_are_sent_and_only_once) {
  CameBack e;
  e.receive();
  e.inspect(1, 2);
  EXPECT_EQ(e.balance(5200), 1200);
  e.dispose(Disposition::restock, 1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2) << "repaired, beside the one that was as new";
  EXPECT_EQ(e.balance(5200), 600);
  EXPECT_EQ(e.balance(1200, 2), 1200);
  e.dispose(Disposition::quarantine, 1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::quarantine), 1);
  e.dispose(Disposition::supplier, 1);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::quarantine), 0);
  EXPECT_EQ(e.balance(5200), 0);
  EXPECT_EQ(e.balance(2050), 600) << "the supplier owes it";
  e.dispose(Disposition::scrap, 1);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  e.check_invariants();
}

TEST(Disposition, of_what_is_on_the_shelf_already_moves_nothing) {
  CameBack e;
  e.receive();
  e.inspect(3, 0);
  const auto movements = e.core.movements().size();
  e.dispose(Disposition::restock, 3);
  EXPECT_EQ(e.core.movements().size(), movements);
  e.dispose(Disposition::restock, 1);
  e.dispose(Disposition::scrap, 1);
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  e.check_invariants();
}

TEST(Disposition, waits_for_the_inspection_and_is_the_same_nodes) {
  CameBack e;
  e.dispose(Disposition::scrap, 1);
  e.receive();
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.inspect(1, 2);
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::scrap), 1);
  EXPECT_EQ(e.balance(5200), 1200) << "written off before";
  e.dispose(Disposition::scrap, 1, dc);
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "the DC has none";
  e.check_invariants();
}

TEST(Exchange, for_something_cheaper_refunds_only_the_difference) {
  CameBack e;
  e.order_replacement(2500);
  e.wait(std::chrono::hours{2});
  EXPECT_EQ(e.at(shoes, dc, Bucket::reserved), 1) << "no hold runs out: it waits for the return";
  e.receive();
  e.inspect(3, 0);
  EXPECT_EQ(e.asked_back(), Money{1100});
  EXPECT_EQ(e.sent<LineAllocated>().back().first.order, code("W-2")) << "paid for, so it can go";
  e.ship("W-2", dc, "S-2", {line(1, shoes, 1)});
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 1U) << "nothing more is captured";
  e.settle_refunds();
  e.say(ShipmentDelivered{code("S-2")});
  EXPECT_TRUE(e.core.open_items().empty());
  for (const int account : {2100, 2300, 2310}) EXPECT_EQ(e.balance(static_cast<std::uint16_t>(account)), 0);
  EXPECT_EQ(e.balance(1110), 2500);
  e.check_invariants();
}

TEST(Exchange, for_something_dearer_captures_only_the_difference) {
  CameBack e;
  e.order_replacement(5000);
  e.receive();
  e.inspect(3, 0);
  EXPECT_EQ(e.asked_back(), Money{0});
  EXPECT_EQ(e.core.open_items().size(), 1U) << "the return is closed, the order waits for the rest";
  e.pay("W-2", 1400);
  e.ship("W-2", dc, "S-2", {line(1, shoes, 1)});
  EXPECT_EQ(e.sent<CaptureRequested>().back().first.amount, Money{1400});
  e.capture();
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(1110), 5000);
  e.check_invariants();
}

TEST(Exchange, whose_replacement_is_cancelled_repays_the_first_orders_card) {
  CameBack e;
  e.order_replacement(2500);
  e.receive();
  e.inspect(3, 0);
  e.say(OrderAmended{code("W-2"), web}, {line(1, shoes, 1)});
  EXPECT_EQ(e.asked_back(), Money{3600});
  EXPECT_EQ(e.sent<RefundRequested>().back().first.order, code("W-1")) << "that is what was paid with it";
  e.settle_refunds();
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_EQ(e.balance(1110), 0);
  e.check_invariants();
}

TEST(Exchange, whose_return_never_comes_ends) {
  CameBack e;
  e.order_replacement(2500);
  e.wait(std::chrono::hours{24 * 30});
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.at(shoes, dc, Bucket::reserved), 0);
  e.receive();
  e.inspect(3, 0);
  EXPECT_EQ(e.asked_back(), Money{3600}) << "nothing is left to pay for";
  e.check_invariants();
}

// --- announced, and never sent
TEST(LapsedReturn, whose_goods_never_come_is_given_up_after_its_window) {
  CameBack e;
  e.say(ReturnAuthorised{code("R-1"), code("W-1"), web}, {line(1, shirt, 2)});
  const auto open = [&] { return e.core.open_items().size(); };
  e.wait(std::chrono::hours{24 * 30 - 1});
  EXPECT_EQ(open(), 1U);
  e.wait(std::chrono::hours{2});
  EXPECT_EQ(open(), 0U);
  EXPECT_FALSE(e.core.next_timer().has_value());
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  // Two come after all: they are taken back and refunded, 12.00 each.
  e.receive(2);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::return_hold), 2);
  e.inspect(2, 0);
  EXPECT_EQ(e.asked_back(), Money{2400});
  e.settle_refunds();
  EXPECT_EQ(open(), 0U);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(4030), 2000);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(LapsedReturn, that_is_announced_again_has_a_new_window) {
  CameBack e;
  const auto announce = [&] { e.say(ReturnAuthorised{code("R-1"), code("W-1"), web}, {line(1, shirt, 2)}); };
  announce();
  e.wait(std::chrono::hours{24 * 20});
  announce();
  e.wait(std::chrono::hours{24 * 20});
  EXPECT_EQ(e.core.open_items().size(), 1U) << "the second announcement counts";
  e.wait(std::chrono::hours{24 * 11});
  EXPECT_TRUE(e.core.open_items().empty());
  announce();
  EXPECT_EQ(e.core.open_items().size(), 1U);
  e.receive(1);
  e.wait(std::chrono::hours{24 * 40});
  ASSERT_EQ(e.core.open_items().size(), 1U) << "something has come: no window any more";
  EXPECT_EQ(e.core.open_items()[0].state, "received");
  e.check_invariants();
}

TEST(LapsedReturn, frees_what_the_order_that_it_was_to_pay_for_holds) {
  Config config = small_config();
  config.policies.exchange_wait = std::chrono::hours{24 * 365};
  config.policies.return_window = std::chrono::hours{24 * 10};
  CameBack e(config);
  e.order_replacement(2500);
  e.wait(std::chrono::hours{24 * 10 - 1});
  EXPECT_EQ(e.at(shoes, dc, Bucket::reserved), 1);
  e.wait(std::chrono::hours{1});
  EXPECT_EQ(e.at(shoes, dc, Bucket::reserved), 0);
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_TRUE(e.core.open_items().empty());
  e.receive();
  e.inspect(3, 0);
  EXPECT_EQ(e.asked_back(), Money{3600});
  e.check_invariants();
}

TEST(Exchange, is_one_transaction_and_not_two) {
  CameBack e;
  e.order_replacement(2500);
  e.say(OrderExchanged{code("W-1"), web, code("R-2"), code("W-2")});
  e.say(OrderExchanged{code("W-1"), web, code("R-2"), code("W-1")});
  e.receive();
  e.inspect(3, 0);
  e.order("W-3", {line(1, shirt, 1, 100)}, true);
  e.say(OrderExchanged{code("W-1"), web, code("R-1"), code("W-3")});
  EXPECT_EQ(e.core.dead_letters().size(), 3U);
  e.check_invariants();
}

TEST(WithoutReceipt, credits_a_gift_card_at_the_lowest_price_known) {
  SmallEstate e;
  e.say(PriceChanged{web, shirt, {900}});
  e.say(PriceChanged{market_a, shirt, {700}});
  e.say(PriceChanged{web, shirt, {1000}});
  PosReturn body{code("D-1"), store_1, {}, {}, {}, true};
  e.say(body, {line(1, shirt, 2, 2000, 400), line(2, hat, 1, 500, 100)});
  ASSERT_EQ(e.sent<GiftCardActivationRequested>().size(), 1U);
  EXPECT_EQ(e.sent<GiftCardActivationRequested>()[0].first.value, Money{1400 + 280 + 600});
  EXPECT_EQ(e.balance(2400), -2280);
  EXPECT_EQ(e.balance(4030), 1900);
  EXPECT_EQ(e.balance(9999), 0);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 2);
  e.check_invariants();
}

TEST(WithoutReceipt, is_refused_where_the_policy_says_so) {
  Config config = small_config();
  config.policies.without_receipt = WithoutReceipt::refused;
  SmallEstate e(config);
  e.say(PosReturn{code("D-1"), store_1, {}, {}, {}, true}, {line(1, shirt, 2, 2000, 400)});
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_TRUE(e.core.movements().empty());
}

/// One shirt sold at store 1 for cash.
struct Sold : SmallEstate {
  Sold() {
    core.open_stock(store_1, shirt, 1, now);
    sell("T-1");
  }
  void sell(std::string_view sale, bool training = false) {
    PosSale body{code(sale), store_1, 1, {}, training, false};
    body.tenders.cash = {1200};
    say(body, {line(1, shirt, 1, 1000, 200, 50)});
  }
  void undo(std::string_view sale, NodeId node = store_1) { say(PosVoided{code(sale), node, 1}); }
};

TEST(PosVoid, reverses_the_sale_and_puts_the_goods_back) {
  Sold e;
  e.undo("T-1");
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 1);
  for (const int account : {1100, 2200, 4000, 4020, 5000})
    EXPECT_EQ(e.balance(static_cast<std::uint16_t>(account)), 0) << account;
  EXPECT_EQ(e.core.journal().back().rule, 54) << "an entry of its own, not an edit";
  e.undo("T-1");
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
  e.check_invariants();
}

TEST(PosVoid, waits_for_its_sale_and_is_the_same_stores) {
  Sold e;
  e.undo("T-2");
  e.undo("T-1", store_2);
  EXPECT_EQ(e.core.counters().parked, 2U);
  e.sell("T-2");
  EXPECT_EQ(e.core.counters().parked, 1U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  EXPECT_EQ(e.balance(1100), 1200);
  e.check_invariants();
}

TEST(PosVoid, of_a_training_sale_changes_nothing) {
  Sold e;
  e.sell("T-2", true);
  const auto entries = e.core.journal().size();
  e.undo("T-2");
  EXPECT_EQ(e.core.journal().size(), entries);
  EXPECT_TRUE(e.core.dead_letters().empty());
}

TEST(TillKey, absorbs_a_sale_that_comes_again_under_another_message_id) {
  Sold e;
  e.sell("T-1");
  EXPECT_EQ(e.core.counters().duplicates_absorbed, 1U);
  EXPECT_EQ(e.balance(1100), 1200);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::sellable), 0);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.undo("T-1");
  e.sell("T-1");
  EXPECT_EQ(e.balance(1100), 0) << "a voided sale does not come back either";
  e.check_invariants();
}

TEST(TillKey, is_nothing_without_idempotency) {
  Config config = small_config();
  config.capabilities.idempotency = false;
  SmallEstate e(config);
  e.core.open_stock(store_1, shirt, 2, e.now);
  PosSale body{code("T-1"), store_1, 1, {}};
  body.tenders.cash = {1200};
  for (int i = 0; i < 2; ++i) e.say(body, {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.balance(1100), 2400);
}

TEST(PosVoid, reaches_back_for_its_window_and_memory_is_bounded_by_two) {
  Sold e;
  e.wait(std::chrono::hours{47});
  e.sell("T-2");
  e.undo("T-1");
  EXPECT_EQ(e.core.counters().parked, 0U);
  e.wait(std::chrono::hours{49});
  e.sell("T-3");
  e.wait(std::chrono::hours{49});
  e.sell("T-4");
  e.undo("T-2");
  EXPECT_EQ(e.core.counters().parked, 1U) << "forgotten";
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
