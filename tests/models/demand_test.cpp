// What customers want, when, at what price, and what they take instead. Shares and volumes are worked out by
// hand; counts are held within four standard deviations.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "models/master_data.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using world::FactKind;

std::vector<double> factors_of(const std::vector<sim::RateMultiplier>& multipliers) {
  std::vector<double> factors;
  for (const sim::RateMultiplier& m : multipliers) factors.push_back(m.factor);
  return factors;
}

TEST(Season, months_and_iso_weeks_are_relative_to_their_mean_and_dates_are_not) {
  CalendarParams calendar;
  calendar.from = std::chrono::sys_days{std::chrono::year{2026} / 12 / 28};  // Monday of week 53 of 2026
  calendar.to = std::chrono::sys_days{std::chrono::year{2027} / 1 / 10};     // Sunday of week 1 of 2027
  SeasonParams season;
  season.months = std::vector<double>(12, 1.0);
  season.months[11] = 13;  // mean 2
  auto factors = season_factors(season, calendar);
  EXPECT_EQ(factors_of(factors), (std::vector<double>{6.5, 0.5}));
  EXPECT_EQ(factors[0].to, core::Time{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}});
  season.months.clear();
  season.iso_weeks = std::vector<double>(53, 1.0);
  season.iso_weeks[52] = 54;  // mean 2
  factors = season_factors(season, calendar);
  EXPECT_EQ(factors_of(factors), (std::vector<double>{27, 0.5}));
  EXPECT_EQ(factors[0].to, core::Time{std::chrono::sys_days{std::chrono::year{2027} / 1 / 4}});
  season.iso_weeks.resize(52);  // all alike; week 53 is as week 52
  season.dates = {{.from = calendar.from, .to = calendar.from + 12h, .factor = 3}};
  EXPECT_EQ(factors_of(season_factors(season, calendar)), (std::vector<double>{1, 1, 3}));
}

