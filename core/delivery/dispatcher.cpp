#include "core/delivery/dispatcher.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace omnisim::core {

using State = QueuedCommand::State;

namespace {

constexpr Duration day = std::chrono::hours{24};

void check(const ApiPolicy& policy, const std::string& pointer) {
  const auto refuse = [&](const char* field, const char* why) {
    throw std::invalid_argument(pointer + "/" + field + ": " + why);
  };
  const auto is_time = [](Duration d) { return d > Duration{0} && d <= day; };
  if (!is_time(policy.timeout)) refuse("timeout", "not above 0 and at most a day");
  if (!is_time(policy.backoff)) refuse("backoff", "not above 0 and at most a day");
  if (policy.backoff_max < policy.backoff || policy.backoff_max > day)
    refuse("backoff_max", "not between backoff and a day");
  if (policy.failures_to_open == 0) refuse("failures_to_open", "0");
  if (!is_time(policy.open_for)) refuse("open_for", "not above 0 and at most a day");
  if (policy.in_flight_max == 0) refuse("in_flight_max", "0");
  if (!is_time(policy.per)) refuse("per", "not above 0 and at most a day");
  if (policy.calls > 1'000'000) refuse("calls", "more than a million");
  if (policy.burst == 0 || policy.burst > 1'000'000) refuse("burst", "not from 1 to a million");
  if (policy.queue_max == 0) refuse("queue_max", "0");
}

/// SplitMix64's finaliser: every bit of the result depends on every bit of `x`.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

Duration interval_of(const ApiPolicy& policy) {
  return std::max(Duration{1}, policy.per / std::int64_t{policy.calls});
}

bool is_answer(CallResult result) { return result == CallResult::ok || result == CallResult::rejected; }

std::string_view reason_of(CallResult result) {
  switch (result) {
    case CallResult::throttled:
      return "the receiver has refused it for its rate";
    case CallResult::failed:
      return "the call failed";
    case CallResult::rejected:
      return "the receiver will not take it";
    case CallResult::ok:
    case CallResult::timed_out:
      break;
  }
  return "no answer in time";
}

}  // namespace

Dispatcher::Dispatcher(const Config& config)
    : can_(config.capabilities),
      jitter_seed_(config.jitter_seed),
      policies_(config.apis),
      channels_(config.directory.channel_count()),
      nodes_(config.directory.node_count()),
      ledgers_(static_cast<std::uint32_t>(1 + config.other_ledgers.size())) {
  first_of_.fill(no_api);
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    const std::string pointer = "/apis/" + std::to_string(i);
    check(policies_[i], pointer);
    if (policies_[i].party == ApiPolicy::every_party) configure(policies_[i], pointer);
  }
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    if (policies_[i].party != ApiPolicy::every_party)
      configure_party(policies_[i], "/apis/" + std::to_string(i));
  }
}

void Dispatcher::configure_party(const ApiPolicy& policy, const std::string& pointer) {
  const std::uint32_t first = first_of_[static_cast<std::size_t>(policy.kind)];
  if (first == no_api) throw std::invalid_argument(pointer + "/party: its kind is not configured");
  const std::size_t at = std::size_t{first} + policy.party;
  if (at >= apis_.size() || apis_[at].status.kind != policy.kind)
    throw std::invalid_argument(pointer + "/party: the kind has no such party");
  if (apis_[at].policy->party != ApiPolicy::every_party)
    throw std::invalid_argument(pointer + "/party: configured twice");
  apis_[at].policy = &policy;
}

void Dispatcher::configure(const ApiPolicy& policy, const std::string& pointer) {
  if (first_of_[static_cast<std::size_t>(policy.kind)] != no_api)
    throw std::invalid_argument(pointer + "/kind: configured twice");
  first_of_[static_cast<std::size_t>(policy.kind)] = static_cast<std::uint32_t>(apis_.size());
  std::uint32_t parties = 1;
  if (policy.kind == ApiKind::replies || policy.kind == ApiKind::availability) parties = channels_;
  if (policy.kind == ApiKind::fulfilment) parties = nodes_;
  if (policy.kind == ApiKind::journal) parties = ledgers_;
  for (std::uint32_t i = 0; i < parties; ++i) {
    Api& api = apis_.emplace_back();
    api.policy = &policy;
    api.status.kind = policy.kind;
    api.status.index = i;
  }
}

void Dispatcher::touch(std::uint32_t api) {
  if (apis_[api].touched) return;
  apis_[api].touched = true;
  touched_.push_back(api);
}

void Dispatcher::make_ready(Slot slot) {
  apis_[queue_[slot].api].ready.push(slot);
  touch(queue_[slot].api);
}

