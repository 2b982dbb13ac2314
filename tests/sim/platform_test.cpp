#include "sim/platform.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace omnisim::sim {
namespace {

Time at(std::int64_t us) { return Time{Duration{us}}; }
const Time never = Time::max() - std::chrono::hours{1};

class Recorder : public Handler {
 public:
  std::vector<std::pair<std::int64_t, std::uint64_t>> seen;
  void on_event(Time now, std::uint64_t arg) override { seen.emplace_back(to_us(now), arg); }
};

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

using Seen = std::vector<std::pair<std::int64_t, std::uint64_t>>;

TEST(platform, a_shared_link_has_the_latency_and_bandwidth_that_its_spec_says) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId shared = platform.add_link({"wan", Distribution(0.1), 1e6, true});
  const LinkId cheap = platform.add_link({"lan", Distribution(0.1), 1e6, false});
  platform.seal();
  Recorder recorder;
  platform.transfer(shared, 1'000'000, recorder, 0);
  platform.transfer(cheap, 1'000'000, recorder, 1);
  engine.run(never);
  // The cheap one's end has been in the calendar since the beginning, so it comes first.
  EXPECT_EQ(recorder.seen, (Seen{{1'100'000, 1}, {1'100'000, 0}})) << "alone on it, both fidelities agree";
  platform.transfer(shared, 0, recorder, 2);
  engine.run(never);
  EXPECT_EQ(recorder.seen.back(), (std::pair<std::int64_t, std::uint64_t>{1'200'000, 2}));
  EXPECT_EQ(platform.link_bytes(shared), 1e6);
}

/// A transfer of 1 MB begins every 0.3 s.
struct Sender : Handler {
  Platform& platform;
  LinkId link;
  Handler& done;
  Sender(Platform& p, LinkId l, Handler& d) : platform(p), link(l), done(d) {}
  void on_event(Time, std::uint64_t arg) override { platform.transfer(link, 1'000'000, done, arg); }
};

// Worked out by hand: 5 MB through 1 MB/s end at 5.0 s and the latency; the k-th flow has what the others
// leave.
TEST(platform, a_run_in_slices_ends_work_in_flight_when_a_run_in_one_piece_does) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId link = platform.add_link({"wan", Distribution(0.1), 1e6, true});
  platform.seal();
  Recorder recorder;
  Sender sender(platform, link, recorder);
  for (std::int64_t i = 0; i < 5; ++i)
    engine.calendar().schedule(at(i * 300'000), normal_priority, sender, static_cast<std::uint64_t>(i));
  for (std::int64_t i = 1; i < 60; ++i) {
    EXPECT_EQ(engine.run(at(i * 70'000)), Stopped::at_limit);
    EXPECT_LE(engine.now(), at(i * 70'000));
  }
  EXPECT_EQ(engine.run(never), Stopped::at_rest);
  EXPECT_EQ(recorder.seen,
            (Seen{{3'175'000, 0}, {4'375'000, 1}, {4'825'000, 2}, {5'025'000, 3}, {5'100'000, 4}}));
}

TEST(platform, work_begun_between_runs_begins_now) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const HostId host = platform.add_host({"integration", 1, true});
  platform.seal();
  Recorder recorder;
  platform.execute(host, 1.0, recorder, 0);
  EXPECT_EQ(engine.run(at(50'000'000)), Stopped::at_rest);
  platform.execute(host, 2.0, recorder, 1);
  EXPECT_EQ(engine.run(at(50'000'000)), Stopped::at_rest);
  EXPECT_EQ(recorder.seen, (Seen{{1'000'000, 0}, {3'000'000, 1}})) << "the idle rest of a run takes no time";
}

TEST(platform, a_hundred_ends_of_one_date_are_told_in_the_order_of_beginning) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId link = platform.add_link({"wan", Distribution(0.0), 1e6, true});
  platform.seal();
  Recorder recorder;
  for (std::uint64_t i = 0; i < 100; ++i) platform.transfer(link, 10'000, recorder, i);
  engine.run(never);
  ASSERT_EQ(recorder.seen.size(), 100u);
  for (std::uint64_t i = 0; i < 100; ++i)
    EXPECT_EQ(recorder.seen[i], (std::pair<std::int64_t, std::uint64_t>{1'000'000, i}));
}

TEST(platform, a_shared_link_without_bandwidth_is_refused) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  EXPECT_THROW(platform.add_link({"wan", Distribution(0.0), 0, true}), std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::sim
