#include "sim/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "sim/random.hpp"

namespace omnisim::sim {
namespace {

Time at(std::int64_t us) { return Time{Duration{us}}; }
const Time never = Time::max() - std::chrono::hours{1};

class Recorder : public Handler {
 public:
  std::vector<std::pair<std::int64_t, std::uint64_t>> seen;
  void on_event(Time now, std::uint64_t arg) override { seen.emplace_back(to_us(now), arg); }
};

TEST(engine, a_process_has_one) {
  Engine first{at(0)};
  EXPECT_THROW(Engine{at(0)}, std::logic_error);
}

TEST(engine, runs_to_rest_and_stops_at_a_limit) {
  Engine engine{at(1'000)};
  Recorder recorder;
  engine.calendar().schedule(at(5'000), normal_priority, recorder, 1);
  engine.calendar().schedule(at(9'000), normal_priority, recorder, 2);
  EXPECT_EQ(engine.run(at(6'000)), Stopped::at_limit);
  EXPECT_EQ(recorder.seen.size(), 1u);
  EXPECT_EQ(engine.run(never), Stopped::at_rest);
  EXPECT_EQ(recorder.seen.back(), (std::pair<std::int64_t, std::uint64_t>{9'000, 2}));
}

TEST(engine, an_interrupt_stops_it_between_events) {
  struct Endless : Handler {
    Engine& engine;
    std::atomic<bool>& flag;
    int fired = 0;
    Endless(Engine& e, std::atomic<bool>& f) : engine(e), flag(f) {}
    void on_event(Time now, std::uint64_t) override {
      if (++fired == 10) flag = true;
      engine.calendar().schedule(now + Duration{1}, normal_priority, *this, 0);
    }
  };
  std::atomic<bool> flag = false;
  Engine engine{at(0)};
  Endless endless(engine, flag);
  engine.calendar().schedule(at(0), normal_priority, endless, 0);
  EXPECT_EQ(engine.run(never, &flag), Stopped::interrupted);
  EXPECT_EQ(endless.fired, 10);
}

TEST(engine, our_times_survive_simgrids_double_clock_exactly) {
  // 2026 in microseconds needs 51 bits; a clock kept in double seconds would lose the last ones after a
  // while.
  const std::int64_t start = 1'795'000'000'000'000;
  Engine engine{at(start)};
  Recorder recorder;
  for (std::int64_t i = 1; i <= 1000; ++i)
    engine.calendar().schedule(at(start + i * 86'400'000'001), normal_priority, recorder,
                               static_cast<std::uint64_t>(i));
  engine.run(never);
  for (std::int64_t i = 1; i <= 1000; ++i)
    EXPECT_EQ(recorder.seen[static_cast<std::size_t>(i - 1)].first, start + i * 86'400'000'001);
}

TEST(engine, watching_a_run_changes_nothing_and_sees_time_go_on) {
  Engine engine{at(0)};
  Recorder recorder;
  for (std::int64_t i = 0; i < 5000; ++i) engine.calendar().schedule(at(i), normal_priority, recorder, 0);
  std::vector<Time> shown;
  EXPECT_EQ(engine.run(never, nullptr, [&](Time now) { shown.push_back(now); }), Stopped::at_rest);
  EXPECT_EQ(shown.size(), 4u);
  EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end()));
  EXPECT_EQ(recorder.seen.size(), 5000u);
}

// Sums of doubles put SimGrid's date of such an event now a hair before the limit, now a hair behind it. (An
// engine that took SimGrid's word for it hung here.)
TEST(engine, events_at_a_limit_or_just_before_it_fire_before_the_run_stops) {
  struct Successor : Handler {
    Calendar& calendar;
    Stream stream{3};
    explicit Successor(Calendar& c) : calendar(c) {}
    void on_event(Time now, std::uint64_t) override {
      calendar.schedule(now + Duration{static_cast<std::int64_t>(stream.below(1'000'000)) + 1},
                        normal_priority, *this, 0);
    }
  };
  Engine engine{at(0)};
  Successor successor(engine.calendar());
  for (int i = 0; i < 10; ++i) engine.calendar().schedule(at(i), normal_priority, successor, 0);
  for (std::int64_t i = 1; i <= 1'000'000; ++i) {
    const Time limit = at(i * 100'000);
    ASSERT_EQ(engine.run(limit), Stopped::at_limit);
    ASSERT_LE(engine.now(), limit);
    ASSERT_GT(engine.calendar().next_time(), limit);
  }
}

TEST(engine, an_interrupt_is_seen_among_events_of_one_date_and_the_run_can_go_on) {
  struct Switch : Handler {
    std::atomic<bool>& flag;
    int fired = 0;
    explicit Switch(std::atomic<bool>& f) : flag(f) {}
    void on_event(Time, std::uint64_t) override { flag = ++fired == 3; }
  };
  std::atomic<bool> flag = false;
  Engine engine{at(0)};
  Switch counter(flag);
  for (int i = 0; i < 10; ++i) engine.calendar().schedule(at(7), normal_priority, counter, 0);
  EXPECT_EQ(engine.run(never, &flag), Stopped::interrupted);
  EXPECT_EQ(counter.fired, 3);
  flag = false;
  EXPECT_EQ(engine.run(never, &flag), Stopped::at_rest);
  EXPECT_EQ(counter.fired, 10);
}

}  // namespace
}  // namespace omnisim::sim