/// Four items, alike in demand, at 20.00; SKU-1 is promoted from the second to the third day of the web shop.
EstateParams promoted() {
  EstateParams p = bare_estate();
  p.calendar.to = monday() + 96h;
  p.catalogue.items.clear();
  p.opening.explicit_stock.clear();
  for (const char* code : {"SKU-1", "SKU-2", "SKU-3", "SKU-4"}) {
    p.catalogue.items.push_back({.code = code, .price = {2000}, .cost = {1200}});
    p.opening.explicit_stock.push_back({.node = "dc-1", .item = code, .quantity_each = 100'000});
  }
  p.channels[0].orders_per_day = 4000;
  p.dc.pick_capacity_per_hour = 100'000;
  p.demand.promotions = {{.from = monday() + 24h,
                          .to = monday() + 48h,
                          .items = {"SKU-1"},
                          .channels = {"web"},
                          .lift = 3,
                          .price_off_bp = 2500,
                          .cannibalisation = 0.4,
                          .dip = 0.5,
                          .dip_for = 24h}};
  return p;
}

TEST(Promotion, lifts_takes_from_the_others_and_dips_afterwards) {
  const EstateParams p = promoted();
  const MasterData master = make_master_data(p, nullptr);
  // Shares of an ordinary day are 1/4 each. Extra 2 × 1/4; 0.4 of it, 1/5, from the other three, which keep
  // 11/15 of theirs: 3/4 + 11/20 = 1.3 in all.
  std::vector<double> weights(4, 0.25);
  Promotions promotions(p.demand.promotions, master.directory);
  promotions.apply(weights, 0, monday() + 24h);
  EXPECT_DOUBLE_EQ(weights[0], 0.75);
  EXPECT_DOUBLE_EQ(weights[1], 0.25 * 11 / 15);
  EXPECT_EQ(promotions.changes(0), (std::vector<core::Time>{monday() + 24h, monday() + 48h, monday() + 72h}));
  EXPECT_TRUE(promotions.changes(1).empty()) << "the marketplace promotes nothing";
  const auto volume = master.market.mix(0).volume();
  ASSERT_EQ(volume.size(), 2U);
  EXPECT_DOUBLE_EQ(volume[0].factor, 1.3);
  EXPECT_DOUBLE_EQ(volume[1].factor, 0.875) << "half of a quarter is not wanted";
  EXPECT_EQ(volume[1].to, monday() + 72h);
}

TEST(Promotion, takes_no_more_from_the_others_than_they_have) {
  EstateParams p = promoted();
  p.demand.promotions[0].lift = 20;
  p.demand.promotions[0].cannibalisation = 1;
  const MasterData master = make_master_data(p, nullptr);
  EXPECT_DOUBLE_EQ(master.market.mix(0).volume()[0].factor, 5) << "20 × 1/4, and nothing of the others";
}

TEST(Promotion, of_a_share_of_the_catalogue_is_spread_evenly_over_it) {
  EstateParams p = promoted();
  p.demand.promotions[0].items.clear();
  p.demand.promotions[0].catalogue_share = 0.5;
  const MasterData master = make_master_data(p, nullptr);
  const Promotions promotions(p.demand.promotions, master.directory);
  std::string off;
  for (std::uint32_t i = 0; i < 4; ++i)
    off += promotions.price_off_bp(0, {i}, monday() + 30h) > 0 ? '1' : '0';
  EXPECT_EQ(off, "0101");
}

TEST(Promotion, shows_in_what_customers_want_and_pay) {
  EstateRun run(promoted(), prompt_pattern());
  run.run();
  std::array<std::array<double, 2>, 4> wanted{};  // by day; the promoted item and the others
  for (const auto* order : run.witness.all(FactKind::order_placed)) {
    const auto day = static_cast<std::size_t>((order->fact.at - monday()) / 24h);
    for (const core::Line& line : order->lines) {
      wanted[day][line.sku.value == 0 ? 0 : 1] += line.quantity_each;
      const bool off = day == 1 && line.sku.value == 0;
      ASSERT_EQ(line.net.minor, off ? 1500 : 2000);
      ASSERT_EQ(line.discount.minor, off ? 500 : 0);
      ASSERT_EQ(line.tax.minor, off ? 285 : 380) << "19 % of what is paid";
    }
  }
  const double expected[4][2] = {{1000, 3000}, {3000, 2200}, {500, 3000}, {1000, 3000}};
  for (std::size_t day = 0; day < 4; ++day) {
    for (std::size_t k = 0; k < 2; ++k)
      EXPECT_NEAR(wanted[day][k], expected[day][k], 4 * std::sqrt(expected[day][k])) << day << " " << k;
  }
}

TEST(Promotion, at_the_till_is_a_discount_on_the_receipt_and_what_was_paid_comes_back) {
  EstateParams p = promoted();
  p.channels[0].orders_per_day = 0;
  p.demand.promotions[0].channels = {"tills"};
  p.demand.return_share_store = 1;
  p.opening.explicit_stock.push_back({.node = "store-01", .item = "SKU-1", .quantity_each = 9});
  p.script = {step(20h, "sell", "", 2), step(30h, "sell", "", 3)};
  for (StepParams& sale : p.script) sale.item = "SKU-1";
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto sold = run.witness.all(FactKind::till_sold);
  ASSERT_EQ(sold.size(), 2U);
  EXPECT_EQ(sold[0]->lines.at(0).net.minor, 4000);
  EXPECT_EQ(sold[0]->lines.at(0).discount.minor, 0);
  EXPECT_EQ(sold[1]->lines.at(0).net.minor, 4500);
  EXPECT_EQ(sold[1]->lines.at(0).discount.minor, 1500);
  EXPECT_EQ(sold[1]->fact.tenders.cash.minor, 4500 + 855);
  const auto receipts = run.core->all<core::PosSale>();
  EXPECT_EQ(receipts.at(1)->event.lines.at(0).discount.minor, 1500) << "the core hears of it";
  core::Money back;
  for (const auto* returned : run.witness.all(FactKind::till_returned)) back += returned->fact.tenders.cash;
  EXPECT_EQ(back.minor, (4000 + 4500) * 119 / 100);
}

TEST(Channel, has_its_own_baskets_prices_mix_and_returns) {
  EstateParams p = promoted();
  p.demand.promotions.clear();
  p.demand.lines_per_order = 1.0;
  p.channels[1].orders_per_day = 1000;
  ChannelDemandParams own;
  own.hour_weights = std::vector<double>(24, 0.0);
  own.hour_weights[9] = 1;
  own.units_per_line = sim::Distribution(3.0);
  own.mix = {{.items = {"SKU-2", "SKU-3", "SKU-4"}, .factor = 0}};
  own.price_bp = 11'000;
  own.return_share = 1.0;
  own.return_after = sim::Distribution(3600.0);
  p.channels[1].demand = own;
  EstateRun run(p, prompt_pattern());
  run.run();
  int market = 0, web = 0;
  for (const auto* order : run.witness.all(FactKind::order_placed)) {
    ASSERT_EQ(order->lines.size(), 1U);
    const core::Line& line = order->lines[0];
    if (order->fact.channel == core::ChannelId{0}) {
      ++web;
      ASSERT_EQ(line.net.minor, 2000 * line.quantity_each);
      continue;
    }
    ++market;
    ASSERT_EQ(line.sku, core::SkuId{0});
    ASSERT_EQ(line.quantity_each, 3);
    ASSERT_EQ(line.net.minor, 3 * 2200);
    ASSERT_EQ((order->fact.at - std::chrono::floor<std::chrono::days>(order->fact.at)) / 1h, 9);
  }
  EXPECT_NEAR(market, 4000, 4 * std::sqrt(4000));
  EXPECT_NEAR(web, 16'000, 4 * std::sqrt(16'000));
  int back = 0;
  for (const auto* received : run.witness.all(FactKind::return_received)) {
    ASSERT_EQ(received->fact.channel, core::ChannelId{1});
    back += received->lines.at(0).quantity_each;
  }
  EXPECT_EQ(back, 3 * market) << "all of it comes back, and nothing of the web shop's";
}

TEST(Weekdays, are_relative_to_their_mean) {
  EstateParams p = promoted();
  p.demand.promotions.clear();
  p.calendar.to = monday() + 7 * 24h;
  p.demand.weekday_weights = {7, 0, 0, 0, 0, 0, 7};
  EstateRun run(p, prompt_pattern());
  run.run();
  std::array<double, 7> orders{};
  for (const auto* order : run.witness.all(FactKind::order_placed))
    ++orders[static_cast<std::size_t>((order->fact.at - monday()) / 24h)];
  EXPECT_NEAR(orders[0], 14'000, 4 * std::sqrt(14'000));
  EXPECT_NEAR(orders[6], 14'000, 4 * std::sqrt(14'000));
  EXPECT_EQ(orders[0] + orders[6], run.witness.all(FactKind::order_placed).size());
}