void Dispatcher::count_queued(Api& api, bool must_keep, bool added) {
  added ? ++api.status.queued : --api.status.queued;
  if (!must_keep) return;
  const auto is_full = [&] { return can_.back_pressure && api.status.must_keep >= api.policy->queue_max; };
  const bool before = is_full();
  added ? ++api.status.must_keep : --api.status.must_keep;
  full_ += static_cast<std::uint64_t>(is_full()) - static_cast<std::uint64_t>(before);
}

void Dispatcher::accept(std::uint32_t number, const Command& command) {
  Api& api = apis_[number];
  ++api.status.accepted;
  const bool coalesces = command.coalesces && can_.back_pressure;
  if (coalesces) supersede_given_up(command.key);
  Slot slot = coalesces ? queue_.replaceable(command.key) : CommandQueue::none;
  if (slot != CommandQueue::none) {
    ++api.status.superseded;
    queue_[slot].tries = 0;
    queue_[slot].first = {};
  } else {
    slot = queue_.add(command.key);
    queue_[slot].api = number;
    queue_[slot].coalesces = coalesces;
    count_queued(api, !coalesces, true);
    if (queue_[slot].state == State::ready) make_ready(slot);
  }
  QueuedCommand& queued = queue_[slot];
  queued.command = command.number;
  queued.to = command.to;
  queued.type = command.type;
  queued.bytes.assign(command.bytes);
}

void Dispatcher::supersede_given_up(const HashKey& key) {
  const std::uint32_t position = given_up_.find(key);
  if (position == Index::none) return;
  given_up_.erase(key);
  close(undelivered_[position]);
}

void Dispatcher::close(UndeliveredCommand& command) {
  ApiStatus& status = apis_[api_of(command.to, command.type)].status;
  --status.undelivered;
  ++status.superseded;
  command.open = false;
  command.bytes = {};
}

void Dispatcher::pump(Time now, Handover& out) {
  if (!configured()) return;
  for (const std::uint32_t api : touched_) {
    apis_[api].touched = false;
    call_all(api, now, out);
  }
  touched_.clear();
  alarms_.drop_stale(queue_.size() + apis_.size(), [this](const Alarm& alarm) { return is_wanted(alarm); });
}

void Dispatcher::call_all(std::uint32_t number, Time now, Handover& out) {
  Api& api = apis_[number];
  while (!api.ready.empty()) {
    const Time at = possible_at(api, now);
    if (at > now) return wake_at(number, at);
    call(number, api.ready.pop(), now, out);
  }
}

Time Dispatcher::possible_at(const Api& api, Time now) const {
  const ApiPolicy& policy = *api.policy;
  if (can_.bulkhead && api.status.in_flight >= policy.in_flight_max) return Time::max();
  Time at = now;
  if (can_.circuit_breaker) at = std::max(at, api.breaker.admits_at(now));
  if (can_.throttle && policy.calls > 0)
    at = std::max(at, api.tokens.next(interval_of(policy), policy.burst));
  return at;
}

void Dispatcher::call(std::uint32_t number, Slot slot, Time now, Handover& out) {
  Api& api = apis_[number];
  QueuedCommand& command = queue_[slot];
  command.state = State::in_flight;
  command.call = ++calls_;
  ++command.version;
  ++command.tries;
  in_flight_.insert({0, command.call}, slot);
  ++api.status.in_flight;
  ++api.status.calls;
  if (can_.circuit_breaker) api.breaker.calls(command.call, now, *api.policy);
  if (can_.throttle && api.policy->calls > 0) api.tokens.take(now, interval_of(*api.policy));
  alarms_.set(now + api.policy->timeout, slot, false, command.version);
  Destination to = command.to;
  to.call = command.call;
  to.command = command.command;
  out.send(to, command.type, command.bytes);
}

void Dispatcher::wake_at(std::uint32_t number, Time at) {
  Api& api = apis_[number];
  if (at == api.alarm || at == Time::max()) return;
  api.alarm = at;
  alarms_.set(at, number, true, ++api.version);
}

void Dispatcher::fire(Time now) {
  for (auto due = next(); due && *due <= now; due = next()) {
    const Alarm alarm = alarms_.pop();
    if (!is_wanted(alarm)) continue;
    if (alarm.of_api) {
      apis_[alarm.subject].alarm = Time::max();
      touch(alarm.subject);
    } else if (queue_[alarm.subject].state == State::in_flight) {
      finish(alarm.subject, CallResult::timed_out, now);
    } else {
      queue_[alarm.subject].state = State::ready;
      make_ready(alarm.subject);
    }
  }
}

bool Dispatcher::is_wanted(const Alarm& alarm) const {
  if (alarm.of_api)
    return apis_[alarm.subject].version == alarm.version && apis_[alarm.subject].alarm != Time::max();
  return queue_[alarm.subject].version == alarm.version;
}

