// The CRM: who has how many points, by which number.
#include <gtest/gtest.h>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using world::FactKind;

/// Ten points a euro; a point is worth a cent. The item is 10.00 net.
EstateParams with_scheme() {
  EstateParams p = bare_estate();
  p.demand.tax_bp = 2000;
  p.crm.points_per_unit = 10;
  return p;
}
StepParams sale(core::Duration after, std::string member, std::uint32_t points = 0,
                std::int32_t quantity = 1) {
  StepParams s = step(after, "sell", "", quantity);
  s.member = std::move(member);
  s.points = points;
  return s;
}
std::vector<std::uint32_t> points_of(const EstateRun& run, FactKind kind) {
  std::vector<std::uint32_t> points;
  for (const auto* kept : run.witness.all(kind)) points.push_back(kept->fact.points);
  return points;
}
using Points = std::vector<std::uint32_t>;

TEST(Crm, gives_points_for_what_was_paid_and_takes_them_off_a_price) {
  EstateParams p = with_scheme();
  p.script = {sale(9h, "M-1", 0, 3), sale(10h, "M-1", 200), step(11h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(points_of(run, FactKind::points_earned), (Points{300, 83}))
      << "12.00 less 2.00 is 8.33 net; who shows no card gets none";
  EXPECT_EQ(points_of(run, FactKind::points_redeemed), (Points{200}));
  const auto sold = run.witness.all(FactKind::till_sold);
  ASSERT_EQ(sold.size(), 3U);
  EXPECT_EQ(sold[1]->fact.tenders.cash, core::Money{1000});
  EXPECT_EQ(sold[1]->lines[0].net, core::Money{833});
  EXPECT_EQ(sold[1]->lines[0].tax, core::Money{167});
  EXPECT_EQ(sold[1]->lines[0].discount, core::Money{167});
  EXPECT_EQ(run.core->all<core::LoyaltyEarned>().size(), 2U);
  ASSERT_EQ(run.core->all<core::LoyaltyRedeemed>().size(), 1U);
  EXPECT_EQ(std::get<core::LoyaltyRedeemed>(run.core->all<core::LoyaltyRedeemed>()[0]->event.body).points,
            200U);
}

TEST(Crm, lets_nobody_redeem_what_is_on_another_number_until_the_two_are_one) {
  EstateParams p = with_scheme();
  StepParams merge = step(11h, "merge_members");
  merge.member = "C-1";
  merge.other_member = "A-1";
  p.script = {sale(8h, "A-1"), sale(9h, "C-1"), sale(10h, "C-1", 150), merge, sale(12h, "C-1", 300)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(points_of(run, FactKind::points_redeemed), (Points{300})) << "not 150 of the 100 at 10 o'clock";
  EXPECT_EQ(run.core->all<core::LoyaltyMerged>().size(), 1U);
}

TEST(Crm, redeems_no_more_than_the_price) {
  EstateParams p = with_scheme();
  p.crm.point_value = {10};
  p.script = {sale(8h, "M-1", 0, 5), sale(9h, "M-1", 500)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(points_of(run, FactKind::points_redeemed), (Points{120})) << "12.00 at 0.10 a point";
  EXPECT_EQ(run.witness.all(FactKind::till_sold)[1]->fact.tenders.cash, core::Money{});
}

TEST(Crm, lets_points_of_an_idle_account_expire_once) {
  EstateParams p = with_scheme();
  p.crm.expire_after = 5h;
  p.script = {sale(8h, "M-1"), sale(10h, "M-1")};
  EstateRun run(p, prompt_pattern());
  run.run();
  ASSERT_EQ(points_of(run, FactKind::points_expired), (Points{200}));
  EXPECT_EQ(run.witness.all(FactKind::points_expired)[0]->fact.at, monday() + 15h);
}

TEST(Crm, gives_points_for_an_order_when_it_leaves_and_takes_them_back_with_the_goods) {
  EstateParams p = with_scheme();
  StepParams order = step(8h, "order", "W-1", 2);
  order.member = "A-1";
  p.script = {order, step(20h, "return", "W-1", 1)};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_EQ(points_of(run, FactKind::points_earned), (Points{200}));
  EXPECT_EQ(run.witness.all(FactKind::points_earned)[0]->fact.at,
            run.witness.all(FactKind::units_shipped)[0]->fact.at);
  EXPECT_EQ(points_of(run, FactKind::points_reversed), (Points{100}));
}

TEST(Crm, knows_generated_customers_by_two_numbers_and_merges_them_later) {
  EstateParams p = small_estate();
  p.crm.points_per_unit = 1;
  p.crm.member_share = 0.5;
  p.crm.members = 20;
  p.crm.merged_after = 1h;
  p.crm.redeem_from_points = 200;
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_GT(run.witness.all(FactKind::points_earned).size(), 100U);
  EXPECT_GT(run.witness.all(FactKind::points_redeemed).size(), 1U);
  EXPECT_GT(run.witness.all(FactKind::points_reversed).size(), 1U);
  EXPECT_EQ(run.witness.all(FactKind::members_merged).size(), 20U) << "each person once";
  EXPECT_TRUE(run.core->unreadable.empty()) << run.core->unreadable[0];
}

TEST(Crm, is_not_there_where_there_is_no_scheme) {
  EstateParams p = bare_estate();
  p.script = {step(9h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  EXPECT_TRUE(run.witness.all(FactKind::points_earned).empty());
  for (const core::Source& source : run.core->config.sources) EXPECT_NE(source.name, "crm");
  EXPECT_TRUE(run.core->config.policies.loyalty_point_value.is_zero());
}

}  // namespace
}  // namespace omnisim::models
