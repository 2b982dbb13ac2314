// Each capability against its own absence: the same story told to a core with it and to one without it.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/core/support/reconciling.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A story, told to a core of that configuration; its outcome.
struct Story {
  const char* capability;
  const char* outcome;
  std::int64_t with, without;
  std::int64_t (*tell)(Config);
};

Config with_api(Config config, void (*change)(ApiPolicy&)) {
  ApiPolicy api;
  api.kind = ApiKind::replies;
  api.timeout = seconds{10};
  api.backoff = seconds{2};
  api.failures_to_open = 1000;
  change(api);
  config.apis = {api};
  return config;
}

/// Places `orders` web orders of one shirt; the web shop is told of each by a call.
void place(SmallEstate& e, int orders) {
  e.core.open_stock(dc, shirt, 1000, e.now);
  for (int i = 0; i < orders; ++i) e.order("W-" + std::to_string(i), {line(1, shirt, 1, 1000)});
}

std::vector<std::uint64_t> calls_of(const SmallEstate& e) {
  std::vector<std::uint64_t> calls;
  for (const Recorder::Command& command : e.recorder.commands)
    if (command.to.call != 0) calls.push_back(command.to.call);
  return calls;
}

/// Every call fails for as long as `time`.
void fail_all(SmallEstate& e, Duration time) {
  std::size_t answered = 0;
  for (const Time end = e.now + time; e.now < end; e.wait(seconds{1})) {
    const auto calls = calls_of(e);
    for (; answered < calls.size(); ++answered)
      e.core.call_result(calls[answered], CallResult::failed, e.now);
  }
}

std::int64_t repeated_receipt(Config config) {
  SmallEstate e(std::move(config));
  const std::string receipt = e.message(StockReceived{dc, code("PO")}, {line(1, hat, 5)});
  e.deliver(receipt);
  e.deliver(receipt);
  return e.at(hat, dc, Bucket::sellable);
}

/// By numbers alone: who looks at times finds out that the count has seen the sale.
std::int64_t count_overtakes_sale(Config config) {
  config.capabilities.freshness = false;
  SmallEstate e(std::move(config));
  e.core.open_stock(store_1, hat, 5, e.now);
  e.wait(hours{1});
  const Time sold = e.now;
  e.wait(hours{1});
  e.say_numbered("store-1", 2, StockCounted{store_1, code("C")}, {line(1, hat, 4)});
  e.occurred = sold;
  e.say_numbered("store-1", 1, PosSale{code("T-1"), store_1, 1, {}}, {line(1, hat, 1)});
  return e.at(hat, store_1, Bucket::sellable);
}

std::int64_t payout_that_does_not_add_up(Config config) {
  SmallEstate e(std::move(config));
  e.say(PayoutPaid{code("P"), {100}, {10}, {80}, 1});
  return e.balance(9999);
}

std::int64_t unknown_return(Config config) {
  SmallEstate e(std::move(config));
  e.deliver("no message at all");
  return static_cast<std::int64_t>(e.core.dead_letters().size());
}

std::int64_t two_orders_for_the_last_unit(Config config) {
  SmallEstate e(std::move(config));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000)});
  e.order("W-2", {line(1, shirt, 1, 1000)});
  return static_cast<std::int64_t>(e.sent<OrderAccepted>().size());
}

std::int64_t the_last_unit_on_a_marketplace(Config config) {
  SmallEstate e(std::move(config));
  e.core.open_stock(dc, hat, 1, e.now);
  return e.core.available(hat, market_a);
}

/// Of two orders for one unit, the younger one has the better channel.
std::int64_t a_receipt_for_two(Config config) {
  config.capabilities.backorders = true;
  SmallEstate e(std::move(config));
  e.order("M-1", {line(1, shirt, 1, 1000)}, true, market_b);
  e.pay("M-1", 1000, market_b);
  e.wait(minutes{1});
  e.order("W-1", {line(1, shirt, 1, 1000)}, true);
  e.pay("W-1", 1000);
  e.say(StockReceived{dc, code("PO")}, {line(1, shirt, 1)});
  const auto asked = e.sent<LineAllocated>();
  return asked.size() == 1 && asked[0].first.channel == web ? 1 : 0;
}

std::int64_t an_older_count_last(Config config) {
  SmallEstate e(std::move(config));
  e.say(StockCounted{store_1, code("C-1")}, {line(1, hat, 4)});
  e.occurred = e.now - hours{1};
  e.say(StockCounted{store_1, code("C-0")}, {line(1, hat, 9)});
  return e.at(hat, store_1, Bucket::sellable);
}

