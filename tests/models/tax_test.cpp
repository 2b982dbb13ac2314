// What is due by law, what shops and tills believe, and what the tax engine makes of the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "models/money/tax_law.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Money;
using world::FactKind;

/// Tuesday, 2026-11-17.
core::Time tuesday() { return monday() + 24h; }

JurisdictionParams rising(std::string code, std::int32_t utc_offset_min) {
  JurisdictionParams made;
  made.code = code;
  made.rate_bp = 2000;
  made.utc_offset_min = utc_offset_min;
  made.changes = {{.from = "2026-11-17", .rate_bp = 2200}};
  return made;
}

/// The bare estate for two days: a rate rises from 20 to 22 % at Tuesday's midnight in "here" (UTC), and two
/// hours before that in "east".
EstateParams taxed_estate() {
  EstateParams p = bare_estate();
  p.calendar.to = monday() + 48h;
  p.demand.shipping_fee = {};
  p.tax.jurisdictions = {rising("here", 0), rising("east", 120)};
  p.tax.jurisdictions[0].stores = {"store-01"};
  return p;
}

StepParams order_to(core::Duration after, std::string number, std::string jurisdiction) {
  StepParams made = step(after, "order", number);
  made.jurisdiction = jurisdiction;
  return made;
}

/// Tax that was charged on the orders and till sales of a run, in the order in which they happened.
std::vector<std::int64_t> charged(const EstateRun& run) {
  std::vector<std::int64_t> found;
  for (const Witness::Kept& kept : run.witness.facts) {
    if (kept.fact.kind != FactKind::order_placed && kept.fact.kind != FactKind::till_sold) continue;
    Money tax;
    for (const core::Line& line : kept.lines) tax += line.tax;
    found.push_back(tax.minor);
  }
  return found;
}
std::vector<std::int64_t> due(const EstateRun& run) {
  std::vector<std::int64_t> found;
  for (const Witness::Kept* kept : run.witness.all(FactKind::tax_due))
    found.push_back(kept->fact.amount.minor);
  return found;
}

using Taxes = std::vector<std::int64_t>;

TEST(TaxLaw, changes_at_the_midnight_of_the_place) {
  const TaxLaw law(taxed_estate());
  const core::JurisdictionId here{0}, east{1};
  EXPECT_EQ(law.rate_bp(here, tuesday() - 1us), 2000);
  EXPECT_EQ(law.rate_bp(here, tuesday()), 2200);
  EXPECT_EQ(law.rate_bp(east, tuesday() - 2h - 1us), 2000);
  EXPECT_EQ(law.rate_bp(east, tuesday() - 2h), 2200);
}

TEST(TaxLaw, is_one_rate_and_no_fact_where_a_scenario_names_no_jurisdiction) {
  EstateParams p = bare_estate();
  p.script = {step(1h, "order", "W-1"), step(2h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{190, 190}));
  EXPECT_EQ(due(run), Taxes{});
  const auto placed = run.core->all<core::OrderPlaced>();
  EXPECT_TRUE(std::get<core::OrderPlaced>(placed.at(0)->event.body).jurisdiction.is_none());
}

TEST(TaxLaw, refuses_a_day_that_is_none) {
  EstateParams p = taxed_estate();
  p.tax.jurisdictions[1].changes[0].from = "2026-02-30";
  EXPECT_THROW(TaxLaw{p}, std::invalid_argument);
}

TEST(RateDesk, that_asks_the_engine_charges_what_is_due) {
  EstateParams p = taxed_estate();
  p.script = {order_to(21h + 30min, "W-1", "east"), order_to(22h, "W-2", "east"),
              order_to(22h, "W-3", "here"), step(23h, "sell"), order_to(25h, "W-4", "here")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{200, 220, 200, 200, 220}));
  EXPECT_EQ(due(run), charged(run));
  EXPECT_TRUE(run.core->all<core::TaxCorrected>().empty());
}

