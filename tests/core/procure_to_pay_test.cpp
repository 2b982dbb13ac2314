// Procure-to-pay: what was ordered, what came, what was invoiced, and what is paid; to the cent.
#include "core/orchestration/procure_to_pay.hpp"

#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
constexpr hours days(int n) { return hours{24 * n}; }

Line priced(std::uint32_t line_no, SkuId sku, std::int32_t quantity, std::int64_t cost) {
  Line made = line(line_no, sku, quantity);
  made.cost = {cost};
  return made;
}

/// A purchase order of shirts at 6.00, which is their standard cost, for the DC.
struct Buying : SmallEstate {
  using SmallEstate::SmallEstate;
  void order(std::int32_t n = 100, std::int64_t each = 600, int expected_in = 7) {
    say(PurchaseOrderApproved{code("PO"), code("ACME"), dc, now + days(expected_in)},
        {priced(1, shirt, n, n * each)});
  }
  void announce(std::int32_t n, std::string_view notice = "ASN") {
    say(AsnReceived{code(notice), dc, code("PO"), now + days(2)}, {line(1, shirt, n)});
  }
  void receive(std::int32_t n) { say(StockReceived{dc, code("PO")}, {line(1, shirt, n)}); }
  void reject(std::int32_t n) {
    say(StockReceived{dc, code("PO")}, {with_condition(line(1, shirt, n), Condition::damaged)});
  }
  void put_away(std::int32_t n) { say(StockPutAway{dc, code("PO")}, {line(1, shirt, n)}); }
  void send_back(std::int32_t n, Condition condition, std::string_view number = "SR") {
    say(SupplierReturnShipped{code(number), code("PO"), dc}, {with_condition(line(1, shirt, n), condition)});
  }
  void invoice(std::int32_t n, std::int64_t each, std::int64_t tax = 0, std::string_view number = "I",
               std::string_view supplier = "ACME") {
    say(InvoiceReceived{code(number), code("PO"), code(supplier), {tax}, {n * each + tax}},
        {priced(1, shirt, n, n * each)});
  }
  void pay(std::int64_t amount, std::string_view number = "I") { say(InvoicePaid{code(number), {amount}}); }

  std::string_view po() const { return core.state_of(ItemKind::purchase_order, code("PO")); }
  std::string_view invoice_state(std::string_view number = "I") const {
    return core.state_of(ItemKind::invoice, code(number));
  }
  std::int32_t in(Bucket bucket) const { return at(shirt, dc, bucket); }
  std::vector<HoldReason> holds() const {
    std::vector<HoldReason> reasons;
    for (const auto& [body, lines] : sent<InvoiceHeld>()) reasons.push_back(body.reason);
    return reasons;
  }
  /// 1200 is what stands at the dock and on the shelf, at standard cost.
  void expect_tied_out() const {
    EXPECT_EQ(balance(1200, 1), 600 * (in(Bucket::receiving) + in(Bucket::sellable) + in(Bucket::reserved)));
    EXPECT_EQ(balance(9999), 0);
    check_invariants();
  }
};

TEST(ProcureToPay, goods_go_from_the_order_to_the_shelf_bucket_by_bucket) {
  Buying e;
  e.order();
  EXPECT_EQ(e.in(Bucket::on_order), 100);
  e.announce(60);
  EXPECT_EQ(e.in(Bucket::on_order), 40);
  EXPECT_EQ(e.in(Bucket::in_transit_in), 60);
  EXPECT_EQ(e.po(), "announced");
  e.receive(60);
  EXPECT_EQ(e.in(Bucket::in_transit_in), 0);
  EXPECT_EQ(e.in(Bucket::receiving), 60);
  EXPECT_EQ(e.core.available(shirt, web), 0) << "nothing is on the shelf yet";
  EXPECT_EQ(e.po(), "part_received");
  e.put_away(60);
  EXPECT_EQ(e.in(Bucket::sellable), 60);
  EXPECT_EQ(e.core.available(shirt, web), 60);
  e.receive(40);
  EXPECT_EQ(e.in(Bucket::on_order), 0);
  EXPECT_EQ(e.po(), "received");
  e.expect_tied_out();
}