std::int64_t nobody_pays(Config config) {
  SmallEstate e(std::move(config));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000)});
  e.wait(hours{24});
  return e.at(shirt, dc, Bucket::sellable);
}

std::int64_t an_empty_shelf(Config config) {
  SmallEstate e(std::move(config));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000)});
  e.pay("W-1", 1000);
  e.say(PickRejected{code("W-1"), web, dc, PickReason::not_in_stock}, {line(1, shirt, 1)});
  return static_cast<std::int64_t>(e.sent<LineAllocated>().size());
}

std::int64_t a_receipt_an_hour_later(Config config) {
  SmallEstate e(std::move(config));
  e.order("W-1", {line(1, shirt, 1, 1000)}, true);
  e.pay("W-1", 1000);
  e.wait(hours{1});
  e.say(StockReceived{dc, code("PO")}, {line(1, shirt, 1)});
  return static_cast<std::int64_t>(e.sent<LineAllocated>().size());
}

std::int64_t payment_before_order(Config config) {
  SmallEstate e(std::move(config));
  e.core.open_stock(dc, shirt, 1, e.now);
  e.pay("W-1", 1000);
  e.order("W-1", {line(1, shirt, 1, 1000)});
  return static_cast<std::int64_t>(e.sent<LineAllocated>().size());
}

std::int64_t a_message_two_days_late(Config config) {
  SmallEstate e(std::move(config));
  e.occurred = e.now;
  e.now += hours{48};
  e.say(PayoutPaid{code("P"), {100}, {10}, {90}, 1});
  return (e.core.journal()[0].day - e.core.journal()[0].business_day).count();
}

std::int64_t a_payout_of_more_than_was_captured(Config config) {
  Books e(std::move(config));
  e.sell("W-1");
  e.payout("P", 1300, 10, 1);
  return static_cast<std::int64_t>(e.opened().size());
}

std::int64_t a_shop_counts_a_shelf(Config config) {
  config.sources[0].role = Role::channel;
  SmallEstate e(std::move(config));
  e.say(StockCounted{store_1, code("C")}, {line(1, hat, 7)});
  return e.at(hat, store_1, Bucket::sellable);
}

std::int64_t a_call_that_fails(Config config) {
  SmallEstate e(with_api(std::move(config), [](ApiPolicy&) {}));
  place(e, 1);
  e.core.call_result(calls_of(e)[0], CallResult::failed, e.now);
  return static_cast<std::int64_t>(e.core.undelivered().size());
}

std::int64_t an_api_that_is_down(Config config) {
  SmallEstate e(with_api(std::move(config), [](ApiPolicy& api) {
    api.failures_to_open = 1;
    api.open_for = minutes{10};
    api.backoff_max = seconds{2};
  }));
  place(e, 5);
  fail_all(e, minutes{1});
  return calls_of(e).size() > 100;
}

std::int64_t eight_commands_at_once(Config config) {
  SmallEstate e(with_api(std::move(config), [](ApiPolicy& api) { api.in_flight_max = 3; }));
  place(e, 8);
  return static_cast<std::int64_t>(calls_of(e).size());
}

std::int64_t twelve_commands_in_a_second(Config config) {
  SmallEstate e(with_api(std::move(config), [](ApiPolicy& api) {
    api.calls = 60;
    api.per = minutes{1};
    api.burst = 4;
  }));
  place(e, 12);
  return static_cast<std::int64_t>(calls_of(e).size());
}

/// Nine changes of a number while the first call is under way.
std::int64_t nine_changes_of_a_number(Config config) {
  config.feeds = {{market_b, true, {}, {}, 0, QuantitySemantics::absolute}};
  SmallEstate e(with_api(std::move(config), [](ApiPolicy& api) { api.kind = ApiKind::availability; }));
  for (int i = 0; i < 9; ++i) e.say(StockReceived{dc, code("PO")}, {line(1, hat, 1)});
  for (std::size_t i = 0; i < calls_of(e).size(); ++i)
    e.core.call_result(calls_of(e)[i], CallResult::ok, e.now);
  return static_cast<std::int64_t>(calls_of(e).size());
}

