#include "models/transport/way.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {
namespace {

/// What a calendar event of a way is about, in its two lowest bits; the message's number is above.
enum Errand : std::uint64_t { errand_tick = 0, errand_retry = 1, errand_arrival = 2 };
constexpr std::uint64_t errand(Errand what, MailId id) { return (std::uint64_t{id} << 2U) | what; }

constexpr sim::Duration longest_wait = std::chrono::hours{1};

}  // namespace

Way::Way(const PostOffice& office, WaySpec spec, sim::Stream& latencies,
         std::unique_ptr<sim::LinkFaults> faults, std::unique_ptr<sim::LinkFaults> acknowledgement_faults,
         const Party& sender, const Party& receiver, Sink& sink)
    : office_(office),
      spec_(std::move(spec)),
      acknowledgement_faults_(std::move(acknowledgement_faults)),
      sender_(sender),
      receiver_(receiver),
      sink_(sink),
      channel_(office.engine, office.platform,
               {.latency = spec_.params.latency, .fifo = false, .link = spec_.link}, latencies,
               std::move(faults), *this) {}

void Way::send(MailId id) {
  std::optional<std::string> also;
  if (distortion_) also = distortion_->apply(office_.engine.now(), office_.mail[id].bytes);
  accept(id);
  if (!also) return;
  const MailId more = office_.mail.take();
  office_.mail[more].bytes = std::move(*also);
  accept(more);
}

void Way::accept(MailId id) {
  const sim::Time now = office_.engine.now();
  Mail& mail = office_.mail[id];
  mail.number = office_.traffic.sent(now, spec_.to_core, spec_.interface_name, mail.bytes);
  ++counters_.messages;
  ++under_way_;
  if (!collects() && collected_.empty() && sender_.up(now)) return transmit(id);
  collected_.push_back(id);
  arm_tick(now);
}

bool Way::collects() const {
  return spec_.params.every.count() > 0 &&
         (spec_.params.transport == Transport::poll || spec_.params.transport == Transport::batch);
}

void Way::arm_tick(sim::Time now) {
  if (tick_armed_ || collected_.empty()) return;
  tick_armed_ = true;
  const sim::Time at = collects() ? next_tick(now, spec_.params.every, spec_.params.offset) : now;
  office_.engine.calendar().schedule(sender_.up_at(at), sim::normal_priority, *this, errand(errand_tick, 0));
}

void Way::tick(sim::Time now) {
  tick_armed_ = false;
  if (!sender_.up(now)) return arm_tick(now);
  if (spec_.params.transport == Transport::batch && collects()) {
    for (std::size_t i = 0; i + 1 < collected_.size(); ++i)
      office_.mail[collected_[i]].next = collected_[i + 1];
    const MailId first = collected_.front();
    collected_.clear();
    return transmit(first);
  }
  std::size_t rows = collected_.size();
  if (spec_.params.rows_max > 0) rows = std::min<std::size_t>(rows, spec_.params.rows_max);
  for (; rows > 0; --rows) {
    const MailId id = collected_.front();
    collected_.pop_front();
    transmit(id);
  }
  arm_tick(now);
}

void Way::transmit(MailId first) {
  if (spec_.params.fifo) {
    in_order_.push_back(first);
    office_.mail.keep(first);
  }
  try_once(first);
}