TEST(RateDesk, with_a_copy_of_this_morning_charges_the_old_rate_until_the_next_copy) {
  EstateParams p = taxed_estate();
  p.tax.tills.rates = RateSource::cached;
  p.tax.tills.refresh_at = 3h;
  p.script = {step(23h, "sell"), step(25h, "sell"), step(27h - 1s, "sell"), step(27h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{200, 200, 200, 220}));
  EXPECT_EQ(due(run), (Taxes{200, 220, 220, 220}));
}

TEST(RateDesk, cannot_make_a_copy_while_the_engine_is_down) {
  EstateParams p = taxed_estate();
  p.tax.tills.rates = RateSource::cached;
  p.tax.tills.refresh_every = 1h;
  p.faults = {{.kind = sim::FaultKind::crash,
               .target = "tax",
               .from = tuesday() - 30min,
               .to = tuesday() + 5h + 30min}};
  p.script = {step(29h, "sell"), step(30h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{200, 220}));
}

TEST(RateDesk, with_dated_rates_goes_by_its_own_clock_and_zone) {
  EstateParams p = taxed_estate();
  p.tax.tills.rates = RateSource::dated;
  p.tax.tills.zone_ahead = 1h;
  p.script = {step(22h + 59min, "sell"), step(23h, "sell")};
  EstateRun wrong_zone(p, prompt_pattern());
  wrong_zone.run();
  EXPECT_EQ(charged(wrong_zone), (Taxes{200, 220})) << "an hour too early";
  EXPECT_EQ(due(wrong_zone), (Taxes{200, 200}));
}

TEST(RateDesk, of_a_till_whose_clock_is_slow_changes_over_late) {
  EstateParams p = taxed_estate();
  p.tax.tills.rates = RateSource::dated;
  p.faults = {
      {.kind = sim::FaultKind::clock_offset, .target = "store-01", .from = {}, .to = {}, .offset = -2h}};
  p.script = {step(25h, "sell"), step(26h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{200, 220}));
  EXPECT_EQ(due(run), (Taxes{220, 220}));
}

/// The engine is down from noon of Monday to noon of Tuesday; an order before, one within, one after.
EstateParams outage(RateFallback fallback) {
  EstateParams p = taxed_estate();
  p.tax.shops.fallback = fallback;
  p.tax.shops.flat_bp = 2500;
  p.faults = {{.kind = sim::FaultKind::crash, .target = "tax", .from = monday() + 12h, .to = monday() + 36h}};
  p.script = {order_to(10h, "W-1", "here"), order_to(25h, "W-2", "here"), order_to(37h, "W-3", "here")};
  return p;
}

TEST(TaxEngine, that_is_down_leaves_shops_with_what_it_said_last) {
  EstateRun run(outage(RateFallback::cached), prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{200, 200, 220}));
  const auto placed = run.witness.all(FactKind::order_placed);
  EXPECT_EQ(placed.at(1)->fact.at, monday() + 25h + 5s) << "nobody waits longer";
  const auto corrected = run.core->all<core::TaxCorrected>();
  ASSERT_EQ(corrected.size(), 1U);
  EXPECT_EQ(corrected[0]->at, monday() + 36h) << "once it is back";
  const auto& said = std::get<core::TaxCorrected>(corrected[0]->event.body);
  EXPECT_EQ(said.charged, Money{200});
  EXPECT_EQ(said.due, Money{220});
  EXPECT_EQ(corrected[0]->event.envelope.occurred_at, placed.at(1)->fact.at) << "dated to the order";
  EXPECT_EQ(run.core->all<core::TaxCommitted>().size(), 3U);
}

TEST(TaxEngine, that_is_down_leaves_shops_with_a_flat_rate_or_without_a_sale) {
  EstateRun flat(outage(RateFallback::flat), prompt_pattern());
  flat.run();
  EXPECT_EQ(charged(flat), (Taxes{200, 250, 220}));
}

