// The true books under the accounting policies that a company may choose, worked out by hand: a cup
// costs 6.00 and is sold at 10.00 net and 2.00 tax.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::Pair;
using world::FactKind;
using Sums = std::map<std::uint32_t, std::int64_t>;

Sums sums_of(const Balances& balances) {
  Sums sums = by_account(balances);
  std::erase_if(sums, [](const auto& row) { return row.second == 0; });
  return sums;
}

Sums change(const Stage& s, const Balances& before) {
  Balances difference = s.truth.all();
  for (const auto& [key, amount] : before) difference[key] -= amount;
  return sums_of(difference);
}

void arrive(Stage& s, std::int64_t seconds, FactKind kind, std::int32_t units) {
  s.state({.kind = kind, .at = Stage::at(seconds), .order = code("A")}, {Stage::line(Stage::cup, units)});
}

constexpr Policy at_delivery{.revenue_at_delivery = true};
constexpr Policy expecting{
    .expects_returns = true, .expected_bp = 1000, .returns_lapse = std::chrono::seconds{1000}};

TEST(TruePolicies, a_shipment_is_in_transit_until_it_is_delivered) {
  Stage s(at_delivery);
  s.open(Stage::cup, Stage::dc, 3);
  s.order(1, "A", Stage::cup, 3);
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 3);
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1800), Pair(1230, 1800)));
  EXPECT_EQ(s.truth.sales_units_net, 0);
  arrive(s, 3, FactKind::units_delivered, 2);
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -1800), Pair(1230, 600), Pair(2100, 2400),
                                             Pair(2200, -400), Pair(4000, -2000), Pair(5000, 1200)));
  EXPECT_EQ(s.truth.sales_units_net, 2);
  EXPECT_EQ(s.truth.sales_value_net_minor, 2000);
}

TEST(TruePolicies, what_is_lost_before_it_was_delivered_was_never_sold) {
  Stage s(at_delivery);
  s.open(Stage::cup, Stage::dc, 1);
  s.order(1, "A", Stage::cup, 1);
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 1);
  arrive(s, 3, FactKind::units_lost, 1);
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1200, -600), Pair(2100, 1200), Pair(2310, -1200), Pair(5210, 600)));
  EXPECT_EQ(s.truth.unbalanced, 0U);
}

TEST(TruePolicies, what_is_expected_back_is_no_revenue_until_the_window_has_lapsed) {
  Stage s(expecting);
  s.open(Stage::cup, Stage::dc, 10);
  s.order(1, "A", Stage::cup, 10);
  const Balances before = s.truth.all();
  s.ship(2, "A", Stage::cup, 10);
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1200, -6000), Pair(1250, 600), Pair(2100, 12'000), Pair(2200, -2000),
                          Pair(2300, -1000), Pair(4000, -10'000), Pair(4030, 1000), Pair(5000, 5400)));
  s.truth.lapse_until(Stage::at(1001));
  EXPECT_EQ(change(s, before).at(2300), -1000) << "not yet";
  s.truth.lapse_until(Stage::at(1002));
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, -6000), Pair(2100, 12'000), Pair(2200, -2000),
                                             Pair(4000, -10'000), Pair(5000, 6000)));
}

TEST(TruePolicies, returns_use_up_what_was_expected_and_beyond_it_lapse_as_they_came) {
  Stage s(expecting);
  s.open(Stage::cup, Stage::dc, 10);
  s.order(1, "A", Stage::cup, 10);
  s.ship(2, "A", Stage::cup, 10);
  const Balances before = s.truth.all();
  const auto back = [&](std::int64_t seconds, FactKind kind, std::string_view number) {
    s.state({.kind = kind,
             .at = Stage::at(seconds),
             .order = code("A"),
             .node = Stage::dc,
             .reference = code(number)},
            {Stage::line(Stage::cup, 2)});
  };
  back(3, FactKind::return_received, "R");
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1210, 1200), Pair(1250, -1200)));
  back(4, FactKind::return_inspected, "R");
  EXPECT_THAT(change(s, before), ElementsAre(Pair(1200, 1200), Pair(1250, -1200), Pair(2200, 400),
                                             Pair(2300, 2000), Pair(2310, -2400)));
  s.truth.lapse_until(Stage::at(2000));
  EXPECT_THAT(change(s, before),
              ElementsAre(Pair(1200, 1200), Pair(1250, -600), Pair(2200, 400), Pair(2300, 1000),
                          Pair(2310, -2400), Pair(4030, 1000), Pair(5000, -600)))
      << "1.00 × 10 and 0.60 × 10 of them had been estimated before";
  back(3000, FactKind::return_received, "S");
  EXPECT_EQ(change(s, before).at(4030), 3000) << "nothing is expected any more";
}

TEST(TruePolicies, a_lapse_belongs_to_the_period_in_which_the_window_ends) {
  for (const std::int64_t lapse : {50'000, 150'000}) {
    Policy policy = expecting;
    policy.returns_lapse = std::chrono::seconds{lapse};
    Stage s(policy);
    s.open(Stage::cup, Stage::dc, 1);
    s.order(1, "A", Stage::cup, 1);
    s.ship(2, "A", Stage::cup, 1);
    s.truth.close_period(Stage::at(200'000));
    EXPECT_EQ(sums_of(s.truth.period()).count(2300), lapse == 50'000 ? 0U : 1U) << lapse;
  }
}

}  // namespace
}  // namespace omnisim::audit
