// Wires the core's parts; what they do is in their own folders.
#include "core/core.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include "core/delivery/receiver.hpp"
#include "core/governance/configuration.hpp"
#include "core/input_records.hpp"
#include "core/orchestration/desk.hpp"
#include "core/support/archive.hpp"

namespace omnisim::core {

namespace {

Config checked(Config config) {
  // Costs are bounded so that cost × quantity stays within 64 bits.
  for (std::uint32_t i = 0; i < config.directory.item_count(); ++i) {
    const std::int64_t cost = config.directory.item(SkuId{i}).unit_cost.minor;
    if (cost < 0 || cost > 10'000'000'000) {
      throw std::invalid_argument("/directory/items/" + std::to_string(i) +
                                  "/unit_cost: not from 0 to 10^10 minor units");
    }
  }
  if (config.directory.node_count() >= 0xffff || config.directory.channel_count() >= 0xffff) {
    throw std::invalid_argument("/directory: more nodes or channels than a posting can tell apart");
  }
  const Policies& p = config.policies;
  if (p.keep_finished != Duration::zero() &&
      p.keep_finished <
          std::max({p.hold, p.authorisation_life, p.pick_deadline, p.backorder_wait, p.pickup_shelf})) {
    throw std::invalid_argument("/policies/keep_finished: shorter than a time that an order may wait");
  }
  for (std::size_t i = 0; i < config.periods.size(); ++i) {
    const Period& period = config.periods[i];
    const bool follows = i == 0 || period.from >= config.periods[i - 1].to;
    if (period.from >= period.to || period.hard_close < period.to || !follows) {
      throw std::invalid_argument("/periods/" + std::to_string(i) +
                                  ": not after the one before, or closed before its end");
    }
  }
  return config;
}

}  // namespace

struct Core::Impl {
  Impl(Config settings, Outbound* host, std::uint64_t sent, Store& log)
      : config(checked(std::move(settings))),
        store(log),
        notices(config),
        counted(config.directory),
        ledger(config.directory),
        reservations(config.directory, ledger),
        sourcing(config.directory, ledger),
        availability(config, ledger),
        handover(host, sent, counters),
        dispatcher(config),
        outbox(config, dispatcher, handover),
        books(config, outbox),
        costs(config.policies.accounting.valuation, config.directory),
        context{config, ledger,  reservations, availability, sourcing, books,   costs, outbox,
                timers, parking, counters,     book,         notices,  counted, {},    nullptr},
        desk(context),
        receiver(context, desk, store, audit) {
    context.originals = &receiver;
  }

  bool belongs_to_receiver(TimerKind kind) const {
    return kind == TimerKind::parking || kind == TimerKind::gap;
  }

  void end() {
    outbox.flush(context.step.now);
    timers.drop_stale([this](TimerKind kind, const Timer& timer) {
      return belongs_to_receiver(kind) ? receiver.still_wanted(kind, timer) : desk.still_wanted(kind, timer);
    });
    desk.forget_old();
  }

  void fire(TimerKind kind) {
    const Timer timer = timers.pop(kind);
    context.step = {
        context.step.now, {timer.cause, context.step.now}, context.step.now, *Code::from(core_name), {}, {}};
    ledger.begin_step(false);
    belongs_to_receiver(kind) ? receiver.fire(kind, timer) : desk.fire(kind, timer);
  }

  template <class Archive>
  void archive(Archive& a) {
    a(ledger, reservations, availability, timers, parking, outbox, dispatcher, books, costs, book, counted,
      desk, receiver, audit);
    a(counters, context.step);
  }

