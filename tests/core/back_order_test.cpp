// Back-orders: lines that wait for stock are tied to purchase orders and their dates, follow them when those
// change, are sourced when the goods are on the shelf, and keep their authorisation alive until then.
#include "core/orchestration/back_order.hpp"

#include "tests/core/support/pairs.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
constexpr hours days(int n) { return hours{24 * n}; }

Config with_backorders() {
  Config config = small_config();
  config.capabilities.backorders = true;
  config.notices = {EventType::line_backordered};
  return config;
}

struct Waiting : SmallEstate {
  explicit Waiting(Config settings = with_backorders()) : SmallEstate(std::move(settings)) {}
  void want(const std::string& number, std::int32_t n, ChannelId channel = web) {
    order(number, {line(1, shirt, n, n * 1000, n * 200)}, true, channel);
    if (channel == web) pay(number, n * 1200);
  }
  void buy(std::string_view number, std::int32_t n, int expected_in, NodeId node = dc) {
    Line ordered = line(1, shirt, n);
    ordered.cost = {n * 600};
    say(PurchaseOrderApproved{code(number), code("ACME"), node, opening + days(expected_in)}, {ordered});
  }
  void announce(std::string_view number, std::int32_t n, int expected_in) {
    say(AsnReceived{code("ASN-" + std::to_string(messages)), dc, code(number), opening + days(expected_in)},
        {line(1, shirt, n)});
  }
  void receive(std::string_view number, std::int32_t n, NodeId node = dc) {
    say(StockReceived{node, code(number)}, {line(1, shirt, n)});
  }
  void put_away(std::string_view number, std::int32_t n, Condition condition = Condition::resellable) {
    say(StockPutAway{dc, code(number)}, {with_condition(line(1, shirt, n), condition)});
  }
  /// What the customer of `number` was told last: units, and in how many days of the opening; -1: no date.
  std::vector<std::pair<std::int32_t, int>> told(std::string_view number) const {
    std::vector<std::pair<std::int32_t, int>> last;
    std::pair<Code, Time> step;
    for (const Recorder::Command& command : recorder.commands) {
      const auto* body = std::get_if<LineBackordered>(&command.event.body);
      if (body == nullptr || body->order != code(number)) continue;
      const std::pair of{command.event.envelope.causation, command.event.envelope.observed_at};
      if (of != step) last.clear();
      step = of;
      const bool dated = body->expected_at != Time{};
      last.emplace_back(command.event.lines.at(0).quantity_each,
                        dated ? static_cast<int>((body->expected_at - opening) / days(1)) : -1);
    }
    return last;
  }
  std::size_t notices() const { return sent<LineBackordered>().size(); }
  std::vector<std::string> allocated() const {
    std::vector<std::string> orders;
    for (const auto& [body, lines] : sent<LineAllocated>()) orders.emplace_back(body.order.view());
    return orders;
  }
  std::string state(std::string_view number) const {
    for (const OpenItem& item : core.open_items())
      if (item.kind == ItemKind::backorder && item.id == code(number)) return std::string(item.state);
    return {};
  }
};
using Told = std::vector<std::pair<std::int32_t, int>>;

TEST(BackOrder, is_tied_to_the_earliest_goods_and_told_the_date) {
  Waiting e;
  e.buy("PO-2", 5, 9);
  e.buy("PO-1", 2, 4);
  e.want("W-1", 2);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 4}}));
  e.want("W-2", 1);
  EXPECT_EQ(e.told("W-2"), (Told{{1, 9}})) << "the earlier goods are W-1's";
  e.want("W-3", 6);
  EXPECT_EQ(e.told("W-3"), (Told{{4, 9}, {2, -1}})) << "two units have no purchase order";
  EXPECT_EQ(e.state("W-1"), "tied");
  EXPECT_EQ(e.state("W-3"), "part_tied");
  e.check_invariants();
}

