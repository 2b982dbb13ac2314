// Moving average and FIFO as the auditors have them: by hand, and held against the core's on random histories
// that the core hears of in another order. The two share no code.
#include "harness/audit/true_costs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/finance/costs.hpp"
#include "tests/audit/stage.hpp"
#include "tests/core/support/chance.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::Pair;
using world::FactKind;

std::map<std::uint32_t, std::int64_t> sums_of(const Stage& s) {
  auto sums = by_account(s.truth.all());
  std::erase_if(sums, [](const auto& row) { return row.second == 0; });
  return sums;
}

void receive(Stage& s, std::int64_t seconds, std::int32_t units, std::int64_t cost, std::string_view number,
             NodeId node = Stage::dc) {
  core::Line line = Stage::line(Stage::cup, units);
  line.cost = {cost};
  s.state(
      {.kind = FactKind::stock_received, .at = Stage::at(seconds), .node = node, .reference = code(number)},
      {line});
}

void sell(Stage& s, std::int64_t seconds, std::string_view number, std::int32_t units, FactKind kind,
          std::string_view reference = "") {
  s.state({.kind = kind,
           .at = Stage::at(seconds),
           .order = code(number),
           .node = Stage::store,
           .reference = reference.empty() ? core::Code{} : code(reference),
           .tenders = {.cash = {1200 * units}},
           .message_id = code(std::string(number) + "-" + std::to_string(seconds))},
          {Stage::line(Stage::cup, units)});
}

