// Forgetting what is over: it bounds memory, changes nothing that the core still says, and cannot touch what
// may still move.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/durable_core.hpp"
#include "core/store/memory_store.hpp"
#include "tests/core/support/script.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

class Bytes : public Outbound {
 public:
  void send(Destination, EventType, std::string_view bytes) override { commands.emplace_back(bytes); }
  std::vector<std::string> commands;
};

struct Life {
  Life(const Config& config, const Inputs& inputs) : core(config, out, log) {
    for (const ScriptedInput& input : inputs) {
      core.apply(input.record());
      most_orders = std::max(most_orders, core.orders_held());
      most_movements = std::max(most_movements, core.movements().size() - core.movements().first());
    }
  }
  Bytes out;
  MemoryStore log;
  Core core;
  std::size_t most_orders = 0, most_movements = 0;
};

Config short_lived(Duration keep) {
  Config config = small_config();
  config.capabilities.backorders = true;
  Policies& p = config.policies;
  p.authorisation_life = p.pick_deadline = p.backorder_wait = p.pickup_shelf = hours{2};
  p.keep_finished = keep;
  return config;
}

TEST(Retention, a_core_that_forgets_says_what_one_that_remembers_says) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Script script = order_stream(short_lived({}), 3000, seed);
    const Life remembers(short_lived({}), script.inputs), forgets(short_lived(hours{3}), script.inputs);
    ASSERT_EQ(forgets.out.commands.size(), remembers.out.commands.size());
    for (std::size_t i = 0; i < remembers.out.commands.size(); ++i)
      ASSERT_EQ(forgets.out.commands[i], remembers.out.commands[i]);
    EXPECT_EQ(forgets.core.open_items().size(), remembers.core.open_items().size());
    EXPECT_EQ(forgets.core.journal().size(), remembers.core.journal().size());
    for (std::uint32_t sku = 0; sku < 4; ++sku) {
      for (std::uint32_t node = 0; node < 4; ++node) {
        EXPECT_EQ(forgets.core.on_hand({sku}, {node}), remembers.core.on_hand({sku}, {node}));
      }
    }
    EXPECT_EQ(remembers.core.orders_held(), 3000U);
    EXPECT_LT(forgets.core.orders_held(), 1500U);
  }
}

