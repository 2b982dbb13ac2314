#include "core/delivery/receiver.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/canonical/encode.hpp"
#include "core/canonical/versions.hpp"
#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

/// Business times outside of these are typing errors or broken clocks, and would not fit a calendar day.
constexpr Time earliest = std::chrono::sys_days{std::chrono::year{1970} / 1 / 1};
constexpr Time latest = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};

}  // namespace

Receiver::Receiver(Context& context, Desk& desk, Store& store, AuditLog& audit)
    : c_(context),
      desk_(desk),
      store_(store),
      audit_(audit),
      inbox_(context.config.policies.inbox_window, context.config.policies.inbox_max),
      dead_letters_(context.config.capabilities.dead_letters, context.counters) {
  for (const Source& source : c_.config.sources)
    adapters_.push_back(make_adapter(source.format, c_.config.directory));
  for (std::uint32_t i = 0; i < c_.config.wire_changes.size(); ++i) {
    if (c_.config.wire_changes[i].known) learn(i);
  }
}

Adapter& Receiver::adapter(std::uint32_t source) {
  for (; taught_ < learned_.size(); ++taught_) {
    const WireChange& change = c_.config.wire_changes[learned_[taught_]];
    for (std::size_t i = 0; i < adapters_.size(); ++i) {
      if (c_.config.sources[i].format == change.format) adapters_[i]->learn(change.before, change.after);
    }
  }
  return *adapters_[source];
}

void Receiver::receive(std::uint32_t source, std::string_view bytes, InputNumber input) {
  ++c_.counters.received;
  if (source >= adapters_.size()) {
    dead_letter(input, ExceptionCategory::unknown_reference, "the source is not configured");
    return;
  }
  const DecodeResult decoded = decode(source, bytes);
  if (!decoded.ok()) {
    dead_letter(input, category_of(decoded.code), reason_of(decoded));
    const bool readable = category_of(decoded.code) != ExceptionCategory::malformed;
    if (readable && !event_.envelope.id.empty()) skip_number(input);
  } else if (admit(input)) {
    const Envelope& envelope = event_.envelope;
    const bool numbered = is_numbered();
    const std::uint32_t from = numbered ? sequencer_.source(envelope.source) : no_index;
    act(input, Parking::none);
    retry_woken();
    if (numbered) drain(from, input);
  }
  count_parked();
}

DecodeResult Receiver::decode(std::uint32_t source, std::string_view bytes) {
  role_ = c_.config.sources[source].role;
  event_.envelope = Envelope{};
  event_.lines.clear();
  event_.postings.clear();
  event_.entries.clear();
  if (bytes.empty()) bytes = "";  // A view of nothing may be null, which parsers need not expect.
  return adapter(source).decode(bytes, event_);
}

std::string_view Receiver::reason_of(const DecodeResult& result) const {
  const bool says_which = result.code == DecodeCode::unsupported_version;
  return says_which ? describe_versions_read(event_.type()) : describe(result.code);
}

void Receiver::load(InputNumber input) {
  const InputRecord record = store_.read(input);
  decode(record.source, record.bytes);
}

const Event* Receiver::read(InputNumber input) {
  const InputRecord record = store_.read(input);
  if (record.kind != InputKind::message || record.source >= adapters_.size()) return nullptr;
  original_.envelope = Envelope{};
  original_.lines.clear();
  original_.postings.clear();
  original_.entries.clear();
  return adapter(record.source).decode(record.bytes, original_).ok() ? &original_ : nullptr;
}

bool Receiver::admit(InputNumber input) {
  const Envelope& envelope = event_.envelope;
  if (const auto failure = fault()) {
    dead_letter(input, failure->category, failure->reason);
    if (failure->category == ExceptionCategory::not_owner) audit(AuditAction::ownership_refused);
    skip_number(input);
    return false;
  }
  if (c_.can().idempotency) {
    const bool is_new = inbox_.take(message_key(envelope.source, envelope.id), c_.step.now);
    c_.counters.inbox_left_early = inbox_.left_early();
    if (!is_new) {
      ++c_.counters.duplicates_absorbed;
      return false;
    }
  }
  return is_its_turn(input);
}

