// Ways between parties and the core: what each transport and each promise gives, with and without faults.
#include "models/transport/way.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "models/cadence.hpp"
#include "models/transport/network.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;

core::Time at(int hours, int minutes = 0, int seconds = 0) {
  return core::Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 16}} + std::chrono::hours{hours} +
         std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
}

struct Collector final : Sink {
  void take(sim::Time now, const Mail& mail) override {
    texts.push_back(mail.bytes);
    times.push_back(now);
  }
  int copies(const std::string& text) const {
    return static_cast<int>(std::count(texts.begin(), texts.end(), text));
  }
  std::vector<std::string> texts;
  std::vector<sim::Time> times;
};

struct LossCounter final : TrafficObserver {
  void on_sent(core::Time, MessageNumber, bool, std::string_view, std::string_view) override { ++sent; }
  void on_delivered(core::Time, MessageNumber, bool) override { ++delivered; }
  void on_lost(core::Time, MessageNumber, bool) override { ++lost; }
  void after_core_step(core::Time) override {}
  int sent = 0, delivered = 0, lost = 0;
};

struct Road {
  Road(InterfaceParams params, std::vector<sim::FaultSpec> specs = {})
      : plan(std::move(specs), streams), sender("store-01", plan), receiver("integration", plan) {
    traffic.add_observer(losses);
    WaySpec spec{.name = "tills.store-01",
                 .interface_name = "tills",
                 .params = std::move(params),
                 .to_core = true,
                 .link = {}};
    way = std::make_unique<Way>(PostOffice{engine, platform, mail, traffic}, std::move(spec),
                                streams.get("tills.store-01", "latency"), plan.for_link("tills.store-01"),
                                plan.for_link("tills.store-01.acknowledgements"), sender, receiver, sink);
  }
  void send(const std::string& text) {
    const MailId id = mail.take();
    mail[id].bytes = text;
    way->send(id);
  }
  /// Runs until `when`, then sends.
  void send_at(sim::Time when, const std::string& text) {
    engine.run(when);
    engine.calendar().advance_to(when);
    send(text);
  }
  void send_many(int count) {
    for (int i = 0; i < count; ++i) send_at(at(0, 0, i + 1), std::to_string(i));
  }
  void finish() { engine.run(at(24 * 30)); }

  sim::Engine engine{at(0)};
  sim::Streams streams{7};
  sim::Platform platform{engine, streams};
  sim::FaultPlan plan;
  MailPool mail;
  Traffic traffic;
  LossCounter losses;
  Party sender, receiver;
  Collector sink;
  std::unique_ptr<Way> way;
};

InterfaceParams stream(Promise promise, bool fifo = true) {
  return {.name = "tills",
          .transport = Transport::stream,
          .latency = 1.0,
          .promise = promise,
          .fifo = fifo,
          .link = {}};
}
sim::FaultSpec loss(double probability) {
  return {.kind = sim::FaultKind::loss,
          .target = "tills",
          .from = {},
          .to = {},
          .probability = probability,
          .delay = {}};
}

TEST(Way, a_message_without_latency_arrives_in_its_own_microsecond) {
  InterfaceParams params = stream(Promise::at_least_once);
  params.latency = 0.0;
  Road road(params);
  road.send_at(at(1), "now");
  road.finish();
  ASSERT_EQ(road.sink.texts.size(), 1U);
  EXPECT_EQ(road.sink.times[0], at(1));
}

TEST(Way, at_least_once_delivers_everything_through_losses_and_duplicates_arise) {
  Road road(stream(Promise::at_least_once), {loss(0.3)});
  road.send_many(300);
  road.finish();
  int duplicates = 0;
  for (int i = 0; i < 300; ++i) {
    const int copies = road.sink.copies(std::to_string(i));
    EXPECT_GE(copies, 1) << i;
    duplicates += copies - 1;
  }
  EXPECT_GT(duplicates, 20) << "lost acknowledgements make duplicates";
  EXPECT_EQ(road.losses.lost, 0);
  EXPECT_EQ(road.way->under_way(), 0U);
  EXPECT_EQ(road.mail.in_use(), 0U) << "every buffer has come back";
}