void Way::try_once(MailId first) {
  std::uint64_t bytes = 0;
  for (MailId id = first; id != no_mail; id = office_.mail[id].next) bytes += office_.mail[id].bytes.size();
  Mail& mail = office_.mail[first];
  const sim::Time now = office_.engine.now();
  ++mail.tries;
  const std::uint64_t before = channel_.counters().in_flight;
  const sim::Sent sent = channel_.send(first, bytes);
  const auto copies = static_cast<std::uint32_t>(channel_.counters().in_flight - before);
  mail.references += copies;
  mail.in_flight += copies;
  if (sent.refused) ++counters_.refused;

  if (spec_.params.promise == Promise::at_most_once) {
    if (copies == 0) lose(first);
    return office_.mail.drop(first);
  }
  const bool acknowledged =
      copies > 0 && !(acknowledgement_faults_ && acknowledgement_faults_->decide(now).lost);
  if (acknowledged) mail.acknowledged_at = std::min(mail.acknowledged_at, sent.arrives);
  const sim::Time deadline = now + wait_after(mail.tries);
  if (mail.acknowledged_at <= deadline) return office_.mail.drop(first);  // The sender may forget it.
  office_.engine.calendar().schedule(deadline, sim::normal_priority, *this, errand(errand_retry, first));
}

void Way::retry(sim::Time now, MailId first) {
  Mail& mail = office_.mail[first];
  if (mail.acknowledged_at <= now) return office_.mail.drop(first);
  if (!sender_.up(now)) {
    office_.engine.calendar().schedule(sender_.up_at(now), sim::normal_priority, *this,
                                       errand(errand_retry, first));
    return;
  }
  if (spec_.params.tries_max > 0 && mail.tries >= spec_.params.tries_max) {
    if (!mail.delivered && mail.in_flight == 0 && mail.arrived == 0) lose(first);
    return office_.mail.drop(first);
  }
  ++counters_.retries;
  try_once(first);
}

sim::Duration Way::wait_after(std::uint32_t tries) const {
  const sim::Duration base = std::max<sim::Duration>(spec_.params.retry_after, std::chrono::milliseconds{1});
  const sim::Duration longest = std::max(base, longest_wait);
  return tries > 32 ? longest : std::min(longest, base * (std::int64_t{1} << std::min(tries - 1, 20U)));
}

void Way::receive(sim::Time now, MailId& first) {
  if (!receiver_.up(now)) {
    office_.engine.calendar().schedule(receiver_.up_at(now), sim::deliver_priority, *this,
                                       errand(errand_arrival, first));
    return;
  }
  arrive(now, first);
}

void Way::on_event(sim::Time now, std::uint64_t arg) {
  const auto id = static_cast<MailId>(arg >> 2U);
  switch (arg & 3U) {
    case errand_tick:
      return tick(now);
    case errand_retry:
      return retry(now, id);
    default: {
      MailId arrived = id;
      return receive(now, arrived);
    }
  }
}

void Way::arrive(sim::Time now, MailId first) {
  Mail& mail = office_.mail[first];
  --mail.in_flight;
  if (!spec_.params.fifo || mail.delivered) {
    deliver(now, first);
  } else {
    ++mail.arrived;
    deliver_in_order(now);
  }
  office_.mail.drop(first);
}

void Way::deliver_in_order(sim::Time now) {
  while (!in_order_.empty()) {
    const MailId first = in_order_.front();
    Mail& mail = office_.mail[first];
    if (mail.arrived == 0 && !mail.gone) return;
    in_order_.pop_front();
    for (; mail.arrived > 0; --mail.arrived) deliver(now, first);
    office_.mail.drop(first);
  }
}

void Way::deliver(sim::Time now, MailId first) {
  const bool first_time = !std::exchange(office_.mail[first].delivered, true);
  for (MailId id = first; id != no_mail;) {
    const Mail& mail = office_.mail[id];
    if (first_time) --under_way_;
    office_.traffic.delivered(now, mail.number, spec_.to_core);
    sink_.take(now, mail);
    id = mail.next;
  }
}

void Way::lose(MailId first) {
  const sim::Time now = office_.engine.now();
  office_.mail[first].gone = true;
  for (MailId id = first; id != no_mail; id = office_.mail[id].next) {
    ++counters_.lost;
    --under_way_;
    office_.traffic.lost(now, office_.mail[id].number, spec_.to_core);
  }
  if (spec_.params.fifo) deliver_in_order(now);
}

}  // namespace omnisim::models
