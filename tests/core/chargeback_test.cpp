// Chargebacks and refunds: every pair of state and event through the real core, and the books by hand
// (rules 8, 9 and 15; domain.md's bad days "chargeback after close", "refund pending", "refunded twice").
#include "core/orchestration/chargeback.hpp"

#include "core/orchestration/breaks.hpp"
#include "core/orchestration/refund.hpp"
#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

constexpr std::int64_t gross = 1200;

/// A web order of one shirt for 12.00 (10.00 and 2.00 tax), shipped, captured and delivered.
struct Sold : SmallEstate {
  explicit Sold(bool delivered = true, Config settings = small_config()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 5, now);
    order("W", {line(1, shirt, 1, 1000, 200)});
    pay("W");
    ship("W", dc, "S", {line(1, shirt, 1)});
    say(PaymentCaptured{code("W"), web, code("pay-W"), code("W/S"), {gross}});
    if (delivered) say(ShipmentDelivered{code("S")});
  }
  void come_back() {
    say(ReturnReceived{code("RMA"), code("W"), web, dc}, {line(1, shirt, 1)});
    say(ReturnInspected{code("RMA"), code("W"), web, dc}, {line(1, shirt, 1)});
  }
  void dispute(std::int64_t amount = gross, Duration due = hours{24 * 30}) {
    say(DisputeOpened{code("D"), code("W"), web, code("pay-W"), {amount}, {1500}, now + due});
  }
  void win(std::int64_t amount = gross) { say(DisputeWon{code("D"), {amount}}); }
  void lose(std::int64_t amount = gross) { say(DisputeLost{code("D"), {amount}}); }
  void refunded(std::int64_t amount = gross) {
    RefundSucceeded body{code("W"), web, code("R1"), {}};
    body.tenders.card = {amount};
    say(body);
  }
  void refund_failed() {
    RefundFailed body{code("W"), web, code("R1"), {}};
    body.tenders.card = {gross};
    say(body);
  }
  void refund_pending() {
    RefundPending body{code("W"), web, code("R1"), {}};
    body.tenders.card = {gross};
    say(body);
  }
  std::string_view refund_state() const { return core.state_of(ItemKind::refund, code("R1")); }
  std::string_view dispute_state() const { return core.state_of(ItemKind::dispute, code("D")); }
};

// --- chargeback

struct Disputant {
  explicit Disputant(SmallEstate& estate) : e(estate) {
    e.core.open_stock(dc, shirt, 5, e.now);
    e.order("W", {line(1, shirt, 1, 1000, 200)});
    e.pay("W");
  }
  void ship() { e.ship("W", dc, "S", {line(1, shirt, 1)}); }
  void open() {
    e.say(DisputeOpened{code("D"), code("W"), web, code("pay-W"), {gross}, {1500}, e.now + hours{48}});
  }
  void reach(DisputeState wanted) {
    if (wanted == DisputeState::unknown) return;
    if (wanted != DisputeState::conceded) ship();
    open();
    if (wanted == DisputeState::answered || wanted == DisputeState::conceded) e.wait(hours{47});
    if (wanted == DisputeState::won) e.say(DisputeWon{code("D"), {gross}});
    if (wanted == DisputeState::lost) e.say(DisputeLost{code("D"), {gross}});
  }
  bool say(DisputeEvent event) {
    switch (event) {
      case DisputeEvent::open:
        open();
        return true;
      case DisputeEvent::win:
        e.say(DisputeWon{code("D"), {gross}});
        return true;
      case DisputeEvent::lose:
        e.say(DisputeLost{code("D"), {gross}});
        return true;
      case DisputeEvent::answer:
      case DisputeEvent::concede:
        break;
    }
    // The clock decides between the two, once.
    if (state() != "opened") return false;
    if (event == DisputeEvent::concede) return concede();
    e.wait(hours{47});
    return true;
  }
  bool concede() {
    // The parcel was lost on the way, so there is nothing to show.
    e.say(ShipmentLost{code("S")});
    e.wait(hours{47});
    return true;
  }
  std::string_view state() const { return e.core.state_of(ItemKind::dispute, code("D")); }
  SmallEstate& e;
};

TEST(Chargeback, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Disputant, DisputeState, DisputeEvent>(chargeback, dispute_state_count,
                                                                             dispute_event_count);
  EXPECT_EQ(driven, 20);
}

