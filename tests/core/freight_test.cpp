// Freight by hand (rules 17 and 171 to 173, decision 0020): accrued at the hand-over or at the soft close,
// invoices held against it parcel by parcel.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/durable_core.hpp"
#include "core/store/log_store.hpp"
#include "core/store/simulated_disk.hpp"
#include "tests/core/support/reconciling.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

constexpr Time december = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};

/// 4.50 a parcel and 0.30 a unit from the DC; nothing is agreed for the stores.
Config with_contract(Config config = reconciling()) {
  config.freight_rates = {{code("test"), code("parcel"), dc, {450}, {30}}};
  config.policies.accounting.freight_surcharge_max = {200};
  return config;
}

/// What is over is forgotten three hours later.
Config forgetting(Config config) {
  Policies& p = config.policies;
  p.authorisation_life = p.pick_deadline = p.backorder_wait = p.pickup_shelf = hours{2};
  p.keep_finished = hours{3};
  return config;
}
constexpr const char* forgotten = "its freight was settled long ago, or not agreed when it left";

struct Parcels : Books {
  explicit Parcels(Config settings = with_contract()) : Books(std::move(settings)) {}
  /// An order of two shirts, handed over as shipment "S" and its number: 5.10.
  void send(const std::string& number, NodeId node = dc) {
    order(number, {line(1, shirt, 2, 2000, 400)});
    pay(number);
    ship(number, node, "S" + number, {line(1, shirt, 2)});
  }
  void bill(std::string_view shipment, std::int64_t charge, std::int64_t surcharge = 0) {
    say(FreightInvoiced{code("F" + std::to_string(++invoices)), code(shipment), {charge}, {surcharge}});
  }
  void take_label_off(const std::string& number) {
    say(ShipmentVoided{code(number), web, dc, code("S" + number)});
  }
  /// A step about something that is nobody's business.
  void go_on() { say(FeedApplied{web, code("x")}); }
  /// 2060, 6200, 2000.
  std::array<std::int64_t, 3> books() const { return {balance(2060), balance(6200), balance(2000)}; }
  using Is = std::array<std::int64_t, 3>;
  int invoices = 0;
};

TEST(Freight, is_accrued_at_the_hand_over_and_cleared_by_the_invoice) {
  Parcels e;
  e.send("A");
  EXPECT_EQ(e.books(), (Parcels::Is{-510, 510, 0}));
  e.bill("SA", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  EXPECT_TRUE(e.opened().empty());
  e.check_invariants();
}

TEST(Freight, of_another_carton_is_its_units) {
  Parcels e;
  e.order("A", {line(1, shirt, 3, 3000, 600)});
  e.pay("A");
  e.ship("A", dc, "SA", {line(1, shirt, 2)});
  e.ship("A", dc, "SA", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(2060), -450 - 3 * 30);
  e.check_invariants();
}

/// Days of the entries of one rule, from the last day of November.
std::vector<int> days_of(const Parcels& e, std::uint16_t rule) {
  std::vector<int> days;
  for (const JournalEntry& entry : e.core.journal())
    if (entry.rule == rule) days.push_back(static_cast<int>((entry.day - last_day).count()));
  return days;
}

TEST(Freight, a_line_that_asked_for_a_carton_nobody_had_heard_of_is_right_once_it_is_here) {
  Parcels e;
  e.order("A", {line(1, shirt, 3, 3000, 600)});
  e.pay("A");
  e.ship("A", dc, "SA", {line(1, shirt, 2)});
  const Time handed_over = e.now;
  e.wait(hours{24});
  e.bill("SA", 540);  // 5.9 % above 5.10
  EXPECT_EQ(e.books(), (Parcels::Is{-510, 510, 0}));
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "open");
  e.wait(hours{24});
  e.occurred = handed_over;
  e.ship("A", dc, "SA", {line(1, shirt, 1)});
  EXPECT_EQ(e.books(), (Parcels::Is{0, 540, -540}));
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  EXPECT_EQ(days_of(e, 17), (std::vector<int>{-28, -28}));
  EXPECT_EQ(days_of(e, 171), std::vector<int>{-27}) << "the invoice's day";
  e.check_invariants();
}

