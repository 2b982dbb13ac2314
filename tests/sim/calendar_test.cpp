#include "sim/calendar.hpp"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "sim/random.hpp"

namespace omnisim::sim {
namespace {

Time at(std::int64_t us) { return Time{Duration{us}}; }

class Recorder : public Handler {
 public:
  std::vector<std::uint64_t> seen;
  std::vector<Time> times;
  void on_event(Time now, std::uint64_t arg) override {
    seen.push_back(arg);
    times.push_back(now);
  }
};

TEST(calendar, events_of_one_time_fire_by_priority_then_in_the_order_of_scheduling) {
  Calendar calendar(at(0));
  Recorder recorder;
  calendar.schedule(at(5), normal_priority, recorder, 3);
  calendar.schedule(at(5), observe_priority, recorder, 5);
  calendar.schedule(at(5), normal_priority, recorder, 4);
  calendar.schedule(at(5), deliver_priority, recorder, 2);
  calendar.schedule(at(1), observe_priority, recorder, 1);
  while (calendar.step()) {
  }
  EXPECT_EQ(recorder.seen, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

TEST(calendar, agrees_with_a_multimap_under_random_scheduling_and_cancelling) {
  using Key = std::tuple<Time, int, std::uint64_t>;
  Calendar calendar(at(0));
  Recorder recorder;
  std::map<Key, std::pair<std::uint64_t, EventId>> oracle;
  std::vector<std::uint64_t> expected;
  Stream stream(42);
  std::uint64_t sequence = 0;
  for (int round = 0; round < 200'000; ++round) {
    const std::uint64_t dice = stream.below(10);
    if (dice < 5) {
      const Time when = calendar.now() + Duration{static_cast<std::int64_t>(stream.below(50))};
      const auto priority = static_cast<Priority>(static_cast<int>(stream.below(3)) * 10 - 10);
      const EventId id = calendar.schedule(when, priority, recorder, sequence);
      oracle.emplace(Key{when, priority, sequence}, std::pair{sequence, id});
      ++sequence;
    } else if (dice < 7 && !oracle.empty()) {
      auto victim = oracle.lower_bound(
          Key{calendar.now() + Duration{static_cast<std::int64_t>(stream.below(50))}, 0, 0});
      if (victim == oracle.end()) continue;
      EXPECT_TRUE(calendar.cancel(victim->second.second));
      EXPECT_FALSE(calendar.cancel(victim->second.second)) << "an event is cancelled at most once";
      oracle.erase(victim);
    } else if (!oracle.empty()) {
      expected.push_back(oracle.begin()->second.first);
      oracle.erase(oracle.begin());
      ASSERT_TRUE(calendar.step());
    }
    ASSERT_EQ(calendar.pending(), oracle.size());
  }
  EXPECT_EQ(recorder.seen, expected);
  EXPECT_TRUE(std::is_sorted(recorder.times.begin(), recorder.times.end()));
}

TEST(calendar_death, an_event_before_now_aborts_with_both_times) {
  Calendar calendar(at(100));
  Recorder recorder;
  EXPECT_DEATH(calendar.schedule(at(99), normal_priority, recorder, 0),
               "before now.*now 100 us, event 99 us");
}

TEST(calendar, an_event_that_fired_can_not_be_cancelled_even_if_its_slot_is_used_again) {
  Calendar calendar(at(0));
  Recorder recorder;
  const EventId first = calendar.schedule(at(1), normal_priority, recorder, 1);
  calendar.step();
  calendar.schedule(at(2), normal_priority, recorder, 2);
  EXPECT_FALSE(calendar.cancel(first));
  EXPECT_EQ(calendar.pending(), 1u);
}

}  // namespace
}  // namespace omnisim::sim