TEST(BackOrder, without_a_purchase_order_has_no_date_until_one_is_made) {
  Waiting e;
  e.want("W-1", 2);
  EXPECT_EQ(e.told("W-1"), (Told{{2, -1}}));
  EXPECT_EQ(e.state("W-1"), "parked");
  e.buy("PO-1", 2, 4);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 4}}));
  e.buy("PO-2", 9, 6);
  EXPECT_EQ(e.notices(), 2U) << "later goods change nothing";
  e.check_invariants();
}

TEST(BackOrder, of_a_channel_with_priority_takes_the_earlier_goods_over) {
  Waiting e;
  e.buy("PO-1", 1, 4);
  e.buy("PO-2", 1, 9);
  e.want("B-1", 1, market_b);
  EXPECT_EQ(e.told("B-1"), (Told{{1, 4}}));
  e.want("A-1", 1, market_a);
  EXPECT_EQ(e.told("A-1"), (Told{{1, 4}}));
  EXPECT_EQ(e.told("B-1"), (Told{{1, 9}})) << "and the other one is told";
}

TEST(BackOrder, to_be_collected_waits_for_goods_of_its_store) {
  Waiting e;
  e.buy("PO-1", 5, 4);
  OrderPlaced body;
  body.order = code("W-1");
  body.channel = web;
  body.promised = true;
  body.fulfilment = Fulfilment::collect;
  body.collect_at = store_1;
  body.tenders.card = {1200};
  e.say(body, {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.told("W-1"), (Told{{1, -1}}));
  e.buy("PO-2", 5, 8, closed_store);
  e.want("W-2", 1);
  EXPECT_EQ(e.told("W-2"), (Told{{1, 4}}));
  e.buy("PO-3", 1, 9, store_1);
  EXPECT_EQ(e.told("W-1"), (Told{{1, 9}}));
}

TEST(BackOrder, follows_its_purchase_order_when_that_is_late_or_comes_short) {
  Waiting e;
  e.buy("PO-1", 2, 4);
  e.want("W-1", 2);
  e.announce("PO-1", 2, 6);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 6}})) << "the supplier says later";
  e.buy("PO-2", 2, 5);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 5}})) << "moved to the other one";
  e.receive("PO-2", 2);
  const std::size_t notices = e.notices();
  e.put_away("PO-2", 1, Condition::damaged);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 6}})) << "the last of them now comes with the first order";
  EXPECT_EQ(e.notices(), notices + 1);
  e.put_away("PO-2", 1);
  EXPECT_EQ(e.allocated(), std::vector<std::string>{"W-1"});
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  EXPECT_EQ(e.told("W-1"), (Told{{2, 6}})) << "nothing new about the other one";
  EXPECT_EQ(e.notices(), notices + 1);
  e.check_invariants();
}

TEST(BackOrder, is_untied_when_its_purchase_order_is_given_up_and_waits_for_another_one_from_then) {
  Config config = with_backorders();
  config.policies.supplier_grace = days(1);
  config.policies.authorisation_life = days(60);
  Waiting e(config);
  e.buy("PO-1", 1, 4);
  e.want("W-1", 1);
  e.wait(days(5) - hours{1});
  EXPECT_EQ(e.told("W-1"), (Told{{1, 4}}));
  e.wait(hours{2});
  EXPECT_EQ(e.told("W-1"), (Told{{1, -1}}));
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  e.wait(hours{70});
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  e.wait(hours{2});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  EXPECT_EQ(e.state("W-1"), "");
  e.check_invariants();
}

TEST(BackOrder, with_a_date_outlives_the_wait_and_one_without_does_not) {
  Config config = with_backorders();
  config.policies.authorisation_life = days(60);
  Waiting e(config);
  e.buy("PO-1", 3, 10);
  e.want("W-1", 2);
  e.want("W-2", 3);
  EXPECT_EQ(e.told("W-2"), (Told{{1, 10}, {2, -1}}));
  e.wait(hours{73});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].first.order, code("W-2"));
  EXPECT_EQ(e.sent<LineCancelled>()[0].second.at(0).quantity_each, 2) << "the one with a date waits on";
  e.wait(days(7));
  e.receive("PO-1", 3);
  e.put_away("PO-1", 3);
  EXPECT_EQ(e.allocated(), (std::vector<std::string>{"W-1", "W-2"})) << "by age";
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 3);
  EXPECT_EQ(e.state("W-1") + e.state("W-2"), "");
  e.check_invariants();
}