TEST(ProcureToPay, three_way_match_to_the_cent) {
  Buying e;
  e.order();      // 100 at 6.00
  e.receive(60);  // Dr 1200 360.00, Cr 2050 360.00
  e.receive(38);  // Dr 1200 228.00, Cr 2050 228.00
  EXPECT_EQ(e.balance(2050), -58'800);
  e.invoice(100, 620, 12'400);  // 620.00 + 20 % tax: two shirts too many
  EXPECT_EQ(e.invoice_state(), "held");
  EXPECT_EQ(e.holds(), std::vector{HoldReason::quantity});
  EXPECT_EQ(e.balance(2000), 0) << "nothing is owed before it matches";
  e.receive(2);  // The receipt catches up: 100 are there.
  EXPECT_EQ(e.invoice_state(), "approved");
  ASSERT_EQ(e.sent<InvoiceApproved>().size(), 1U);
  EXPECT_EQ(e.sent<InvoiceApproved>()[0].first.gross, Money{74'400});
  EXPECT_EQ(e.balance(2050), 0);
  EXPECT_EQ(e.balance(5150), 2'000) << "100 × 0.20";
  EXPECT_EQ(e.balance(2200), 12'400);
  EXPECT_EQ(e.balance(2000), -74'400);
  EXPECT_EQ(e.balance(1200), 60'000) << "at standard cost, whatever the invoice says";
  e.pay(74'400);
  EXPECT_EQ(e.balance(2000), 0);
  EXPECT_EQ(e.balance(1000), -74'400);
  EXPECT_EQ(e.invoice_state(), "paid");
  EXPECT_EQ(e.po(), "closed");
  EXPECT_TRUE(e.core.open_items().empty());
  e.expect_tied_out();
}

TEST(ProcureToPay, a_held_invoice_is_released_by_its_correction) {
  Buying e;
  e.order();
  e.receive(60);
  e.receive(38);
  e.invoice(100, 620);
  e.invoice(98, 620);  // under the same number
  EXPECT_EQ(e.invoice_state(), "approved");
  EXPECT_EQ(e.balance(2050), 0);
  EXPECT_EQ(e.balance(5150), 1'960) << "98 × 0.20";
  EXPECT_EQ(e.balance(2000), -60'760);
  e.pay(60'760);
  EXPECT_EQ(e.po(), "part_received") << "two shirts are still to come";
  e.wait(days(7 + 14));
  EXPECT_EQ(e.po(), "closed") << "the rest does not come";
  EXPECT_EQ(e.in(Bucket::on_order), 0);
  e.expect_tied_out();
}

TEST(ProcureToPay, each_reason_to_hold_is_told_once) {
  Buying e;
  e.invoice(10, 600, 0, "I-1");
  EXPECT_EQ(e.holds(), std::vector{HoldReason::no_order});
  e.order();
  EXPECT_EQ(e.holds(), (std::vector{HoldReason::no_order, HoldReason::no_receipt}));
  e.receive(5);
  EXPECT_EQ(e.holds().back(), HoldReason::quantity);
  e.receive(1);
  EXPECT_EQ(e.holds().size(), 3U) << "the same reason is no news";
  e.receive(94);
  EXPECT_EQ(e.invoice_state("I-1"), "approved");
  e.invoice(10, 631, 0, "I-2");
  EXPECT_EQ(e.holds().back(), HoldReason::price) << "more than 5 % above 6.00";
  e.invoice(10, 630, 0, "I-2");
  EXPECT_EQ(e.invoice_state("I-2"), "approved") << "5 % is tolerated";
  e.invoice(10, 600, 0, "I-3", "NOBODY");
  EXPECT_EQ(e.holds().back(), HoldReason::no_order) << "the order is another supplier's";
  e.expect_tied_out();
}

TEST(ProcureToPay, an_invoice_is_approved_as_a_whole_or_not_at_all) {
  Buying e;
  e.say(PurchaseOrderApproved{code("PO"), code("ACME"), dc, e.now + days(7)},
        {priced(1, shirt, 100, 60'000), priced(2, hat, 10, 3'330)});
  e.receive(100);
  const std::vector<Line> both = {priced(1, shirt, 100, 60'000), priced(2, hat, 10, 3'330)};
  e.say(InvoiceReceived{code("I"), code("PO"), code("ACME"), {}, {63'330}}, both);
  EXPECT_EQ(e.invoice_state(), "held") << "the hats have not come";
  e.invoice(100, 600);
  EXPECT_EQ(e.invoice_state(), "approved") << "the shirts had not been counted as invoiced";
  EXPECT_EQ(e.balance(2050), 0);
  e.expect_tied_out();
}

TEST(ProcureToPay, an_order_above_standard_cost_is_a_variance_at_its_receipt) {
  Buying e;
  e.order(100, 650);
  e.receive(100);
  EXPECT_EQ(e.balance(1200, 1), 60'000);
  EXPECT_EQ(e.balance(2050), -65'000);
  EXPECT_EQ(e.balance(5150), 5'000);
  e.invoice(100, 640);
  EXPECT_EQ(e.balance(2050), 0);
  EXPECT_EQ(e.balance(5150), 4'000) << "ten cents below the order";
  e.expect_tied_out();
}

TEST(ProcureToPay, rejected_units_are_not_paid_for_and_go_back) {
  Buying e;
  e.order();
  e.receive(90);
  e.reject(10);
  EXPECT_EQ(e.in(Bucket::damaged), 10);
  EXPECT_EQ(e.po(), "received");
  EXPECT_EQ(e.balance(2050), -54'000);
  e.invoice(100, 600);
  EXPECT_EQ(e.holds(), std::vector{HoldReason::quantity});
  e.send_back(10, Condition::damaged);
  EXPECT_EQ(e.in(Bucket::damaged), 0);
  EXPECT_EQ(e.balance(2050), -54'000) << "they were never booked";
  e.invoice(90, 600);
  EXPECT_EQ(e.invoice_state(), "approved");
  e.expect_tied_out();
}

TEST(ProcureToPay, good_units_that_go_back_are_owed_by_the_supplier) {
  Buying e;
  e.order();
  e.receive(100);
  e.put_away(60);
  e.send_back(50, Condition::resellable);
  EXPECT_EQ(e.in(Bucket::receiving), 0) << "from the dock first";
  EXPECT_EQ(e.in(Bucket::sellable), 50);
  EXPECT_EQ(e.balance(2050), -30'000);
  e.send_back(50, Condition::resellable);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the supplier return is known already");
  e.invoice(50, 600);
  e.pay(30'000);
  EXPECT_EQ(e.po(), "closed");
  e.send_back(5, Condition::resellable, "SR-2");
  EXPECT_EQ(e.po(), "received") << "paid, and gone back";
  EXPECT_EQ(e.balance(2050), 3'000);
  e.expect_tied_out();
}

TEST(ProcureToPay, more_than_was_ordered_is_taken_in_and_needs_an_invoice) {
  Buying e;
  e.order();
  e.receive(103);
  EXPECT_EQ(e.po(), "received");
  EXPECT_EQ(e.in(Bucket::receiving), 103);
  EXPECT_EQ(e.balance(2050), -61'800);
  e.invoice(103, 600);
  EXPECT_EQ(e.invoice_state(), "approved") << "what was accepted is payable";
  e.expect_tied_out();
}

TEST(ProcureToPay, goods_that_nobody_ordered_come_at_standard_cost) {
  Buying e;
  e.order();
  e.say(StockReceived{dc, code("PO")}, {line(2, hat, 3)});
  EXPECT_EQ(e.at(hat, dc, Bucket::receiving), 3);
  EXPECT_EQ(e.balance(2050), -999);
  e.check_invariants();
}

TEST(ProcureToPay, what_breaks_on_the_way_to_the_shelf_is_our_loss) {
  Buying e;
  e.order();
  e.receive(100);
  e.say(StockPutAway{dc, code("PO")},
        {line(1, shirt, 99), with_condition(line(2, shirt, 1), Condition::damaged)});
  EXPECT_EQ(e.in(Bucket::sellable), 99);
  EXPECT_EQ(e.in(Bucket::damaged), 1);
  EXPECT_EQ(e.balance(5200), 600);
  e.expect_tied_out();
}

TEST(ProcureToPay, messages_that_overtake_their_cause_wait_for_it) {
  Buying e;
  e.put_away(10);
  e.announce(100);
  e.pay(6'000);
  EXPECT_EQ(e.core.counters().parked, 3U);
  e.order();
  EXPECT_EQ(e.core.counters().parked, 2U) << "the ship notice has found its order";
  EXPECT_EQ(e.in(Bucket::in_transit_in), 100);
  e.receive(10);
  EXPECT_EQ(e.in(Bucket::sellable), 10);
  e.invoice(10, 600);
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.invoice_state(), "paid");
  e.expect_tied_out();
}

TEST(ProcureToPay, a_notice_that_was_overtaken_by_its_goods_announces_nothing) {
  Buying e;
  e.order();
  e.receive(60);
  e.announce(60);
  EXPECT_EQ(e.in(Bucket::in_transit_in), 0);
  EXPECT_EQ(e.in(Bucket::on_order), 40);
  e.announce(60);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::duplicate_conflict);
  e.expect_tied_out();
}

TEST(ProcureToPay, receipts_that_nobody_invoices_become_a_break_and_cease_to_be_one) {
  Buying e;
  e.order();
  e.receive(100);
  e.wait(days(30));
  const auto opened = e.sent<BreakOpened>();
  ASSERT_EQ(opened.size(), 1U);
  EXPECT_EQ(opened[0].first.kind, BreakKind::receipt);
  EXPECT_EQ(opened[0].first.reference, code("PO"));
  EXPECT_EQ(opened[0].first.amount, Money{-60'000}) << "invoiced less received";
  const auto open = e.core.open_items();
  EXPECT_TRUE(
      std::any_of(open.begin(), open.end(), [](const OpenItem& i) { return i.kind == ItemKind::receipt; }));
  e.invoice(100, 600);
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  e.expect_tied_out();
}

TEST(ProcureToPay, an_order_that_never_comes_is_given_up_and_taken_in_when_it_does) {
  Buying e;
  e.order();
  e.announce(100);
  e.wait(days(7 + 14));
  EXPECT_EQ(e.po(), "cancelled");
  EXPECT_EQ(e.in(Bucket::on_order) + e.in(Bucket::in_transit_in), 0);
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.receive(100);
  EXPECT_EQ(e.po(), "received");
  EXPECT_EQ(e.in(Bucket::receiving), 100);
  e.expect_tied_out();
}

TEST(ProcureToPay, tolerated_quantities_are_cleared_when_all_is_paid) {
  Config config = small_config();
  config.policies.quantity_tolerance_bp = 200;
  Buying e(config);
  e.order();
  e.receive(98);
  e.invoice(100, 600);
  EXPECT_EQ(e.invoice_state(), "approved") << "2 % too many";
  EXPECT_EQ(e.balance(2050), 1'200);
  e.pay(60'000);
  e.wait(days(7 + 14));
  EXPECT_EQ(e.po(), "closed");
  EXPECT_EQ(e.balance(2050), 0);
  EXPECT_EQ(e.balance(5150), 1'200) << "two shirts that were paid for and never came";
  e.expect_tied_out();
}

TEST(ProcureToPay, one_invoice_is_paid_in_parts_and_not_twice) {
  Buying e;
  e.order();
  e.receive(100);
  e.invoice(100, 600);
  e.pay(20'000);
  EXPECT_EQ(e.invoice_state(), "approved");
  e.pay(40'000);
  EXPECT_EQ(e.invoice_state(), "paid");
  e.pay(60'000);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the invoice is paid already");
  EXPECT_EQ(e.balance(2000), 0);
  e.expect_tied_out();
}

TEST(ProcureToPay, a_receipt_at_another_node_is_stock_there) {
  Buying e;
  e.order();
  e.announce(100);
  e.say(StockReceived{store_1, code("PO")}, {line(1, shirt, 100)});
  EXPECT_EQ(e.at(shirt, store_1, Bucket::receiving), 100);
  EXPECT_EQ(e.in(Bucket::in_transit_in), 0);
  EXPECT_EQ(e.balance(1200, 2), 60'000);
  e.check_invariants();
}

TEST(ProcureToPay, a_receipt_of_an_order_that_nobody_knows_goes_straight_to_the_shelf) {
  Buying e;
  e.say(StockReceived{dc, code("PO-9")}, {priced(1, shirt, 4, 2'600)});
  EXPECT_EQ(e.in(Bucket::sellable), 4);
  EXPECT_EQ(e.balance(2050), -2'600);
}

TEST(ProcureToPay, numbers_are_taken_once) {
  Buying e;
  e.order();
  e.order();
  e.receive(100);
  e.invoice(100, 600);
  e.invoice(100, 600);
  ASSERT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the purchase order number is taken");
  EXPECT_EQ(e.core.dead_letters()[1].last.reason, "the invoice number is taken");
  EXPECT_EQ(e.in(Bucket::on_order), 0);
  EXPECT_EQ(e.balance(2000), -60'000);
  e.expect_tied_out();
}

/// A purchase order of a hundred shirts.
class OrderParty {
 public:
  explicit OrderParty(Buying& e) : e_(e) {}

  void reach(PurchaseState state) {
    using enum PurchaseState;
    using enum PurchaseEvent;
    static const std::map<PurchaseState, std::vector<PurchaseEvent>> ways = {
        {unknown, {}},
        {PurchaseState::approved, {approve}},
        {announced, {approve, announce}},
        {part_received, {approve, receive_part}},
        {received, {approve, receive_rest}},
        {cancelled, {approve, overdue}},
        {closed, {approve, receive_rest, settle}}};
    for (const PurchaseEvent event : ways.at(state)) EXPECT_TRUE(say(event));
  }

  bool say(PurchaseEvent event) {
    switch (event) {
      case PurchaseEvent::approve:
        e_.order(100, 600, 60);
        expected_ = 100;
        return true;
      case PurchaseEvent::announce:
        e_.announce(5, "ASN-" + std::to_string(++notices_));
        if (expected_ == 0) expected_ = 5;
        return true;
      case PurchaseEvent::receive_part:
        if (expected_ < 2 || !knows()) return false;
        e_.receive(1);
        --expected_;
        return true;
      case PurchaseEvent::receive_rest:
        if (!knows()) return false;
        e_.receive(std::max(expected_, 2));
        expected_ = 0;
        return true;
      case PurchaseEvent::put_away:
        e_.put_away(1);
        return true;
      case PurchaseEvent::send_back:
        e_.send_back(1, Condition::resellable);
        return true;
      case PurchaseEvent::overdue:
        e_.wait(days(75));
        expected_ = 0;
        return true;
      case PurchaseEvent::age:
        e_.wait(days(31));
        return true;
      case PurchaseEvent::settle:
        if (state() != "received") return false;
        e_.invoice(100, 600);
        e_.pay(60'000);
        return true;
    }
    return false;
  }
  std::string_view state() const { return e_.po().empty() ? "unknown" : e_.po(); }

 private:
  bool knows() const { return !e_.po().empty(); }
  Buying& e_;
  std::int32_t expected_ = 0;
  int notices_ = 0;
};

/// An invoice of ten shirts at 6.00.
class InvoiceParty {
 public:
  explicit InvoiceParty(Buying& e) : e_(e) {
    e_.order(100);
    e_.receive(5);
  }
  void reach(InvoiceState state) {
    using enum InvoiceEvent;
    static const std::map<InvoiceState, std::vector<InvoiceEvent>> ways = {
        {InvoiceState::unknown, {}},
        {InvoiceState::held, {miss}},
        {InvoiceState::approved, {match}},
        {InvoiceState::paid, {match, pay_rest}}};
    for (const InvoiceEvent event : ways.at(state)) EXPECT_TRUE(say(event));
  }
  bool say(InvoiceEvent event) {
    switch (event) {
      case InvoiceEvent::match:
        e_.invoice(5, 600);
        return true;
      case InvoiceEvent::miss:
        e_.invoice(10, 600);
        return true;
      case InvoiceEvent::pay_part:
        e_.pay(1);
        return true;
      case InvoiceEvent::pay_rest:
        e_.pay(3'000);
        return true;
    }
    return false;
  }
  std::string_view state() const {
    const auto state = e_.invoice_state();
    return state.empty() ? "unknown" : state;
  }

 private:
  Buying& e_;
};

TEST(ProcureToPay, every_event_in_every_state_of_an_order_does_what_the_table_says) {
  const int driven = drive_every_pair<OrderParty, PurchaseState, PurchaseEvent, Buying>(
      purchase_table, purchase_state_count, purchase_event_count);
  EXPECT_EQ(driven, 52) << "of 63; the others cannot be said in that state";
}

TEST(ProcureToPay, every_event_in_every_state_of_an_invoice_does_what_the_table_says) {
  const int driven = drive_every_pair<InvoiceParty, InvoiceState, InvoiceEvent, Buying>(
      invoice_table, invoice_state_count, invoice_event_count);
  EXPECT_EQ(driven, 16);
}

}  // namespace
}  // namespace omnisim::core::testing
