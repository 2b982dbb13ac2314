// Crash, recover, go on: the end is that of a run without a crash, whatever the operation during which power
// failed and whatever the disk made of what was not synced.
#include <gtest/gtest.h>

#include <iostream>

#include "core/store/log_store.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/core/support/crash_rig.hpp"
#include "tests/core/support/supply_speaker.hpp"
#include "tests/core/support/temporary_file.hpp"

namespace omnisim::core::testing {
namespace {

constexpr Fault faults[] = {Fault::lose, Fault::keep, Fault::tear, Fault::reorder, Fault::corrupt};

template <class Log = LogStore>
class SimulatedMachine : public Medium {
 public:
  /// Without a fault of its own, crashes take turns through all of them.
  explicit SimulatedMachine(std::uint64_t seed, std::optional<Fault> fault = {})
      : fault_(fault), disk_(power, seed), even_(power, seed + 1), odd_(power, seed + 2) {}

  DurableStore& open() override { return log_.emplace(disk_, std::vector<Disk*>{&even_, &odd_}); }
  void crash() override {
    log_.reset();
    const Fault fault = fault_.value_or(faults[crashes_++ % fault_count]);
    for (SimulatedDisk* disk : {&disk_, &even_, &odd_}) disk->restart(fault);
  }

 private:
  std::optional<Fault> fault_;
  std::size_t crashes_ = 0;
  SimulatedDisk disk_, even_, odd_;
  std::optional<Log> log_;
};

/// A process whose log is an SQLite file: what is not synced goes with it.
class SqliteProcess : public Medium {
 public:
  DurableStore& open() override { return log_.emplace(file_.path(), power); }
  void crash() override { log_.reset(); }

 private:
  /// Dies at an append, or at a sync: before it or after it.
  class MortalLog final : public SqliteStore {
   public:
    MortalLog(const std::string& path, Power& power) : SqliteStore(path), power_(power) {}
    std::uint64_t append(const InputRecord& record) override {
      if (power_.fails()) throw PowerCut();
      return SqliteStore::append(record);
    }
    void sync() override {
      const std::uint64_t operation = power_.operations();
      const bool fails = power_.fails();
      if (!fails || operation % 2 == 0) SqliteStore::sync();
      if (fails) throw PowerCut();
    }

   private:
    Power& power_;
  };

  /// In memory where that can be: only the process dies here, so no sync need wait for a medium.
  static std::filesystem::path folder() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  }