TEST(Chargeback, pulls_amount_and_fee_and_gives_the_amount_back_when_won) {
  Sold e;
  const std::int64_t clearing = e.balance(1110);
  EXPECT_EQ(clearing, gross);
  e.dispute();
  EXPECT_EQ(e.balance(1170), gross);
  EXPECT_EQ(e.balance(6130), 1500);
  EXPECT_EQ(e.balance(1110), clearing - gross - 1500);
  ASSERT_EQ(e.sent<EvidenceSubmitted>().size(), 1U) << "delivered: there is nothing to wait for";
  EXPECT_EQ(e.sent<EvidenceSubmitted>()[0].first.grounds, EvidenceGrounds::delivered);
  EXPECT_EQ(e.core.open_items().back().kind, ItemKind::dispute);
  e.win();
  EXPECT_EQ(e.balance(1170), 0);
  EXPECT_EQ(e.balance(1110), clearing - 1500);
  EXPECT_EQ(e.dispute_state(), "won");
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Chargeback, lost_is_a_loss) {
  Sold e;
  e.dispute();
  e.lose();
  EXPECT_EQ(e.balance(1170), 0);
  EXPECT_EQ(e.balance(6140), gross);
  EXPECT_EQ(e.balance(6130), 1500);
  EXPECT_EQ(e.balance(1110), -1500);
  // The goods come back all the same: the refund has been had, so the loss is smaller and nothing is paid.
  e.come_back();
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(6140), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Chargeback, evidence_goes_out_a_day_before_it_is_due) {
  Sold e(false);
  e.dispute(gross, hours{72});
  EXPECT_TRUE(e.sent<EvidenceSubmitted>().empty()) << "it may be delivered yet";
  e.wait(hours{47});
  EXPECT_TRUE(e.sent<EvidenceSubmitted>().empty());
  e.say(ShipmentDelivered{code("S")});
  e.wait(hours{2});
  ASSERT_EQ(e.sent<EvidenceSubmitted>().size(), 1U);
  EXPECT_EQ(e.sent<EvidenceSubmitted>()[0].first.grounds, EvidenceGrounds::delivered);
}

TEST(Chargeback, bars_the_refund_of_the_same_money_until_it_is_decided) {
  Sold e;
  e.dispute();
  e.come_back();
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_EQ(e.refund_state(), "held");
  EXPECT_EQ(e.balance(2310), -gross) << "owed, and not paid twice";
  e.win();
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card.minor, gross);
  e.refunded();
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Chargeback, lost_pays_the_refund_that_waited) {
  Sold e;
  e.dispute();
  e.come_back();
  e.lose();
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_EQ(e.balance(2310), 0) << "the customer has the money";
  EXPECT_EQ(e.balance(6140), 0) << "it was owed anyway";
  EXPECT_EQ(e.refund_state(), "superseded");
  EXPECT_TRUE(e.core.open_items().empty());
  e.refunded();  // Somebody paid by hand what nobody asked for.
  EXPECT_EQ(e.refund_state(), "doubled");
  EXPECT_EQ(e.balance(2310), gross) << "the customer owes it";
  ASSERT_EQ(e.sent<BreakOpened>().size(), 1U);
  EXPECT_EQ(e.sent<BreakOpened>()[0].first.kind, BreakKind::refund);
  EXPECT_EQ(e.sent<BreakOpened>()[0].first.owner, code("customer accounting"));
  e.check_invariants();
}

TEST(Chargeback, of_a_part_pays_that_part_of_the_refund) {
  Sold e;
  e.dispute(500);
  e.come_back();
  e.lose(500);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card.minor, 700);
  e.refunded(700);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(6140), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(Chargeback, of_money_that_went_back_already_is_answered_so) {
  Sold e;
  e.come_back();
  e.refunded();
  e.dispute();
  ASSERT_EQ(e.sent<EvidenceSubmitted>().size(), 1U);
  EXPECT_EQ(e.sent<EvidenceSubmitted>()[0].first.grounds, EvidenceGrounds::already_refunded);
}

TEST(Chargeback, two_of_one_order_both_have_to_be_won_before_a_refund_goes_out) {
  Sold e;
  e.dispute(500);
  e.say(DisputeOpened{code("D2"), code("W"), web, code("pay-W"), {700}, {}, e.now + hours{720}});
  e.come_back();
  e.win(500);
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  e.say(DisputeWon{code("D2"), {700}});
  EXPECT_EQ(e.sent<RefundRequested>().size(), 1U);
  e.check_invariants();
}

TEST(Chargeback, after_hard_close_is_dated_to_the_next_period_and_says_when_it_happened) {
  Config config = small_config();
  const Time december = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
  config.periods = {{december - hours{24 * 30}, december, december + hours{12}, december + hours{24}}};
  Sold e(true, config);
  e.occurred = december - hours{5};
  e.now = december + hours{30};
  e.dispute();
  const JournalEntry& entry = e.core.journal()[e.core.journal().size() - 1];
  EXPECT_EQ(entry.rule, 150);
  EXPECT_EQ(entry.day, std::chrono::sys_days{std::chrono::year{2026} / 12 / 1});
  EXPECT_EQ(entry.business_day, std::chrono::sys_days{std::chrono::year{2026} / 11 / 30});
  EXPECT_EQ(entry.correlation, code("test"));
  e.check_invariants();
}