TEST(BackOrder, of_a_purchase_order_that_is_late_moves_to_the_next_or_has_no_date_any_more) {
  Config config = with_backorders();
  config.policies.authorisation_life = days(60);
  Waiting e(config);
  e.buy("PO-1", 2, 1);
  e.buy("PO-2", 1, 20);
  e.want("W-1", 1);
  e.want("W-2", 1);
  e.wait(days(4) + hours{1});
  EXPECT_EQ(e.told("W-1"), (Told{{1, 20}}));
  EXPECT_EQ(e.told("W-2"), (Told{{1, -1}}));
  e.wait(days(3));
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].first.order, code("W-2"));
  EXPECT_EQ(e.state("W-1"), "tied");
  e.check_invariants();
}

// --- its authorisation
struct Renewing : Waiting {
  Renewing() {
    buy("PO-1", 2, 20);
    want("W-1", 2);
    wait(days(6) - hours{1});
    EXPECT_TRUE(sent<AuthorisationRequested>().empty());
    wait(hours{2});
  }
};

TEST(Renewal, is_asked_for_a_day_before_the_authorisation_expires) {
  Renewing e;
  ASSERT_EQ(e.sent<AuthorisationRequested>().size(), 1U);
  const AuthorisationRequested asked = e.sent<AuthorisationRequested>()[0].first;
  EXPECT_EQ(asked.order, code("W-1"));
  EXPECT_EQ(asked.payment, code("pay-W-1"));
  EXPECT_EQ(asked.amount, Money{2400});
  EXPECT_EQ(e.recorder.commands.back().to.system, System::psp);
  e.check_invariants();
}

TEST(Renewal, that_is_granted_replaces_the_old_payment_and_pays_for_what_ships) {
  Renewing e;
  e.say(PaymentAuthorised{code("W-1"), web, code("again"), {2400}});
  ASSERT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  EXPECT_EQ(e.sent<AuthorisationVoided>()[0].first.payment, code("pay-W-1"));
  e.wait(days(2));
  EXPECT_TRUE(e.sent<LineCancelled>().empty()) << "the old one's end is nobody's business any more";
  e.wait(days(4));
  EXPECT_EQ(e.sent<AuthorisationRequested>().size(), 2U) << "and once more, a week later";
  EXPECT_EQ(e.sent<AuthorisationRequested>()[1].first.payment, code("again"));
  e.say(PaymentAuthorised{code("W-1"), web, code("again"), {2400}});
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U) << "the same payment, for longer";
  e.receive("PO-1", 2);
  e.put_away("PO-1", 2);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 2)});
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.payment, code("again"));
  EXPECT_EQ(e.sent<CaptureRequested>()[0].first.amount, Money{2400});
  e.check_invariants();
}

TEST(Renewal, that_is_declined_cancels_the_line_and_tells_the_customer) {
  Renewing e;
  e.say(PaymentDeclined{code("W-1"), web, code("pay-W-1"), {2400}});
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  EXPECT_EQ(e.sent<LineCancelled>()[0].second.at(0).quantity_each, 2);
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Renewal, that_nobody_answers_ends_the_back_order_with_its_authorisation) {
  Renewing e;
  e.wait(hours{22});
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  e.wait(hours{2});
  EXPECT_EQ(e.sent<LineCancelled>().size(), 1U);
  e.check_invariants();
}