TEST(Freight, a_line_that_asked_again_is_right_once_a_carton_is_here_that_it_was_for) {
  Parcels e;
  e.order("A", {line(1, shirt, 3, 3000, 600)});
  e.pay("A");
  e.ship("A", dc, "SA", {line(1, shirt, 2)});
  e.bill("SA", 510);
  e.bill("SA", 30);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  e.ship("A", dc, "SA", {line(1, shirt, 1)});
  EXPECT_EQ(e.books(), (Parcels::Is{0, 540, -540}));
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  e.check_invariants();
}

TEST(Freight, cartons_and_lines_come_to_the_same_in_whatever_order_they_come) {
  std::array<int, 3> steps{0, 1, 2};
  do {
    Parcels e;
    e.order("A", {line(1, shirt, 3, 3000, 600)});
    e.pay("A");
    for (const int step : steps) {
      if (step == 2)
        e.bill("SA", 540);
      else
        e.ship("A", dc, "SA", {line(1, shirt, step + 1)});
    }
    ASSERT_EQ(e.books(), (Parcels::Is{0, 540, -540})) << steps[0] << steps[1] << steps[2];
    ASSERT_EQ(e.sent<BreakCleared>().empty(), e.opened().empty());
  } while (std::next_permutation(steps.begin(), steps.end()));
}

TEST(Freight, a_stated_surcharge_and_what_is_within_the_tolerance_is_owed_and_less_is_taken) {
  Parcels e;
  e.send("A"), e.send("B"), e.send("C");
  e.bill("SA", 510, 120);
  EXPECT_EQ(e.books(), (Parcels::Is{-1020, 1530 + 120, -630}));
  e.bill("SB", 535);  // 4.9 % above; 5 % are tolerated.
  EXPECT_EQ(e.books(), (Parcels::Is{-510, 1530 + 120 + 25, -630 - 535}));
  e.bill("SC", 400);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 1530 + 120 + 25 - 110, -630 - 535 - 400}));
  EXPECT_TRUE(e.opened().empty());
  e.check_invariants();
}

TEST(Freight, what_asks_for_more_is_a_break_of_its_parcel_until_a_credit_makes_it_right) {
  Parcels e;
  e.send("A"), e.send("B");
  e.bill("SA", 540);       // 5.9 % above
  e.bill("SB", 510, 201);  // more than a surcharge may be
  EXPECT_EQ(e.books(), (Parcels::Is{-1020, 1020, 0})) << "nobody's debt";
  ASSERT_EQ(e.opened().size(), 2U);
  EXPECT_EQ(e.opened()[0].kind, BreakKind::freight);
  EXPECT_EQ(e.opened()[0].reference, code("SA"));
  EXPECT_EQ(e.opened()[0].amount.minor, 30);
  EXPECT_EQ(e.opened()[0].owner, code("logistics"));
  EXPECT_EQ(e.opened()[1].amount.minor, 201);
  e.bill("SA", -30);
  EXPECT_EQ(e.books(), (Parcels::Is{-510, 1020, -510}));
  e.bill("SB", 0, -1);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 1020 + 200, -510 - 710}));
  EXPECT_EQ(e.sent<BreakCleared>().size(), 2U);
  e.check_invariants();
}

TEST(Freight, a_parcel_is_owed_once_however_often_it_is_billed) {
  Parcels e;
  e.send("A");
  e.bill("SA", 510);
  e.bill("SA", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, 510);
  e.bill("SA", -510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  EXPECT_EQ(e.sent<BreakCleared>().size(), 1U);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  e.bill("SA", -510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0})) << "the carrier gives it back altogether";
  e.check_invariants();
}