TEST(Retention, memory_is_bounded_by_the_time_kept_and_not_by_the_number_of_orders) {
  const Config config = short_lived(hours{3});
  const Life few(config, order_stream(config, 3000, 7).inputs),
      many(config, order_stream(config, 12'000, 7).inputs);
  EXPECT_LT(many.most_orders, few.most_orders * 5 / 4);
  EXPECT_LT(many.most_movements, few.most_movements * 5 / 4);
  EXPECT_LT(many.most_orders, 3000U);
}

TEST(Retention, a_core_rebuilt_from_its_log_has_forgotten_the_same) {
  const Config config = short_lived(hours{3});
  const Life life(config, order_stream(config, 3000, 4).inputs);
  ReplayStore log(life.log);
  EXPECT_EQ(rebuild(config, log)->state_hash(), life.core.state_hash());
}

/// A node that had begun when its order was cancelled says so twice: the order has not ended thrice.
TEST(Retention, an_order_is_forgotten_once) {
  SmallEstate e(short_lived(hours{3}));
  const auto order = [&](const char* number) { e.order(number, {line(1, shirt, 1, 1000, 200)}, true); };
  e.core.open_stock(store_1, shirt, 9, e.now);
  order("W-1");
  e.say(OrderAmended{code("W-1"), web, CancelledBy::customer}, {line(1, shirt, 1, 1000, 200)});
  e.pick_and_pack("W-1", store_1, {line(1, shirt, 1)});
  e.wait(hours{9});
  for (const char* number : {"W-2", "W-3", "W-4"}) order(number);
  EXPECT_EQ(e.core.orders_held(), 3U);
  EXPECT_EQ(e.at(shirt, store_1, Bucket::reserved), 3);
  for (const char* number : {"W-2", "W-3", "W-4"}) {
    e.pay(number, 1200);
    e.ship(number, store_1, std::string("S") + number, {line(1, shirt, 1)});
  }
  EXPECT_EQ(e.at(shirt, store_1, Bucket::in_transit_out), 3);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Retention, what_is_still_open_is_kept_however_old) {
  SmallEstate e(short_lived(hours{3}));
  e.core.open_stock(dc, shirt, 10, e.now);
  e.order("O1", {line(1, shirt, 1, 1000, 200)});
  e.pay("O1", 1200);
  e.ship("O1", dc, "S1", {line(1, shirt, 1)});
  e.say(ShipmentDelivered{code("S1")});
  e.wait(hours{100});
  e.say(FeedApplied{web, code("x")});
  EXPECT_EQ(e.core.orders_held(), 1U) << "its capture is open";
  const CaptureRequested asked = e.sent<CaptureRequested>().at(0).first;
  e.say(PaymentCaptured{asked.order, asked.channel, asked.payment, asked.capture, asked.amount});
  e.wait(hours{4});
  e.say(FeedApplied{web, code("x")});
  EXPECT_EQ(e.core.orders_held(), 0U);
  e.say(ReturnAuthorised{code("R1"), code("O1"), web}, {line(1, shirt, 1)});
  EXPECT_EQ(e.core.counters().parked, 1U) << "the order is not known any more";
}

/// A log that weighs the core's whole state: what it is asked to keep as a snapshot.
class Scales : public DurableStore {
 public:
  std::uint64_t append(const InputRecord& record) override { return log_.append(record); }
  std::uint64_t size() const override { return log_.size(); }
  InputRecord read(std::uint64_t number) const override { return log_.read(number); }
  void sync() override {}
  void mark_sent(std::uint64_t commands) override { sent_ = commands; }
  std::uint64_t sent() const override { return sent_; }
  void save(const Snapshot& snapshot) override { bytes = snapshot.state.size(); }
  std::optional<Snapshot> snapshot() const override { return std::nullopt; }

  std::size_t bytes = 0;

 private:
  MemoryStore log_;
  std::uint64_t sent_ = 0;
};

/// One morning's business: an order from placing to its capture, a transfer, a count with a difference, and a
/// purse of things that leave something behind.
void one_morning(SmallEstate& e, int n) {
  const auto numbered = [n](const char* prefix) { return prefix + std::to_string(n); };
  const std::string order = numbered("O"), shipment = numbered("S");
  e.order(order, {line(1, shirt, 1, 1000, 200)});
  e.pay(order, 1200);
  e.ship(order, dc, shipment, {line(1, shirt, 1)});
  e.say(ShipmentDelivered{code(shipment)});
  const CaptureRequested asked = e.sent<CaptureRequested>().back().first;
  e.say(PaymentCaptured{asked.order, asked.channel, asked.payment, asked.capture, asked.amount});
  e.say(DisputeOpened{code(numbered("D")), code(order), web, asked.payment, {1200}, {15}, e.now + hours{20}});
  e.say(DisputeWon{code(numbered("D")), {1200}});
  // The ERP refuses an entry twice, which is a break, and takes it after all.
  const Code entry = e.sent<JournalPosted>().back().first.entry;
  for (const bool accepted : {false, false, true}) e.say(JournalAcknowledged{entry, accepted});
  // The capture, the dispute with its fee, and what was won back.
  e.say(PayoutPaid{code(numbered("P")), {1200 - 1215 + 1200}, {20}, {1165}, 3});
  Event statement;
  statement.entries = {{code(numbered("R")), {1165}, {}, code(numbered("P")), code("RCDT")}};
  e.say_event(BankStatement{code(numbered("ST")), code("IBAN"), {1165 * n}, {1165 * (n + 1)}}, statement);
  const Code transfer = code(numbered("T"));
  e.say(TransferRequested{transfer, dc, store_1, e.now + hours{1}}, {line(1, hat, 2)});
  e.say(TransferShipped{transfer, dc, store_1}, {line(1, hat, 2)});
  e.wait(std::chrono::minutes{30});
  e.say(TransferReceived{transfer, store_1}, {line(1, hat, 2)});
  e.say(TransferRequested{code(numbered("B")), store_1, dc, e.now + hours{1}}, {line(1, hat, 2)});
  e.say(TransferShipped{code(numbered("B")), store_1, dc}, {line(1, hat, 2)});
  e.say(TransferReceived{code(numbered("B")), dc}, {line(1, hat, 2)});
  const Code count = code(numbered("N"));
  e.say(CountIssued{store_2, count}, {line(1, socks, 0)});
  e.wait(std::chrono::minutes{30});
  e.say(StockCounted{store_2, count}, {line(1, socks, 5 + n % 2)});
  e.wait(hours{3});
}

TEST(Retention, twenty_months_of_business_weigh_what_ten_weigh) {
  constexpr int mornings_a_month = 40, months = 20;
  Config reconciling = short_lived({});
  reconciling.capabilities.reconciliation = true;
  SmallEstate e(reconciling);
  e.core.open_stock(dc, shirt, mornings_a_month * months, e.now);
  e.core.open_stock(dc, hat, 10, e.now);
  e.core.open_stock(store_2, socks, 5, e.now);
  std::vector<std::uint64_t> month_ends;
  for (int n = 0; n < mornings_a_month * months; ++n) {
    one_morning(e, n);
    if ((n + 1) % mornings_a_month == 0) month_ends.push_back(e.log.size());
  }
  ASSERT_EQ(e.core.counters().dead_letters, 0U);
  Config config = short_lived(hours{24});
  config.capabilities.reconciliation = true;
  config.policies.inbox_window = hours{24};
  Bytes remembered, said;
  Scales remembers_all, scales;
  DurableCore remembers(reconciling, remembered, remembers_all, 1), forgets(config, said, scales, 1);
  std::vector<std::size_t> weights, weights_of_all;
  for (std::uint64_t i = 0; i < e.log.size(); ++i) {
    forgets.core().apply(e.log.read(i));
    remembers.core().apply(e.log.read(i));
    if (i + 1 != month_ends[weights.size()]) continue;
    forgets.commit();
    remembers.commit();
    weights.push_back(scales.bytes);
    weights_of_all.push_back(remembers_all.bytes);
  }
  ASSERT_EQ(said.commands, remembered.commands) << "it forgets nothing that anybody asks for";
  // Tables forget in chunks, so a month's weight goes up and down; the heaviest one is no heavier later on,
  // but for the numbers of bank statements, which stay: 16 to 20 bytes each.
  const auto half = weights.begin() + months / 2;
  const std::size_t statements = mornings_a_month * months / 2;
  EXPECT_LT(*std::max_element(half, weights.end()),
            *std::max_element(weights.begin() + 1, half) * 41 / 40 + 20 * statements);
  EXPECT_GT(weights_of_all.back(), weights_of_all[months / 2] * 3 / 2)
      << "or the business leaves nothing behind";
}

TEST(Retention, is_not_shorter_than_what_an_order_may_wait_for) {
  EXPECT_THROW(SmallEstate{short_lived(hours{1})}, std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::core::testing