TEST(Renewal, is_not_asked_for_where_nothing_waits_any_more) {
  Waiting e;
  e.buy("PO-1", 2, 4);
  e.want("W-1", 2);
  e.wait(days(4));
  e.receive("PO-1", 2);
  e.put_away("PO-1", 2);
  e.wait(days(2) + hours{1});
  EXPECT_TRUE(e.sent<AuthorisationRequested>().empty());
  e.say(PaymentDeclined{code("W-1"), web, code("pay-W-1"), {2400}});
  EXPECT_EQ(e.core.dead_letters().size(), 1U) << "the order is funded";
}

TEST(Renewal, of_a_part_is_for_what_has_not_been_captured) {
  Waiting e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.buy("PO-1", 2, 20);
  e.want("W-1", 3);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.wait(days(6) + hours{1});
  ASSERT_EQ(e.sent<AuthorisationRequested>().size(), 1U);
  EXPECT_EQ(e.sent<AuthorisationRequested>()[0].first.amount, Money{2400});
}

// --- every pair: four shirts, of which one is in stock
struct Party {
  using S = BackorderState;
  using E = BackorderEvent;
  Waiting& e;
  explicit Party(Waiting& estate) : e(estate) { e.core.open_stock(dc, shirt, 1, e.now); }

  void reach(S state) {
    if (state == S::unknown) return;
    e.want("W-1", 4);
    if (state == S::part_tied) e.buy("PO", 1, 20);
    if (state == S::tied) e.buy("PO", 3, 20);
    if (state == S::sourced) say(E::source_rest);
    if (state == S::dropped) say(E::drop_rest);
  }
  bool say(E event) {
    const std::string before = e.state("W-1");
    const std::int32_t tied = before == "tied" ? 3 : before == "part_tied" ? 1 : 0;
    if (before.empty()) {
      if (event != E::run_short || !e.sent<LineAllocated>().empty()) return false;
      e.want("W-1", 4);
      return true;
    }
    switch (event) {
      case E::run_short:
        e.say(PickRejected{code("W-1"), web, dc, PickReason::no_variance}, {line(1, shirt, 1)});
        return true;
      case E::tie_part:
        if (tied == 0) e.buy("PO", 2, 20);
        if (tied == 1) e.announce("PO", 1, 25);
        if (tied == 3) lose_at_the_dock(3, 1);
        return true;
      case E::tie_rest:
        tied == 3 ? e.announce("PO", 3, 25) : e.buy("PO-2", 3 - tied, 20);
        return true;
      case E::untie:
        if (tied > 0) lose_at_the_dock(tied, tied);
        return tied > 0;
      case E::source_part:
      case E::source_rest:
        e.receive("unknown", event == E::source_rest ? 3 : 1);
        return true;
      case E::drop_part:
      case E::drop_rest:
        e.say(OrderAmended{code("W-1"), web}, {line(1, shirt, event == E::drop_rest ? 3 : 1)});
        return true;
      case E::reauthorise:
        e.wait(days(6) + hours{1});
        EXPECT_EQ(e.sent<AuthorisationRequested>().size(), 1U);
        return true;
    }
    return false;
  }
  std::string state() const {
    const std::string open = e.state("W-1");
    if (!open.empty()) return open;
    if (e.sent<LineAllocated>().empty()) return "unknown";
    return e.at(shirt, dc, Bucket::reserved) == 4 ? "sourced" : "dropped";
  }
  void lose_at_the_dock(std::int32_t received, std::int32_t broken) {
    e.receive("PO", received);
    e.put_away("PO", broken, Condition::damaged);
  }
};
struct Patient : Waiting {
  Patient() : Waiting(settings()) {}
  static Config settings() {
    Config config = with_backorders();
    config.policies.backorder_wait = days(60);
    return config;
  }
};

TEST(BackOrder, every_event_in_every_state_does_what_the_table_says) {
  const int driven = drive_every_pair<Party, BackorderState, BackorderEvent, Patient>(
      back_order_table, backorder_state_count, backorder_event_count);
  EXPECT_EQ(driven, static_cast<int>(back_order_table.rows().size())) << "each row";
}

}  // namespace
}  // namespace omnisim::core::testing
