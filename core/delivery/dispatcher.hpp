// The dispatcher: takes commands from the outbox and calls the APIs that they are for, as each bears it. For
// an API it
//
//   - retries what failed, with exponential back-off and jitter; in order for each key (an order, an item of
//   a
//     feed), while other keys go on;
//   - opens a circuit breaker when calls keep failing, and probes;
//   - bounds the calls in flight (bulkhead) and their rate (token bucket);
//   - bounds its queue: a newer availability number replaces an older one that has not gone out; for the rest
//     `ready` tells the host to take no more input. A command is never dropped: it is delivered, replaced by
//     a newer number, or an UndeliveredCommand with an owner.
//
// The result of a call comes back as an input of the core, so the log explains every try. Kinds of API that
// are not configured cost nothing: their commands go straight to the host.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/config.hpp"
#include "core/delivery/alarms.hpp"
#include "core/delivery/api_status.hpp"
#include "core/delivery/command_queue.hpp"
#include "core/delivery/handover.hpp"
#include "core/delivery/token_bucket.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

class Dispatcher {
 public:
  static constexpr std::uint32_t no_api = 0xffffffffu;

  /// Throws std::invalid_argument, naming the pointer, for a policy that is out of range.
  explicit Dispatcher(const Config& config);

  bool configured() const { return !apis_.empty(); }
  /// `no_api` where its kind is not configured.
  std::uint32_t api_of(Destination to, EventType type) const {
    if (!configured()) return no_api;
    const std::uint32_t first = first_of_[static_cast<std::size_t>(api_kind(to, type))];
    return first == no_api ? no_api : first + to.index;
  }

  /// A command that is due to go out.
  struct Command {
    std::uint64_t number = 0;
    Destination to;
    EventType type{};
    HashKey key;             ///< commands of an API with the same key keep their order
    bool coalesces = false;  ///< it states a value that a newer one of the same key replaces
    std::string_view bytes;
  };
  void accept(std::uint32_t api, const Command& command);
  /// A result of a call that is not in flight any more (it was given up before) changes nothing.
  void result(std::uint64_t call, CallResult result, Time now);
  /// Queues undelivered commands again, oldest first; returns how many.
  std::uint64_t resend(std::uint64_t at_most);
  /// Makes the calls that are possible now.
  void pump(Time now, Handover& out);

  std::optional<Time> next() const { return alarms_.next(); }
  /// Takes what is due: waits that are over, calls that have timed out.
  void fire(Time now);

  /// False while a queue is at its bound.
  bool ready() const { return full_ == 0; }
  std::span<const UndeliveredCommand> undelivered() const { return undelivered_; }
  std::vector<ApiStatus> statuses() const;

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    if (!configured()) return;
    for (Api& api : apis_)
      a(api.status, api.breaker, api.tokens, api.ready, api.alarm, api.version, api.touched);
    a(queue_, in_flight_, alarms_, touched_, undelivered_, given_up_, calls_, full_, late_);
  }

 private:
  using Slot = CommandQueue::Slot;
  struct Api {
    const ApiPolicy* policy = nullptr;
    ApiStatus status;
    CircuitBreaker breaker;
    TokenBucket tokens;
    Queue<Slot> ready;
    Time alarm = Time::max();  ///< when it is looked at again; max: when something happens
    std::uint64_t version = 0;
    bool touched = false;  ///< is in `touched_`
  };

  void configure(const ApiPolicy& policy, const std::string& pointer);
  void configure_party(const ApiPolicy& policy, const std::string& pointer);
  void touch(std::uint32_t api);
  void make_ready(Slot slot);
  void call_all(std::uint32_t api, Time now, Handover& out);
  /// When the next call may be made: `now` if it may be made now, never (max) if something has to happen
  /// first.
  Time possible_at(const Api& api, Time now) const;
  void call(std::uint32_t api, Slot slot, Time now, Handover& out);
  void wake_at(std::uint32_t api, Time at);
  void finish(Slot slot, CallResult result, Time now);
  void back_off(Slot slot, Time now);
  /// A newer number makes an undelivered older one of its key superfluous.
  void supersede_given_up(const HashKey& key);
  void close(UndeliveredCommand& command);
  void give_up(Slot slot, const Failure& failure);
  void leave(Slot slot);
  void count_queued(Api& api, bool must_keep, bool added);
  Duration wait_after(const QueuedCommand& command, const ApiPolicy& policy) const;
  bool is_wanted(const Alarm& alarm) const;

  const Capabilities& can_;
  std::uint64_t jitter_seed_;
  std::array<std::uint32_t, api_kind_count> first_of_{};
  std::vector<ApiPolicy> policies_;
  std::uint32_t channels_, nodes_, ledgers_;
  std::vector<Api> apis_;
  CommandQueue queue_;
  Index in_flight_;  ///< call → slot
  Alarms alarms_;
  std::vector<std::uint32_t> touched_;  ///< APIs where something has happened since the last pump
  std::vector<UndeliveredCommand> undelivered_;
  Index given_up_;  ///< key → the open undelivered command that a newer one would replace
  std::uint64_t calls_ = 0;
  std::uint64_t full_ = 0;  ///< APIs whose queue is at its bound
  std::uint64_t late_ = 0;  ///< results that came after their call had been given up
};

}  // namespace omnisim::core
