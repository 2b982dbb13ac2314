// The dispatcher: what each of its capabilities promises, and what is lost without it.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/observe/exceptions.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

ApiPolicy policy(ApiKind kind) {
  ApiPolicy made;
  made.kind = kind;
  made.timeout = seconds{10};
  made.backoff = seconds{2};
  made.backoff_max = seconds{60};
  made.failures_to_open = 1000;
  return made;
}

Config config_with(ApiPolicy api) {
  Config config = small_config();
  config.apis = {api};
  return config;
}

/// An estate whose web shop is told of each order by a call; orders are the keys.
struct Calls : SmallEstate {
  explicit Calls(Config settings) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 10'000, now);
    core.open_stock(dc, shoes, 10'000, now);
  }
  void place(const std::string& number) { order(number, {line(1, shirt, 1, 1000, 200)}); }
  void place(int from, int to) {
    for (int i = from; i <= to; ++i) place("W-" + std::to_string(i));
  }
  std::vector<Recorder::Command> calls() const {
    std::vector<Recorder::Command> found;
    for (const Recorder::Command& command : recorder.commands)
      if (command.to.call != 0) found.push_back(command);
    return found;
  }
  std::size_t made() const { return calls().size(); }
  Recorder::Command last() const { return calls().back(); }
  Recorder::Command operator[](std::size_t i) const { return calls()[i]; }
  void answer(const Recorder::Command& call, CallResult result) {
    core.call_result(call.to.call, result, now);
  }
  ApiStatus api(ApiKind kind, std::uint32_t index = 0) const {
    for (const ApiStatus& status : core.apis())
      if (status.kind == kind && status.index == index) return status;
    return {};
  }
  ApiStatus replies() const { return api(ApiKind::replies); }
  /// Until the next call; how long that took.
  Duration until_next_call() {
    const std::size_t before = made();
    const Time from = now;
    while (made() == before && now < from + minutes{30}) wait(milliseconds{10});
    return now - from;
  }
};

TEST(Dispatcher, leaves_alone_what_is_not_configured) {
  Calls e(config_with(policy(ApiKind::fulfilment)));
  e.place(1, 1);
  EXPECT_EQ(e.sent<OrderAccepted>().size(), 1U);
  EXPECT_EQ(e.made(), 0U) << "nobody waits for an answer";
  EXPECT_EQ(e.api(ApiKind::fulfilment).accepted, 0U);
  e.check_invariants();
}

TEST(Dispatcher, calls_at_once_and_forgets_what_was_delivered) {
  Calls e(config_with(policy(ApiKind::replies)));
  e.place(1, 1);
  ASSERT_EQ(e.made(), 1U);
  EXPECT_EQ(e[0].to.call, 1U);
  EXPECT_EQ(e.replies().queued, 1U);
  e.answer(e[0], CallResult::ok);
  EXPECT_EQ(e.replies().queued, 0U);
  EXPECT_EQ(e.replies().delivered, 1U);
  e.wait(minutes{5});
  EXPECT_EQ(e.made(), 1U) << "the time-out of a call that was answered does nothing";
  e.check_invariants();
}

TEST(Retry, waits_twice_as_long_each_time_with_half_of_it_drawn) {
  Calls e(config_with(policy(ApiKind::replies)));
  e.place(1, 1);
  for (const int full : {2, 4, 8, 16, 32, 60, 60}) {
    e.answer(e.last(), CallResult::failed);
    const Duration waited = e.until_next_call();
    EXPECT_GE(waited, seconds{full} / 2);
    EXPECT_LE(waited, seconds{full} + milliseconds{10});
    EXPECT_EQ(e.last().event.envelope.id, e[0].event.envelope.id) << "the same command";
  }
  e.check_invariants();
}

TEST(Retry, of_two_deployments_does_not_go_in_step) {
  std::vector<Duration> waits;
  for (const std::uint64_t seed : {1, 2, 1}) {
    Config config = config_with(policy(ApiKind::replies));
    config.jitter_seed = seed;
    Calls e(std::move(config));
    e.place(1, 1);
    e.answer(e.last(), CallResult::failed);
    waits.push_back(e.until_next_call());
  }
  EXPECT_NE(waits[0], waits[1]);
  EXPECT_EQ(waits[0], waits[2]) << "the seed decides";
}

