// Gift cards: every pair of state and event through the real core, rule 12 to the cent, and the subledger
// that 2400 has to equal.
#include "core/orchestration/gift_card.hpp"

#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

Config reconciling() {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  config.policies.gift_card_dormancy = hours{24 * 30};
  return config;
}
struct Reconciling : SmallEstate {
  Reconciling() : SmallEstate(reconciling()) {}
};

/// One card of 20.00, sold online with order W or over the counter.
struct Cards : SmallEstate {
  explicit Cards(Config settings = reconciling()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 20, now);
  }
  void order_card() {
    GiftCardOrdered body{code("G"), code("W"), web, {2000}, {}};
    body.tenders.card = {2000};
    say(body);
  }
  void authorise() { say(PaymentAuthorised{code("W"), web, code("pay"), {2000}}); }
  void capture() { say(PaymentCaptured{code("W"), web, code("pay"), code("G1"), {2000}}); }
  void activate() {
    GiftCardActivated body{code("G"), {2000}, {}};
    body.tenders.card = {2000};
    say(body);
  }
  void redeem(std::int64_t amount) { say(GiftCardRedeemed{code("G"), code("O"), {amount}}); }
  void credit(std::int64_t amount) { say(GiftCardCredited{code("G"), {amount}}); }
  void lapse(std::int64_t amount) { say(GiftCardBreakage{code("G"), {amount}}); }
  void deactivate(std::int64_t amount) { say(GiftCardDeactivated{code("G"), {amount}}); }
  std::string_view state() const { return core.state_of(ItemKind::gift_card, code("G")); }
};

struct Issuer {
  explicit Issuer(SmallEstate& estate) : e(estate) {}
  void order() {
    GiftCardOrdered body{code("G"), code("W"), web, {2000}, {}};
    body.tenders.card = {2000};
    e.say(body);
    if (state() == "ordered") e.say(PaymentAuthorised{code("W"), web, code("pay"), {2000}});
  }
  void activate() {
    GiftCardActivated body{code("G"), {2000}, {}};
    body.tenders.card = {2000};
    e.say(body);
  }
  void reach(GiftCardState wanted) {
    if (wanted == GiftCardState::unknown) return;
    order();
    if (wanted == GiftCardState::ordered) return;
    if (wanted == GiftCardState::paid) return pay();
    if (wanted == GiftCardState::deactivated) return e.say(GiftCardDeactivated{code("G"), {}});
    activate();
    left = 2000;
    if (wanted == GiftCardState::exhausted) redeem(2000);
    if (wanted == GiftCardState::dormant) e.wait(hours{24 * 31});
    if (wanted == GiftCardState::lapsed) {
      e.say(GiftCardBreakage{code("G"), {2000}});
      left = 0;
    }
  }
  void pay() { e.say(PaymentCaptured{code("W"), web, code("pay"), code("G1"), {2000}}); }
  void redeem(std::int64_t amount) {
    left -= amount;
    e.say(GiftCardRedeemed{code("G"), code("O"), {amount}});
  }
  bool say(GiftCardEvent event) {
    const std::string_view now = state();
    switch (event) {
      case GiftCardEvent::order:
        order();
        return true;
      case GiftCardEvent::pay:
        if (now == "unknown" || now == "paid") return false;  // Of what nobody ordered, or a repetition.
        pay();
        return true;
      case GiftCardEvent::decline:
        if (now != "ordered") return false;  // The order has no card that waits for its payment.
        e.say(PaymentDeclined{code("W"), web, code("pay"), {2000}});
        return true;
      case GiftCardEvent::activate:
        activate();
        return true;
      case GiftCardEvent::redeem_part:
        redeem(500);
        return true;
      case GiftCardEvent::redeem_rest:
        redeem(left == 0 ? 1 : left);
        return true;
      case GiftCardEvent::credit:
        e.say(GiftCardCredited{code("G"), {100}});
        return true;
      case GiftCardEvent::sleep:
        if (now != "active") return false;  // Nothing waits for the clock.
        e.wait(hours{24 * 31});
        return true;
      case GiftCardEvent::lapse:
        e.say(GiftCardBreakage{code("G"), {left == 0 ? 1 : left}});
        return true;
      case GiftCardEvent::deactivate:
        e.say(GiftCardDeactivated{code("G"), {left}});
        return true;
    }
    return false;
  }
  std::string_view state() const { return e.core.state_of(ItemKind::gift_card, code("G")); }
  SmallEstate& e;
  std::int64_t left = 0;
};

TEST(GiftCard, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Issuer, GiftCardState, GiftCardEvent, Reconciling>(
      gift_card_table, gift_card_state_count, gift_card_event_count);
  EXPECT_EQ(driven, 8 * 7 + 6 + 1 + 1);
}

