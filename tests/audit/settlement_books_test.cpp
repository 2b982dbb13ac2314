// What true books make of settlements line by line and of orders in another currency; every figure is worked
// out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using core::SettlementKind;
using testing::ElementsAre;
using testing::Pair;
using world::FactKind;

struct Market : Stage {
  void order_of(std::int32_t units, core::Money net, core::Money shipping = {}) {
    state({.kind = FactKind::order_placed,
           .at = at(1),
           .order = code("M"),
           .channel = market,
           .shipping_net = shipping,
           .tenders = {.marketplace = net + shipping}},
          {{.line_no = 1, .sku = cup, .quantity_each = units, .net = net}});
    promise(1, "M");
  }
  void line_of(SettlementKind kind, std::int64_t amount, std::int64_t original = 0, bool of_order = true) {
    state({.kind = FactKind::settlement_line,
           .at = at(10),
           .order = of_order ? code("M") : core::Code{},
           .channel = market,
           .reference = code("S"),
           .amount = {amount},
           .settlement_kind = kind,
           .original = {original}});
  }
  void paid(std::int64_t net) {
    state({.kind = FactKind::settlement_paid, .at = at(11), .channel = market, .amount = {net}});
  }
  std::map<std::uint32_t, std::int64_t> books() const {
    auto sums = by_account(truth.all());
    std::erase_if(sums, [](const auto& row) { return row.second == 0; });
    return sums;
  }
};

TEST(SettlementBooks, every_part_goes_where_it_belongs_and_nothing_is_owed_at_the_end) {
  Market s;
  s.open(Stage::cup, Stage::dc, 2);
  s.order_of(2, {4000});
  s.ship(2, "M", Stage::cup, 2);
  s.line_of(SettlementKind::sale, 4000);
  s.line_of(SettlementKind::commission, -600);
  s.line_of(SettlementKind::fulfilment_fee, -300);
  s.line_of(SettlementKind::shipping_fee, -200);
  s.line_of(SettlementKind::reserve_held, -400);
  s.line_of(SettlementKind::fulfilment_fee, -75, 0, false);
  s.paid(4000 - 600 - 300 - 200 - 400 - 75);
  EXPECT_THAT(s.books(), ElementsAre(Pair(1000, 2425), Pair(1160, 400), Pair(3000, -1200), Pair(4000, -4000),
                                     Pair(5000, 1200), Pair(6110, 600), Pair(6120, 375), Pair(6200, 200)));
  s.line_of(SettlementKind::reserve_released, 400);
  s.paid(400);
  EXPECT_THAT(s.books(), ElementsAre(Pair(1000, 2825), Pair(3000, -1200), Pair(4000, -4000), Pair(5000, 1200),
                                     Pair(6110, 600), Pair(6120, 375), Pair(6200, 200)));
  EXPECT_EQ(s.truth.unbalanced, 0U);
}

models::EstateParams dollars() {
  models::EstateParams params;
  params.channels = {{.code = "web"}, {.code = "market", .currency = "USD"}};
  params.rates = {{.currency = "USD", .from = Stage::at(-86'400), .rate = 0.9},
                  {.currency = "USD", .from = Stage::at(0), .rate = 0.9211},
                  {.currency = "GBP", .from = Stage::at(0), .rate = 1.2}};
  return params;
}

/// 21.88 and 5.42 USD: 20.15 and 4.99 of 25.15. Settled for 25.50.
TEST(ExchangeInTrueBooks, a_sale_at_its_days_rate_the_rounding_and_the_realised_difference) {
  const models::EstateParams params = dollars();
  Market s;
  s.promises.know_rates(params);
  s.open(Stage::cup, Stage::dc, 1);
  s.order_of(1, {2188}, {542});
  s.ship(2, "M", Stage::cup, 1);
  EXPECT_THAT(s.books(), ElementsAre(Pair(1150, 2515), Pair(3000, -600), Pair(4000, -2015), Pair(4010, -499),
                                     Pair(5000, 600), Pair(6900, -1)));
  s.line_of(SettlementKind::sale, 2550, 2730);
  s.line_of(SettlementKind::commission, -383);
  s.paid(2167);
  EXPECT_THAT(s.books(), ElementsAre(Pair(1000, 2167), Pair(3000, -600), Pair(4000, -2015), Pair(4010, -499),
                                     Pair(5000, 600), Pair(6110, 383), Pair(6900, -1), Pair(7100, -35)));
  EXPECT_EQ(s.truth.unbalanced, 0U);
  EXPECT_EQ(s.truth.sales_value_net_minor, 2514) << "20.15 and 4.99";
}

/// Half a cent is rounded away from zero, and a rate holds from its own day of the ledger on.
TEST(ExchangeInTrueBooks, rates_are_those_of_the_ledgers_day) {
  const models::EstateParams params = dollars();
  EXPECT_EQ(in_ledger_currency({-5}, 900'000).minor, -5) << "half a cent, away from zero";
  EXPECT_EQ(in_ledger_currency({5}, 0).minor, 5);
  EXPECT_EQ(rate_of_order(params, Stage::market, Stage::at(-1)), 900'000);
  EXPECT_EQ(rate_of_order(params, Stage::market, Stage::at(1)), 921'100);
  EXPECT_EQ(rate_of_order(params, Stage::web, Stage::at(1)), 0);
}

TEST(ExchangeInPromises, oversold_revenue_is_told_in_the_ledgers_currency) {
  const models::EstateParams params = dollars();
  Market s;
  s.promises.know_rates(params);
  s.order_of(1, {2000});
  s.cancel(3, "M", Stage::cup, 1);
  EXPECT_EQ(s.promises.channel(Stage::market).revenue_minor, 1842) << "20.00 USD at 0.9211";
}

}  // namespace
}  // namespace omnisim::audit
