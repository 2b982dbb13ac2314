// The estate as a whole: everything that any party writes is understood, goods are conserved, and it all
// comes to rest.
#include "models/estate.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using world::FactKind;

std::string first_of(const std::vector<std::string>& texts) { return texts.empty() ? "" : texts.front(); }

TEST(Estate, every_message_of_every_party_decodes_and_is_valid) {
  EstateRun run(small_estate(), prompt_pattern());
  ASSERT_EQ(run.run(), sim::Stopped::at_rest);
  EXPECT_TRUE(run.core->unreadable.empty())
      << run.core->unreadable.size() << " unreadable, first: " << first_of(run.core->unreadable);
  std::map<std::size_t, int> by_type;
  for (const auto& arrival : run.core->arrivals) ++by_type[arrival.event.body.index()];
  for (const auto type : {core::EventType::order_placed,       core::EventType::payment_authorised,
                          core::EventType::payment_declined,   core::EventType::payment_captured,
                          core::EventType::refund_succeeded,   core::EventType::payout_paid,
                          core::EventType::settlement_closed,  core::EventType::gift_card_activated,
                          core::EventType::gift_card_redeemed, core::EventType::tax_committed,
                          core::EventType::pos_sale,           core::EventType::pos_return,
                          core::EventType::stock_received,     core::EventType::stock_picked,
                          core::EventType::pick_rejected,      core::EventType::stock_packed,
                          core::EventType::shipment_shipped,   core::EventType::shipment_delivered,
                          core::EventType::shipment_lost,      core::EventType::return_authorised,
                          core::EventType::return_received,    core::EventType::return_inspected,
                          core::EventType::stock_counted,      core::EventType::journal_acknowledged}) {
    EXPECT_GT(by_type[static_cast<std::size_t>(type)], 0) << core::name_of(type);
  }
}

TEST(Estate, an_api_has_the_limits_of_its_kind_or_its_partys_own) {
  PatternParams pattern = prompt_pattern();
  InterfaceParams feed = pattern.defaults;
  feed.name = "availability";
  feed.delivery = Delivery::core;
  feed.api.calls = 40;
  feed.api.per = 1s;
  feed.api.queue_max = 7;
  feed.parties = {
      {.party = small_estate().channels.at(1).code, .calls = 5, .per = 2s, .burst = 3, .in_flight_max = 2}};
  pattern.interfaces = {feed};
  EstateRun run(small_estate(), pattern);
  const std::vector<core::ApiPolicy> apis = run.estate.core_config("{}").apis;
  ASSERT_EQ(apis.size(), 2U);
  EXPECT_EQ(apis[0].party, core::ApiPolicy::every_party);
  EXPECT_EQ(apis[0].calls, 40U);
  EXPECT_EQ(apis[1].kind, core::ApiKind::availability);
  EXPECT_EQ(apis[1].party, 1U);
  EXPECT_EQ(apis[1].calls, 5U);
  EXPECT_EQ(apis[1].per, 2s);
  EXPECT_EQ(apis[1].burst, 3U);
  EXPECT_EQ(apis[1].in_flight_max, 2U);
  EXPECT_EQ(apis[1].queue_max, 7U) << "the rest is its kind's";
}

TEST(Estate, comes_to_rest_with_nothing_pending) {
  EstateRun run(small_estate(), prompt_pattern());
  ASSERT_EQ(run.run(), sim::Stopped::at_rest);
  const auto pending = run.estate.pending();
  // The stand-in refunds a flat amount; a refund may wait for a capture that never comes, but nothing else
  // may be left.
  for (const std::string& text : pending) EXPECT_NE(text.find("refund"), std::string::npos) << text;
  EXPECT_TRUE(run.witness.lost.empty());
}

TEST(Estate, units_are_conserved_and_never_negative) {
  EstateRun run(small_estate(), prompt_pattern());
  ASSERT_EQ(run.run(), sim::Stopped::at_rest);
  const core::Directory directory = make_directory(run.params, nullptr);
  for (std::uint32_t sku = 0; sku < directory.item_count(); ++sku) {
    for (std::uint32_t node = 0; node < directory.node_count(); ++node) {
      std::int64_t sum = 0;
      for (std::size_t place = 0; place < world::place_count; ++place) {
        const std::int32_t units = run.world.at({sku}, {node}, static_cast<world::Place>(place));
        sum += units;
        if (world::is_on_hand(static_cast<world::Place>(place))) {
          EXPECT_GE(units, 0);
        }
      }
      EXPECT_EQ(sum, 0);
      EXPECT_EQ(run.world.at({sku}, {node}, world::Place::set_aside), 0);
      EXPECT_EQ(run.world.at({sku}, {node}, world::Place::in_transit_out), 0);
      EXPECT_EQ(run.world.at({sku}, {node}, world::Place::return_hold), 0);
    }
  }
}

TEST(Estate, what_is_reported_once_names_its_fact) {
  EstateRun run(small_estate(), prompt_pattern());
  ASSERT_EQ(run.run(), sim::Stopped::at_rest);
  // Facts whose message must have arrived exactly once on a sound network.
  for (const auto& kept : run.witness.facts) {
    if (kept.fact.message_id.empty() || kept.fact.kind == FactKind::order_declined) continue;
    const std::string key =
        std::string(kept.fact.message_source.view()) + "/" + std::string(kept.fact.message_id.view());
    EXPECT_EQ(run.core->copies[key], 1) << key << " of fact " << static_cast<int>(kept.fact.kind);
  }
}

}  // namespace
}  // namespace omnisim::models