TEST(Retry, keeps_the_order_of_a_key_while_other_keys_go_on) {
  Calls e(config_with(policy(ApiKind::payments)));
  const auto capture = [](const Recorder::Command& call) {
    return std::get<CaptureRequested>(call.event.body).capture;
  };
  for (const char* order : {"W-1", "W-2"}) {
    e.order(order, {line(1, shirt, 1, 1000, 200), line(2, shoes, 1, 5000, 1000)});
    e.pay(order, 7200);
  }
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.ship("W-1", dc, "S-2", {line(2, shoes, 1)});
  e.ship("W-2", dc, "S-3", {line(1, shirt, 1)});
  ASSERT_EQ(e.made(), 2U) << "the second capture of W-1 waits for the first";
  EXPECT_EQ(capture(e[1]), code("W-2/S-3"));
  e.answer(e[0], CallResult::failed);
  e.until_next_call();
  ASSERT_EQ(e.made(), 3U);
  EXPECT_EQ(capture(e[2]), code("W-1/S-1"));
  e.answer(e[2], CallResult::ok);
  ASSERT_EQ(e.made(), 4U);
  EXPECT_EQ(capture(e[3]), code("W-1/S-2"));
  e.check_invariants();
}

TEST(Retry, after_no_answer_comes_with_the_same_bytes) {
  Calls e(config_with(policy(ApiKind::replies)));
  e.place(1, 1);
  const Duration waited = e.until_next_call();
  EXPECT_GE(waited, seconds{10} + seconds{1});
  EXPECT_EQ(e.replies().results[static_cast<std::size_t>(CallResult::timed_out)], 1U);
  EXPECT_EQ(e[1].event.envelope.id, e[0].event.envelope.id);
  EXPECT_NE(e[1].to.call, e[0].to.call);
  e.answer(e[0], CallResult::ok);
  EXPECT_EQ(e.replies().queued, 1U) << "too late: that call has been given up";
  e.answer(e[1], CallResult::ok);
  EXPECT_EQ(e.replies().queued, 0U);
  e.check_invariants();
}

TEST(Retry, gives_up_after_its_tries_to_somebody_who_owns_it) {
  ApiPolicy api = policy(ApiKind::replies);
  api.tries_max = 3;
  Calls e(config_with(api));
  e.place(1, 1);
  for (int i = 0; i < 3; ++i) {
    e.answer(e.last(), CallResult::failed);
    e.wait(minutes{2});
  }
  ASSERT_EQ(e.core.undelivered().size(), 1U);
  const UndeliveredCommand& lost = e.core.undelivered()[0];
  EXPECT_EQ(lost.tries, 3U);
  EXPECT_EQ(lost.last.category, ExceptionCategory::receiver_unreachable);
  EXPECT_EQ(owner_of(lost.last.category), "integration");
  EXPECT_LT(lost.first.at, lost.last.at);
  EXPECT_FALSE(lost.bytes.empty());
  EXPECT_EQ(e.replies().queued, 0U);
  e.check_invariants();
}

TEST(Retry, switched_off_makes_an_exception_of_the_first_failure) {
  Config config = config_with(policy(ApiKind::replies));
  config.capabilities.retry = false;
  Calls e(std::move(config));
  e.place(1, 1);
  e.answer(e[0], CallResult::throttled);
  EXPECT_EQ(e.core.undelivered().size(), 1U);
  e.wait(minutes{10});
  EXPECT_EQ(e.made(), 1U);
  e.check_invariants();
}