TEST(TaxEngine, that_is_down_can_cost_the_sale) {
  EstateRun refusing(outage(RateFallback::refuse), prompt_pattern());
  refusing.run();
  EXPECT_EQ(charged(refusing), (Taxes{200, 220}));
  const auto refused = refusing.witness.all(FactKind::demand_refused);
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0]->fact.at, monday() + 25h + 5s);
}

TEST(TaxEngine, that_is_slow_is_waited_for_until_nobody_waits_any_longer) {
  EstateParams p = taxed_estate();
  p.tax.quote_time = sim::Distribution(2.0);
  p.faults = {{.kind = sim::FaultKind::brownout,
               .target = "tax",
               .from = monday() + 20h,
               .to = monday() + 40h,
               .factor = 3}};
  p.script = {order_to(10h, "W-1", "here"), order_to(25h, "W-2", "here")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto placed = run.witness.all(FactKind::order_placed);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0]->fact.at, monday() + 10h + 2s);
  EXPECT_EQ(placed[1]->fact.at, monday() + 25h + 5s) << "six seconds are too many";
  EXPECT_EQ(charged(run), (Taxes{200, 200}));
}

TEST(TaxEngine, voids_what_it_committed_for_an_order_that_is_off) {
  EstateParams p = taxed_estate();
  p.script = {order_to(1h, "W-1", "here"), step(90min, "cancel", "W-1", 0)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(run.core->all<core::TaxVoided>().size(), 1U);
}

TEST(TaxEngine, hears_of_tills_at_their_cadence) {
  EstateParams p = taxed_estate();
  p.tax.tills.rates = RateSource::cached;
  p.tax.tills.refresh_at = 3h;
  p.tax.till_report_every = 6h;
  p.script = {step(25h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto corrected = run.core->all<core::TaxCorrected>();
  ASSERT_EQ(corrected.size(), 1U);
  EXPECT_EQ(corrected[0]->at, monday() + 30h);
  EXPECT_EQ(corrected[0]->event.envelope.occurred_at, monday() + 25h);
  EXPECT_FALSE(std::get<core::TaxCorrected>(corrected[0]->event.body).node.is_none());
}

TEST(Orders, go_where_their_number_says_by_the_shares) {
  EstateParams p = taxed_estate();
  p.tax.jurisdictions[0].online_share = 3;
  for (int i = 0; i < 200; ++i) {
    // The same numbers once more, elsewhere and the other way round: chance belongs to the number alone.
    p.script.push_back(step(i * 5min, "order", "ORDER-" + std::to_string(i)));
    p.script.push_back(step(18h + i * 5min, "order", "ORDER-" + std::to_string(199 - i)));
    p.script.back().channel = "market";
  }
  EstateRun run(p, prompt_pattern());
  run.run();
  std::map<core::Code, std::uint32_t> shop, market;
  for (const Witness::Kept* kept : run.witness.all(FactKind::order_placed))
    (kept->fact.channel.value == 0 ? shop : market)[kept->fact.order] = kept->fact.jurisdiction.value;
  ASSERT_EQ(shop.size(), 200U);
  EXPECT_EQ(shop, market);
  const auto east =
      std::count_if(shop.begin(), shop.end(), [](const auto& order) { return order.second == 1; });
  EXPECT_GT(east, 30) << "a quarter of them is 50";
  EXPECT_LT(east, 70);
}

TEST(Marketplaces, collect_the_tax_for_the_seller_where_they_do_not_owe_it) {
  EstateParams p = taxed_estate();
  p.tax.jurisdictions[1].marketplace_remits = false;
  p.script = {order_to(1h, "M-1", "here"), order_to(2h, "M-2", "east")};
  for (StepParams& order : p.script) order.channel = "market";
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(charged(run), (Taxes{0, 200}));
  EXPECT_EQ(due(run), Taxes{200}) << "what the marketplace owes is no concern of ours";
  const auto paid = run.witness.all(FactKind::settlement_paid);
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0]->fact.amount, Money{1000 + 1200});
}

}  // namespace
}  // namespace omnisim::models