TEST(Way, at_most_once_loses_what_is_lost_and_repeats_nothing) {
  Road road(stream(Promise::at_most_once), {loss(0.3)});
  road.send_many(300);
  road.finish();
  EXPECT_NEAR(road.losses.lost, 90, 30);
  EXPECT_EQ(road.sink.texts.size() + static_cast<std::size_t>(road.losses.lost), 300U);
  EXPECT_EQ(road.mail.in_use(), 0U);
}

TEST(Way, in_order_means_that_later_messages_wait_for_a_lost_one) {
  Road road(stream(Promise::at_least_once, true), {loss(0.3)});
  road.send_many(200);
  road.finish();
  std::vector<int> firsts;
  for (const std::string& text : road.sink.texts) {
    const int number = std::stoi(text);
    if (std::find(firsts.begin(), firsts.end(), number) == firsts.end()) firsts.push_back(number);
  }
  EXPECT_TRUE(std::is_sorted(firsts.begin(), firsts.end()));
  EXPECT_EQ(firsts.size(), 200U);
}

TEST(Way, without_order_later_messages_overtake_a_lost_one) {
  Road road(stream(Promise::at_least_once, false), {loss(0.3)});
  road.send_many(200);
  road.finish();
  std::vector<int> numbers;
  for (const std::string& text : road.sink.texts) numbers.push_back(std::stoi(text));
  EXPECT_FALSE(std::is_sorted(numbers.begin(), numbers.end()));
}

TEST(Way, waits_double_between_tries) {
  // Nothing gets through for ten minutes: sent at 0 s, 30 s, 90 s, 210 s, 450 s and, the first to pass, 930
  // s.
  sim::FaultSpec cut{
      .kind = sim::FaultKind::partition, .target = "tills", .from = at(0), .to = at(0, 10), .delay = {}};
  Road road(stream(Promise::at_least_once), {cut});
  road.send("x");
  road.finish();
  ASSERT_GE(road.sink.texts.size(), 1U);
  EXPECT_EQ(road.sink.times[0], at(0, 0, 931));
  EXPECT_EQ(road.way->counters().retries, 5U);
}

TEST(Way, tries_end_where_the_pattern_says_so) {
  InterfaceParams params = stream(Promise::at_least_once);
  params.tries_max = 3;
  Road road(params, {loss(1.0)});
  road.send("x");
  road.finish();
  EXPECT_EQ(road.losses.lost, 1);
  EXPECT_EQ(road.way->counters().retries, 2U);
  EXPECT_EQ(road.mail.in_use(), 0U);
}

TEST(Way, a_refused_message_is_gone_at_most_once_and_tried_again_at_least_once) {
  sim::FaultSpec outage{
      .kind = sim::FaultKind::outage, .target = "tills", .from = at(0), .to = at(1), .delay = {}};
  {
    SCOPED_TRACE("at least once");
    Road road(stream(Promise::at_least_once), {outage});
    road.send("x");
    road.finish();
    EXPECT_EQ(road.sink.texts.size(), 1U);
    EXPECT_GT(road.way->counters().refused, 1U);
  }
}

TEST(Way, a_refused_message_is_gone_at_most_once) {
  sim::FaultSpec outage{
      .kind = sim::FaultKind::outage, .target = "tills", .from = at(0), .to = at(1), .delay = {}};
  Road road(stream(Promise::at_most_once), {outage});
  road.send("x");
  road.finish();
  EXPECT_TRUE(road.sink.texts.empty());
  EXPECT_EQ(road.losses.lost, 1);
}

InterfaceParams batch(Promise promise) {
  return {.name = "tills",
          .transport = Transport::batch,
          .every = 24h,
          .offset = 1h,
          .latency = 60.0,
          .promise = promise,
          .link = {}};
}