  Config config;
  Store& store;
  std::deque<std::string> texts;  ///< reasons that came with a snapshot
  Counters counters;
  AuditLog audit;
  OrderBook book;
  Notices notices;
  CountedShelves counted;
  Ledger ledger;
  Reservations reservations;
  Sourcing sourcing;
  Availability availability;
  Timers timers;
  Parking parking;
  Handover handover;
  Dispatcher dispatcher;
  Outbox outbox;
  Books books;
  Costs costs;
  Context context;
  Desk desk;
  Receiver receiver;
};

Core::Core(Config config, Outbound& outbound, Store& store) : Core(std::move(config), &outbound, 0, store) {}
Core::Core(Config config, Outbound* host, std::uint64_t sent, Store& store)
    : impl_(std::make_unique<Impl>(std::move(config), host, sent, store)) {}
Core::~Core() = default;

bool Core::configured(Time now) {
  const std::string description = describe_configuration(impl_->config);
  if (is_in_force(impl_->audit, description)) return false;
  note_configured(description, now);
  return true;
}

void Core::note_configured(std::string_view description, Time now) {
  impl_->store.append({InputKind::configuration, 0, now, description});
  impl_->context.step.now = now;
  note_configuration(impl_->audit, now, description);
  impl_->end();
}

void Core::open_stock(NodeId node, SkuId sku, std::int32_t quantity_each, Time now) {
  if (node.value >= impl_->config.directory.node_count() ||
      sku.value >= impl_->config.directory.item_count() || quantity_each <= 0) {
    throw std::invalid_argument("opening stock needs a known node and item and a positive quantity");
  }
  const OpeningRecord record = {node.value, sku.value, static_cast<std::uint32_t>(quantity_each)};
  const InputNumber input = impl_->store.append({InputKind::opening_stock, 0, now, bytes_of(record)});
  impl_->context.step = {
      now, {input, now}, now, *Code::from(core_name), numbered('O', input), *Code::from("opening")};
  impl_->ledger.begin_step(false);
  impl_->desk.open_stock(node, sku, quantity_each);
  impl_->end();
}

void Core::deliver(std::uint32_t source, std::string_view bytes, Time now) {
  const InputNumber input = impl_->store.append({InputKind::message, source, now, bytes});
  impl_->context.step.now = now;
  impl_->receiver.receive(source, bytes, input);
  impl_->end();
}

ReplayResult Core::replay(const ReplayFilter& filter, Time now) {
  const ReplayRecord record = record_of(filter);
  impl_->store.append({InputKind::replay, 0, now, bytes_of(record)});
  impl_->context.step.now = now;
  const ReplayResult result = impl_->receiver.replay(filter);
  impl_->audit.add(now, AuditAction::dead_letters_replayed, filter.actor,
                   "tried " + std::to_string(result.tried) + ", left " + std::to_string(result.left));
  impl_->end();
  return result;
}

void Core::learn(std::uint32_t change, const Code& actor, Time now) {
  const auto& changes = impl_->config.wire_changes;
  if (change >= changes.size()) throw std::invalid_argument("there is no such change of a format");
  const LearnedRecord record = {change, record_of(actor)};
  impl_->store.append({InputKind::learned, 0, now, bytes_of(record)});
  impl_->context.step.now = now;
  impl_->receiver.learn(change);
  impl_->audit.add(now, AuditAction::mapping_changed, actor,
                   changes[change].before + " is " + changes[change].after);
  impl_->end();
}

void Core::call_result(std::uint64_t call, CallResult result, Time now) {
  const NumbersRecord record = {call, static_cast<std::uint64_t>(result)};
  impl_->store.append({InputKind::call_result, 0, now, bytes_of(record)});
  impl_->context.step.now = now;
  impl_->dispatcher.result(call, result, now);
  impl_->end();
}

std::uint64_t Core::resend(std::uint64_t at_most, const Code& actor, Time now) {
  const ResendRecord record = {at_most, record_of(actor)};
  impl_->store.append({InputKind::resend, 0, now, bytes_of(record)});
  impl_->context.step.now = now;
  const std::uint64_t sent = impl_->dispatcher.resend(at_most);
  impl_->audit.add(now, AuditAction::commands_resent, actor, std::to_string(sent));
  impl_->end();
  return sent;
}

bool Core::ready() const { return impl_->dispatcher.ready(); }

std::optional<Time> Core::next_timer() const {
  std::optional<Time> next = impl_->availability.next_sweep();
  if (const auto alarm = impl_->dispatcher.next(); alarm && (!next || *alarm < *next)) next = alarm;
  if (const auto kind = impl_->timers.first()) {
    const Time due = impl_->timers.front(*kind).due;
    if (!next || due < *next) next = due;
  }
  return next;
}

void Core::advance(Time now) {
  const auto next = next_timer();
  if (!next || *next > now) return;
  impl_->store.append({InputKind::timer, 0, now, {}});
  impl_->context.step.now = now;
  for (auto due = next; due && *due <= now; due = next_timer()) {
    // A sweep that falls on the same instant as a timer shows what the timer has changed.
    const auto kind = impl_->timers.first();
    if (kind && impl_->timers.front(*kind).due == *due) {
      impl_->fire(*kind);
    } else if (impl_->availability.next_sweep() == due) {
      impl_->availability.sweep(now, impl_->outbox);
    } else {
      impl_->dispatcher.fire(now);
    }
    impl_->end();
  }
}

const Config& Core::config() const { return impl_->config; }
std::int32_t Core::balance(SkuId sku, NodeId node, Bucket bucket) const {
  return impl_->ledger.balance(sku, node, bucket);
}
std::int32_t Core::on_hand(SkuId sku, NodeId node) const { return impl_->ledger.on_hand(sku, node); }
std::int32_t Core::available(SkuId sku, ChannelId channel) const {
  return impl_->availability.available(sku, channel);
}
const Movements& Core::movements() const { return impl_->ledger.movements(); }
const Journal& Core::journal() const { return impl_->books.journal(); }
const Postings& Core::postings() const { return impl_->books.postings(); }
std::span<const DeadLetter> Core::dead_letters() const { return impl_->receiver.dead_letters(); }
std::vector<ApiStatus> Core::apis() const { return impl_->dispatcher.statuses(); }
std::span<const UndeliveredCommand> Core::undelivered() const { return impl_->dispatcher.undelivered(); }
const Counters& Core::counters() const { return impl_->counters; }
const AuditLog& Core::audit_log() const { return impl_->audit; }

std::size_t Core::orders_held() const { return impl_->book.orders.live(); }

std::vector<OpenItem> Core::open_items() const {
  std::vector<OpenItem> items;
  impl_->desk.list_open(items);
  return items;
}

std::string_view Core::state_of(ItemKind kind, const Code& id) const {
  return impl_->desk.state_of(kind, id);
}

std::pair<std::uint64_t, std::uint64_t> Core::state_hash() const {
  Digest digest;
  const Impl& i = *impl_;
  i.ledger.digest(digest);
  i.reservations.digest(digest);
  i.availability.digest(digest);
  i.timers.digest(digest);
  i.parking.digest(digest);
  i.outbox.digest(digest);
  i.dispatcher.digest(digest);
  i.books.digest(digest);
  i.costs.digest(digest);
  i.book.digest(digest);
  i.counted.digest(digest);
  i.desk.digest(digest);
  i.receiver.digest(digest);
  i.audit.digest(digest);
  const Counters& c = i.counters;
  digest.add(c.received, c.processed, c.duplicates_absorbed, c.parked, c.dead_letters, c.replayed, c.dropped,
             c.sent, c.gaps_given_up, c.reservations_broken, c.holds_expired, c.stale_ignored,
             c.inbox_left_early);
  return digest.value();
}

void Core::save(std::string& state) const {
  StateWriter writer(state);
  impl_->archive(writer);
}

void Core::load(std::string_view state) {
  StateReader reader(state, impl_->texts);
  impl_->archive(reader);
  if (!reader.at_end()) throw std::runtime_error("snapshot: too long");
  if (verify(impl_->audit.entries())) throw std::runtime_error("snapshot: the audit log is broken");
}

void Core::apply(const InputRecord& record) {
  switch (record.kind) {
    case InputKind::message:
      deliver(record.source, record.bytes, record.now);
      break;
    case InputKind::timer:
      advance(record.now);
      break;
    case InputKind::opening_stock: {
      const auto opening = record_from<OpeningRecord>(record.bytes);
      open_stock(NodeId{opening[0]}, SkuId{opening[1]}, static_cast<std::int32_t>(opening[2]), record.now);
      break;
    }
    case InputKind::replay:
      replay(filter_of(record_from<ReplayRecord>(record.bytes)), record.now);
      break;
    case InputKind::call_result: {
      const auto numbers = record_from<NumbersRecord>(record.bytes);
      if (numbers[1] >= call_result_count)
        throw std::invalid_argument("an unknown result of a call in the log");
      call_result(numbers[0], static_cast<CallResult>(numbers[1]), record.now);
      break;
    }
    case InputKind::learned: {
      const auto learned = record_from<LearnedRecord>(record.bytes);
      learn(static_cast<std::uint32_t>(learned.change), actor_of(learned.actor), record.now);
      break;
    }
    case InputKind::configuration:
      note_configured(record.bytes, record.now);
      break;
    case InputKind::resend: {
      const auto resent = record_from<ResendRecord>(record.bytes);
      resend(resent.at_most, actor_of(resent.actor), record.now);
      break;
    }
  }
}

std::unique_ptr<Core> rebuild(Config config, ReplayStore& log) {
  std::unique_ptr<Core> core(new Core(std::move(config), nullptr, 0, log));
  while (!log.at_end()) core->apply(log.next());
  return core;
}

}  // namespace omnisim::core
