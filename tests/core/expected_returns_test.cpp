// Rule 6 from the sale to the end of its window: a shirt costs 6.00 and is sold at 10.00 and 2.00 tax; one in
// ten is expected back within 30 days.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core {
namespace {

using namespace testing;

constexpr auto window = std::chrono::hours{24 * 30};

Config expecting() {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  config.policies.expected_returns_at_sale = true;
  config.policies.expected_returns_bp = 1000;
  config.policies.accounting.returns_lapse = window;
  return config;
}

void sell_shirts(SmallEstate& e, std::int32_t n) {
  e.core.open_stock(dc, shirt, n, e.now);
  e.order("W-1", {line(1, shirt, n, 1000 * n, 200 * n)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, n)});
}

void bring_back(SmallEstate& e, std::string_view document, std::int32_t n) {
  e.say(ReturnReceived{code(document), code("W-1"), web, dc}, {line(1, shirt, n)});
  e.say(ReturnInspected{code(document), code("W-1"), web, dc}, {line(1, shirt, n)});
}

TEST(ExpectedReturns, use_up_the_estimate_and_what_is_left_of_it_is_let_go_with_the_window) {
  SmallEstate e(expecting());
  sell_shirts(e, 20);
  EXPECT_EQ(e.balance(2300), -2000);
  EXPECT_EQ(e.balance(1250), 1200);
  bring_back(e, "R", 1);
  EXPECT_EQ(e.balance(2300), -1000);
  EXPECT_EQ(e.balance(1250), 600);
  EXPECT_EQ(e.balance(4030), 2000) << "still two expected";
  e.wait(window);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(1250), 0);
  EXPECT_EQ(e.balance(4030), 1000) << "one came";
  EXPECT_EQ(e.balance(5000), 19 * 600);
  e.check_invariants();
}

TEST(ExpectedReturns, that_are_exceeded_are_made_good_with_the_window) {
  SmallEstate e(expecting());
  sell_shirts(e, 2);  // 2.00 and 1.20 expected
  bring_back(e, "R", 2);
  EXPECT_EQ(e.balance(2300), -200 + 2000) << "more came than the estimate";
  e.wait(window);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(1250), 0);
  EXPECT_EQ(e.balance(4030), 2000);
  EXPECT_EQ(e.balance(5000), 0);
  e.check_invariants();
}

TEST(ExpectedReturns, are_none_any_more_after_the_window) {
  SmallEstate e(expecting());
  sell_shirts(e, 10);
  e.wait(window);
  EXPECT_EQ(e.balance(4030), 0);
  bring_back(e, "R", 1);
  EXPECT_EQ(e.balance(4030), 1000);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(1250), 0);
  EXPECT_EQ(e.balance(5000), 9 * 600);
  e.check_invariants();
}

TEST(ExpectedReturns, end_the_same_whichever_of_a_late_return_and_the_lapse_is_heard_first) {
  SmallEstate e(expecting());
  sell_shirts(e, 10);
  const Time came = e.now + std::chrono::hours{1};
  e.wait(window);
  e.occurred = came;
  bring_back(e, "R", 1);
  SmallEstate in_time(expecting());
  sell_shirts(in_time, 10);
  bring_back(in_time, "R", 1);
  in_time.wait(window);
  for (const int account : {4000, 4030, 2300, 1250, 5000, 1200, 1210, 2310})
    EXPECT_EQ(e.balance(static_cast<std::uint16_t>(account)),
              in_time.balance(static_cast<std::uint16_t>(account)))
        << account;
}

TEST(ExpectedReturns, of_a_till_are_used_up_by_what_comes_back_to_it) {
  SmallEstate e(expecting());
  e.core.open_stock(store_1, shirt, 10, e.now);
  PosSale sale{code("test"), store_1, 1, {}};  // which is the correlation of every message here
  sale.tenders.cash = {12'000};
  e.say(sale, {line(1, shirt, 10, 10'000, 2'000)});
  EXPECT_EQ(e.balance(2300), -1000);
  PosReturn back{};
  back.document = code("T-R");
  back.node = store_1;
  back.tenders.cash = {1200};
  e.say(back, {line(1, shirt, 1, 1000, 200)});
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(1250), 0);
  EXPECT_EQ(e.balance(4030), 1000);
  EXPECT_EQ(e.balance(5000), 9 * 600);
  e.wait(window);
  EXPECT_EQ(e.balance(4030), 1000);
  e.check_invariants();
}

TEST(ExpectedReturns, tie_out_with_their_liability_at_the_close) {
  SmallEstate e(expecting());
  sell_shirts(e, 20);
  e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.say(PeriodSoftClosed{code("2026-11"), std::chrono::sys_days{std::chrono::year{2026} / 11 / 30}});
  for (const auto& [opened, lines] : e.sent<BreakOpened>()) {
    EXPECT_NE(opened.reference, code("2300"));
    EXPECT_NE(opened.reference, code("1250"));
  }
}

}  // namespace
}  // namespace omnisim::core