TEST(Undelivered, what_the_receiver_refuses_for_good_is_not_tried_again_until_somebody_says_so) {
  Calls e(config_with(policy(ApiKind::replies)));
  e.place(1, 2);
  e.answer(e[0], CallResult::rejected);
  e.answer(e[1], CallResult::ok);
  e.wait(minutes{10});
  EXPECT_EQ(e.made(), 2U);
  ASSERT_EQ(e.core.undelivered().size(), 1U);
  EXPECT_EQ(owner_of(e.core.undelivered()[0].last.category), "receiving system");
  EXPECT_EQ(e.core.resend(10, code("ops"), e.now), 1U);
  ASSERT_EQ(e.made(), 3U);
  EXPECT_EQ(e[2].event.envelope.id, e[0].event.envelope.id) << "as the same command";
  e.answer(e[2], CallResult::ok);
  EXPECT_EQ(e.core.resend(10, code("ops"), e.now), 0U) << "once";
  EXPECT_FALSE(e.core.undelivered()[0].open);
  e.check_invariants();
}

TEST(CircuitBreaker, opens_after_failures_in_a_row_and_closes_after_a_probe) {
  ApiPolicy api = policy(ApiKind::replies);
  api.failures_to_open = 3;
  api.open_for = minutes{1};
  Calls e(config_with(api));
  e.place(1, 4);
  e.answer(e[0], CallResult::failed);
  e.answer(e[1], CallResult::failed);
  EXPECT_EQ(e.replies().breaker, BreakerState::closed);
  e.answer(e[2], CallResult::ok);
  e.answer(e[3], CallResult::failed);
  EXPECT_EQ(e.replies().breaker, BreakerState::closed) << "a success in between counts from the start";
  while (e.replies().breaker == BreakerState::closed) {
    e.until_next_call();
    e.answer(e.last(), CallResult::failed);
  }
  const std::size_t before = e.made();
  e.place(5, 9);
  e.wait(seconds{59});
  EXPECT_EQ(e.made(), before) << "open: nobody calls";
  e.wait(seconds{2});
  ASSERT_EQ(e.made(), before + 1) << "one probes";
  EXPECT_EQ(e.replies().breaker, BreakerState::half_open);
  e.answer(e.last(), CallResult::failed);
  EXPECT_EQ(e.replies().breaker, BreakerState::open);
  e.wait(seconds{61});
  ASSERT_EQ(e.made(), before + 2);
  e.answer(e.last(), CallResult::ok);
  EXPECT_EQ(e.replies().breaker, BreakerState::closed);
  EXPECT_GT(e.made(), before + 5) << "closed: everybody calls";
  e.check_invariants();
}

TEST(CircuitBreaker, is_one_an_api_so_that_one_channel_does_not_stop_another) {
  ApiPolicy api = policy(ApiKind::replies);
  api.failures_to_open = 1;
  Calls e(config_with(api));
  e.place(1, 1);
  e.answer(e[0], CallResult::failed);
  EXPECT_EQ(e.api(ApiKind::replies, web.value).breaker, BreakerState::open);
  EXPECT_EQ(e.api(ApiKind::replies, market_a.value).breaker, BreakerState::closed);
  e.order("M-1", {line(1, shirt, 1, 1000)}, true, market_a);
  e.say(OrderCancelled{code("M-1"), market_a, CancelledBy::customer});
  EXPECT_EQ(e.api(ApiKind::replies, market_a.value).calls, e.api(ApiKind::replies, market_a.value).accepted);
}

TEST(CircuitBreaker, switched_off_calls_a_dead_api_on_and_on) {
  ApiPolicy api = policy(ApiKind::replies);
  api.failures_to_open = 1;
  api.open_for = minutes{10};
  std::size_t calls[2];
  for (const bool on : {false, true}) {
    Config config = config_with(api);
    config.capabilities.circuit_breaker = on;
    Calls e(std::move(config));
    e.place(1, 5);
    for (const Time end = e.now + minutes{9}; e.now < end; e.wait(seconds{1})) {
      for (std::size_t i = 0; i < e.made(); ++i) e.answer(e[i], CallResult::failed);
    }
    calls[on] = e.made();
  }
  EXPECT_EQ(calls[true], 5U);
  EXPECT_GT(calls[false], 50U);
}

