// Orders that become smaller: by the customer at every stage, by a marketplace's deadline, by a node that
// offers something else. What was done is undone in reverse order, and money that came early goes back.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// Three shirts (net 10.00, tax 2.00 each) from the web shop, paid by card, five in the DC.
struct Ordered : SmallEstate {
  explicit Ordered(Config settings = with_feed()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 5, now);
    order("W-1", {line(1, shirt, 3, 3000, 600)}, true);
  }
  static Config with_feed() {
    Config config = small_config();
    config.feeds = {{web, true, {}, {}, 0, QuantitySemantics::absolute}};
    return config;
  }
  void amend(std::int32_t n) { say(OrderAmended{code("W-1"), web}, {line(1, shirt, n)}); }
  void capture_early(std::int64_t amount) {
    say(PaymentCaptured{code("W-1"), web, code("pay-W-1"), code("early"), {amount}});
  }
  void settle_refunds() {
    for (const auto& [refund, lines] : sent<RefundRequested>())
      say(RefundSucceeded{refund.order, refund.channel, refund.refund, refund.tenders});
  }
  /// Types and receivers of the commands since `from`, journal entries aside.
  std::vector<std::pair<EventType, System>> commands_since(std::size_t from) const {
    std::vector<std::pair<EventType, System>> found;
    for (std::size_t i = from; i < recorder.commands.size(); ++i) {
      const auto& command = recorder.commands[i];
      if (command.event.type() != EventType::journal_posted)
        found.emplace_back(command.event.type(), command.to.system);
    }
    return found;
  }
};

TEST(OrderChanges, before_the_payment_release_what_is_held) {
  Ordered e;
  e.amend(1);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 2);
  EXPECT_EQ(e.at(shirt, dc, Bucket::sellable), 3);
  EXPECT_TRUE(e.sent<LineCancelled>().empty()) << "the channel knows, and no node has been asked";
  e.pay("W-1");
  EXPECT_EQ(e.sent<LineAllocated>().at(0).second.at(0).quantity_each, 2);
  e.check_invariants();
}

TEST(OrderChanges, after_allocation_call_the_nodes_task_back) {
  Ordered e;
  e.pay("W-1");
  e.amend(2);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1);
  ASSERT_EQ(e.sent<LineCancelled>().size(), 1U);
  const auto& command =
      *std::find_if(e.recorder.commands.begin(), e.recorder.commands.end(),
                    [](const auto& c) { return c.event.type() == EventType::line_cancelled; });
  EXPECT_EQ(command.to.system, System::node);
  EXPECT_EQ(command.event.lines.at(0).quantity_each, 2);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(4000), -1000);
  e.check_invariants();
}

TEST(OrderChanges, after_packing_are_undone_in_the_reverse_order_of_what_was_done) {
  Ordered e;
  e.pay("W-1", 3600);
  e.capture_early(3600);
  e.pick_and_pack("W-1", dc, {line(1, shirt, 3)});
  const std::size_t movements = e.core.movements().size();
  const std::size_t commands = e.recorder.commands.size();
  e.amend(3);
  ASSERT_EQ(e.core.movements().size(), movements + 2);
  EXPECT_EQ(e.core.movements()[movements].from, Bucket::packed);
  EXPECT_EQ(e.core.movements()[movements].to, Bucket::reserved);
  EXPECT_EQ(e.core.movements()[movements + 1].to, Bucket::sellable);
  // Done: availability lowered, authorised, captured, told to pick. Undone:
  const std::vector<std::pair<EventType, System>> reverse = {
      {EventType::line_cancelled, System::node},
      {EventType::refund_requested, System::psp},
      {EventType::authorisation_voided, System::psp},
      {EventType::availability_published, System::channel}};
  EXPECT_EQ(e.commands_since(commands), reverse);
  e.settle_refunds();
  EXPECT_TRUE(e.core.open_items().empty());
  for (const int account : {1110, 2100, 2310})
    EXPECT_EQ(e.balance(static_cast<std::uint16_t>(account)), 0) << account;
  e.check_invariants();
}

TEST(OrderChanges, after_shipping_are_refused_as_a_whole) {
  Ordered e;
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 2)});
  e.amend(2);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::illegal_transition);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 1) << "not even the unit that could be taken off";
  e.amend(1);
  EXPECT_EQ(e.at(shirt, dc, Bucket::reserved), 0);
  e.say(ShipmentDelivered{code("S-1")});
  e.amend(4);
  EXPECT_EQ(e.core.dead_letters().back().last.category, ExceptionCategory::unknown_reference);
  EXPECT_EQ(e.core.open_items().size(), 1U) << "the capture";
  e.check_invariants();
}

TEST(OrderChanges, of_units_that_were_sent_all_the_same_yield_to_the_fact) {
  Ordered e;
  e.pay("W-1");
  e.amend(3);
  EXPECT_EQ(e.sent<AuthorisationVoided>().size(), 1U);
  e.ship("W-1", dc, "S-1", {line(1, shirt, 3)});
  EXPECT_EQ(e.at(shirt, dc, Bucket::in_transit_out), 3);
  EXPECT_EQ(e.sent<CaptureRequested>().at(0).first.amount, Money{3600});
  e.check_invariants();
}

