// The three rules of core/ports/durable_store.hpp, one at a time.
#include "core/durable_core.hpp"

#include <gtest/gtest.h>

#include "core/store/log_store.hpp"
#include "core/store/simulated_disk.hpp"
#include "tests/core/support/script.hpp"

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

TEST(Snapshot, a_core_goes_on_from_it_at_any_input_as_if_it_had_never_stopped) {
  const Script script = last_unit();
  MemoryStore log;
  Recorder recorder(script.config.directory);
  Core expected(script.config, recorder, log);
  for (const ScriptedInput& input : script.inputs) expected.apply(input.record());
  for (std::size_t stop = 1; stop < script.inputs.size(); ++stop) {
    Machine m;
    SimulatedDisk slot(m.power, 2);
    Recorder receiver(m.config.directory);
    LogStore before(m.disk, {&slot});
    DurableCore first(script.config, receiver, before, stop);
    for (std::size_t i = 0; i < stop; ++i) first.core().apply(script.inputs[i].record());
    first.commit();
    LogStore after(m.disk, {&slot});
    DurableCore second(script.config, receiver, after, 1000);
    EXPECT_EQ(second.replayed(), 0U);
    for (std::size_t i = stop; i < script.inputs.size(); ++i) second.core().apply(script.inputs[i].record());
    second.commit();
    EXPECT_EQ(second.core().state_hash(), expected.state_hash()) << "stopped at " << stop;
    EXPECT_EQ(receiver.commands.size(), recorder.commands.size());
    ASSERT_EQ(second.core().dead_letters().size(), 1U);
    EXPECT_EQ(second.core().dead_letters()[0].last.reason, expected.dead_letters()[0].last.reason);
  }
}

/// A log of three inputs with a snapshot of the first two.
struct WithSnapshot : Machine {
  WithSnapshot() {
    Recorder receiver(config.directory);
    LogStore log(disk, {&slot});
    DurableCore live(config, receiver, log, 2);
    for (const SkuId sku : {shirt, shoes, hat}) {
      live.core().open_stock(dc, sku, 5, opening);
      if (sku != shirt) live.commit();
    }
    hash = live.core().state_hash();
  }
  /// Inputs replayed when it starts again.
  std::uint64_t replayed_by_a_restart() {
    Recorder receiver(config.directory);
    LogStore log(disk, {&slot});
    const DurableCore live(config, receiver, log);
    EXPECT_EQ(live.core().state_hash(), hash);
    return live.replayed();
  }
  SimulatedDisk slot{power, 2};
  std::pair<std::uint64_t, std::uint64_t> hash;
};

TEST(Snapshot, what_is_behind_it_is_replayed) { EXPECT_EQ(WithSnapshot().replayed_by_a_restart(), 1U); }

TEST(Snapshot, a_damaged_one_is_ignored_and_the_whole_log_is_replayed) {
  WithSnapshot m;
  m.slot.damage(m.slot.size() / 2);
  EXPECT_EQ(m.replayed_by_a_restart(), 3U);
}

TEST(Snapshot, one_whose_state_has_another_hash_is_ignored) {
  for (const bool too_short : {false, true}) {
    WithSnapshot m;
    {
      LogStore log(m.disk, {&m.slot});
      Snapshot snapshot = log.snapshot().value();
      if (too_short) snapshot.state.pop_back();
      snapshot.state[0] = static_cast<char>(snapshot.state[0] ^ 1);
      log.save(snapshot);
    }
    EXPECT_EQ(m.replayed_by_a_restart(), 3U);
  }
}

TEST(Snapshot, a_log_that_is_shorter_than_its_snapshot_has_lost_synced_records) {
  WithSnapshot m;
  m.disk.cut(0);
  Recorder receiver(m.config.directory);
  LogStore log(m.disk, {&m.slot});
  EXPECT_THROW(DurableCore(m.config, receiver, log), std::runtime_error);
}

}  // namespace
}  // namespace omnisim::core::testing