constexpr Story stories[] = {
    {"idempotency", "units on the shelf", 5, 10, repeated_receipt},
    {"ordering", "units on the shelf", 4, 3, count_overtakes_sale},
    {"schema_validation", "minor units in suspense", 0, 10, payout_that_does_not_add_up},
    {"dead_letters", "messages kept", 1, 0, unknown_return},
    {"reservation_authority", "orders promised", 1, 2, two_orders_for_the_last_unit},
    {"safety_stock", "units shown", 0, 1, the_last_unit_on_a_marketplace},
    {"channel_priority", "units for the better channel", 1, 0, a_receipt_for_two},
    {"freshness", "units on the shelf", 4, 9, an_older_count_last},
    {"timeouts", "units free again", 1, 0, nobody_pays},
    {"resourcing", "nodes asked", 2, 1, an_empty_shelf},
    {"backorders", "nodes asked", 1, 0, a_receipt_an_hour_later},
    {"parking", "nodes asked", 1, 0, payment_before_order},
    {"business_time", "days by which the entry is late", 0, 2, a_message_two_days_late},
    {"reconciliation", "breaks opened", 1, 0, a_payout_of_more_than_was_captured},
    {"ownership", "units on the shelf", 0, 7, a_shop_counts_a_shelf},
    {"retry", "commands undelivered", 0, 1, a_call_that_fails},
    {"circuit_breaker", "more than a hundred calls in vain", 0, 1, an_api_that_is_down},
    {"bulkhead", "calls at once", 3, 8, eight_commands_at_once},
    {"throttle", "calls at once", 4, 12, twelve_commands_in_a_second},
    {"back_pressure", "calls", 2, 9, nine_changes_of_a_number},
};

class Capability : public ::testing::TestWithParam<Story> {};

TEST_P(Capability, keeps_its_promise_while_it_is_on_and_not_while_it_is_off) {
  const auto& table = capability_table();
  const auto row = std::find_if(table.begin(), table.end(), [](const CapabilityRow& r) {
    return std::string_view(r.name) == GetParam().capability;
  });
  ASSERT_NE(row, table.end());
  Config config = small_config();
  config.capabilities.*row->on = true;
  EXPECT_EQ(GetParam().tell(config), GetParam().with) << GetParam().outcome;
  config.capabilities.*row->on = false;
  EXPECT_EQ(GetParam().tell(config), GetParam().without) << GetParam().outcome;
}
INSTANTIATE_TEST_SUITE_P(Each, Capability, ::testing::ValuesIn(stories),
                         [](const auto& each) { return std::string(each.param.capability); });

TEST(Capabilities, have_a_story_each_and_a_member_each) {
  std::set<std::string_view> told;
  for (const Story& story : stories) told.insert(story.capability);
  Capabilities all;
  for (const CapabilityRow& row : capability_table()) {
    EXPECT_TRUE(told.contains(row.name)) << row.name;
    all.*row.on = true;
  }
  for (std::size_t i = 0; i < capability_count; ++i) {
    const CapabilityRow& row = capability_table()[i];
    Capabilities without = all;
    without.*row.on = false;
    EXPECT_EQ(std::count_if(capability_table().begin(), capability_table().end(),
                            [&](const CapabilityRow& r) { return !(without.*r.on); }),
              1)
        << row.name;
  }
}

bool is_a_test(const std::string& name) {
  const ::testing::UnitTest& all = *::testing::UnitTest::GetInstance();
  for (int s = 0; s < all.total_test_suite_count(); ++s) {
    const ::testing::TestSuite& suite = *all.GetTestSuite(s);
    for (int t = 0; t < suite.total_test_count(); ++t) {
      if (std::string(suite.name()) + "." + suite.GetTestInfo(t)->name() == name) return true;
    }
  }
  return false;
}

/// "| a | b |" without its edges.
std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  for (std::size_t from = 2, to = 0; (to = row.find(" |", from)) != std::string::npos; from = to + 3)
    cells.push_back(row.substr(from, to - from));
  return cells;
}

TEST(Capabilities, are_in_the_handbook_with_tests_that_exist) {
  std::ifstream handbook(OMNISIM_DATA_DIR "/docs/core.md");
  std::vector<std::vector<std::string>> rows;
  for (std::string text; std::getline(handbook, text) && rows.size() < capability_count;) {
    const auto cells = cells_of(text);
    if (cells.size() == 5 && cells[0].starts_with('`')) rows.push_back(cells);
  }
  ASSERT_EQ(rows.size(), capability_count);
  for (std::size_t i = 0; i < capability_count; ++i) {
    const CapabilityRow& row = capability_table()[i];
    EXPECT_EQ(rows[i][0], "`" + std::string(row.name) + "`");
    EXPECT_TRUE(std::string_view(row.promise).ends_with(rows[i][1])) << row.name;
    EXPECT_EQ(rows[i][2], row.without);
    std::istringstream proofs(rows[i][3]);
    for (std::string name; std::getline(proofs >> std::ws, name, ',');)
      EXPECT_TRUE(is_a_test(name.substr(1, name.size() - 2))) << row.name << ": " << name;
  }
}

}  // namespace
}  // namespace omnisim::core::testing
