#include "models/transport/caller.hpp"

#include <algorithm>

namespace omnisim::models {

using core::CallResult;

Caller::Caller(const PostOffice& office, WaySpec spec, const ApiParams* limits, sim::Stream& latencies,
               sim::Stream& service, std::unique_ptr<sim::LinkFaults> faults,
               std::unique_ptr<sim::LinkFaults> answer_faults, const Party& receiver, Sink& sink,
               Answers& answers)
    : office_(office),
      spec_(std::move(spec)),
      limits_(limits),
      latencies_(latencies),
      answer_faults_(std::move(answer_faults)),
      receiver_(receiver),
      sink_(sink),
      answers_(answers),
      channel_(office.engine, office.platform,
               {.latency = spec_.params.latency, .fifo = false, .link = spec_.link}, latencies,
               std::move(faults), *this),
      served_(*this) {
  if (limits_ == nullptr || limits_->slots == 0) return;
  station_.emplace(
      office.engine.calendar(),
      sim::StationSpec{.servers = limits_->slots, .queue_max = limits_->queue_max, .service = limits_->time},
      service, served_);
}

void Caller::send(MailId id) {
  const sim::Time now = office_.engine.now();
  Mail& mail = office_.mail[id];
  const auto [known, is_new] = numbers_.try_emplace(mail.command);
  if (is_new) known->second = office_.traffic.sent(now, spec_.to_core, spec_.interface_name, mail.bytes);
  mail.number = known->second;
  ++(is_new ? counters_.messages : counters_.retries);
  ++under_way_;
  const std::uint64_t before = channel_.counters().in_flight;
  const sim::Sent sent = channel_.send(id, mail.bytes.size());
  const auto copies = static_cast<std::uint32_t>(channel_.counters().in_flight - before);
  if (copies > 0) {
    mail.references = mail.in_flight = copies;
    return;
  }
  if (sent.refused) {
    ++counters_.refused;
    answer(now, mail, CallResult::failed, {});
  }
  --under_way_;
  office_.mail.drop(id);
}

void Caller::receive(sim::Time now, MailId& id) {
  if (!receiver_.up(now)) return end(now, id, CallResult::failed);
  if (!keeps_to_the_rate(now)) return end(now, id, CallResult::throttled);
  if (const CallResult refused = sink_.admit(now); refused != CallResult::ok) return end(now, id, refused);
  if (!station_) return end(now, id, CallResult::ok);
  station_->set_slowdown(receiver_.slowdown(now));
  if (!station_->submit(id)) end(now, id, CallResult::throttled);
}

bool Caller::keeps_to_the_rate(sim::Time now) {
  if (limits_ == nullptr || limits_->calls == 0) return true;
  const sim::Duration interval = limits_->per / std::int64_t{limits_->calls};
  if (now < locked_until_) return false;
  const bool allowed = now >= full_at_ - interval * (std::int64_t{limits_->burst} - 1);
  if (allowed) {
    full_at_ = std::max(full_at_, now) + interval;
  } else {
    locked_until_ = now + limits_->lockout;
  }
  return allowed;
}

void Caller::serve(sim::Time now, MailId id) {
  // What it was doing when it went down is not done.
  end(now, id, receiver_.up(now) ? CallResult::ok : CallResult::failed);
}

void Caller::end(sim::Time now, MailId id, CallResult result) {
  Mail& mail = office_.mail[id];
  if (--mail.in_flight == 0) --under_way_;
  if (result == CallResult::ok) {
    office_.traffic.delivered(now, mail.number, spec_.to_core);
    sink_.take(now, mail);
  } else {
    ++counters_.refused;
  }
  if (!answer_faults_ || !answer_faults_->decide(now).lost)
    answer(now, mail, result, spec_.params.latency.sample_duration(latencies_));
  office_.mail.drop(id);
}

void Caller::answer(sim::Time now, const Mail& mail, CallResult result, sim::Duration latency) {
  std::size_t slot = on_the_way_back_.size();
  if (free_.empty()) {
    on_the_way_back_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  on_the_way_back_[slot] = {mail.call, mail.command, result};
  office_.engine.calendar().schedule(now + latency, sim::deliver_priority, *this, slot);
}

void Caller::on_event(sim::Time now, std::uint64_t slot) {
  const Answer answer = on_the_way_back_[slot];
  free_.push_back(slot);
  if (answer.result == CallResult::ok) numbers_.erase(answer.command);
  answers_.answered(now, answer.call, answer.result);
}

}  // namespace omnisim::models
