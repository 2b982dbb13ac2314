// What the log on a disk keeps through crashes, and that a broken disk is not taken for a crash.
#include "core/store/log_store.hpp"

#include <gtest/gtest.h>

#include "core/store/simulated_disk.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

InputRecord record(std::string_view bytes) { return {InputKind::message, 7, opening, bytes}; }

struct Machine {
  explicit Machine(std::uint64_t seed = 1) : disk(power, seed) {}
  Power power;
  SimulatedDisk disk;
};

TEST(LogStore, records_come_back_after_it_is_opened_again) {
  Machine machine;
  {
    LogStore log(machine.disk);
    EXPECT_EQ(log.append(record("first")), 0U);
    log.append(record(std::string_view("\0a\0b", 4)));
    log.mark_sent(42);
    log.append({InputKind::timer, 0, opening, {}});
    log.sync();
  }
  machine.disk.restart(Fault::lose);
  const LogStore log(machine.disk);
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log.read(0).bytes, "first");
  EXPECT_EQ(log.read(0).source, 7U);
  EXPECT_EQ(log.read(0).now, opening);
  EXPECT_EQ(log.read(1).bytes, std::string_view("\0a\0b", 4));
  EXPECT_EQ(log.read(2).kind, InputKind::timer);
  EXPECT_EQ(log.sent(), 42U);
  EXPECT_FALSE(log.cut_off().has_value());
}

/// Three synced records and six that are not, then a crash.
std::uint64_t records_left(Fault fault, std::uint64_t seed) {
  Machine machine(seed);
  {
    LogStore log(machine.disk);
    for (int i = 0; i < 3; ++i) log.append(record("synced " + std::to_string(i)));
    log.sync();
    for (int i = 3; i < 9; ++i) log.append(record("unsynced " + std::to_string(i)));
  }
  machine.disk.restart(fault);
  const LogStore log(machine.disk);
  for (std::uint64_t i = 0; i < log.size(); ++i) {
    EXPECT_EQ(log.read(i).bytes, (i < 3 ? "synced " : "unsynced ") + std::to_string(i)) << "seed " << seed;
  }
  const LogStore again(machine.disk);
  EXPECT_EQ(again.size(), log.size());
  EXPECT_FALSE(again.cut_off().has_value()) << "what was cut off once stays away";
  return log.size();
}

TEST(LogStore, a_crash_leaves_all_synced_records_and_some_first_ones_of_the_others) {
  for (const Fault fault : {Fault::tear, Fault::reorder, Fault::corrupt}) {
    std::vector<int> seen(10);
    for (std::uint64_t seed = 0; seed < 200; ++seed) ++seen[records_left(fault, seed)];
    EXPECT_EQ(seen[0] + seen[1] + seen[2], 0);
    for (std::size_t left = 3; left < 9; ++left) EXPECT_GT(seen[left], 0) << "the fault never left " << left;
  }
  EXPECT_EQ(records_left(Fault::lose, 1), 3U);
  EXPECT_EQ(records_left(Fault::keep, 1), 9U);
}

TEST(LogStore, a_frame_of_an_earlier_life_does_not_come_back) {
  // The record behind the cut is a sound frame, but another one than then stands before it now.
  Machine machine;
  std::uint64_t second = 0;
  std::string stale;
  {
    LogStore log(machine.disk);
    log.append(record("one, as it was"));
    second = machine.disk.size();
    log.append(record("two"));
    stale.resize(machine.disk.size() - second);
    machine.disk.read(second, stale);
  }
  machine.disk.restart(Fault::lose);
  LogStore log(machine.disk);
  log.append(record("one, as it is."));
  ASSERT_EQ(machine.disk.size(), second);
  machine.disk.write(second, stale);
  machine.disk.restart(Fault::keep);
  const LogStore recovered(machine.disk);
  EXPECT_EQ(recovered.size(), 1U);
  ASSERT_TRUE(recovered.cut_off().has_value());
  EXPECT_EQ(recovered.cut_off()->reason, "a frame is damaged, or the one before it is missing");
}

TEST(LogStore, a_damaged_record_that_was_synced_is_a_broken_disk_and_no_shorter_log) {
  Machine machine;
  {
    LogStore log(machine.disk);
    log.append(record("first"));
    log.append(record("second"));
    log.sync();
    log.append(record("third"));
    log.sync();
  }
  machine.disk.damage(58);  // in the first record's bytes
  try {
    LogStore log(machine.disk);
    FAIL() << "it has " << log.size() << " records";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "input log: record 0 is damaged, and it was synced: the disk is broken");
  }
}

TEST(SimulatedDisk, nothing_works_from_the_power_cut_to_the_restart) {
  Machine machine;
  machine.disk.write(0, "kept");
  machine.disk.sync();
  machine.power.cut(1);
  machine.disk.write(4, " lost");
  EXPECT_THROW(machine.disk.sync(), PowerCut);
  EXPECT_THROW(machine.disk.write(9, " too"), PowerCut);
  machine.power.restore();
  machine.disk.restart(Fault::lose);
  EXPECT_EQ(machine.disk.size(), 4U);
  machine.disk.cut(2);
  machine.disk.restart(Fault::lose);
  std::string bytes(4, '\0');
  machine.disk.read(0, bytes);
  EXPECT_EQ(bytes, "kept") << "a cut that was not synced is undone";
}

}  // namespace
}  // namespace omnisim::core::testing
