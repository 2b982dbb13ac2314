// Sales tax by jurisdiction, and what the tax engine says later: each posting by hand.
#include <gtest/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

constexpr JurisdictionId north{0}, south{1};

/// Stock of ten shirts at the DC, two jurisdictions.
struct TaxedEstate : SmallEstate {
  static Config taxed_config() {
    Config config = small_config();
    config.directory.add_jurisdiction(code("north"));
    config.directory.add_jurisdiction(code("south"));
    return config;
  }
  TaxedEstate() : SmallEstate(taxed_config()) { core.open_stock(dc, shirt, 10, now); }

  /// Two shirts at 10.00 and 2.00 tax each, to the south.
  void place(std::string_view number, ChannelId channel = web) {
    OrderPlaced placed;
    placed.order = code(number);
    placed.channel = channel;
    (channel == web ? placed.tenders.card : placed.tenders.marketplace) = {2400};
    placed.promised_by = now + std::chrono::hours{48};
    placed.promised = channel != web;
    placed.jurisdiction = south;
    say(placed, {line(1, shirt, 2, 2000, 400)});
    if (channel == web) pay(number, 2400);
  }
  void ship_units(std::string_view number, std::string_view shipment, std::int32_t units,
                  ChannelId channel = web) {
    ship(number, dc, shipment, {line(1, shirt, units)}, channel);
  }
  void correct(std::string_view order, std::int64_t charged, std::int64_t due) {
    say(TaxCorrected{
        .document = code(order), .channel = web, .jurisdiction = south, .charged = {charged}, .due = {due}});
  }
  std::int64_t owed(JurisdictionId where) const { return -balance(2200, dimension_of(where)); }
  std::int64_t borne() const { return balance(6300); }
};

