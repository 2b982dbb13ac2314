// What a file may not say about customers, and what it is told then.
#include <gtest/gtest.h>

#include "harness/scenario/load.hpp"

namespace omnisim::harness {
namespace {

/// The complaints about a scenario with this demand section, and this one of its web shop.
std::string complaints(const std::string& demand, const std::string& channel = "{}", int orders_a_day = 1) {
  const std::string text =
      R"({"name": "t", "calendar": {"from": "2026-11-27T00:00:00Z", "to": "2026-11-28T00:00:00Z"}, "nodes": {"dcs": 1},
          "catalogue": {"items": [{"code": "CUP"}]},
          "channels": [{"code": "web", "orders_per_day": )" +
      std::to_string(orders_a_day) + R"(, "demand": )" + channel + "}], \"demand\": " + demand + "}";
  try {
    load_scenario_text(text, "t.json", {});
  } catch (const BadInput& bad) {
    std::string lines;
    for (const Problem& problem : bad.problems()) lines += problem.line() + "\n";
    return lines;
  }
  return "";
}

TEST(DemandCheck, takes_whole_profiles_only) {
  EXPECT_EQ(complaints(R"({"weekday_weights": [1, 1]})"),
            "t.json:/demand/weekday_weights: has 2 weights that add up to 2 (7 weights from Monday, one "
            "above 0, or "
            "none)\n");
  EXPECT_EQ(complaints(R"({"season": {"months": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}})"),
            "t.json:/demand/season/months: has 12 weights that add up to 0 (12 weights from January, one "
            "above 0, or "
            "none)\n");
  EXPECT_EQ(complaints("{}", R"({"season": {"iso_weeks": [1]}})"),
            "t.json:/channels/0/demand/season/iso_weeks: has 1 weights that add up to 1 (52 or 53 weights, "
            "one above 0, "
            "or none)\n");
  std::string week = "[1";
  for (int h = 1; h < 168; ++h) week += ", 1";
  EXPECT_EQ(
      complaints("{\"hour_weights\": " + week + "], \"weekday_weights\": [1, 1, 1, 1, 1, 1, 1]}"),
      "t.json:/demand/weekday_weights: stands beside 168 hour_weights, which have the weekdays in them (24 "
      "hour_weights, or no weekday_weights)\n");
}

TEST(DemandCheck, takes_promotions_that_promote_something_somewhere) {
  const auto promotion = [](const std::string& more) {
    return complaints(R"({"promotions": [{"from": "2026-11-27T08:00:00Z", "to": "2026-11-27T20:00:00Z")" +
                      more + "}]}");
  };
  EXPECT_EQ(promotion(R"(, "items": ["CUP"], "lift": 2, "channels": ["web", "tills"])"), "");
  EXPECT_EQ(promotion(""),
            "t.json:/demand/promotions/0: promotes nothing (items, or catalogue_share above 0)\n");
  EXPECT_EQ(promotion(R"(, "items": ["CAP"], "lift": 2)"),
            "t.json:/demand/promotions/0/items/0: there is no item \"CAP\" (did you mean \"CUP\"?)\n");
  EXPECT_EQ(promotion(R"(, "items": ["CUP"], "lift": 2, "channels": ["wob"])"),
            "t.json:/demand/promotions/0/channels/0: there is no \"wob\" (did you mean \"web\"?)\n");
  EXPECT_EQ(
      promotion(R"(, "items": ["CUP"], "cannibalisation": 0.5)"),
      "t.json:/demand/promotions/0/cannibalisation: takes a share of no extra units (a lift above 1)\n");
  EXPECT_EQ(
      promotion(R"(, "items": ["CUP"], "dip": 0.5)"),
      "t.json:/demand/promotions/0: has only one of dip and dip_for (\"dip\": 0.2, \"dip_for\": \"7d\")\n");
}

TEST(DemandCheck, counts_customers_at_the_height_of_season_and_promotions) {
  const std::string dates =
      R"({"season": {"dates": [{"from": "2026-11-27T08:00:00Z", "to": "2026-11-27T20:00:00Z", "factor": 10}]}})";
  EXPECT_EQ(complaints(dates, "{}", 100'000), "");
  EXPECT_EQ(complaints(dates, "{}", 300'000),
            "t.json:/demand: asks for 3000000 sales and orders a day over 1.0 days (at most 2000000 a day "
            "and 200000000 in "
            "all, at the height of season and promotions)\n");
}

}  // namespace
}  // namespace omnisim::harness
