// What is truly owed to suppliers: a cup costs 6.00, ten are ordered at 6.20.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::Pair;
using world::FactKind;

struct Purchase : Stage {
  Purchase() {
    truth.tolerate_prices(500);
    state({.kind = FactKind::purchase_ordered, .at = at(1), .node = dc, .reference = code("PO")},
          {cups(10, 6200)});
  }
  static core::Line cups(std::int32_t units, std::int64_t cost = 0,
                         core::Condition condition = core::Condition::resellable) {
    return {.line_no = condition == core::Condition::damaged ? 1001U : 1U,
            .sku = cup,
            .quantity_each = units,
            .cost = {cost},
            .condition = condition};
  }
  void receive(std::int64_t seconds, std::vector<core::Line> lines) {
    for (const core::Line& line : lines)
      move(seconds, cup, dc, world::Place::supplier,
           line.condition == core::Condition::damaged ? world::Place::damaged : world::Place::dock,
           line.quantity_each);
    state({.kind = FactKind::goods_received, .at = at(seconds), .node = dc, .reference = code("PO")},
          std::move(lines));
  }
  void invoice(std::int64_t seconds, std::int32_t units, std::int64_t cost, std::string_view number = "I") {
    state({.kind = FactKind::supplier_invoiced,
           .at = at(seconds),
           .order = code("PO"),
           .reference = code(number),
           .amount = {cost}},
          {cups(units, cost)});
  }
  std::map<std::uint32_t, std::int64_t> sums() const {
    auto all = by_account(truth.all());
    std::erase_if(all, [](const auto& row) { return row.second == 0; });
    return all;
  }
};

TEST(Payables, what_is_accepted_is_owed_at_the_orders_price_and_stands_at_its_standard_cost) {
  Purchase s;
  s.receive(2, {Purchase::cups(4), Purchase::cups(1, 0, core::Condition::damaged)});
  EXPECT_THAT(s.sums(), ElementsAre(Pair(1200, 2400), Pair(2050, -2480), Pair(5150, 80)));
}

TEST(Payables, an_invoice_that_agrees_clears_the_receipt_and_its_payment_the_debt) {
  Purchase s;
  s.receive(2, {Purchase::cups(10)});
  s.invoice(3, 10, 6200);
  EXPECT_THAT(s.sums(), ElementsAre(Pair(1200, 6000), Pair(2000, -6200), Pair(5150, 200)));
  s.state({.kind = FactKind::supplier_paid, .at = Stage::at(4), .reference = code("I"), .amount = {6200}});
  EXPECT_THAT(s.sums(), ElementsAre(Pair(1000, -6200), Pair(1200, 6000), Pair(5150, 200)));
}

TEST(Payables, an_invoice_before_its_goods_is_nobodys_debt_until_they_are_there) {
  Purchase s;
  s.invoice(2, 10, 6200);
  EXPECT_TRUE(s.sums().empty());
  s.receive(3, {Purchase::cups(9)});
  EXPECT_EQ(s.sums().count(2000), 0U) << "nine are there, ten are asked for";
  s.receive(4, {Purchase::cups(1)});
  EXPECT_EQ(s.sums().at(2000), -6200);
  EXPECT_EQ(s.sums().count(2050), 0U);
}

TEST(Payables, five_per_cent_of_the_price_are_a_variance_and_a_cent_more_is_held_until_it_is_corrected) {
  for (const std::int64_t asked : {6510, 6511}) {  // 62.00 and 5 %: 65.10
    Purchase s;
    s.receive(2, {Purchase::cups(10)});
    s.invoice(3, 10, asked);
    EXPECT_EQ(s.sums().count(2000), asked == 6510 ? 1U : 0U);
    if (asked == 6510) {
      EXPECT_EQ(s.sums().at(5150), 200 + 310);
    }
    s.invoice(4, 10, 6200);
    EXPECT_EQ(s.sums().at(2000), asked == 6510 ? -6510 : -6200) << "what agreed once is not corrected";
  }
}

TEST(Payables, a_second_invoice_for_the_same_goods_is_not_owed) {
  Purchase s;
  s.receive(2, {Purchase::cups(10)});
  s.invoice(3, 10, 6200);
  s.invoice(4, 10, 6200, "J");
  EXPECT_EQ(s.sums().at(2000), -6200);
}

TEST(Payables, what_breaks_on_its_way_to_the_shelf_is_our_loss_and_no_unit_is_lost_on_the_way) {
  Purchase s;
  s.receive(2, {Purchase::cups(10)});
  EXPECT_EQ(s.stock.true_on_hand(Stage::cup, Stage::dc), 0) << "nobody can sell what stands at the dock";
  s.move(3, Stage::cup, Stage::dc, world::Place::dock, world::Place::shelf, 9);
  s.move(3, Stage::cup, Stage::dc, world::Place::dock, world::Place::damaged, 1);
  s.state({.kind = FactKind::goods_put_away, .at = Stage::at(3), .node = Stage::dc, .reference = code("PO")},
          {Purchase::cups(9), Purchase::cups(1, 0, core::Condition::damaged)});
  EXPECT_EQ(s.sums().at(1200), 5400);
  EXPECT_EQ(s.sums().at(5200), 600);
  EXPECT_EQ(s.stock.true_on_hand(Stage::cup, Stage::dc), 10);
  EXPECT_EQ(s.stock.apart_in_world(), 0);
}

TEST(Payables, what_was_rejected_and_goes_back_costs_nothing) {
  Purchase s;
  s.receive(2, {Purchase::cups(2, 0, core::Condition::damaged)});
  EXPECT_TRUE(s.sums().empty());
  EXPECT_EQ(s.stock.true_on_hand(Stage::cup, Stage::dc), 2);
  s.move(3, Stage::cup, Stage::dc, world::Place::damaged, world::Place::supplier, 2);
  s.state({.kind = FactKind::goods_sent_back, .at = Stage::at(3), .node = Stage::dc, .reference = code("PO")},
          {Purchase::cups(2, 0, core::Condition::damaged)});
  EXPECT_TRUE(s.sums().empty());
  EXPECT_EQ(s.stock.apart_in_world(), 0);
}

}  // namespace
}  // namespace omnisim::audit