TEST(Bulkhead, bounds_the_calls_in_flight) {
  ApiPolicy api = policy(ApiKind::replies);
  api.in_flight_max = 3;
  Calls e(config_with(api));
  e.place(1, 8);
  EXPECT_EQ(e.made(), 3U);
  e.answer(e[1], CallResult::ok);
  EXPECT_EQ(e.made(), 4U) << "one ends, one begins";
  EXPECT_EQ(e.replies().in_flight, 3U);
  e.check_invariants();
  e.config.capabilities.bulkhead = false;
  Calls without(e.config);
  without.place(1, 8);
  EXPECT_EQ(without.made(), 8U);
}

TEST(Throttle, keeps_to_the_rate_and_the_burst) {
  ApiPolicy api = policy(ApiKind::replies);
  api.calls = 60;
  api.per = minutes{1};
  api.burst = 4;
  Calls e(config_with(api));
  e.place(1, 12);
  EXPECT_EQ(e.made(), 4U);
  for (std::size_t expected = 5; expected <= 9; ++expected) {
    e.wait(milliseconds{999});
    EXPECT_EQ(e.made(), expected - 1);
    e.wait(milliseconds{1});
    EXPECT_EQ(e.made(), expected);
  }
  e.check_invariants();
  e.config.capabilities.throttle = false;
  Calls without(e.config);
  without.place(1, 12);
  EXPECT_EQ(without.made(), 12U);
}

// --- limits of one party
void order_at(Calls& e, ChannelId channel, int n) {
  for (int i = 1; i <= n; ++i)
    e.order("O-" + std::to_string(e.messages), {line(1, shirt, 1, 1000, 200)}, false, channel);
}

Config with_a_slow_marketplace() {
  ApiPolicy all = policy(ApiKind::replies);
  all.calls = 40;
  all.per = seconds{1};
  all.burst = 40;
  all.in_flight_max = 1000;
  ApiPolicy slow = all;
  slow.party = market_a.value;
  slow.calls = 5;
  slow.burst = 5;
  Config config = small_config();
  config.apis = {slow, all};
  return config;
}

TEST(PartyLimits, hold_for_that_party_and_the_kinds_for_the_others) {
  Calls e(with_a_slow_marketplace());
  for (const ChannelId channel : {web, market_a, market_b}) order_at(e, channel, 60);
  const auto calls = [&](ChannelId channel) { return e.api(ApiKind::replies, channel.value).calls; };
  EXPECT_EQ(calls(web), 40U);
  EXPECT_EQ(calls(market_a), 5U);
  EXPECT_EQ(calls(market_b), 40U);
  e.wait(seconds{1});
  EXPECT_EQ(calls(web), 60U);
  EXPECT_EQ(calls(market_a), 10U) << "five a second";
  EXPECT_EQ(calls(market_b), 60U);
  e.wait(seconds{4});
  EXPECT_EQ(calls(market_a), 30U);
  e.check_invariants();
}

