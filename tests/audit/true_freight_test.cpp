// What true books make of freight; every figure is worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using world::FactKind;

struct Road : Stage {
  Road() : Stage({.freight_surcharge_max = {200}}) { truth.tolerate_prices(500); }
  void owe(std::int64_t seconds, std::string_view shipment, std::int64_t amount) {
    state({.kind = FactKind::freight_owed,
           .at = at(seconds),
           .reference = code(shipment),
           .amount = {amount},
           .message_id = code(shipment)});
  }
  void bill(std::int64_t seconds, std::string_view shipment, std::int64_t amount,
            std::int64_t surcharge = 0) {
    state({.kind = FactKind::carrier_billed,
           .at = at(seconds),
           .reference = code(shipment),
           .amount = {amount},
           .fee = {surcharge}});
  }
  static std::map<std::uint32_t, std::int64_t> in(const Balances& balances) {
    auto sums = by_account(balances);
    std::erase_if(sums, [](const auto& row) { return row.second == 0; });
    return sums;
  }
};

TEST(TrueFreight, is_owed_from_the_hand_over_and_its_surcharge_from_the_invoice) {
  Road s;
  s.owe(10, "S", 510);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2060, -510), Pair(6200, 510)));
  s.bill(200'000, "S", 510, 120);
  EXPECT_THAT(Road::in(s.truth.period()), ElementsAre(Pair(2060, -510), Pair(6200, 510))) << "before it came";
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -630), Pair(6200, 630)));
  EXPECT_EQ(s.truth.unbalanced, 0U);
}

TEST(TrueFreight, what_is_asked_for_nothing_is_nobodys_debt) {
  Road s;
  s.bill(5, "unheard of", 510);
  EXPECT_THAT(Road::in(s.truth.all()), IsEmpty());
  s.owe(10, "S", 510);
  s.bill(20, "S", 536);  // 535.5 would be five per cent
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2060, -510), Pair(6200, 510)));
  s.bill(30, "S", -1);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -535), Pair(6200, 535))) << "within it now";
  s.bill(40, "S", 535);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -535), Pair(6200, 535))) << "a second time";
  s.bill(50, "S", -535);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -535), Pair(6200, 535)));
  s.bill(60, "S", -35);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -500), Pair(6200, 500))) << "less is taken";
}

TEST(TrueFreight, a_surcharge_is_owed_up_to_the_agreed_most) {
  Road s;
  s.owe(10, "S", 510);
  s.bill(20, "S", 510, 201);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2060, -510), Pair(6200, 510)));
  s.bill(30, "S", 0, -201);
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2000, -510), Pair(6200, 510)));
}

TEST(TrueFreight, is_in_the_ledgers_currency_whatever_the_order_was_paid_in) {
  Road s;
  models::EstateParams params;
  params.channels = {{.code = "web"}, {.code = "market", .currency = "USD"}};
  params.rates = {{.currency = "USD", .from = Stage::at(0), .rate = 0.5}};
  s.promises.know_rates(params);
  s.order(1, "M", Stage::cup, 1, 90'000, Stage::market);
  s.state({.kind = FactKind::freight_owed,
           .at = Stage::at(10),
           .order = code("M"),
           .reference = code("S"),
           .amount = {510}});
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2060, -510), Pair(6200, 510)));
}

TEST(TrueFreight, that_has_no_entry_of_its_own_is_not_expected_to_have_one) {
  Stage s({.freight_at_close = true});
  s.state({.kind = FactKind::freight_owed, .at = Stage::at(1), .reference = code("S"), .amount = {510}});
  EXPECT_TRUE(s.truth.dues().empty());
  EXPECT_FALSE(s.truth.expected().contains(17));
  EXPECT_THAT(Road::in(s.truth.all()), ElementsAre(Pair(2060, -510), Pair(6200, 510)));
}

}  // namespace
}  // namespace omnisim::audit
