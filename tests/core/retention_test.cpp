// Forgetting what is over: it bounds memory, changes nothing that the core still says, and cannot touch what
// may still move.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/store/memory_store.hpp"
#include "tests/core/support/script.hpp"

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

TEST(Retention, is_not_shorter_than_what_an_order_may_wait_for) {
  EXPECT_THROW(SmallEstate{short_lived(hours{1})}, std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::core::testing