TEST(Tax, is_kept_by_the_jurisdiction_that_the_order_goes_to) {
  TaxedEstate e;
  e.place("A");
  e.ship_units("A", "S1", 2);
  e.place("M", market_a);
  e.ship_units("M", "S2", 1, market_a);
  EXPECT_EQ(e.owed(south), 600);
  EXPECT_EQ(e.owed(north), 0);
  EXPECT_EQ(e.balance(2200), -600) << "nothing is kept elsewhere";
  e.say(ReturnReceived{code("R"), code("A"), web, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("R"), code("A"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.owed(south), 400) << "and leaves where it was kept";
  e.check_invariants();
}

TEST(Tax, of_tills_is_kept_by_what_their_messages_say) {
  TaxedEstate e;
  e.core.open_stock(store_1, shirt, 5, e.now);
  e.say(PosSale{.sale = code("T-1"),
                .node = store_1,
                .till = 1,
                .tenders = {.cash = {1200}},
                .jurisdiction = north},
        {line(1, shirt, 1, 1000, 200)});
  e.say(PosSale{.sale = code("T-2"),
                .node = store_1,
                .till = 1,
                .tenders = {.cash = {2400}},
                .jurisdiction = north},
        {line(1, shirt, 2, 2000, 400)});
  EXPECT_EQ(e.owed(north), 600);
  PosReturn back;
  back.document = code("D");
  back.node = store_1;
  back.tenders.cash = {1200};
  back.jurisdiction = north;
  e.say(back, {line(1, shirt, 1, 1000, 200)});
  e.say(PosVoided{code("T-1"), store_1});
  EXPECT_EQ(e.owed(north), 200);
  EXPECT_EQ(e.balance(2200), -200);
}

TEST(Tax, that_nobody_was_charged_is_the_sellers_from_the_moment_at_which_control_passes) {
  TaxedEstate e;
  e.place("A");
  e.correct("A", 400, 441);
  EXPECT_EQ(e.borne(), 0) << "nothing has been sold yet";
  e.ship_units("A", "S1", 1);
  EXPECT_EQ(e.borne(), 20) << "half of 0.41, toward zero";
  e.ship_units("A", "S2", 1);
  EXPECT_EQ(e.borne(), 41);
  EXPECT_EQ(e.owed(south), 441);
  EXPECT_EQ(e.balance(4000), -2000) << "revenue is what was agreed";
  e.check_invariants();
}

TEST(Tax, corrected_after_the_shipment_is_booked_at_once_and_goes_back_with_the_goods) {
  TaxedEstate e;
  e.place("A");
  e.ship_units("A", "S1", 2);
  e.correct("A", 400, 440);
  EXPECT_EQ(e.borne(), 40);
  e.say(ReturnReceived{code("R"), code("A"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.borne(), 40) << "a refund is approved when the goods are inspected";
  e.say(ReturnInspected{code("R"), code("A"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.borne(), 20);
  EXPECT_EQ(e.owed(south), 220);
  e.check_invariants();
}

TEST(Tax, corrected_again_replaces_what_was_said_before_and_a_repeated_message_says_nothing) {
  TaxedEstate e;
  e.place("A");
  e.ship_units("A", "S1", 2);
  const std::string first = e.message(TaxCorrected{
      .document = code("A"), .channel = web, .jurisdiction = south, .charged = {400}, .due = {460}});
  e.deliver(first);
  e.deliver(first);
  EXPECT_EQ(e.borne(), 60);
  e.correct("A", 400, 440);
  EXPECT_EQ(e.borne(), 40);
  EXPECT_EQ(e.owed(south), 440);
}

TEST(Tax, charged_too_much_stays_owed_as_it_was_charged) {
  TaxedEstate e;
  e.place("A");
  e.ship_units("A", "S1", 2);
  e.correct("A", 400, 300);
  EXPECT_EQ(e.borne(), 0);
  EXPECT_EQ(e.owed(south), 400);
}

TEST(Tax, of_a_till_is_corrected_at_once_in_both_directions) {
  TaxedEstate e;
  const auto correct = [&](std::string_view document, std::int64_t charged, std::int64_t due) {
    e.say(TaxCorrected{.document = code(document),
                       .node = store_1,
                       .jurisdiction = north,
                       .charged = {charged},
                       .due = {due}});
  };
  correct("T-1", 400, 440);
  EXPECT_EQ(e.borne(), 40);
  EXPECT_EQ(e.owed(north), 40);
  correct("D-1", -200, -220);
  EXPECT_EQ(e.borne(), 20) << "half of it has come back";
  correct("T-2", 500, 440);
  correct("D-2", -500, -440);
  EXPECT_EQ(e.borne(), 20) << "what was charged too much is no entry, nor is its return";
}

TEST(Tax, of_goods_taken_back_where_none_was_due_is_no_new_debt) {
  TaxedEstate e;
  const auto correct = [&](std::string_view document, std::int64_t charged, std::int64_t due) {
    e.say(TaxCorrected{.document = code(document),
                       .node = store_1,
                       .jurisdiction = north,
                       .charged = {charged},
                       .due = {due}});
  };
  correct("T-1", 460, 0);
  correct("D-1", -460, 0);
  EXPECT_EQ(e.borne(), 0) << "4.60 were charged too much, and are given back";
  EXPECT_EQ(e.owed(north), 0);
  correct("T-2", 0, 300);
  correct("D-2", 0, -300);
  EXPECT_EQ(e.borne(), 0) << "3.00 were lacking until the goods came back";
}

TEST(Tax, that_is_voided_is_due_all_the_same_of_what_ships) {
  TaxedEstate e;
  e.place("A");
  e.correct("A", 400, 440);
  e.say(TaxVoided{code("A"), web, code("south"), {440}});
  EXPECT_EQ(e.borne(), 0) << "nothing is sold";
  e.ship_units("A", "S1", 2);
  EXPECT_EQ(e.borne(), 40) << "the customer's wish came too late";
  EXPECT_TRUE(e.core.dead_letters().empty());
}

TEST(Tax, correction_waits_for_its_order) {
  TaxedEstate e;
  e.correct("A", 400, 440);
  e.say(TaxVoided{code("B"), web, code("south"), {440}});
  EXPECT_EQ(e.core.counters().parked, 2U);
  e.place("A");
  e.ship_units("A", "S1", 2);
  EXPECT_EQ(e.borne(), 40);
}

}  // namespace
}  // namespace omnisim::core::testing