TEST(Way, a_batch_is_one_file_a_night) {
  Road road(batch(Promise::at_most_once));
  road.send_at(at(0, 30), "a");
  road.send_at(at(2), "b");
  road.send_at(at(20), "c");
  road.finish();
  EXPECT_EQ(road.sink.texts, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(road.sink.times[0], at(1, 1));
  EXPECT_EQ(road.sink.times[1], at(25, 1));
  EXPECT_EQ(road.sink.times[2], at(25, 1));
}

TEST(Way, what_happens_to_a_file_happens_to_all_that_is_in_it) {
  InterfaceParams hourly = batch(Promise::at_most_once);
  hourly.every = 1h;
  hourly.offset = {};
  sim::FaultSpec twice{.kind = sim::FaultKind::duplicate,
                       .target = "tills",
                       .from = {},
                       .to = {},
                       .probability = 0.3,
                       .delay = 600.0};
  Road road(hourly, {loss(0.3), twice});
  for (int hour = 0; hour < 100; ++hour) {
    for (int i = 0; i < 5; ++i)
      road.send_at(at(hour, 10 * i + 1), std::to_string(hour) + "." + std::to_string(i));
  }
  road.finish();
  int lost = 0, repeated = 0;
  for (int hour = 0; hour < 100; ++hour) {
    const int copies = road.sink.copies(std::to_string(hour) + ".0");
    for (int i = 1; i < 5; ++i)
      EXPECT_EQ(road.sink.copies(std::to_string(hour) + "." + std::to_string(i)), copies);
    lost += copies == 0 ? 1 : 0;
    repeated += copies == 2 ? 1 : 0;
  }
  EXPECT_GT(lost, 10);
  EXPECT_GT(repeated, 5);
  EXPECT_EQ(road.losses.lost, 5 * lost);
}

TEST(Way, a_poll_fetches_no_more_rows_than_it_may) {
  InterfaceParams poll{.name = "tills",
                       .transport = Transport::poll,
                       .every = 20min,
                       .latency = 1.0,
                       .rows_max = 2,
                       .link = {}};
  Road road(poll);
  for (int i = 0; i < 5; ++i) road.send_at(at(0, 1, i), std::to_string(i));
  road.finish();
  ASSERT_EQ(road.sink.times.size(), 5U);
  EXPECT_EQ(road.sink.times[1], at(0, 20, 1));
  EXPECT_EQ(road.sink.times[2], at(0, 40, 1));
  EXPECT_EQ(road.sink.times[4], at(1, 0, 1));
}

TEST(Way, nothing_is_scheduled_where_nothing_waits) {
  Road road(batch(Promise::at_most_once));
  road.send_at(at(0, 30), "a");
  road.finish();
  EXPECT_TRUE(road.engine.calendar().empty());
  EXPECT_LE(road.engine.calendar().executed(), 2U);
}

TEST(Way, a_crashed_receiver_takes_what_waited_when_it_is_up_again) {
  sim::FaultSpec crash{
      .kind = sim::FaultKind::crash, .target = "integration", .from = at(1), .to = at(2), .delay = {}};
  Road road(stream(Promise::at_most_once), {crash});
  road.send_at(at(1, 30), "a");
  road.send_at(at(1, 31), "b");
  road.finish();
  EXPECT_EQ(road.sink.texts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(road.sink.times[0], at(2));
}

TEST(Way, a_crashed_sender_sends_what_it_kept_when_it_is_up_again) {
  sim::FaultSpec crash{
      .kind = sim::FaultKind::crash, .target = "store-01", .from = at(1), .to = at(2), .delay = {}};
  Road road(stream(Promise::at_most_once), {crash});
  road.send_at(at(1, 30), "a");
  road.send_at(at(2, 30), "b");
  road.finish();
  EXPECT_EQ(road.sink.texts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(road.sink.times[0], at(2, 0, 1));
}

TEST(Cadence, the_next_tick_is_strictly_later_and_starts_anew_at_midnight) {
  EXPECT_EQ(next_tick(at(0, 19), 20min), at(0, 20));
  EXPECT_EQ(next_tick(at(0, 20), 20min), at(0, 40));
  EXPECT_EQ(next_tick(at(0, 2), 1h, 5min), at(0, 5));
  EXPECT_EQ(next_tick(at(23, 30), 90min), at(24));
  EXPECT_EQ(next_tick(at(23, 30), 7h), at(24)) << "a day has no half cadence at its end";
  EXPECT_EQ(next_tick(at(1), 24h, 1h), at(25));
  EXPECT_EQ(next_tick(at(5), 0s), at(5));
}

}  // namespace
}  // namespace omnisim::models