void Dispatcher::result(std::uint64_t call, CallResult result, Time now) {
  const Slot slot = in_flight_.find({0, call});
  if (slot == Index::none) {
    ++late_;
    return;
  }
  finish(slot, result, now);
}

void Dispatcher::finish(Slot slot, CallResult result, Time now) {
  QueuedCommand& command = queue_[slot];
  Api& api = apis_[command.api];
  in_flight_.erase({0, command.call});
  --api.status.in_flight;
  ++api.status.results[static_cast<std::size_t>(result)];
  touch(command.api);
  // Whoever throttles is alive; only to a probe that is not the answer.
  const bool counts = result != CallResult::throttled || api.breaker.state() == BreakerState::half_open;
  if (can_.circuit_breaker && counts)
    api.breaker.result_of(command.call, is_answer(result), now, *api.policy);
  if (result == CallResult::ok) {
    ++api.status.delivered;
    return leave(slot);
  }
  const bool again = result != CallResult::rejected && can_.retry &&
                     (api.policy->tries_max == 0 || command.tries < api.policy->tries_max);
  const Failure failure{now,
                        result == CallResult::rejected ? ExceptionCategory::refused_by_receiver
                                                       : ExceptionCategory::receiver_unreachable,
                        reason_of(result)};
  if (command.first.reason.empty()) command.first = failure;
  again ? back_off(slot, now) : give_up(slot, failure);
}

Duration Dispatcher::wait_after(const QueuedCommand& command, const ApiPolicy& policy) const {
  const std::uint32_t doublings = std::min(command.tries - 1, 20U);
  const Duration wait = std::min(policy.backoff_max, policy.backoff * (std::int64_t{1} << doublings));
  const std::uint64_t half = static_cast<std::uint64_t>(wait.count()) / 2;
  const std::uint64_t drawn = mixed(mixed(jitter_seed_ + command.command) + command.tries);
  return wait - Duration{static_cast<std::int64_t>(drawn % (half + 1))};
}

void Dispatcher::back_off(Slot slot, Time now) {
  QueuedCommand& command = queue_[slot];
  command.state = State::backing_off;
  ++command.version;
  alarms_.set(now + wait_after(command, *apis_[command.api].policy), slot, false, command.version);
}

void Dispatcher::give_up(Slot slot, const Failure& failure) {
  const QueuedCommand& command = queue_[slot];
  ++apis_[command.api].status.undelivered;
  if (command.coalesces) given_up_.assign(command.key, static_cast<std::uint32_t>(undelivered_.size()));
  undelivered_.push_back({.command = command.command,
                          .to = command.to,
                          .type = command.type,
                          .key = command.key,
                          .coalesces = command.coalesces,
                          .first = command.first,
                          .last = failure,
                          .tries = command.tries,
                          .bytes = command.bytes});
  leave(slot);
}

void Dispatcher::leave(Slot slot) {
  const QueuedCommand& command = queue_[slot];
  count_queued(apis_[command.api], !command.coalesces, false);
  const Slot next = queue_.remove(slot);
  if (next != CommandQueue::none) make_ready(next);
}

std::uint64_t Dispatcher::resend(std::uint64_t at_most) {
  std::uint64_t sent = 0;
  for (UndeliveredCommand& command : undelivered_) {
    if (sent == at_most) break;
    if (!command.open) continue;
    const std::string bytes = command.bytes;
    given_up_.erase(command.key);
    close(command);
    accept(api_of(command.to, command.type),
           {command.command, command.to, command.type, command.key, command.coalesces, bytes});
    ++sent;
  }
  return sent;
}

std::vector<ApiStatus> Dispatcher::statuses() const {
  std::vector<ApiStatus> all;
  for (const Api& api : apis_) {
    all.push_back(api.status);
    all.back().breaker = api.breaker.state();
  }
  return all;
}

void Dispatcher::digest(Digest& digest) const {
  if (!configured()) return;
  digest.add(calls_, full_, late_, touched_.size());
  for (const Api& api : apis_) {
    const ApiStatus& s = api.status;
    digest.add(s.queued, s.must_keep, s.in_flight, s.accepted, s.superseded, s.calls, s.delivered,
               s.undelivered, api.tokens.full_at, api.alarm, api.version, api.ready.size());
    for (const std::uint64_t n : s.results) digest.add(n);
    for (std::size_t i = 0; i < api.ready.size(); ++i) digest.add(api.ready[i]);
    api.breaker.digest(digest);
  }
  queue_.digest(digest);
  alarms_.digest(digest);
  digest.add(undelivered_.size());
  for (const UndeliveredCommand& u : undelivered_)
    digest.add(u.command, u.first.at, u.last.at, u.last.category, u.tries, u.open);
  digest.add(given_up_.size());
}

}  // namespace omnisim::core