TEST(Freight, lines_of_a_parcel_come_to_the_same_in_whatever_order_they_come) {
  std::array<std::int64_t, 5> lines{510, 510, -510, 25, -25};
  std::sort(lines.begin(), lines.end());
  do {
    Parcels e;
    e.send("A");
    for (const std::int64_t charge : lines) e.bill("SA", charge);
    ASSERT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
    ASSERT_EQ(e.sent<BreakCleared>().empty(), e.opened().empty());
  } while (std::next_permutation(lines.begin(), lines.end()));
}

TEST(Freight, a_line_waits_for_its_parcel_and_another_carriers_is_refused) {
  Parcels e;
  e.bill("SA", 510);
  EXPECT_EQ(e.core.counters().parked, 1U);
  e.send("A");
  EXPECT_EQ(e.core.counters().parked, 0U);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  e.deliver(e.message(FreightInvoiced{code("F9"), code("SA"), {510}, {}}, {}, "other"));
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "another carrier's parcel");
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.send("B", store_1);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510})) << "nothing is agreed for that node";
  e.check_invariants();
}

TEST(Freight, a_label_that_is_voided_costs_nothing_and_is_not_to_be_billed) {
  Parcels e;
  e.send("A");
  e.take_label_off("A");
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  e.bill("SA", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  ASSERT_EQ(e.opened().size(), 1U);
  EXPECT_EQ(e.opened()[0].amount.minor, 510);
  e.check_invariants();
}

TEST(Freight, what_was_asked_for_a_voided_label_is_all_of_it_too_much) {
  Parcels e;
  e.send("A");
  e.bill("SA", 540);
  e.take_label_off("A");
  ASSERT_EQ(e.opened().size(), 2U);
  EXPECT_EQ(e.opened()[0].amount.minor, 30);
  EXPECT_EQ(e.opened()[1].amount.minor, 540);
  e.bill("SA", -540);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  e.check_invariants();
}

TEST(Freight, of_a_voided_label_is_forgotten_as_what_is_settled_is) {
  Parcels e(forgetting(with_contract()));
  e.send("A"), e.send("B"), e.send("C");
  e.take_label_off("A");
  e.bill("SB", 510);
  e.wait(hours{2});
  e.go_on();
  e.bill("SA", 510);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "open") << "it is still known";
  e.bill("SA", -510);
  e.wait(hours{4});
  e.go_on();
  e.bill("SB", 510);
  e.bill("SC", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 1020, -1020})) << "what nobody had billed is kept";
  // Only what was settled is not known any more; whether its order is, is another matter.
  EXPECT_EQ(e.of(ItemKind::difference, "SB"), "unknown");
  const std::size_t opened = e.opened().size();
  e.bill("SA", 510);
  EXPECT_EQ(e.opened().size(), opened);
  e.check_invariants();
}

TEST(Freight, a_line_for_a_node_without_a_contract_does_not_wait_for_what_is_here) {
  Parcels e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.bill("SA", 510);
  EXPECT_EQ(e.core.counters().parked, 1U) << "nobody has heard of it";
  e.send("A", store_1);
  EXPECT_EQ(e.core.counters().parked, 0U);
  e.bill("SA", 510);
  EXPECT_EQ(e.core.counters().parked, 0U);
  ASSERT_EQ(e.core.dead_letters().size(), 2U);
  for (const DeadLetter& letter : e.core.dead_letters()) {
    EXPECT_EQ(letter.last.category, ExceptionCategory::unknown_reference);
    EXPECT_EQ(letter.last.reason, "nothing is agreed for its node");
  }
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  e.check_invariants();
}

TEST(Freight, without_reconciliation_whatever_is_asked_is_booked) {
  Parcels e(with_contract(small_config()));
  e.send("A");
  e.bill("SA", 900);
  e.bill("SA", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 1410, -1410}));
  EXPECT_TRUE(e.opened().empty());
  e.check_invariants();
}

TEST(Freight, where_there_is_no_contract_it_is_nobodys_business) {
  Parcels e(reconciling());
  e.send("A");
  e.bill("SA", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::no_handler);
}