std::optional<Failure> Receiver::fault() const {
  const Envelope& envelope = event_.envelope;
  const Time now = c_.step.now;
  if (envelope.occurred_at < earliest || envelope.occurred_at >= latest)
    return Failure{now, ExceptionCategory::invalid, "the time is out of range"};
  if (!references_are_known(event_, c_.config.directory))
    return Failure{now, ExceptionCategory::unknown_reference, "an item, node or channel is unknown"};
  if (c_.can().ownership && !may_state(role_, event_.type()))
    return Failure{now, ExceptionCategory::not_owner, "the source does not own this fact"};
  if (!c_.can().schema_validation) return std::nullopt;
  const DecodeResult valid = validate(event_, c_.config.directory);
  if (valid.ok()) return std::nullopt;
  return Failure{now, category_of(valid.code), describe(valid.code)};
}

bool Receiver::is_its_turn(InputNumber input) {
  const Envelope& envelope = event_.envelope;
  in_order_ = is_numbered();
  if (!in_order_) return true;
  const std::uint32_t source = sequencer_.source(envelope.source);
  const Sequencer::Verdict verdict = sequencer_.arrive(source, envelope.sequence, input);
  in_order_ = verdict != Sequencer::Verdict::overtaken;
  if (verdict != Sequencer::Verdict::wait) return true;
  watch_gap(source, input);
  return false;
}

void Receiver::audit(AuditAction action) {
  std::string detail(name_of(event_.type()));
  detail += ' ';
  detail += event_.envelope.id.view();
  audit_.add(c_.step.now, action, event_.envelope.source, detail);
}

void Receiver::begin_step(InputNumber input, bool late) {
  const Envelope& envelope = event_.envelope;
  c_.step.cause = {input, envelope.occurred_at};
  // Nobody has looked at a shelf later than now, whatever his clock says.
  c_.step.observed_at = std::min(std::max(envelope.observed_at, envelope.occurred_at), c_.step.now);
  c_.step.source = envelope.source;
  c_.step.id = envelope.id;
  c_.step.correlation = envelope.correlation;
  c_.step.told = {.sequence = is_numbered() ? envelope.sequence : 0,
                  .in_order = in_order_,
                  .late = late,
                  .asks_readings = true,
                  .looks_at_times = c_.can().freshness};
  c_.ledger.begin_step(is_numbered());
}

bool Receiver::is_numbered() const { return c_.can().ordering && event_.envelope.sequence > 0; }

void Receiver::act(InputNumber input, Parking::Slot slot) {
  begin_step(input, slot != Parking::none);
  const Outcome outcome = desk_.handle(event_);
  switch (outcome.kind) {
    case Outcome::Kind::done:
      ++c_.counters.processed;
      if (const auto action = audited_as(event_.type())) audit(*action);
      break;
    case Outcome::Kind::refused:
      dead_letter(input, outcome.category, outcome.reason);
      break;
    case Outcome::Kind::wait:
      wait(input, slot, outcome);
      return;
    case Outcome::Kind::known:
      ++c_.counters.duplicates_absorbed;
      break;
  }
  if (slot != Parking::none) c_.parking.free(slot);
}

void Receiver::wait(InputNumber input, Parking::Slot slot, const Outcome& outcome) {
  if (!c_.can().parking) {
    dead_letter(input, outcome.category, outcome.reason);
    return;
  }
  if (slot != Parking::none) {
    c_.parking.park_again(slot, outcome.missing);
    return;
  }
  const Parking::Slot made = c_.parking.park(outcome.missing, input, outcome.category, outcome.reason);
  c_.timers.arm(TimerKind::parking, c_.step.now + c_.config.policies.parking_life, input, made,
                c_.parking.version(made));
}

void Receiver::retry_woken() {
  while (c_.parking.has_woken()) {
    const Parking::Slot slot = c_.parking.pop_woken();
    const InputNumber input = c_.parking.input(slot);
    load(input);
    in_order_ = false;
    act(input, slot);
  }
}

void Receiver::drain(std::uint32_t source, InputNumber input) {
  InputNumber last = input;
  while (const auto ready = sequencer_.next(source)) {
    last = *ready;
    load(*ready);
    in_order_ = true;
    act(*ready, Parking::none);
    retry_woken();
  }
  if (sequencer_.waits(source)) watch_gap(source, last);
}

void Receiver::skip_number(InputNumber input) {
  const Envelope& envelope = event_.envelope;
  if (!c_.can().ordering || envelope.sequence == 0) return;
  const std::uint32_t source = sequencer_.source(envelope.source);
  if (envelope.sequence < sequencer_.expected(source)) return;
  if (sequencer_.arrive(source, envelope.sequence, Sequencer::nothing) == Sequencer::Verdict::process) {
    drain(source, input);
  } else {
    watch_gap(source, input);
  }
}