TEST(Chargeback, a_decision_before_its_opening_waits_for_it_and_a_wrong_amount_is_refused) {
  Sold e;
  e.lose();
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.dispute();
  EXPECT_EQ(e.dispute_state(), "lost");
  EXPECT_EQ(e.core.counters().parked, 0U);
  e.lose();
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the dispute is decided already");
  e.say(DisputeOpened{code("D2"), code("W"), web, code("pay-W"), {100}, {}, e.now});
  e.say(DisputeWon{code("D2"), {99}});
  EXPECT_EQ(e.core.dead_letters()[1].last.reason, "another amount than was disputed");
  e.dispute();
  EXPECT_EQ(e.core.dead_letters()[2].last.category, ExceptionCategory::duplicate_conflict);
  EXPECT_EQ(e.balance(6140), gross);
  e.check_invariants();
}

// --- refund

struct Refunder {
  explicit Refunder(SmallEstate& estate) : e(estate) {
    e.core.open_stock(dc, shirt, 5, e.now);
    e.order("W", {line(1, shirt, 1, 1000, 200)});
    e.pay("W");
    e.ship("W", dc, "S", {line(1, shirt, 1)});
  }
  void dispute() {
    e.say(DisputeOpened{code("D"), code("W"), web, code("pay-W"), {gross}, {}, e.now + hours{48}});
  }
  void come_back() {
    e.say(ReturnReceived{code("RMA"), code("W"), web, dc}, {line(1, shirt, 1)});
    e.say(ReturnInspected{code("RMA"), code("W"), web, dc}, {line(1, shirt, 1)});
  }
  void reach(RefundState wanted) {
    const bool disputed =
        wanted == RefundState::held || wanted == RefundState::superseded || wanted == RefundState::doubled;
    if (disputed) dispute();
    come_back();
    if (wanted == RefundState::superseded || wanted == RefundState::doubled) say(RefundEvent::supersede);
    if (wanted == RefundState::settled || wanted == RefundState::doubled) say(RefundEvent::succeed);
    if (wanted == RefundState::pending) say(RefundEvent::pend);
    if (wanted == RefundState::retried || wanted == RefundState::failed) say(RefundEvent::fail);
    if (wanted == RefundState::failed) say(RefundEvent::fail);
  }
  template <class Body>
  void say_refund(Body body) {
    body.order = code("W");
    body.channel = web;
    body.refund = code("R1");
    body.tenders.card = {gross};
    e.say(body);
  }
  bool say(RefundEvent event) {
    switch (event) {
      case RefundEvent::pend:
        say_refund(RefundPending{});
        return true;
      case RefundEvent::fail:
        say_refund(RefundFailed{});
        return true;
      case RefundEvent::succeed:
        say_refund(RefundSucceeded{});
        return true;
      case RefundEvent::release:
      case RefundEvent::supersede:
        break;
    }
    if (state() != "held") return false;  // Only a dispute says these, and it has only what is held.
    if (event == RefundEvent::release) {
      e.say(DisputeWon{code("D"), {gross}});
    } else {
      e.say(DisputeLost{code("D"), {gross}});
    }
    return true;
  }
  std::string_view state() const { return e.core.state_of(ItemKind::refund, code("R1")); }
  SmallEstate& e;
};

TEST(Refund, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Refunder, RefundState, RefundEvent>(refund_table, refund_state_count,
                                                                          refund_event_count);
  EXPECT_EQ(driven, 8 * 3 + 2);
}

TEST(Refund, pending_books_nothing_and_leaves_the_payable_open) {
  Sold e;
  e.come_back();
  const auto entries = e.core.journal().size();
  e.refund_pending();
  EXPECT_EQ(e.core.journal().size(), entries) << "defect D9 is a refund booked while it is pending";
  EXPECT_EQ(e.balance(2310), -gross);
  e.refunded();
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1110), 0);
  e.check_invariants();
}

