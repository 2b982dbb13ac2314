#include "sim/faults.hpp"

#include <gtest/gtest.h>

namespace omnisim::sim {
namespace {

Time at(std::int64_t s) { return Time{std::chrono::seconds{s}}; }

FaultSpec spec(FaultKind kind, std::string target) {
  FaultSpec made;
  made.kind = kind;
  made.target = std::move(target);
  return made;
}
FaultSpec during(FaultSpec made, std::int64_t from, std::int64_t to) {
  made.from = at(from);
  made.to = at(to);
  return made;
}

TEST(faults, targets_match_a_name_its_ends_and_prefixes) {
  EXPECT_TRUE(target_matches("tills", "tills"));
  EXPECT_TRUE(target_matches("tills", "tills.store-07"));
  EXPECT_FALSE(target_matches("till", "tills"));
  EXPECT_FALSE(target_matches("tills.store-07", "tills"));
  EXPECT_TRUE(target_matches("tills.store-0*", "tills.store-07"));
  EXPECT_TRUE(target_matches("*", "anything"));
  EXPECT_TRUE(target_matches("*.store-07", "tills.store-07"));
  EXPECT_FALSE(target_matches("*.store-07", "tills.store-071"));
  EXPECT_TRUE(target_matches("t*.store-*7", "tills.store-077"));
  EXPECT_FALSE(target_matches("t*.store-*7", "tills.store-078"));
}

TEST(faults, a_target_that_nothing_happens_to_has_no_plan) {
  Streams streams(1);
  const FaultPlan plan({spec(FaultKind::loss, "psp"), spec(FaultKind::crash, "erp")}, streams);
  EXPECT_EQ(plan.for_link("tills.store-01"), nullptr);
  EXPECT_NE(plan.for_link("psp"), nullptr);
  EXPECT_EQ(plan.for_link("erp"), nullptr) << "a crash concerns the party, not its ways";
  EXPECT_NE(plan.for_party("erp"), nullptr);
}

TEST(faults, partition_and_outage_hold_in_their_window_only) {
  Streams streams(1);
  const FaultPlan plan(
      {during(spec(FaultKind::partition, "a"), 10, 20), during(spec(FaultKind::outage, "b"), 10, 20)},
      streams);
  auto a = plan.for_link("a");
  auto b = plan.for_link("b");
  for (const std::int64_t t : {9, 20}) {
    EXPECT_FALSE(a->decide(at(t)).lost);
    EXPECT_FALSE(b->decide(at(t)).refused);
  }
  for (const std::int64_t t : {10, 19}) {
    EXPECT_TRUE(a->decide(at(t)).lost);
    EXPECT_TRUE(b->decide(at(t)).refused);
  }
}

TEST(faults, loss_and_duplicate_come_as_often_as_they_say) {
  Streams streams(7);
  FaultSpec loss = spec(FaultKind::loss, "a"), twice = spec(FaultKind::duplicate, "a");
  loss.probability = 0.1;
  twice.probability = 0.3;
  twice.delay = Distribution(4.0);
  const FaultPlan plan({loss, twice}, streams);
  auto faults = plan.for_link("a");
  int lost = 0, copied = 0;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) {
    const Verdict verdict = faults->decide(at(i));
    lost += verdict.lost ? 1 : 0;
    if (verdict.copies == 2) {
      ++copied;
      EXPECT_EQ(verdict.copy_gap, std::chrono::seconds{4});
    }
  }
  // Four standard deviations of a binomial count.
  EXPECT_NEAR(lost, 0.1 * n, 4 * std::sqrt(n * 0.1 * 0.9));
  EXPECT_NEAR(copied, 0.3 * n, 4 * std::sqrt(n * 0.3 * 0.7));
}

TEST(faults, delay_adds_its_delay_and_reorder_holds_back_at_most_two_seconds_by_default) {
  Streams streams(7);
  FaultSpec slow = spec(FaultKind::delay, "a");
  slow.delay = Distribution(60.0);
  const FaultPlan plan({slow, spec(FaultKind::reorder, "b")}, streams);
  EXPECT_EQ(plan.for_link("a")->decide(at(1)).extra_delay, std::chrono::seconds{60});
  auto b = plan.for_link("b");
  for (int i = 0; i < 100; ++i) {
    const Verdict verdict = b->decide(at(1));
    EXPECT_LT(verdict.extra_delay, std::chrono::seconds{2});
  }
}

TEST(faults, throttle_lets_through_one_message_a_slot) {
  Streams streams(7);
  FaultSpec slow = spec(FaultKind::throttle, "a");
  slow.rate_per_s = 2;
  const FaultPlan plan({slow}, streams);
  auto faults = plan.for_link("a");
  EXPECT_EQ(faults->decide(at(1)).extra_delay, std::chrono::milliseconds{500});
  EXPECT_EQ(faults->decide(at(1)).extra_delay, std::chrono::milliseconds{1000});
  EXPECT_EQ(faults->decide(at(100)).extra_delay, std::chrono::milliseconds{500}) << "the queue has drained";
}

TEST(faults, a_crashed_party_is_down_until_its_restart) {
  Streams streams(7);
  const FaultPlan plan(
      {during(spec(FaultKind::crash, "dc-1"), 10, 20), during(spec(FaultKind::crash, "dc-1"), 15, 30)},
      streams);
  auto party = plan.for_party("dc-1");
  EXPECT_FALSE(party->down(at(9)));
  EXPECT_EQ(party->up_at(at(12)), at(30)) << "windows that overlap are one";
  EXPECT_FALSE(party->down(at(30)));
}

TEST(faults, brownouts_multiply_and_clock_offsets_add_up) {
  Streams streams(7);
  FaultSpec slow = during(spec(FaultKind::brownout, "erp"), 0, 10),
            slower = during(spec(FaultKind::brownout, "erp"), 5, 10);
  slow.factor = 2;
  slower.factor = 3;
  FaultSpec ahead = spec(FaultKind::clock_offset, "erp");
  ahead.offset = std::chrono::seconds{90};
  const FaultPlan plan({slow, slower, ahead}, streams);
  auto party = plan.for_party("erp");
  EXPECT_EQ(party->slowdown(at(1)), 2);
  EXPECT_EQ(party->slowdown(at(6)), 6);
  EXPECT_EQ(party->slowdown(at(11)), 1);
  EXPECT_EQ(party->clock_offset(at(3)), std::chrono::seconds{90});
}

TEST(faults, faults_of_a_link_befall_the_ways_that_use_it) {
  Streams streams(7);
  const FaultPlan plan({during(spec(FaultKind::partition, "wan-3"), 10, 20)}, streams);
  EXPECT_EQ(plan.for_link("tills.store-03"), nullptr);
  const auto faults = plan.for_link("tills.store-03", "wan-3");
  ASSERT_NE(faults, nullptr);
  EXPECT_TRUE(faults->decide(at(10)).lost);
}

TEST(faults, every_kind_is_documented_and_found_by_its_name) {
  for (const FaultKindInfo& info : fault_kinds()) {
    EXPECT_EQ(fault_kind_from(info.name), info.kind);
    EXPECT_EQ(name_of(info.kind), info.name);
    EXPECT_FALSE(info.description.empty());
    EXPECT_NE(info.example.find(info.name), std::string_view::npos);
  }
  EXPECT_FALSE(fault_kind_from("los"));
}

}  // namespace
}  // namespace omnisim::sim