/// Records are compared every day; a parcel is billed within five.
Config compared_daily() {
  Config config = with_contract();
  config.policies.receipt_ageing = hours{24 * 5};
  config.policies.accounting.reconcile_every = hours{24};
  config.periods = {{december - hours{24 * 30}, december + hours{24 * 30}, december + hours{24 * 40},
                     december + hours{24 * 41}}};
  return config;
}

TEST(Freight, that_nobody_bills_for_too_long_is_a_break_at_the_next_comparison) {
  Parcels e(compared_daily());
  e.send("A");
  const auto of_parcel = [&] {
    const auto opened = e.opened();
    return std::count_if(opened.begin(), opened.end(),
                         [](const BreakOpened& it) { return it.reference == code("SA"); });
  };
  e.wait(hours{24 * 5});
  EXPECT_EQ(of_parcel(), 0);
  e.wait(hours{24});
  ASSERT_EQ(of_parcel(), 1);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "open");
  EXPECT_EQ(e.of(ItemKind::difference, "2060"), "unknown") << "what is accrued is on its account";
  e.bill("SA", 510);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  e.check_invariants();
}

TEST(Freight, a_voided_label_is_not_waited_for_any_more) {
  Parcels e(compared_daily());
  e.send("A");
  e.wait(hours{24 * 6});
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "open");
  e.take_label_off("A");
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "cleared");
  e.check_invariants();
}

std::int64_t through(BusinessDay last, const Parcels& e, std::uint16_t account) {
  std::int64_t sum = 0;
  for (const JournalEntry& entry : e.core.journal()) {
    for (std::size_t i = 0; i < entry.posting_count && entry.day <= last; ++i) {
      const Posting& posting = e.core.postings()[entry.first_posting + i];
      if (posting.account == account) sum += posting.amount.minor;
    }
  }
  return sum;
}
std::int64_t in_november(const Parcels& e, std::uint16_t account) { return through(last_day, e, account); }

Config closing() {
  Config config = with_contract();
  config.policies.accounting.freight_accrued = FreightAccrual::soft_close;
  config.periods = {{december - hours{24 * 30}, december, december + hours{12}, december + hours{24}}};
  return config;
}

TEST(FreightAtTheClose, what_is_not_billed_is_of_the_period_and_comes_off_the_next) {
  Parcels e(closing());
  e.send("A"), e.send("B");
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  e.bill("SA", 510, 120);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 630, -630}));
  e.wait(december + hours{12} - e.now);
  EXPECT_EQ(days_of(e, 17), std::vector<int>{0});
  EXPECT_EQ(days_of(e, 172), std::vector<int>{1});
  EXPECT_EQ(in_november(e, 6200), 630 + 510);
  EXPECT_EQ(in_november(e, 2060), -510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 630, -630}));
  e.bill("SB", 510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 630 + 510, -630 - 510}));
  e.wait(hours{24});
  EXPECT_EQ(days_of(e, 17).size(), 1U) << "billed in December: November's accrual stays";
  EXPECT_EQ(in_november(e, 6200), 630 + 510);
  e.check_invariants();
}

TEST(FreightAtTheClose, follows_what_is_heard_between_the_soft_and_the_hard_close) {
  Parcels e(closing());
  e.send("A");
  e.wait(december + hours{12} - e.now);
  EXPECT_EQ(in_november(e, 6200), 510);
  // An invoice and a hand-over of November that come late.
  e.occurred = december - hours{5};
  e.bill("SA", 510);
  e.send("B");
  e.occurred = Time::min();
  EXPECT_EQ(in_november(e, 6200), 1020) << "A by its invoice, B accrued";
  e.wait(hours{12});
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "hard_closed");
  EXPECT_EQ(days_of(e, 17), (std::vector<int>{0, 0, 0})) << "A's, A's taken back, B's";
  EXPECT_EQ(in_november(e, 6200), 1020);
  EXPECT_EQ(in_november(e, 2060), -510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510})) << "December has B's reversal";
  e.check_invariants();
}