TEST(Refund, that_fails_is_asked_for_once_more_under_its_id_and_then_is_a_break) {
  Sold e;
  e.come_back();
  e.refund_failed();
  ASSERT_EQ(e.sent<RefundRequested>().size(), 2U);
  EXPECT_EQ(e.sent<RefundRequested>()[1].first.refund, e.sent<RefundRequested>()[0].first.refund);
  e.refund_failed();
  EXPECT_EQ(e.sent<RefundRequested>().size(), 2U);
  EXPECT_EQ(e.balance(2310), -gross) << "still owed";
  ASSERT_EQ(e.sent<BreakOpened>().size(), 1U);
  EXPECT_EQ(e.sent<BreakOpened>()[0].first.amount.minor, -gross);
  e.wait(hours{24 * 6});
  ASSERT_EQ(e.sent<BreakOpened>().size(), 2U) << "an old break goes to the controller";
  EXPECT_EQ(e.sent<BreakOpened>()[1].first.owner, code("controller"));
  EXPECT_EQ(e.core.state_of(ItemKind::difference, code("R1")), "escalated");
  e.refunded();
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  EXPECT_TRUE(e.core.open_items().empty());
  e.refunded();
  EXPECT_EQ(e.balance(1110), 0) << "never twice";
  e.check_invariants();
}

/// Two shirts at 6.00, of which 7.00 are paid by card and 5.00 by gift card.
struct PaidByBoth : SmallEstate {
  PaidByBoth() {
    core.open_stock(dc, shirt, 5, now);
    OrderPlaced order;
    order.order = code("W");
    order.channel = web;
    order.tenders.card = {700};
    order.tenders.gift_card = {500};
    order.tenders.gift_card_no = code("G");
    say(order, {line(1, shirt, 2, 1000, 200)});
    pay("W");
    ship("W", dc, "S", {line(1, shirt, 2)});
  }
  void arrive() {
    say(PaymentCaptured{code("W"), web, code("pay-W"), code("W/S"), {700}});
    say(ShipmentDelivered{code("S")});
  }
  void come_back(const char* rma) {
    say(ReturnReceived{code(rma), code("W"), web, dc}, {line(1, shirt, 1)});
    say(ReturnInspected{code(rma), code("W"), web, dc}, {line(1, shirt, 1)});
  }
};

TEST(Refund, mixed_tenders_get_back_the_card_first_and_then_the_gift_card) {
  PaidByBoth e;
  EXPECT_EQ(e.balance(2400), 500) << "a gift card is used up before the card";
  e.arrive();
  e.come_back("A");
  e.come_back("B");
  const auto asked = e.sent<RefundRequested>();
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_EQ(asked[0].first.tenders.card.minor, 600);
  EXPECT_EQ(asked[1].first.tenders.card.minor, 100);
  EXPECT_EQ(asked[2].first.tenders.gift_card.minor, 500);
  EXPECT_EQ(asked[2].first.tenders.gift_card_no, code("G"));
  for (const auto& [body, lines] : asked) e.say(RefundSucceeded{body.order, web, body.refund, body.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(2400), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

/// 7.00 were paid by card and 5.00 by gift card, and the holder takes his 7.00 back. Of two shirts that come
/// back at 6.00 each he has 7.00, so 5.00 are owed, to the gift card.
TEST(Refund, what_a_lost_dispute_has_paid_is_not_paid_again_by_gift_card) {
  PaidByBoth e;
  e.arrive();
  e.say(DisputeOpened{code("D"), code("W"), web, code("pay-W"), {700}, {1500}, e.now + hours{48}});
  e.say(DisputeLost{code("D"), {700}});
  e.come_back("A");
  EXPECT_TRUE(e.sent<RefundRequested>().empty());
  EXPECT_EQ(e.balance(6140), 100) << "the rest of the 7.00";
  e.come_back("B");
  const auto asked = e.sent<RefundRequested>();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].first.tenders.gift_card.minor, 500);
  e.say(RefundSucceeded{code("W"), web, asked[0].first.refund, asked[0].first.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(6140), 0);
  e.check_invariants();
}

TEST(Refund, of_nothing_is_an_answer_of_marketplaces_alone) {
  Sold e;
  e.come_back();
  e.refunded(0);
  EXPECT_EQ(e.refund_state(), "requested");
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "only a marketplace repays before it is asked");
}

TEST(Authorisation, that_expires_makes_what_leaves_wait_for_another) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 5, e.now);
  e.order("W", {line(1, shirt, 1, 1000, 200)});
  e.pay("W");
  e.say(AuthorisationExpired{code("W"), web, code("pay-W")});
  e.ship("W", dc, "S", {line(1, shirt, 1)});
  EXPECT_TRUE(e.sent<CaptureRequested>().empty());
  e.say(PaymentAuthorised{code("W"), web, code("another"), {1200}});
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.payment, code("another"));
  e.say(AuthorisationExpired{code("W"), web, code("pay-W")});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  e.check_invariants();
}

TEST(Breaks, each_kind_has_an_owner) {
  for (std::size_t i = 0; i < EnumNames<BreakKind>::names.size(); ++i)
    EXPECT_FALSE(owner_of(static_cast<BreakKind>(i)).empty());
}

}  // namespace
}  // namespace omnisim::core::testing
