#include "sim/engine.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "sim/channel.hpp"
#include "sim/platform.hpp"

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

TEST(platform, two_flows_share_a_link_fairly) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId link = platform.add_link({"wan", Distribution(0.0), 1e6, true});
  platform.seal();
  Recorder recorder;
  platform.transfer(link, 1'000'000, recorder, 0);
  engine.run(never);
  const std::int64_t alone_us = recorder.seen.at(0).first;
  platform.transfer(link, 1'000'000, recorder, 1);
  platform.transfer(link, 1'000'000, recorder, 2);
  engine.run(never);
  ASSERT_EQ(recorder.seen.size(), 3u);
  for (const std::size_t i : {1u, 2u}) {
    EXPECT_NEAR(static_cast<double>(recorder.seen[i].first - alone_us) / static_cast<double>(alone_us), 2.0,
                0.01);
  }
  EXPECT_EQ(recorder.seen[1].second, 1u) << "ends of one date are told in the order of ids";
}

TEST(platform, work_beyond_the_cores_of_a_host_takes_longer) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const HostId host = platform.add_host({"integration", 2, true});
  platform.seal();
  Recorder recorder;
  for (std::uint64_t i = 0; i < 4; ++i) platform.execute(host, 1.0, recorder, i);
  engine.run(never);
  ASSERT_EQ(recorder.seen.size(), 4u);
  for (const auto& [us, id] : recorder.seen) EXPECT_NEAR(static_cast<double>(us) * 1e-6, 2.0, 1e-3) << id;
  EXPECT_DOUBLE_EQ(platform.host_busy_seconds(host), 4.0);
}

struct Inbox : Receiver<int> {
  std::vector<std::pair<std::int64_t, int>> got;
  void receive(Time now, int& payload) override { got.emplace_back(to_us(now), payload); }
};

TEST(channel, fifo_never_overtakes_and_without_it_it_does) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  platform.seal();
  Inbox ordered, free;
  std::string why;
  const Distribution wide = *Distribution::make(Uniform{0, 10}, &why);
  Channel<int> fifo(engine, platform, {wide, true, std::nullopt}, streams.get("fifo", "latency"), nullptr,
                    ordered);
  Channel<int> loose(engine, platform, {wide, false, std::nullopt}, streams.get("loose", "latency"), nullptr,
                     free);
  for (int i = 0; i < 100; ++i) {
    fifo.send(i, 10);
    loose.send(i, 10);
  }
  engine.run(never);
  const auto by_payload = [](const auto& a, const auto& b) { return a.second < b.second; };
  EXPECT_TRUE(std::is_sorted(ordered.got.begin(), ordered.got.end(), by_payload));
  EXPECT_FALSE(std::is_sorted(free.got.begin(), free.got.end(), by_payload));
  EXPECT_EQ(fifo.counters().delivered, 100u);
  EXPECT_EQ(fifo.counters().in_flight, 0u);
}

TEST(channel, a_limited_bandwidth_adds_the_time_of_the_bytes) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId link = platform.add_link({"wan", Distribution(0.25), 1000, false});
  platform.seal();
  Inbox inbox;
  Channel<int> channel(engine, platform, {Distribution(0.5), false, link}, streams.get("c", "latency"),
                       nullptr, inbox);
  channel.send(7, 100);
  engine.run(never);
  EXPECT_EQ(inbox.got, (std::vector<std::pair<std::int64_t, int>>{{850'000, 7}}));
}

}  // namespace
}  // namespace omnisim::sim