/// Whether a core that starts from a snapshot, and from that alone, has the same state.
bool goes_on_from_a_snapshot(const Parcels& e) {
  Power power;
  SimulatedDisk disk(power, 1), slot(power, 2);
  Recorder receiver(e.config.directory);
  LogStore before(disk, {&slot});
  DurableCore first(e.config, receiver, before, 1);
  for (std::uint64_t i = 0; i < e.log.size(); ++i) first.core().apply(e.log.read(i));
  first.commit();
  LogStore after(disk, {&slot});
  DurableCore second(e.config, receiver, after, 1000);
  return second.replayed() == 0 && second.core().state_hash() == e.core.state_hash();
}

TEST(FreightAtTheClose, of_every_period_that_is_closed_softly_is_accrued_once_and_reversed_once) {
  const BusinessDay last_of_year = last_day + std::chrono::days{31};
  Config config = closing();
  config.periods[0].hard_close = december + hours{24 * 40};
  Parcels e(config);
  e.send("A");
  e.wait(december + hours{12} - e.now);
  EXPECT_EQ(days_of(e, 17), std::vector<int>{0});
  e.wait(hours{24 * 31});
  e.say(PeriodSoftClosed{code("2026-12"), last_of_year});
  // Each entry of the ERP compares both periods again.
  for (const char* id : {"E1", "E2", "E3"}) e.entry(id, {{1000, 0, {5}}, {6900, 0, {-5}}});
  EXPECT_EQ(days_of(e, 17), (std::vector<int>{0, 31})) << "two months have passed, and nobody has billed it";
  EXPECT_EQ(days_of(e, 172), (std::vector<int>{1, 32}));
  EXPECT_EQ(in_november(e, 6200), 510);
  EXPECT_EQ(through(last_of_year, e, 6200), 510) << "an expense of November alone";
  EXPECT_EQ(through(last_of_year, e, 2060), -510) << "owed at the end of December, too";
  EXPECT_EQ(e.books(), (Parcels::Is{0, 0, 0}));
  EXPECT_TRUE(goes_on_from_a_snapshot(e));
  // An invoice of December that comes late.
  e.occurred = december + hours{24 * 5};
  e.bill("SA", 510);
  e.occurred = Time::min();
  EXPECT_EQ(days_of(e, 17), (std::vector<int>{0, 31, 31})) << "December's is taken back, November's stays";
  EXPECT_EQ(days_of(e, 172), (std::vector<int>{1, 32, 32}));
  EXPECT_EQ(in_november(e, 6200), 510);
  EXPECT_EQ(in_november(e, 2060), -510);
  EXPECT_EQ(through(last_of_year, e, 6200), 510);
  EXPECT_EQ(through(last_of_year, e, 2060), 0);
  e.wait(hours{24 * 10});
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "hard_closed");
  e.entry("E4", {{1000, 0, {5}}, {6900, 0, {-5}}}, last_of_year);
  EXPECT_EQ(days_of(e, 17).size(), 3U);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  e.check_invariants();
}

TEST(FreightAtTheClose, a_parcel_that_was_billed_after_the_period_is_kept_until_that_is_closed_for_good) {
  Parcels e(forgetting(closing()));
  e.wait(december - hours{4} - e.now);
  e.send("A");
  e.wait(hours{5});
  e.bill("SA", 510);
  e.wait(hours{5});
  e.go_on();
  e.wait(december + hours{12} - e.now);
  EXPECT_EQ(in_november(e, 6200), 510) << "its invoice is December's";
  EXPECT_EQ(in_november(e, 2060), -510);
  EXPECT_EQ(e.books(), (Parcels::Is{0, 510, -510}));
  e.wait(hours{24});
  EXPECT_EQ(e.of(ItemKind::period, "2026-11"), "hard_closed");
  e.go_on();
  e.bill("SA", 510);
  EXPECT_EQ(e.of(ItemKind::difference, "SA"), "unknown");
  EXPECT_EQ(e.core.dead_letters().back().last.reason, forgotten);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