TEST(PartyLimits, are_refused_for_whom_there_is_no_api_or_one_twice) {
  const auto refusal = [](auto change) -> std::string {
    Config config = with_a_slow_marketplace();
    change(config.apis);
    try {
      SmallEstate e(std::move(config));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return {};
  };
  using Apis = std::vector<ApiPolicy>;
  EXPECT_EQ(refusal([](Apis&) {}), "");
  EXPECT_EQ(refusal([](Apis& apis) { apis.pop_back(); }), "/apis/0/party: its kind is not configured");
  EXPECT_EQ(refusal([](Apis& apis) { apis[0].party = 3; }), "/apis/0/party: the kind has no such party");
  EXPECT_EQ(refusal([](Apis& apis) { apis.push_back(apis[0]); }), "/apis/2/party: configured twice");
  EXPECT_EQ(refusal([](Apis& apis) { apis.push_back(apis[1]); }), "/apis/2/kind: configured twice");
  EXPECT_EQ(refusal([](Apis& apis) { apis[0].burst = 0; }), "/apis/0/burst: not from 1 to a million");
  ApiPolicy journal = policy(ApiKind::journal);
  EXPECT_EQ(refusal([&](Apis& apis) { apis.push_back(journal); }), "");
  EXPECT_EQ(refusal([&](Apis& apis) {
              apis[0].party = 3;
              apis.push_back(journal);
            }),
            "/apis/0/party: the kind has no such party")
      << "the next API is another kind's";
}

Config with_availability(bool back_pressure) {
  Config config = config_with(policy(ApiKind::availability));
  config.feeds = {{market_a, true, {}, {}, 0, QuantitySemantics::absolute}};
  config.capabilities.back_pressure = back_pressure;
  return config;
}

TEST(BackPressure, a_newer_number_replaces_an_older_one_that_has_not_gone_out) {
  for (const bool on : {true, false}) {
    Calls e(with_availability(on));
    for (int i = 0; i < 9; ++i) e.say(StockReceived{dc, code("PO")}, {line(1, hat, 1)});
    const std::uint64_t published = e.api(ApiKind::availability, market_a.value).accepted;
    ASSERT_GT(published, 3U);
    for (std::size_t i = 0; i < e.made(); ++i) e.answer(e[i], CallResult::ok);
    EXPECT_EQ(std::get<AvailabilityPublished>(e.last().event.body).quantity_each,
              e.core.available(hat, market_a));
    EXPECT_EQ(e.made(), on ? 2U : published);
    EXPECT_EQ(e.api(ApiKind::availability, market_a.value).superseded, on ? published - 2 : 0);
    EXPECT_EQ(e.api(ApiKind::availability, market_a.value).queued, 0U);
    e.check_invariants();
  }
}

TEST(BackPressure, a_change_is_never_coalesced_because_it_would_be_lost) {
  Config config = with_availability(true);
  config.feeds[0].semantics = QuantitySemantics::delta;
  Calls e(std::move(config));
  for (int i = 0; i < 5; ++i) e.say(StockReceived{dc, code("PO")}, {line(1, hat, 1)});
  for (std::size_t i = 0; i < e.made(); ++i) e.answer(e[i], CallResult::ok);
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < e.made(); ++i)
    sum += std::get<AvailabilityPublished>(e[i].event.body).quantity_each;
  EXPECT_EQ(sum, 5);
}

TEST(BackPressure, a_full_queue_holds_the_input_back_until_there_is_room) {
  ApiPolicy api = policy(ApiKind::replies);
  api.in_flight_max = 1;
  api.queue_max = 4;
  Calls e(config_with(api));
  e.place(1, 3);
  EXPECT_TRUE(e.core.ready());
  e.place("W-4");
  EXPECT_FALSE(e.core.ready());
  e.place("W-5");
  EXPECT_EQ(e.replies().queued, 5U) << "what comes all the same is not lost";
  e.answer(e.last(), CallResult::ok);
  EXPECT_FALSE(e.core.ready());
  e.answer(e.last(), CallResult::ok);
  EXPECT_TRUE(e.core.ready());
  e.check_invariants();
  e.config.capabilities.back_pressure = false;
  Calls without(e.config);
  without.place(1, 50);
  EXPECT_TRUE(without.core.ready());
}

TEST(Dispatcher, refuses_policies_that_make_no_sense) {
  const auto refused = [](auto change) {
    ApiPolicy api = policy(ApiKind::journal);
    change(api);
    Config config = config_with(api);
    MemoryStore log;
    Recorder recorder(config.directory);
    EXPECT_THROW(Core(std::move(config), recorder, log), std::invalid_argument);
  };
  refused([](ApiPolicy& p) { p.timeout = Duration{0}; });
  refused([](ApiPolicy& p) { p.backoff = Duration{-1}; });
  refused([](ApiPolicy& p) { p.backoff_max = seconds{1}; });
  refused([](ApiPolicy& p) { p.failures_to_open = 0; });
  refused([](ApiPolicy& p) { p.in_flight_max = 0; });
  refused([](ApiPolicy& p) { p.burst = 0; });
  refused([](ApiPolicy& p) { p.queue_max = 0; });
  Config twice = config_with(policy(ApiKind::journal));
  twice.apis.push_back(twice.apis[0]);
  MemoryStore log;
  Recorder recorder(twice.directory);
  EXPECT_THROW(Core(std::move(twice), recorder, log), std::invalid_argument);
}

}  // namespace
}  // namespace omnisim::core::testing