void Receiver::watch_gap(std::uint32_t source, InputNumber input) {
  if (gap_watched_.size() <= source) gap_watched_.resize(source + 1);
  const std::uint64_t missing = sequencer_.expected(source);
  if (gap_watched_[source] == missing) return;
  gap_watched_[source] = missing;
  c_.timers.arm(TimerKind::gap, c_.step.now + c_.config.policies.gap_timeout, input, source, missing);
}

void Receiver::fire(TimerKind kind, const Timer& timer) {
  if (kind == TimerKind::parking) {
    const Parking::Slot slot = timer.subject;
    dead_letter(c_.parking.input(slot), ExceptionCategory::expired, c_.parking.reason(slot));
    c_.parking.give_up(slot);
  } else {
    ++c_.counters.gaps_given_up;
    sequencer_.give_up(timer.subject);
    drain(timer.subject, timer.cause);
  }
  count_parked();
}

bool Receiver::still_wanted(TimerKind kind, const Timer& timer) const {
  if (kind == TimerKind::parking) return c_.parking.version(timer.subject) == timer.version;
  return sequencer_.waits(timer.subject) && sequencer_.expected(timer.subject) == timer.version;
}

void Receiver::dead_letter(InputNumber input, ExceptionCategory category, std::string_view reason) {
  dead_letters_.add(input, {c_.step.now, category, reason});
}

bool Receiver::matches(const ReplayFilter& filter, const DeadLetter& letter) const {
  return letter.open && (!filter.input || *filter.input == letter.input) &&
         (!filter.category || *filter.category == letter.last.category) &&
         (!filter.source || *filter.source == store_.read(letter.input).source);
}

ReplayResult Receiver::replay(const ReplayFilter& filter) {
  ReplayResult result;
  // What a replay wakes may die in turn; such a letter is not of this replay.
  const std::size_t known = dead_letters_.all().size();
  const std::uint32_t rate = c_.config.policies.replays_per_minute;
  const Duration interval =
      std::chrono::duration_cast<Duration>(std::chrono::minutes{1}) / std::max(1U, rate);
  for (std::size_t letter = 0; letter < known; ++letter) {
    if (!matches(filter, dead_letters_.all()[letter])) continue;
    const Time allowed_at = rate == 0 ? c_.step.now : replays_.next(interval, rate);
    if (result.tried == filter.at_most || allowed_at > c_.step.now) {
      if (result.left++ == 0) result.again_at = std::max(c_.step.now, allowed_at);
      continue;
    }
    ++result.tried;
    replays_.take(c_.step.now, interval);
    try_again(letter);
    retry_woken();
  }
  count_parked();
  return result;
}

void Receiver::try_again(std::size_t letter) {
  const InputNumber input = dead_letters_.all()[letter].input;
  const auto fail = [&](ExceptionCategory category, std::string_view reason) {
    dead_letters_.fail_again(letter, {c_.step.now, category, reason});
  };
  const InputRecord record = store_.read(input);
  if (record.source >= adapters_.size())
    return fail(ExceptionCategory::unknown_reference, "the source is not configured");
  const DecodeResult decoded = decode(record.source, record.bytes);
  if (!decoded.ok()) return fail(category_of(decoded.code), reason_of(decoded));
  if (const auto failure = fault()) return fail(failure->category, failure->reason);
  // It reached a handler before, so the inbox knows its id: copies that come meanwhile are absorbed there.
  in_order_ = false;
  begin_step(input, true);
  const Outcome outcome = desk_.handle(event_);
  const bool known = outcome.kind == Outcome::Kind::known;
  if (outcome.kind != Outcome::Kind::done && !known) return fail(outcome.category, outcome.reason);
  ++(known ? c_.counters.duplicates_absorbed : c_.counters.processed);
  ++c_.counters.replayed;
  if (const auto action = audited_as(event_.type())) audit(*action);
  dead_letters_.close(letter);
}

void Receiver::count_parked() { c_.counters.parked = c_.parking.waiting() + sequencer_.waiting(); }

void Receiver::digest(Digest& digest) const {
  inbox_.digest(digest);
  digest.add(replays_.full_at);
  sequencer_.digest(digest);
  dead_letters_.digest(digest);
  digest.add_array(std::span<const std::uint64_t>(gap_watched_));
  digest.add_array(std::span<const std::uint32_t>(learned_));
}

}  // namespace omnisim::core
