// Calls of the core to somebody's API: what becomes of each, as the core is told.
#include "models/transport/caller.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace omnisim::models {
namespace {

using core::CallResult;
using namespace std::chrono_literals;

constexpr core::Time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 16} + std::chrono::hours{12};

struct Collector final : Sink {
  void take(sim::Time, const Mail& mail) override { texts.push_back(mail.bytes); }
  std::vector<std::string> texts;
};

struct Heard final : Answers {
  void answered(sim::Time now, std::uint64_t call, CallResult result) override {
    results.push_back(result);
    calls.push_back(call);
    times.push_back(now);
  }
  std::vector<CallResult> results;
  std::vector<std::uint64_t> calls;
  std::vector<sim::Time> times;
};

struct Counted final : TrafficObserver {
  void on_sent(core::Time, MessageNumber, bool, std::string_view, std::string_view) override { ++sent; }
  void on_delivered(core::Time, MessageNumber, bool) override { ++delivered; }
  void on_lost(core::Time, MessageNumber, bool) override { ++lost; }
  void after_core_step(core::Time) override {}
  int sent = 0, delivered = 0, lost = 0;
};

struct Line {
  explicit Line(ApiParams api, std::vector<sim::FaultSpec> specs = {})
      : limits(std::move(api)), plan(std::move(specs), streams), receiver("erp", plan) {
    traffic.add_observer(counted);
    InterfaceParams params{.name = "journal", .latency = 1.0, .link = {}};
    caller = std::make_unique<Caller>(
        PostOffice{engine, platform, mail, traffic},
        WaySpec{
            .name = "journal", .interface_name = "journal", .params = params, .to_core = false, .link = {}},
        &limits, streams.get("journal", "latency"), streams.get("journal", "api"), plan.for_link("journal"),
        plan.for_link("journal.answers"), receiver, sink, heard);
  }
  void call(std::uint64_t number, std::uint64_t command) {
    const MailId id = mail.take();
    mail[id].bytes = "entry " + std::to_string(command);
    mail[id].call = number;
    mail[id].command = command;
    caller->send(id);
  }
  void call_at(sim::Time when, std::uint64_t number, std::uint64_t command) {
    engine.run(when);
    engine.calendar().advance_to(when);
    call(number, command);
  }
  void finish() {
    engine.run(noon + 24h);
    EXPECT_EQ(mail.in_use(), 0U) << "a message is kept for ever";
    EXPECT_EQ(caller->under_way(), 0U);
  }
  std::size_t heard_of(CallResult result) const {
    return static_cast<std::size_t>(std::count(heard.results.begin(), heard.results.end(), result));
  }

  sim::Engine engine{noon};
  sim::Streams streams{7};
  sim::Platform platform{engine, streams};
  ApiParams limits;
  sim::FaultPlan plan;
  MailPool mail;
  Traffic traffic;
  Counted counted;
  Party receiver;
  Collector sink;
  Heard heard;
  std::unique_ptr<Caller> caller;
};

sim::FaultSpec fault(sim::FaultKind kind, std::string target, double probability = 1) {
  return {.kind = kind,
          .target = std::move(target),
          .from = {},
          .to = {},
          .probability = probability,
          .delay = {}};
}

TEST(Caller, hears_ok_after_there_and_back) {
  Line line({});
  line.call(1, 10);
  line.finish();
  EXPECT_EQ(line.heard.results, std::vector{CallResult::ok});
  EXPECT_EQ(line.heard.times[0], noon + 2s);
  EXPECT_EQ(line.sink.texts, std::vector<std::string>{"entry 10"});
}

TEST(Caller, a_call_takes_its_time_and_those_too_many_are_throttled) {
  Line line({.interface = "journal", .slots = 2, .queue_max = 1, .time = 10.0});
  for (std::uint64_t n = 1; n <= 5; ++n) line.call(n, n);
  line.finish();
  EXPECT_EQ(line.heard_of(CallResult::throttled), 2U);
  EXPECT_EQ(line.heard_of(CallResult::ok), 3U);
  EXPECT_EQ(line.heard.times.back(), noon + 1s + 20s + 1s) << "the third waited for a slot";
}

TEST(Caller, whoever_calls_too_often_is_locked_out) {
  Line line({.interface = "journal", .time = {}, .calls = 60, .per = 1min, .burst = 2, .lockout = 30s});
  for (std::uint64_t n = 1; n <= 3; ++n) line.call(n, n);
  line.call_at(noon + 20s, 4, 4);
  line.call_at(noon + 29s, 5, 5);
  line.call_at(noon + 31s, 6, 6);
  line.finish();
  using R = CallResult;
  EXPECT_EQ(line.heard.results, (std::vector{R::ok, R::ok, R::throttled, R::throttled, R::throttled, R::ok}));
}

TEST(Caller, a_party_that_is_down_refuses_the_connection_and_does_nothing) {
  Line line({}, {fault(sim::FaultKind::crash, "erp")});
  line.call(1, 1);
  line.finish();
  EXPECT_EQ(line.heard.results, std::vector{CallResult::failed});
  EXPECT_TRUE(line.sink.texts.empty());
}

TEST(Caller, a_lost_request_is_silence) {
  Line request({}, {fault(sim::FaultKind::loss, "journal")});
  request.call(1, 1);
  request.finish();
  EXPECT_TRUE(request.heard.results.empty());
  EXPECT_TRUE(request.sink.texts.empty());
}

TEST(Caller, a_lost_answer_is_silence_too) {
  Line answer({}, {fault(sim::FaultKind::loss, "journal.answers")});
  answer.call(1, 1);
  answer.finish();
  EXPECT_TRUE(answer.heard.results.empty());
  EXPECT_EQ(answer.sink.texts.size(), 1U) << "it happened; the caller does not know";
}

TEST(Caller, every_try_of_a_command_is_the_same_message) {
  Line line({}, {fault(sim::FaultKind::loss, "journal.answers")});
  line.call(1, 7);
  line.call_at(noon + 1min, 2, 7);
  line.call_at(noon + 2min, 3, 8);
  line.finish();
  EXPECT_EQ(line.counted.sent, 2);
  EXPECT_EQ(line.counted.delivered, 3) << "one twice";
  EXPECT_EQ(line.counted.lost, 0) << "what fails is not lost: the core calls again";
  EXPECT_EQ(line.caller->counters().messages, 2U);
  EXPECT_EQ(line.caller->counters().retries, 1U);
}

}  // namespace
}  // namespace omnisim::models
