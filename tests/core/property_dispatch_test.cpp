// Whatever becomes of calls, and whenever the core dies: no command is lost, the order of a key is kept,
// queues stay within their bounds, and the core rebuilt from its log is the same core.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/durable_core.hpp"
#include "core/store/log_store.hpp"
#include "core/store/simulated_disk.hpp"
#include "core/support/key.hpp"
#include "tests/core/support/chance.hpp"
#include "tests/core/support/script.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Config random_config(Chance& chance) {
  Config config = small_config();
  config.feeds = {{web, true, {}, {}, 0, QuantitySemantics::absolute},
                  {market_a, true, {}, {}, 0, QuantitySemantics::delta}};
  for (std::size_t kind = 0; kind < api_kind_count; ++kind) {
    if (chance.one_in(5)) continue;
    ApiPolicy api;
    api.kind = static_cast<ApiKind>(kind);
    api.timeout = seconds{1 + chance.below(60)};
    api.backoff = milliseconds{1 + chance.below(5000)};
    api.backoff_max = api.backoff + seconds{chance.below(60)};
    api.tries_max = chance.one_in(3) ? 1 + chance.below(4) : 0;
    api.failures_to_open = 1 + chance.below(5);
    api.open_for = seconds{1 + chance.below(90)};
    api.in_flight_max = 1 + chance.below(4);
    api.calls = chance.below(3) * 20;
    api.burst = 1 + chance.below(4);
    api.queue_max = 3 + chance.below(12);  // What is opened fits.
    config.apis.push_back(api);
  }
  config.policies.hold = std::chrono::hours{24 * 365};  // No commands but those of messages.
  config.jitter_seed = chance.draw();
  Capabilities& can = config.capabilities;
  for (bool* on : {&can.retry, &can.circuit_breaker, &can.bulkhead, &can.throttle}) *on = !chance.one_in(6);
  return config;
}

struct Parcel {
  Destination to;
  EventType type{};
  std::string bytes;
};

struct Collected : Outbound {
  void send(Destination to, EventType type, std::string_view bytes) override {
    parcels.push_back({to, type, std::string(bytes)});
  }
  std::vector<Parcel> parcels;
};

/// Receivers survive the core's crashes. Each decides what becomes of a call; whatever it takes, it takes
/// once.
class Receivers final : public Outbound {
 public:
  explicit Receivers(Chance& chance) : chance_(chance) {}

  void send(Destination to, EventType type, std::string_view bytes) override {
    Parcel parcel{to, type, std::string(bytes)};
    const auto fate = static_cast<CallResult>(well_ ? 0 : chance_.below(8) % call_result_count);
    const bool happens =
        to.call == 0 || fate == CallResult::ok || (fate == CallResult::timed_out && chance_.one_in(2));
    if (happens && ids_.insert(parcel.bytes).second) taken.push_back(parcel);
    if (to.call != 0 && (well_ || !chance_.one_in(10))) answers.push_back({to.call, fate});
  }
  /// From now on everything succeeds and every answer comes.
  void recover() { well_ = true; }

  std::vector<Parcel> taken;  ///< in order, each once
  std::vector<std::pair<std::uint64_t, CallResult>> answers;

 private:
  Chance& chance_;
  std::set<std::string> ids_;
  bool well_ = false;
};

/// A live core on a disk, its sources and receivers, over many lives.
class World {
 public:
  explicit World(Chance& chance)
      : config(random_config(chance)),
        receivers(chance),
        chance_(chance),
        disk_(power_, chance.draw()),
        even_(power_, chance.draw()),
        odd_(power_, chance.draw()),
        writer_(config) {
    begin();
    for (const SkuId sku : {shirt, shoes, hat}) {
      core().open_stock(dc, sku, 40, now);
    }
    live_->commit();
  }
  Core& core() { return live_->core(); }