  TemporaryFile file_{folder()};
  std::optional<MortalLog> log_;
};

class LastUnit : public ::testing::TestWithParam<std::tuple<Fault, std::size_t, bool>> {};

TEST_P(LastUnit, ends_as_without_a_crash_at_any_operation_and_another_one_in_the_recovery) {
  const auto [fault, batch, redeliver] = GetParam();
  const Script script = last_unit();
  const Undisturbed expected(script);
  const std::size_t all = script.inputs.size();
  std::uint64_t points = 0;
  bool reached_the_end = false;
  for (std::uint64_t first = 0; !reached_the_end; ++first) {
    // A recovery cuts off, syncs, syncs again and sends again.
    for (std::uint64_t second = 0; second < 6 && !reached_the_end; ++second) {
      SimulatedMachine<> machine(first * 1000 + second, fault);
      CrashRig rig(script, expected, machine, redeliver);
      rig.snapshot_every = 3;
      if (redeliver) rig.live(2, 2);  // Opening stock is no message, and is not sent again.
      reached_the_end = rig.live(all, batch, first);
      if (!rig.live(all, batch, second)) rig.live(all, batch);
      ASSERT_EQ(rig.verdict(), CrashRig::Verdict())
          << "power failed at operation " << first << ", then at " << second;
      points += rig.crashes;
    }
  }
  EXPECT_GT(points, all * 10);
  std::cout << "last-unit: " << points << " crashes, 0 lost, 0 doubled\n";
}

INSTANTIATE_TEST_SUITE_P(Faults, LastUnit,
                         ::testing::Combine(::testing::ValuesIn(faults), ::testing::Values(1, 4, 100),
                                            ::testing::Bool()));

TEST(Crash, last_unit_on_sqlite_ends_as_without_a_crash_at_any_operation) {
  const Script script = last_unit();
  const Undisturbed expected(script);
  std::uint64_t points = 0;
  for (const std::size_t batch : {1, 6}) {
    bool reached_the_end = false;
    for (std::uint64_t cut = 0; !reached_the_end; ++cut) {
      SqliteProcess process;
      CrashRig rig(script, expected, process);
      rig.snapshot_every = 8;
      reached_the_end = rig.live(script.inputs.size(), batch, cut);
      if (!reached_the_end) rig.live(script.inputs.size(), batch);
      ASSERT_EQ(rig.verdict(), CrashRig::Verdict()) << "it died at operation " << cut;
      points += rig.crashes;
    }
  }
  EXPECT_GT(points, 2 * script.inputs.size());
  std::cout << "last-unit, SQLite: " << points << " crashes, 0 lost, 0 doubled\n";
}

/// Crashes at the write of every `stride`-th input and at every sync, each time once.
void crash_everywhere(CrashRig& rig, std::size_t inputs, std::size_t stride) {
  constexpr std::size_t batch = 64;
  for (std::size_t begin = 0; begin < inputs; begin += batch) {
    const std::size_t end = std::min(begin + batch, inputs);
    for (std::size_t victim = begin; victim < end; victim += stride) {
      ASSERT_FALSE(rig.live_until_written(victim, end)) << "no crash at " << victim;
    }
    ASSERT_FALSE(rig.live_until_written(end, end)) << "no crash at the sync";
    ASSERT_TRUE(rig.live(end, batch));
  }
}

#ifdef NDEBUG
constexpr std::size_t every_write = 1;
#else
constexpr std::size_t every_write = 16;  // A tenth of the speed: samples.
#endif

TEST(Crash, two_thousand_orders_on_a_simulated_disk_end_as_without_a_crash_at_any_write) {
  const Script script = order_stream(2000, 1);
  const Undisturbed expected(script);
  SimulatedMachine<> machine(1);
  CrashRig rig(script, expected, machine);
  rig.snapshot_every = 256;
  crash_everywhere(rig, script.inputs.size(), every_write);
  const CrashRig::Verdict verdict = rig.verdict();
  EXPECT_EQ(verdict, CrashRig::Verdict());
  EXPECT_GT(rig.receivers.repeated, 0U);
  EXPECT_LT(rig.replayed_max, 256U + 64U + 1U) << "a snapshot bounds what has to be replayed";
  std::cout << "2,000 orders, simulated disk: " << rig.crashes << " crashes, " << verdict << ", "
            << rig.receivers.repeated << " commands repeated and absorbed\n";
}

TEST(Crash, two_thousand_orders_on_sqlite_end_as_without_a_crash_at_any_sync) {
  const Script script = order_stream(2000, 1);
  const Undisturbed expected(script);
  SqliteProcess process;
  CrashRig rig(script, expected, process);
  rig.snapshot_every = 512;
  // A transaction is there or not: appends of the same one are equal to it.
  crash_everywhere(rig, script.inputs.size(), 8);
  const CrashRig::Verdict verdict = rig.verdict();
  EXPECT_EQ(verdict, CrashRig::Verdict());
  std::cout << "2,000 orders, SQLite: " << rig.crashes << " crashes, " << verdict << ", "
            << rig.receivers.repeated << " commands repeated and absorbed\n";
}

TEST(Crash, transfers_purchases_and_counts_end_as_without_a_crash_at_any_write) {
  const Script script = supply_chatter(400, 1);
  const Undisturbed expected(script);
  SimulatedMachine<> machine(1);
  CrashRig rig(script, expected, machine);
  rig.snapshot_every = 32;
  crash_everywhere(rig, script.inputs.size(), every_write);
  const CrashRig::Verdict verdict = rig.verdict();
  EXPECT_EQ(verdict, CrashRig::Verdict());
  std::cout << "supply, simulated disk: " << rig.crashes << " crashes, " << verdict << "\n";
}

// --- planted breaks: the tests above must see them
// ----------------------------------------------------------

/// Says that it has synced, and has not.
class ForgetfulLog : public LogStore {
 public:
  using LogStore::LogStore;
  void sync() override {}
};

TEST(Crash, a_store_that_forgets_what_it_synced_is_caught) {
  const Script script = last_unit();
  const Undisturbed expected(script);
  SimulatedMachine<ForgetfulLog> machine(1, Fault::lose);
  CrashRig rig(script, expected, machine);
  ASSERT_FALSE(rig.live(script.inputs.size(), 1, 12));
  ASSERT_TRUE(rig.live(script.inputs.size(), 1));
  const CrashRig::Verdict verdict = rig.verdict();
  EXPECT_GT(verdict.inputs_lost, 0U);
  EXPECT_GT(verdict.commands_lost, 0U);
  EXPECT_GT(verdict.doubled, 0U);
  EXPECT_FALSE(verdict.same_effects);
  EXPECT_FALSE(verdict.same_state);
}

}  // namespace
}  // namespace omnisim::core::testing
