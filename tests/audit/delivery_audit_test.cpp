// Messages seen from outside: lost, repeated, in flight; effects had twice or without a cause.
#include "harness/audit/delivery_audit.hpp"

#include <gtest/gtest.h>

#include "core/store/memory_store.hpp"

namespace omnisim::audit {
namespace {

core::InputNumber deliver(core::MemoryStore& log, std::string_view bytes) {
  return log.append({core::InputKind::message, 0, {}, bytes});
}

TEST(DeliveryAudit, every_message_has_arrived_is_lost_or_is_on_its_way) {
  DeliveryAudit audit;
  audit.on_sent(0, true, "a");
  audit.on_sent(1, true, "b");
  audit.on_sent(2, false, "c");
  audit.on_sent(3, false, "d");
  audit.on_delivered(0);
  audit.on_delivered(0);
  audit.on_lost(1);
  audit.on_lost(2);
  audit.finish(core::MemoryStore());
  EXPECT_EQ(audit.sent, 4U);
  EXPECT_EQ(audit.delivered, 1U);
  EXPECT_EQ(audit.repeated, 1U);
  EXPECT_EQ(audit.arrivals_at_core, 2U) << "a repeat arrives, too";
  EXPECT_EQ(audit.lost, 2U);
  EXPECT_EQ(audit.lost_to_core, 1U);
  EXPECT_EQ(audit.in_flight, 1U);
}

TEST(DeliveryAudit, a_copy_that_vanishes_after_one_arrived_loses_nothing) {
  DeliveryAudit audit;
  audit.on_sent(0, true, "a");
  audit.on_delivered(0);
  audit.on_lost(0);
  EXPECT_EQ(audit.lost, 0U);
}

TEST(DeliveryAudit, several_effects_of_one_input_are_one_processing) {
  core::MemoryStore log;
  DeliveryAudit audit;
  audit.on_sent(0, true, "sale");
  const core::InputNumber first = deliver(log, "sale");
  audit.on_effect(first);
  audit.on_effect(first);
  deliver(log, "sale");  // came again and was absorbed
  audit.finish(log);
  EXPECT_EQ(audit.doubled, 0U);
  EXPECT_EQ(audit.rootless, 0U);
}

TEST(DeliveryAudit, the_same_bytes_with_effects_twice_are_a_doubled_message) {
  core::MemoryStore log;
  DeliveryAudit audit;
  audit.on_sent(0, true, "sale");
  audit.on_effect(deliver(log, "sale"));
  audit.on_effect(deliver(log, "sale"));
  audit.finish(log);
  EXPECT_EQ(audit.doubled, 1U);
  EXPECT_EQ(audit.first_doubled, "sale");
}

TEST(DeliveryAudit, an_effect_of_bytes_that_nobody_sent_or_of_no_input_has_no_root) {
  core::MemoryStore log;
  DeliveryAudit audit;
  audit.on_sent(0, true, "sale");
  audit.on_effect(deliver(log, "forged"));
  audit.on_effect(7);
  audit.finish(log);
  EXPECT_EQ(audit.rootless, 2U);
}

}  // namespace
}  // namespace omnisim::audit