TEST(OrderChanges, give_early_money_back_as_far_as_nothing_is_left_to_pay_with_it) {
  Ordered e;
  e.pay("W-1", 3600);
  e.capture_early(3600);
  EXPECT_EQ(e.balance(2100), -3600);
  e.amend(1);
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{1200});
  EXPECT_EQ(e.balance(2310), -1200);
  EXPECT_EQ(e.core.open_items().back().kind, ItemKind::goods_return);
  e.settle_refunds();
  e.ship("W-1", dc, "S-1", {line(1, shirt, 2)});
  EXPECT_TRUE(e.sent<CaptureRequested>().empty()) << "it has been paid for";
  EXPECT_EQ(e.balance(2100), 0);
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1110), 2400);
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(OrderChanges, a_whole_order_that_was_captured_is_repaid_by_rule_9) {
  Ordered e;
  e.capture_early(3600);
  e.say(OrderCancelled{code("W-1"), web});
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  EXPECT_EQ(e.sent<RefundRequested>()[0].first.tenders.card, Money{3600});
  EXPECT_EQ(e.core.journal().back().rule, 9);
  e.say(OrderCancelled{code("W-1"), web});
  EXPECT_EQ(e.sent<RefundRequested>().size(), 1U) << "once";
  e.settle_refunds();
  EXPECT_EQ(e.balance(1110), 0);
  EXPECT_TRUE(e.core.open_items().empty());
  e.check_invariants();
}

TEST(OrderChanges, a_capture_that_comes_after_the_cancellation_is_repaid_too) {
  Ordered e;
  e.say(OrderCancelled{code("W-1"), web});
  e.capture_early(3600);
  EXPECT_EQ(e.sent<RefundRequested>().at(0).first.tenders.card, Money{3600});
  e.check_invariants();
}

TEST(OrderChanges, a_marketplace_cancels_what_has_not_left_a_day_after_its_ship_date) {
  Config config = small_config();
  config.policies.marketplace_cancels_after = std::chrono::hours{24};
  config.feeds = {{market_b, true, {}, {}, 0, QuantitySemantics::absolute}};
  SmallEstate e(config);
  e.core.open_stock(dc, shirt, 4, e.now);
  e.order("M-1", {line(1, shirt, 3, 3000)}, true, market_b);
  e.ship("M-1", dc, "S-1", {line(1, shirt, 1)}, market_b);
  e.pick_and_pack("M-1", dc, {line(1, shirt, 1)}, market_b);
  e.wait(std::chrono::hours{72 + 23});
  EXPECT_TRUE(e.sent<LineCancelled>().empty());
  EXPECT_EQ(e.core.available(shirt, market_b), 1);
  const std::size_t before = e.recorder.commands.size();
  e.wait(std::chrono::hours{1});
  std::vector<std::pair<EventType, System>> told;
  for (std::size_t i = before; i < e.recorder.commands.size(); ++i)
    told.emplace_back(e.recorder.commands[i].event.type(), e.recorder.commands[i].to.system);
  const std::vector<std::pair<EventType, System>> expected = {
      {EventType::line_cancelled, System::node},
      {EventType::line_cancelled, System::channel},
      {EventType::availability_published, System::channel}};
  EXPECT_EQ(told, expected) << "the node stops, the channel knows, and its stock is restored explicitly";
  EXPECT_EQ(e.sent<AvailabilityPublished>().back().first.quantity_each, 3);
  EXPECT_EQ(e.at(shirt, dc, Bucket::packed), 0);
  EXPECT_EQ(e.balance(4000, 3), -1000) << "what has left is sold";
  e.say(ShipmentDelivered{code("S-1")});
  EXPECT_TRUE(e.core.open_items().empty());
  EXPECT_FALSE(e.core.next_timer().has_value());
  e.check_invariants();
}

TEST(OrderChanges, a_substitute_is_refused_and_the_line_stays_short_at_that_node) {
  Ordered e;
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.pay("W-1");
  e.say(SubstitutionOffered{code("W-1"), web, dc}, {line(1, hat, 2)});
  EXPECT_TRUE(e.core.dead_letters().empty());
  const auto cancelled = e.sent<LineCancelled>();
  ASSERT_EQ(cancelled.size(), 2U);
  EXPECT_EQ(cancelled[0].second.at(0).quantity_each, 2) << "the node must not send it";
  EXPECT_EQ(cancelled[1].second.at(0).quantity_each, 1) << "nobody else has the second one";
  EXPECT_EQ(e.sent<LineAllocated>().back().first.node, store_1);
  EXPECT_EQ(e.at(hat, dc, Bucket::sellable), 0) << "an offer moves nothing";
  e.say(SubstitutionOffered{code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.say(SubstitutionOffered{code("W-1"), web, dc}, {line(7, hat, 1)});
  e.say(SubstitutionOffered{code("W-1"), web, store_2}, {line(1, hat, 1)});
  EXPECT_EQ(e.core.dead_letters().size(), 3U);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core::testing