TEST(GiftCard, sold_online_is_a_deposit_until_it_is_activated) {
  Cards e;
  e.order_card();
  EXPECT_EQ(e.state(), "ordered");
  EXPECT_EQ(e.core.journal().size(), 1U) << "the opening stock";
  e.authorise();
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  e.capture();
  EXPECT_EQ(e.balance(1110), 2000);
  EXPECT_EQ(e.balance(2100), -2000);
  EXPECT_EQ(e.balance(2400), 0);
  ASSERT_EQ(e.sent<GiftCardActivationRequested>().size(), 1U);
  EXPECT_EQ(e.sent<GiftCardActivationRequested>()[0].first.value.minor, 2000);
  EXPECT_EQ(e.core.open_items()[0].kind, ItemKind::gift_card);
  e.activate();
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(2400), -2000);
  EXPECT_EQ(e.balance(1110), 2000);
  e.activate();
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the card is activated already");
  EXPECT_EQ(e.balance(2400), -2000);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(GiftCard, whose_payment_fails_twice_is_none) {
  Cards e;
  e.order_card();
  e.authorise();
  const CaptureFailed failed{code("W"), web, code("pay"), code("G1"), {2000}};
  e.say(failed);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 2U);
  e.say(failed);
  EXPECT_EQ(e.state(), "deactivated");
  e.capture();
  EXPECT_EQ(e.balance(2310), -2000) << "paid all the same: it goes back";
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const RefundRequested asked = e.sent<RefundRequested>()[0].first;
  e.say(RefundSucceeded{asked.order, asked.channel, asked.refund, asked.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1110), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(GiftCard, breakage_goes_with_what_is_redeemed) {
  // 100.00 sold, 10 % breakage, of which the state claims a quarter. 45.00 redeemed: 45 × 0.1 / 0.9 = 5.00.
  Config config = reconciling();
  config.policies.gift_card_breakage_bp = 1000;
  config.policies.gift_card_escheat_bp = 2500;
  Cards e(config);
  GiftCardActivated sold{code("G"), {10000}, {}};
  sold.tenders.cash = {10000};
  e.say(sold);
  e.redeem(4500);
  EXPECT_EQ(e.balance(4040), -375);
  EXPECT_EQ(e.balance(2410), -125);
  EXPECT_EQ(e.balance(2400), -9500) << "the goods are not handed over yet";
  e.redeem(4500);
  EXPECT_EQ(e.balance(4040) + e.balance(2410), -1000);
  e.redeem(600);
  EXPECT_EQ(e.balance(4040) + e.balance(2410), -400) << "more was redeemed than expected: taken back";
  e.redeem(400);
  EXPECT_EQ(e.balance(4040) + e.balance(2410), 0);
  EXPECT_EQ(e.state(), "exhausted");
  EXPECT_EQ(e.balance(2400), -10000);
  e.check_invariants();
}

TEST(GiftCard, lapses_to_revenue_and_to_the_state) {
  Config config = reconciling();
  config.policies.gift_card_escheat_bp = 4000;
  Cards e(config);
  e.activate();
  e.redeem(500);
  e.wait(hours{24 * 31});
  EXPECT_EQ(e.state(), "dormant");
  e.lapse(1600);
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "only 15.00 are left";
  e.lapse(1500);
  EXPECT_EQ(e.state(), "lapsed");
  EXPECT_EQ(e.balance(4040), -900);
  EXPECT_EQ(e.balance(2410), -600);
  EXPECT_EQ(e.balance(2400), -500);
  e.check_invariants();
}

TEST(GiftCard, pays_for_goods_and_is_refilled_by_their_return) {
  Cards e;
  e.activate();
  OrderPlaced order;
  order.order = code("O");
  order.channel = web;
  order.tenders.gift_card = {1200};
  order.tenders.gift_card_no = code("G");
  e.say(order, {line(1, shirt, 1, 1000, 200)});
  e.redeem(1200);
  e.ship("O", dc, "S", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(2400), -800);
  e.redeem(800);
  EXPECT_EQ(e.state(), "exhausted");
  e.say(ReturnReceived{code("RMA"), code("O"), web, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("RMA"), code("O"), web, dc}, {line(1, shirt, 1)});
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const RefundRequested asked = e.sent<RefundRequested>()[0].first;
  e.say(RefundSucceeded{asked.order, web, asked.refund, asked.tenders});
  EXPECT_EQ(e.state(), "active") << "there is money on it again";
  EXPECT_EQ(e.balance(2400), -2000);
  e.check_invariants();
}

TEST(GiftCard, money_of_what_was_never_shipped_comes_back_without_a_posting) {
  Cards e;
  e.activate();
  e.redeem(1500);
  const auto entries = e.core.journal().size();
  e.credit(1500);
  EXPECT_EQ(e.core.journal().size(), entries) << "2400 owed it all along";
  e.credit(100);
  EXPECT_EQ(e.balance(4020), 100) << "a gift of ours";
  EXPECT_EQ(e.balance(2400), -2100);
  e.redeem(2100);
  EXPECT_EQ(e.state(), "exhausted");
  e.check_invariants();
}

TEST(GiftCard, redeemed_before_its_activation_waits_and_above_its_balance_is_refused) {
  Cards e;
  e.redeem(500);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.activate();
  EXPECT_EQ(e.core.counters().parked, 0U);
  e.redeem(1501);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "more than is left on the card");
  e.redeem(1500);
  EXPECT_EQ(e.state(), "exhausted");
  e.check_invariants();
}

TEST(GiftCard, without_reconciliation_its_service_is_believed) {
  Cards e(small_config());
  e.redeem(500);
  e.activate();
  e.redeem(5000);
  EXPECT_TRUE(e.core.dead_letters().empty());
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.core.journal().size(), 2U) << "opening stock and the sale of the card";
}

TEST(GiftCard, taken_back_gives_its_buyer_what_is_left) {
  Cards e;
  e.order_card();
  e.authorise();
  e.capture();
  e.activate();
  e.redeem(500);
  e.deactivate(1500);
  EXPECT_EQ(e.balance(2400), -500);
  EXPECT_EQ(e.balance(2310), -1500);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card.minor, 1500);
  EXPECT_EQ(e.core.open_items().size(), 1U);
  e.redeem(100);
  EXPECT_EQ(e.core.dead_letters().size(), 1U);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