  void something_happens() {
    const std::uint32_t what = chance_.below(10);
    if (what < 4) {
      if (core().ready()) take(message());
    } else if (what < 8) {
      answer();
    } else {
      time_passes(milliseconds{chance_.below(20'000)});
    }
    if (chance_.one_in(25)) die();
    check_bounds();
  }

  /// Everything mended: until nothing is queued.
  void come_to_rest() {
    receivers.recover();
    for (int i = 0; i < 10'000 && !at_rest(); ++i) {
      while (!receivers.answers.empty()) answer();
      time_passes(minutes{10});
      live_->commit();
      if (core().resend(3, code("operator"), now) > 0) live_->commit();
    }
    EXPECT_TRUE(at_rest());
  }
  bool at_rest() {
    std::uint64_t queued = 0;
    for (const ApiStatus& api : core().apis()) queued += api.queued;
    const auto open = [](const UndeliveredCommand& u) { return u.open; };
    return queued == 0 && std::none_of(core().undelivered().begin(), core().undelivered().end(), open);
  }

  /// All commands that the inputs of the log cause, in order: those of a core without APIs.
  std::vector<Parcel> expected() {
    Config plain = config;
    plain.apis.clear();
    Collected collected;
    MemoryStore log;
    Core core(plain, collected, log);
    for (std::uint64_t i = 0; i < log_->size(); ++i) core.apply(log_->read(i));
    return collected.parcels;
  }
  std::pair<std::uint64_t, std::uint64_t> rebuilt_hash() {
    MemoryStore copy;
    for (std::uint64_t i = 0; i < log_->size(); ++i) copy.append(log_->read(i));
    ReplayStore replayed(copy);
    return rebuild(config, replayed)->state_hash();
  }

  Config config;
  Receivers receivers;
  Time now = opening;
  std::uint64_t lives = 0;
  std::uint64_t burst_max = 1;  ///< most commands that one input added to an API

 private:
  void begin() {
    ++lives;
    log_.emplace(disk_, std::vector<Disk*>{&even_, &odd_});
    live_.emplace(config, receivers, *log_, 40);
    EXPECT_LE(live_->replayed(), 45U) << "a snapshot was of no use: something of the state is not in it";
    live_->commit();
  }
  void die() {
    live_.reset();
    log_.reset();
    for (SimulatedDisk* disk : {&disk_, &even_, &odd_}) disk->restart(Fault::lose);
    begin();
  }

  template <class Input>
  void input(Input happens) {
    for (bool durable = false; !durable;) {
      const std::vector<ApiStatus> before = core().apis();
      happens();
      const std::vector<ApiStatus> after = core().apis();
      for (std::size_t i = 0; i < before.size(); ++i)
        burst_max = std::max(burst_max, after[i].accepted - before[i].accepted);
      durable = !chance_.one_in(30);
      durable ? live_->commit() : die();  // What was not acknowledged comes again.
    }
  }
  void take(const std::string& bytes) {
    input([&] { core().deliver(0, bytes, now); });
  }
  void answer() {
    if (receivers.answers.empty()) return;
    const auto at =
        receivers.answers.begin() + chance_.below(static_cast<std::uint32_t>(receivers.answers.size()));
    const auto [call, result] = *at;
    receivers.answers.erase(at);
    core().call_result(call, result, now);
    if (chance_.one_in(30)) return die();  // Nobody reports it again: the call times out.
    live_->commit();
  }
  void time_passes(Duration duration) {
    now += duration;
    for (auto due = core().next_timer(); due && *due <= now; due = core().next_timer())
      input([&] { core().advance(now); });
  }
  std::string message() {
    const std::string order = "W-" + std::to_string(chance_.below(30));
    const SkuId sku{chance_.below(3)};
    writer_.now = now;
    if (chance_.one_in(3)) return writer_.message(OrderCancelled{code(order), web, CancelledBy::customer});
    if (chance_.one_in(3)) {
      Tenders cash;
      cash.cash = {1200};
      return writer_.message(PosSale{code("T-" + std::to_string(++sales_)), dc, 1, cash},
                             {line(1, sku, 1, 1000, 200)});
    }
    if (chance_.one_in(3))
      return writer_.message(PaymentAuthorised{code(order), web, code("P-" + order), {1200}});
    OrderPlaced placed;
    placed.order = code(order);
    placed.channel = web;
    placed.tenders.card = {1200};
    placed.promised_by = now + std::chrono::hours{72};
    return writer_.message(placed, {line(1, sku, 1, 1000, 200)});
  }
  void check_bounds() {
    for (const ApiStatus& api : core().apis()) {
      const auto policy = std::find_if(config.apis.begin(), config.apis.end(),
                                       [&](const ApiPolicy& p) { return p.kind == api.kind; });
      if (config.capabilities.bulkhead) {
        EXPECT_LE(api.in_flight, policy->in_flight_max);
      }
      EXPECT_LT(api.must_keep, policy->queue_max + burst_max);
      EXPECT_LE(api.queued - api.must_keep, 2 * config.directory.item_count());
      EXPECT_EQ(api.accepted, api.delivered + api.undelivered + api.superseded + api.queued);
    }
  }

  Chance& chance_;
  Power power_;
  SimulatedDisk disk_, even_, odd_;
  std::optional<LogStore> log_;
  std::optional<DurableCore> live_;
  SmallEstate writer_;  ///< writes messages; its core is not used
  int sales_ = 0;
};

/// What keeps its order: an order's or a document's commands to one party, or a number of one item.
std::string key_of(const Parcel& parcel, const Event& event) {
  const auto* number = std::get_if<AvailabilityPublished>(&event.body);
  return std::to_string(static_cast<int>(api_kind(parcel.to, parcel.type))) + "/" +
         std::to_string(parcel.to.index) + "/" +
         (number != nullptr ? "sku " + std::to_string(number->sku.value)
                            : std::string(event.envelope.correlation.view()));
}

void expect_all_taken_in_order(World& world) {
  const std::unique_ptr<Adapter> adapter = make_adapter(Format::canonical_json, world.config.directory);
  std::map<std::string, std::size_t> number_of;  // by bytes
  std::map<std::string, std::size_t> newest;     // availability that coalesces, by key
  const std::vector<Parcel> expected = world.expected();
  std::vector<std::string> keys;
  std::vector<bool> replaceable;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    Event event;
    ASSERT_TRUE(adapter->decode(expected[i].bytes, event).ok());
    keys.push_back(key_of(expected[i], event));
    const auto* number = std::get_if<AvailabilityPublished>(&event.body);
    replaceable.push_back(number != nullptr && number->semantics == QuantitySemantics::absolute);
    if (replaceable.back()) newest[keys.back()] = i;
    ASSERT_TRUE(number_of.emplace(expected[i].bytes, i).second);
  }
  std::set<std::size_t> given_up;
  for (const UndeliveredCommand& u : world.core().undelivered()) given_up.insert(u.command - 1);
  std::set<std::size_t> taken;
  std::map<std::string, std::size_t> last;
  for (const Parcel& parcel : world.receivers.taken) {
    ASSERT_TRUE(number_of.contains(parcel.bytes)) << "nobody commanded this: " << parcel.bytes;
    const std::size_t number = number_of[parcel.bytes];
    taken.insert(number);
    if (given_up.contains(number)) continue;  // It was sent again by hand, behind the others.
    EXPECT_TRUE(!last.contains(keys[number]) || last[keys[number]] < number) << "overtaken: " << parcel.bytes;
    last[keys[number]] = number;
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const bool replaced = replaceable[i] && newest[keys[i]] > i;
    EXPECT_TRUE(taken.contains(i) || replaced) << "lost: " << expected[i].bytes;
  }
}

class Dispatch : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Dispatch, loses_nothing_and_keeps_the_order_whatever_happens) {
  std::uint64_t lives = 0;
  for (std::uint64_t run = 0; run < 12; ++run) {
    Chance chance(GetParam() * 100 + run);
    World world(chance);
    for (int i = 0; i < 300; ++i) world.something_happens();
    EXPECT_EQ(world.rebuilt_hash(), world.core().state_hash()) << "in the middle";
    world.come_to_rest();
    EXPECT_EQ(world.rebuilt_hash(), world.core().state_hash()) << "at the end";
    expect_all_taken_in_order(world);
    lives += world.lives;
    ASSERT_FALSE(HasFailure()) << "seed " << GetParam() << " run " << run;
  }
  EXPECT_GT(lives, 12U) << "nothing crashed";
}

INSTANTIATE_TEST_SUITE_P(Seeds, Dispatch, ::testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace omnisim::core::testing
