// The carrier's billing: what it is owed, what it asks for and when, and the mistakes that it makes. A parcel
// is ordered at 1 h and handed over at 4 h of a Monday; every figure is worked out by hand.
#include <gtest/gtest.h>

#include <utility>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using world::FactKind;

struct RoadDay {
  RoadDay() {
    freight.rates = {{.service = "parcel", .node = "", .per_parcel = {450}, .per_unit = {30}}};
    freight.invoice_every = 24h;
    params.carrier.transit = 6.0 * 3600;
    params.script = {step(1h, "order", "W-1", 2)};
  }
  void run() {
    estate = std::make_unique<EstateRun>(params, pattern);
    EXPECT_EQ(estate->run(), sim::Stopped::at_rest);
    EXPECT_TRUE(estate->core->unreadable.empty());
  }
  /// Hours of the invoice's date, charge and surcharge of each line that has come.
  struct Line {
    std::int64_t hours, charge, surcharge;
    bool operator==(const Line&) const = default;
  };
  std::vector<Line> lines() const {
    std::vector<Line> found;
    for (const auto* arrival : estate->core->all<core::FreightInvoiced>()) {
      const auto& line = std::get<core::FreightInvoiced>(arrival->event.body);
      found.push_back(
          {(arrival->event.envelope.occurred_at - monday()) / 1h, line.charge.minor, line.surcharge.minor});
    }
    return found;
  }

  EstateParams params = bare_estate();
  FreightParams& freight = params.carrier.freight;
  PatternParams pattern = prompt_pattern();
  std::unique_ptr<EstateRun> estate;
};
using Lines = std::vector<RoadDay::Line>;

TEST(CarrierBilling, owes_by_contract_from_the_hand_over_and_bills_at_its_cadence) {
  RoadDay day;
  day.freight.invoice_after = 12.0 * 3600;
  day.freight.surcharge_share = 1;
  day.freight.surcharge = {120};
  day.run();
  const auto shipped = day.estate->witness.all(FactKind::units_shipped);
  const auto owed = day.estate->witness.all(FactKind::freight_owed);
  ASSERT_EQ(owed.size(), 1U);
  EXPECT_EQ(owed[0]->fact.at, monday() + 4h);
  EXPECT_EQ(owed[0]->fact.amount.minor, 510);
  EXPECT_EQ(owed[0]->fact.reference, shipped.at(0)->fact.reference);
  EXPECT_EQ(owed[0]->fact.message_id, shipped.at(0)->fact.message_id) << "the message that tells of both";
  EXPECT_EQ(day.lines(), (Lines{{24, 510, 120}}));
  const auto* arrival = day.estate->core->all<core::FreightInvoiced>().at(0);
  EXPECT_EQ(arrival->at, monday() + 36h) << "dated at 24 h, sent half a day later";
  const auto& line = std::get<core::FreightInvoiced>(arrival->event.body);
  EXPECT_EQ(line.shipment, owed[0]->fact.reference);
  EXPECT_EQ(arrival->event.envelope.correlation.view(), "W-1");
  const auto billed = day.estate->witness.all(FactKind::carrier_billed);
  ASSERT_EQ(billed.size(), 1U);
  EXPECT_EQ(billed[0]->fact.at, monday() + 24h);
  EXPECT_EQ(billed[0]->fact.message_id, arrival->event.envelope.id);
  EXPECT_EQ(std::pair(billed[0]->fact.amount.minor, billed[0]->fact.fee.minor), std::pair(510L, 120L));
}

TEST(CarrierBilling, makes_mistakes_and_credits_them_later) {
  RoadDay twice;
  twice.freight.twice_share = 1;
  twice.freight.credits_after = 36h;
  twice.run();
  EXPECT_EQ(twice.lines(), (Lines{{24, 510, 0}, {48, 510, 0}, {96, -510, 0}})) << "48 h + 36 h = 84 h";
}

TEST(CarrierBilling, bills_at_another_rate_and_leaves_parcels_out) {
  RoadDay day;
  day.freight.overcharge_share = 1;
  day.freight.overcharge_bp = 1000;
  day.freight.missing_share = 1;
  day.freight.credits_after = 12h;
  day.run();
  EXPECT_EQ(day.lines(), (Lines{{48, 561, 0}, {72, -51, 0}}));
}

TEST(CarrierBilling, makes_no_mistakes_where_the_pattern_has_no_faults) {
  RoadDay day;
  day.freight.overcharge_share = day.freight.twice_share = day.freight.missing_share = 1;
  day.freight.overcharge_bp = 1000;
  day.freight.surcharge_share = 1;
  day.freight.surcharge = {120};
  day.pattern.faults = false;
  day.run();
  EXPECT_EQ(day.lines(), (Lines{{24, 510, 120}})) << "a surcharge is none";
}

TEST(CarrierBilling, is_by_the_row_of_the_node_where_it_has_one) {
  RoadDay day;
  day.freight.rates.push_back({.service = "van", .node = "dc-1", .per_parcel = {380}});
  day.run();
  EXPECT_EQ(day.lines(), (Lines{{24, 380, 0}}));
  const core::Config config = day.estate->estate.core_config("");
  ASSERT_EQ(config.freight_rates.size(), 2U);
  EXPECT_EQ(core::freight_rate_of(config.freight_rates, {0})->per_parcel, core::Money{380});
  EXPECT_EQ(core::freight_rate_of(config.freight_rates, {1})->per_parcel, core::Money{450});
}

TEST(CarrierBilling, may_have_another_contract_than_the_core_knows_of) {
  RoadDay day;
  day.freight.rates_known = {{.service = "parcel", .node = "", .per_parcel = {400}}};
  day.run();
  EXPECT_EQ(day.lines(), (Lines{{24, 510, 0}}));
  EXPECT_EQ(day.estate->estate.core_config("").freight_rates.at(0).per_parcel, core::Money{400});
}

TEST(CarrierBilling, is_nobodys_business_without_a_contract) {
  RoadDay day;
  day.freight.rates.clear();
  day.run();
  EXPECT_TRUE(day.lines().empty());
  EXPECT_TRUE(day.estate->witness.all(FactKind::freight_owed).empty());
  EXPECT_TRUE(day.estate->estate.core_config("").freight_rates.empty());
}

}  // namespace
}  // namespace omnisim::models
