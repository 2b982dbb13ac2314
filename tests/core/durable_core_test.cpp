// The three rules of core/ports/durable_store.hpp, one at a time.
#include "core/durable_core.hpp"

#include <gtest/gtest.h>

#include "core/store/log_store.hpp"
#include "core/store/simulated_disk.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

struct Machine {
  Config config = small_config();
  Power power;
  SimulatedDisk disk{power, 1};
};

TEST(DurableCore, a_command_leaves_after_the_sync_of_the_input_that_caused_it) {
  Machine m;
  Recorder receiver(m.config.directory);
  LogStore log(m.disk);
  DurableCore live(m.config, receiver, log);
  live.core().open_stock(dc, shirt, 5, opening);
  EXPECT_GT(m.disk.unsynced(), 0U);
  EXPECT_TRUE(receiver.commands.empty());
  live.commit();
  EXPECT_EQ(m.disk.unsynced(), 0U);
  ASSERT_EQ(receiver.commands.size(), 1U);
  EXPECT_EQ(receiver.commands[0].event.envelope.id, code("C1"));
  live.commit();
  EXPECT_EQ(receiver.commands.size(), 1U) << "once";
}

TEST(DurableCore, after_a_crash_what_may_not_have_left_is_sent_again_with_its_id_and_nothing_else) {
  Machine m;
  {
    Recorder receiver(m.config.directory);
    LogStore log(m.disk);
    DurableCore live(m.config, receiver, log);
    live.core().open_stock(dc, shirt, 5, opening);
    live.commit();
    live.core().open_stock(dc, shoes, 5, opening);  // Its record bears the note that C1 has left.
    live.commit();
    live.core().open_stock(dc, hat, 5, opening);
  }
  m.disk.restart(Fault::lose);
  Recorder receiver(m.config.directory);
  LogStore log(m.disk);
  DurableCore live(m.config, receiver, log);
  EXPECT_EQ(live.replayed(), 2U);
  EXPECT_EQ(live.core().on_hand(shoes, dc), 5);
  EXPECT_EQ(live.core().on_hand(hat, dc), 0);
  EXPECT_TRUE(receiver.commands.empty());
  live.commit();
  ASSERT_EQ(receiver.commands.size(), 1U);
  EXPECT_EQ(receiver.commands[0].event.envelope.id, code("C2"));
  live.core().open_stock(dc, hat, 5, opening);
  live.commit();
  ASSERT_EQ(receiver.commands.size(), 2U);
  EXPECT_EQ(receiver.commands[1].event.envelope.id, code("C3"));
}

TEST(DurableCore, a_log_that_another_configuration_wrote_is_refused_where_it_shows) {
  Machine m;
  LogStore log(m.disk);
  log.append({InputKind::timer, 0, opening, {}});  // No timer can be due in an empty core.
  Recorder receiver(m.config.directory);
  try {
    DurableCore live(m.config, receiver, log);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "input log: record 0 is not one that a core of this configuration would have written");
  }
}

}  // namespace
}  // namespace omnisim::core::testing