TEST(TrueCosts, of_the_moving_average_follow_each_receipt_and_returns_come_back_as_they_left) {
  Stage s({.valuation = core::CostMethod::moving_average});
  s.open(Stage::cup, Stage::store, 10);        // 60.00
  receive(s, 10, 10, 7505, "PO");              // 135.05 / 20 = 6.7525
  sell(s, 20, "T-1", 4, FactKind::till_sold);  // 27.00
  EXPECT_EQ(sums_of(s).at(5000), 2700);
  receive(s, 30, 4, 4000, "PO-2");                      // 148.05 / 20 = 7.4025
  sell(s, 40, "T-1", 1, FactKind::till_returned, "R");  // 6.75
  EXPECT_EQ(sums_of(s).at(5000), 2025);
  EXPECT_EQ(sums_of(s).at(1200), 14'805 + 675);
  EXPECT_EQ(s.truth.unbalanced, 0U);
}

TEST(TrueCosts, that_whole_cents_cannot_carry_are_rounding_once_the_last_unit_has_gone) {
  Stage s({.valuation = core::CostMethod::moving_average});
  receive(s, 10, 3, 1000, "PO");
  sell(s, 20, "T-1", 2, FactKind::till_sold);
  sell(s, 30, "T-2", 1, FactKind::till_sold);
  EXPECT_EQ(sums_of(s).count(1200), 0U);
  EXPECT_EQ(sums_of(s).at(5000), 999);
  EXPECT_EQ(sums_of(s).at(6900), 1);
}

TEST(TrueCosts, of_one_moment_go_by_what_comes_in_first_and_then_by_number) {
  Stage s({.valuation = core::CostMethod::fifo});
  s.open(Stage::cup, Stage::store, 1);
  sell(s, 20, "T-2", 1, FactKind::till_sold);
  EXPECT_EQ(sums_of(s).at(5000), 600);
  receive(s, 20, 1, 900, "PO", Stage::store);
  sell(s, 20, "T-1", 1, FactKind::till_sold);  // before T-2, whose unit is the second now
  EXPECT_EQ(sums_of(s).at(5000), 1500);
  EXPECT_THAT(*s.truth.of_message(code("T-2-20")),
              testing::Contains(Pair(account_key(5000), std::int64_t{300})))
      << "the correction is of that sale";
}

TEST(TrueCosts, make_no_gain_of_a_transfer) {
  Stage s({.valuation = core::CostMethod::moving_average});
  s.open(Stage::cup, Stage::dc, 10);
  receive(s, 10, 10, 9000, "PO");
  const auto before = sums_of(s);
  s.state({.kind = FactKind::transfer_shipped, .at = Stage::at(20), .node = Stage::dc},
          {Stage::line(Stage::cup, 5)});
  s.state({.kind = FactKind::transfer_received, .at = Stage::at(30), .node = Stage::store},
          {Stage::line(Stage::cup, 3)});
  s.state({.kind = FactKind::transfer_lost, .at = Stage::at(30), .node = Stage::dc},
          {Stage::line(Stage::cup, 2)});
  auto after = sums_of(s);
  EXPECT_EQ(after.count(1230), 0U);
  EXPECT_EQ(after.at(5210), 1500) << "two at the average of 7.50";
  EXPECT_EQ(after.at(1200), before.at(1200) - 1500);
}

/// The same documents for both: the auditors in true order, the core in any.
class TwoBooks : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(TwoBooks, agree_to_the_cent_whatever_order_the_core_hears_in) {
  core::testing::Chance chance(GetParam());
  core::Directory names = Stage::directory();
  for (const core::CostMethod method : {core::CostMethod::moving_average, core::CostMethod::fifo}) {
    core::Costs core_costs(method, names);
    TrueCosts true_costs(method, {{600}, {1000}});
    std::map<std::uint32_t, std::int64_t> booked, truth;  // by place
    std::vector<std::function<void()>> told;
    std::int32_t there = 0;
    const auto place_of = [](std::uint32_t key) {
      return key / 65536 == 1200   ? core::CostPlace::inventory
             : key / 65536 == 5000 ? core::CostPlace::sold
             : key / 65536 == 6900 ? core::CostPlace::rounding
                                   : core::CostPlace::outside;
    };
    const auto true_one = [&](std::int64_t hour, Flow flow, std::int32_t units, std::int64_t cost,
                              const std::string& number, const std::string& sale) {
      std::vector<CostChange> changes;
      const std::uint32_t stock = account_key(1200, 1);
      const bool in = flow != Flow::out;
      true_costs.add(
          Stage::cup,
          {.order = {.at = Stage::at(hour), .flow = flow, .node = 0, .document = number, .line_no = 1},
           .units = units,
           .cost = {cost},
           .sale = sale,
           .debit = in ? stock : account_key(5000),
           .credit = in ? account_key(flow == Flow::in ? 2050 : 5000) : stock,
           .message = {}},
          changes);
      for (const CostChange& c : changes) {
        truth[static_cast<std::uint32_t>(place_of(c.debit))] += c.minor;
        truth[static_cast<std::uint32_t>(place_of(c.credit))] -= c.minor;
      }
    };
    const auto book = [&](core::CostPlace to, core::CostPlace from, core::Money cost) {
      booked[static_cast<std::uint32_t>(to)] += cost.minor;
      booked[static_cast<std::uint32_t>(from)] -= cost.minor;
      for (const core::CostCorrection& c : core_costs.take_corrections()) {
        for (std::uint32_t p = 0; p < core::cost_place_count; ++p) booked[p] += c.by_place[p].minor;
      }
    };
    for (int i = 0; i < 80; ++i) {
      const std::int64_t hour = i / 2;
      const std::string number = "D" + std::to_string((i * 37) % 100);
      const auto document = [=](core::HashKey sale = {}) {
        return core::CostDocument{Stage::at(hour), NodeId{0}, code(number), 1, sale};
      };
      if (there < 4 || chance.one_in(4)) {
        const auto units = static_cast<std::int32_t>(1 + chance.below(9));
        const auto cost = static_cast<std::int64_t>(500 + chance.below(5000));
        there += units;
        true_one(hour, Flow::in, units, cost, number, "");
        told.push_back([&, units, cost, document] {
          core_costs.receive(Stage::cup, units, {cost}, document());
          book(core::CostPlace::inventory, core::CostPlace::outside, {cost});
        });
        continue;
      }
      const core::HashKey sale{5, static_cast<std::uint64_t>(i)};
      there -= 3;
      true_one(hour, Flow::out, 3, 0, number, number);
      told.push_back([&, document, sale] {
        book(core::CostPlace::sold, core::CostPlace::inventory,
             core_costs.take(Stage::cup, 3, core::CostPlace::sold, document(sale)));
      });
    }
    for (std::size_t i = told.size(); i > 1; --i)
      std::swap(told[i - 1], told[chance.below(static_cast<std::uint32_t>(i))]);
    for (const auto& tell : told) tell();
    for (auto* sums : {&booked, &truth})
      std::erase_if(*sums, [](const auto& row) { return row.second == 0; });
    EXPECT_EQ(booked, truth);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, TwoBooks, ::testing::Range<std::uint64_t>(0, 20));

}  // namespace
}  // namespace omnisim::audit