TEST(Substitutes, are_of_the_category_and_nearest_in_price) {
  const SubstitutionParams params{.share = 1, .price_within = 0.5, .looks_at = 3};
  //                              0       1       2       3       4       5
  const std::vector<core::Money> prices{{1000}, {1200}, {900}, {1100}, {1600}, {1001}};
  const std::vector<std::uint32_t> categories{0, 0, 0, 0, 0, 1};
  const Substitutes substitutes(params, prices, categories);
  std::vector<std::uint32_t> looked;
  const auto none = substitutes.nearest({0}, [&](core::SkuId sku) {
    looked.push_back(sku.value);
    return false;
  });
  EXPECT_TRUE(none.is_none());
  EXPECT_EQ(looked, (std::vector<std::uint32_t>{2, 3, 1}))
      << "of two as near the cheaper first; another category never; three and no more";
  EXPECT_EQ(substitutes.nearest({0}, [](core::SkuId sku) { return sku.value == 1; }), core::SkuId{1});
  EXPECT_TRUE(substitutes.nearest({4}, [](core::SkuId sku) { return sku.value == 2; }).is_none())
      << "three others are nearer";
  EXPECT_TRUE(substitutes.nearest({5}, [](core::SkuId) { return true; }).is_none());
}

/// Two shirts and nothing else; none of SKU-1 left.
EstateParams sold_out(double share) {
  EstateParams p = bare_estate();
  p.catalogue.items = {{.code = "SKU-1", .price = {2000}, .cost = {1200}},
                       {.code = "SKU-2", .price = {2200}, .cost = {1300}}};
  p.opening.explicit_stock = {{.node = "dc-1", .item = "SKU-2", .quantity_each = 2},
                              {.node = "store-01", .item = "SKU-1", .quantity_each = 1},
                              {.node = "store-01", .item = "SKU-2", .quantity_each = 3}};
  p.nodes.stores_fulfil_online = false;
  p.channels[0].multi_unit = true;
  p.demand.substitution = {.share = share};
  StepParams order = step(1h, "order", "W-1", 2), sale = step(2h, "sell", "", 3);
  order.item = sale.item = "SKU-1";
  p.script = {order, sale};
  return p;
}

