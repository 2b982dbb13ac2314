#include "sim/channel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace omnisim::sim {
namespace {

Time at(std::int64_t us) { return Time{Duration{us}}; }
const Time never = Time::max() - std::chrono::hours{1};

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

TEST(channel, fifo_holds_on_a_shared_link_where_a_small_message_would_overtake_a_large_one) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  const LinkId link = platform.add_link({"wan", Distribution(0.0), 1e6, true});
  platform.seal();
  Inbox ordered, free;
  Channel<int> fifo(engine, platform, {Distribution(0.0), true, link}, streams.get("fifo", "latency"),
                    nullptr, ordered);
  Channel<int> loose(engine, platform, {Distribution(0.0), false, link}, streams.get("loose", "latency"),
                     nullptr, free);
  fifo.send(1, 1'000'000);
  fifo.send(2, 1'000);
  engine.run(never);
  EXPECT_EQ(ordered.got, (std::vector<std::pair<std::int64_t, int>>{{1'000'000, 1}, {1'001'000, 2}}));
  loose.send(1, 1'000'000);
  loose.send(2, 1'000);
  engine.run(never);
  ASSERT_EQ(free.got.size(), 2u);
  EXPECT_EQ(free.got[0].second, 2);
  EXPECT_EQ(fifo.counters().in_flight, 0u);
}

FaultSpec during(FaultKind kind, std::int64_t from_s, std::int64_t to_s) {
  FaultSpec spec;
  spec.kind = kind;
  spec.target = "way";
  spec.from = at(from_s * 1'000'000);
  spec.to = at(to_s * 1'000'000);
  return spec;
}

/// Sends `arg` when it is due.
struct Sender : Handler {
  Channel<int>& channel;
  std::vector<Sent> results;
  explicit Sender(Channel<int>& c) : channel(c) {}
  void on_event(Time, std::uint64_t arg) override {
    results.push_back(channel.send(static_cast<int>(arg), 1));
  }
};

TEST(channel, a_sender_is_told_of_an_outage_at_once_and_of_a_loss_never) {
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  platform.seal();
  Inbox inbox;
  FaultSpec twice = during(FaultKind::duplicate, 6, 7);
  twice.delay = Distribution(0.5);
  const FaultPlan plan({during(FaultKind::outage, 2, 3), during(FaultKind::partition, 4, 5), twice}, streams);
  Channel<int> channel(engine, platform, {Distribution(0.25), false, std::nullopt},
                       streams.get("way", "latency"), plan.for_link("way"), inbox);
  Sender sender(channel);
  for (std::int64_t s = 0; s < 8; ++s)
    engine.calendar().schedule(at(s * 1'000'000), normal_priority, sender, static_cast<std::uint64_t>(s));
  engine.run(never);

  std::vector<int> arrived;
  for (const auto& [us, payload] : inbox.got) arrived.push_back(payload);
  EXPECT_EQ(arrived, (std::vector<int>{0, 1, 3, 5, 6, 6, 7})) << "nothing happens outside the windows";
  for (std::size_t s = 0; s < 8; ++s) EXPECT_EQ(sender.results[s].refused, s == 2) << s;
  const ChannelCounters& counters = channel.counters();
  EXPECT_EQ(counters.sent, 8u);
  EXPECT_EQ(counters.refused, 1u);
  EXPECT_EQ(counters.lost, 1u);
  EXPECT_EQ(counters.duplicated, 1u);
  EXPECT_EQ(counters.delivered, 7u);
  EXPECT_EQ(counters.sent + counters.duplicated,
            counters.delivered + counters.lost + counters.refused + counters.in_flight);
}

TEST(channel, a_receiver_may_send_again_from_within_a_delivery) {
  struct Echo : Receiver<std::string> {
    Channel<std::string>* channel = nullptr;
    std::vector<std::string> got;
    void receive(Time, std::string& payload) override {
      got.push_back(payload);
      if (got.size() < 50) {
        channel->send(payload + "x", 1);
        channel->send("a side message that makes the pool of slots grow", 1);
      }
    }
  };
  Engine engine{at(0)};
  Streams streams(1);
  Platform platform(engine, streams);
  platform.seal();
  Echo echo;
  Channel<std::string> channel(engine, platform, {Distribution(0.1), true, std::nullopt},
                               streams.get("echo", "latency"), nullptr, echo);
  echo.channel = &channel;
  channel.send("a", 1);
  engine.run(never);
  EXPECT_EQ(echo.got.front(), "a");
  EXPECT_EQ(echo.got[1], "ax");
  EXPECT_EQ(channel.counters().delivered, channel.counters().sent);
}

}  // namespace
}  // namespace omnisim::sim
