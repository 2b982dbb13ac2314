// Moving average and FIFO from an item's history: whatever order its documents are told in, its costs are
// those of the order in which they happened. A shirt's standard cost is 6.00.
#include "core/finance/costs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/core/support/chance.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core {
namespace {

using namespace testing;

CostDocument at(int hour, std::string_view number, HashKey sale = {}) {
  return {opening + std::chrono::hours{hour}, dc, code(number), 1, sale};
}
constexpr HashKey first_sale{1, 1}, second_sale{2, 2};

std::int64_t sum(const std::vector<CostCorrection>& corrections, CostPlace place) {
  std::int64_t minor = 0;
  for (const CostCorrection& c : corrections) minor += c.by_place[static_cast<std::size_t>(place)].minor;
  return minor;
}

TEST(MovingAverage, is_taken_anew_at_each_receipt_and_rounded_half_up) {
  const Config config = small_config();
  Costs costs(CostMethod::moving_average, config.directory);
  costs.receive(shirt, 10, {6000}, at(1, "PO-1"));
  costs.receive(shirt, 10, {7505}, at(2, "PO-2"));  // 135.05 / 20 = 6.7525
  EXPECT_EQ(costs.take(shirt, 4, CostPlace::sold, at(3, "S-1")).minor, 4 * 675);
  EXPECT_EQ(costs.stock_value().minor, 13'505 - 2'700);
  EXPECT_FALSE(costs.has_corrections());
}

TEST(MovingAverage, leaves_what_whole_cents_leave_of_the_value_with_the_last_unit_as_rounding) {
  const Config config = small_config();
  Costs costs(CostMethod::moving_average, config.directory);
  costs.receive(shirt, 3, {1000}, at(1, "PO-1"));
  EXPECT_EQ(costs.take(shirt, 2, CostPlace::sold, at(2, "S-1")).minor, 666);
  EXPECT_FALSE(costs.has_corrections());
  EXPECT_EQ(costs.take(shirt, 1, CostPlace::sold, at(3, "S-2")).minor, 333);
  const auto corrections = costs.take_corrections();
  EXPECT_EQ(sum(corrections, CostPlace::rounding), 1);
  EXPECT_EQ(sum(corrections, CostPlace::inventory), -1);
  EXPECT_EQ(costs.stock_value().minor, 0);
}

TEST(MovingAverage, values_again_what_left_after_a_receipt_that_is_told_late) {
  const Config config = small_config();
  Costs costs(CostMethod::moving_average, config.directory);
  costs.receive(shirt, 10, {6000}, at(1, "PO-1"));
  EXPECT_EQ(costs.take(shirt, 4, CostPlace::sold, at(3, "S-1", first_sale)).minor, 2400);
  EXPECT_EQ(costs.take(shirt, 1, CostPlace::written_off, at(4, "C-1")).minor, 600);
  costs.receive(shirt, 10, {9000}, at(2, "PO-2"));  // from 2 on the average is 7.50
  const auto corrections = costs.take_corrections();
  EXPECT_EQ(sum(corrections, CostPlace::sold), 4 * 150);
  EXPECT_EQ(sum(corrections, CostPlace::written_off), 150);
  EXPECT_EQ(sum(corrections, CostPlace::inventory), -5 * 150);
  EXPECT_EQ(costs.stock_value().minor, 15 * 750);
  EXPECT_EQ(costs.bring_back(shirt, 0, 1, CostPlace::sold, at(5, "R-1", first_sale)).minor, 750)
      << "at the cost at which it left, as it is known now";
}

TEST(Fifo, takes_the_oldest_receipt_first_and_a_return_has_the_cost_of_the_first_that_left) {
  const Config config = small_config();
  Costs costs(CostMethod::fifo, config.directory);
  costs.receive(shirt, 4, {4800}, at(1, "PO-1"));
  costs.receive(shirt, 4, {6000}, at(2, "PO-2"));
  EXPECT_EQ(costs.take(shirt, 5, CostPlace::sold, at(3, "S-1", first_sale)).minor, 4800 + 1500);
  EXPECT_EQ(costs.take(shirt, 2, CostPlace::sold, at(4, "S-2", second_sale)).minor, 3000);
  EXPECT_EQ(costs.bring_back(shirt, 0, 1, CostPlace::returns_hold, at(5, "R-1", first_sale)).minor, 1260)
      << "a part of the line: 63.00 / 5";
  EXPECT_EQ(costs.take(shirt, 2, CostPlace::sold, at(6, "S-3")).minor, 1500 + 1260);
  EXPECT_EQ(costs.stock_value().minor, 0);
}

TEST(Fifo, covers_what_left_before_it_came_with_the_next_receipt) {
  const Config config = small_config();
  Costs costs(CostMethod::fifo, config.directory);
  EXPECT_EQ(costs.take(shirt, 2, CostPlace::sold, at(3, "S-1")).minor, 1200) << "the master's cost";
  costs.receive(shirt, 3, {2100}, at(2, "PO-1"));
  EXPECT_EQ(sum(costs.take_corrections(), CostPlace::sold), 200);
  EXPECT_EQ(costs.stock_value().minor, 700);
}

TEST(Costs, forget_what_is_old_and_go_on_from_there) {
  for (const CostMethod method : {CostMethod::moving_average, CostMethod::fifo}) {
    const Config config = small_config();
    Costs all(method, config.directory), some(method, config.directory);
    for (Costs* costs : {&all, &some}) {
      for (int i = 0; i < 600; ++i) {
        costs->receive(shirt, 2, {1200 + i}, at(2 * i, "PO"));
        costs->take(shirt, 1, CostPlace::sold, at(2 * i + 1, "S", {9, static_cast<std::uint64_t>(i)}));
      }
    }
    some.forget_before(opening + std::chrono::hours{1000});
    for (Costs* costs : {&all, &some}) {
      costs->receive(shirt, 5, {9999}, at(1100, "PO-late"));
      costs->bring_back(shirt, 0, 1, CostPlace::sold, at(1300, "R", {9, 590}));
    }
    EXPECT_EQ(all.stock_value(), some.stock_value());
    EXPECT_EQ(all.take(shirt, 7, CostPlace::sold, at(1400, "S")),
              some.take(shirt, 7, CostPlace::sold, at(1400, "S")));
  }
}

/// A random history of one item; told in any order, its costs and what is booked of them in all are the same.
class AnyOrder : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(AnyOrder, of_documents_gives_the_costs_of_their_true_order) {
  Chance chance(GetParam());
  const Config config = small_config();
  for (const CostMethod method : {CostMethod::moving_average, CostMethod::fifo}) {
    using Tell = std::function<void(Costs&, std::map<CostPlace, std::int64_t>&)>;
    std::vector<Tell> history;
    std::int32_t there = 0;
    for (int i = 0; i < 60; ++i) {
      const auto told = [i](HashKey sale = {}) { return at(i / 3, "D" + std::to_string(i), sale); };
      if (there < 3 || chance.one_in(4)) {
        const auto units = static_cast<std::int32_t>(1 + chance.below(9));
        const Money cost{static_cast<std::int64_t>(500 + chance.below(5000))};
        there += units;
        history.push_back([=](Costs& costs, auto& booked) {
          costs.receive(shirt, units, cost, told());
          booked[CostPlace::inventory] += cost.minor;
        });
        continue;
      }
      const HashKey sale{77, static_cast<std::uint64_t>(i)};
      there -= 2;
      history.push_back([=](Costs& costs, auto& booked) {
        const std::int64_t cost = costs.take(shirt, 2, CostPlace::sold, told(sale)).minor;
        booked[CostPlace::inventory] -= cost;
        booked[CostPlace::sold] += cost;
      });
      if (!chance.one_in(3)) continue;
      there += 1;
      history.push_back([=](Costs& costs, auto& booked) {
        CostDocument back = at(i / 3 + 2, "R" + std::to_string(i), sale);
        const std::int64_t cost = costs.bring_back(shirt, 0, 1, CostPlace::sold, back).minor;
        booked[CostPlace::inventory] += cost;
        booked[CostPlace::sold] -= cost;
      });
    }
    const auto booked_in = [&](const std::vector<Tell>& order, Money& value) {
      Costs costs(method, config.directory);
      std::map<CostPlace, std::int64_t> booked;
      for (const Tell& tell : order) {
        tell(costs, booked);
        for (const CostCorrection& c : costs.take_corrections()) {
          for (std::size_t p = 0; p < cost_place_count; ++p)
            booked[static_cast<CostPlace>(p)] += c.by_place[p].minor;
        }
      }
      std::erase_if(booked, [](const auto& row) { return row.second == 0; });
      value = costs.stock_value();
      return booked;
    };
    Money in_order, shuffled;
    const auto expected = booked_in(history, in_order);
    EXPECT_EQ(expected.at(CostPlace::inventory), in_order.minor) << "what is booked is what there is";
    for (std::size_t i = history.size(); i > 1; --i)
      std::swap(history[i - 1], history[chance.below(static_cast<std::uint32_t>(i))]);
    EXPECT_EQ(booked_in(history, shuffled), expected);
    EXPECT_EQ(shuffled, in_order);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, AnyOrder, ::testing::Range<std::uint64_t>(0, 20));

TEST(LateReceipt, is_booked_as_a_correction_of_what_was_sold_at_another_cost) {
  Config config = small_config();
  config.policies.accounting.valuation = CostMethod::moving_average;
  SmallEstate e(config);
  e.core.open_stock(dc, shirt, 10, e.now);
  e.now += std::chrono::hours{2};
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(5000), 600);
  e.now += std::chrono::hours{1};
  e.occurred = e.now - std::chrono::hours{2};  // before the shipment
  Line receipt = line(1, shirt, 10);
  receipt.cost = {9000};
  e.say(StockReceived{store_1, code("PO-1")}, {receipt});
  EXPECT_EQ(e.balance(5000), 750);
  EXPECT_EQ(e.balance(1200), 6000 + 9000 - 750);
  EXPECT_EQ(e.balance(1200, 1), 6000 - 750) << "the correction is of the node that the unit left";
  e.occurred = Time::min();
  e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(5000), 0);
  EXPECT_EQ(e.balance(1200), 15'000);
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core