TEST(Substitution, is_an_order_of_another_item_and_no_refusal) {
  EstateRun run(sold_out(1), prompt_pattern());
  run.run();
  EXPECT_TRUE(run.witness.all(FactKind::demand_refused).empty());
  const auto substituted = run.witness.all(FactKind::demand_substituted);
  ASSERT_EQ(substituted.size(), 2U);
  EXPECT_EQ(substituted[0]->lines.at(0).sku, core::SkuId{0}) << "what the customer had wanted";
  EXPECT_EQ(substituted[0]->lines.at(0).quantity_each, 2);
  const core::Line& ordered = run.witness.all(FactKind::order_placed).at(0)->lines.at(0);
  EXPECT_EQ(ordered.sku, core::SkuId{1});
  EXPECT_EQ(ordered.net.minor, 4400);
  // At the till: the one that is there, and two of the other for the two that are not.
  EXPECT_EQ(substituted[1]->lines.at(0).quantity_each, 2);
  const auto* sold = run.witness.all(FactKind::till_sold).at(0);
  ASSERT_EQ(sold->lines.size(), 2U);
  EXPECT_EQ(sold->lines[0].quantity_each, 1);
  EXPECT_EQ(sold->lines[1].sku, core::SkuId{1});
  EXPECT_EQ(sold->fact.tenders.cash.minor, (2000 + 4400) * 119 / 100);
}

TEST(Substitution, is_nothing_for_those_who_want_nothing_else) {
  EstateRun run(sold_out(0), prompt_pattern());
  run.run();
  EXPECT_TRUE(run.witness.all(FactKind::demand_substituted).empty());
  EXPECT_EQ(run.witness.all(FactKind::demand_refused).size(), 2U);
  EXPECT_TRUE(run.witness.all(FactKind::order_placed).empty());
}

TEST(Substitution, leaves_as_many_customers_as_it_says) {
  EstateParams p = sold_out(0.3);
  p.script.clear();
  p.channels[0].orders_per_day = 4000;  // half of them for SKU-1, of which there is none
  p.channels[0].multi_unit = false;
  p.opening.explicit_stock = {{.node = "dc-1", .item = "SKU-2", .quantity_each = 100'000}};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto took = static_cast<double>(run.witness.all(FactKind::demand_substituted).size());
  const auto left = static_cast<double>(run.witness.all(FactKind::demand_refused).size());
  EXPECT_NEAR(took + left, 2000, 4 * std::sqrt(2000));
  EXPECT_NEAR(took / (took + left), 0.3, 4 * std::sqrt(0.3 * 0.7 / 2000));
}

}  // namespace
}  // namespace omnisim::models
