#include "models/gate.hpp"

#include <algorithm>

namespace omnisim::models {
namespace {

constexpr std::uint64_t timer_job = ~std::uint64_t{0};
/// Behind deliveries of the same time, before the parties' business.
constexpr sim::Priority timer_priority = -5;

}  // namespace

Gate::Gate(const PostOffice& office, const Party& integration, const HostParams* host, sim::Streams& streams,
           sim::Trace& events)
    : office_(office),
      integration_(integration),
      events_(events),
      trace_in_(events.register_name("to core")),
      trace_out_(events.register_name("from core")) {
  if (host == nullptr || host->seconds_per_message <= 0) return;
  seconds_per_message_ = host->seconds_per_message;
  if (host->shared) {
    host_ = office_.platform.add_host({.name = host->name, .cores = host->cores, .shared = true});
  } else {
    const sim::StationSpec spec{
        .servers = host->cores, .queue_max = -1, .service = sim::Distribution(host->seconds_per_message)};
    station_.emplace(office_.engine.calendar(), spec, streams.get(host->name, "cpu"),
                     static_cast<sim::Handler&>(*this));
  }
}

Way& Gate::open_way_in(Network& network, std::string_view interface_name, std::string_view end,
                       core::Format format, const Party& sender) {
  const auto number = static_cast<std::uint32_t>(network.sources().size());
  return network.into_core(interface_name, end, format, sender, port(number));
}

Sink& Gate::port(std::uint32_t number) {
  while (ports_.size() <= number) {
    Port& port = ports_.emplace_back();
    port.gate = this;
    port.source = static_cast<std::uint32_t>(ports_.size() - 1);
  }
  return ports_[number];
}

void Gate::set_channel_ways(std::vector<Outlet*> replies, std::vector<Outlet*> availability) {
  replies_ = std::move(replies);
  availability_ = std::move(availability);
}

void Gate::set_money_ways(Outlet& payments, Outlet& gift_cards, std::vector<Outlet*> journals) {
  payments_ = &payments;
  gift_cards_ = &gift_cards;
  journals_ = std::move(journals);
}

void Gate::arrive(sim::Time now, std::uint32_t source, const Mail& mail) {
  events_.record(now, trace_in_, source, sim::Trace::hash(mail.bytes));
  if (!station_ && !host_) return step(now, source, mail.bytes);
  std::size_t job = jobs_.size();
  if (free_jobs_.empty()) {
    jobs_.emplace_back();
  } else {
    job = free_jobs_.back();
    free_jobs_.pop_back();
  }
  jobs_[job].source = source;
  jobs_[job].bytes.assign(mail.bytes);
  if (station_) {
    station_->set_slowdown(integration_.slowdown(now));
    station_->submit(job);
  } else {
    office_.platform.execute(*host_, seconds_per_message_ * integration_.slowdown(now), *this, job);
  }
}

void Gate::step(sim::Time now, std::uint32_t source, std::string_view bytes) {
  if (!held_.empty() || !core_->ready()) {
    held_.push_back({source, std::string(bytes)});
    return;
  }
  core_->deliver(source, bytes, now);
  after_step(now);
}

void Gate::answered(sim::Time now, std::uint64_t call, core::CallResult result) {
  if (!integration_.up(now)) return;
  core_->call_result(call, result, now);
  after_step(now);
  release(now);
}

void Gate::release(sim::Time now) {
  while (!held_.empty() && core_->ready()) {
    core_->deliver(held_.front().source, held_.front().bytes, now);
    held_.pop_front();
    after_step(now);
  }
}

void Gate::replay_dead_letters(sim::Time now) {
  if (!integration_.up(now)) return;
  core_->replay_dead_letters(now);
  after_step(now);
}

void Gate::upgrade_mapping(std::uint32_t change, sim::Time now) {
  core_->learn(change, now);
  after_step(now);
  replay_dead_letters(now);
}

void Gate::after_step(sim::Time now) {
  ++steps_;
  arm_timer(now);
  office_.traffic.core_step(now);
}

void Gate::arm_timer(sim::Time now) {
  const std::optional<sim::Time> wanted = core_->next_timer();
  if (wanted == timer_at_) return;
  if (timer_at_) office_.engine.calendar().cancel(timer_);
  timer_at_ = wanted;
  if (wanted)
    timer_ = office_.engine.calendar().schedule(std::max(now, *wanted), timer_priority, *this, timer_job);
}

void Gate::on_event(sim::Time now, std::uint64_t job) {
  if (job != timer_job) {
    step(now, jobs_[job].source, jobs_[job].bytes);
    free_jobs_.push_back(job);
    return;
  }
  if (!integration_.up(now)) {
    timer_ = office_.engine.calendar().schedule(integration_.up_at(now), timer_priority, *this, timer_job);
    return;
  }
  timer_at_.reset();
  core_->advance(now);
  after_step(now);
  release(now);
}

Outlet& Gate::way_for(core::Destination to, core::EventType type) const {
  switch (to.system) {
    case core::System::channel:
      return *(type == core::EventType::availability_published ? availability_ : replies_).at(to.index);
    case core::System::node:
      return *fulfilment_.at(to.index);
    case core::System::psp:
      return *payments_;
    case core::System::gift_card:
      return *gift_cards_;
    case core::System::erp:
      break;
  }
  return *journals_.at(to.index);
}

void Gate::send(core::Destination to, core::EventType type, std::string_view bytes) {
  const MailId id = office_.mail.take();
  Mail& mail = office_.mail[id];
  mail.bytes.assign(bytes);
  mail.type = type;
  mail.call = to.call;
  mail.command = to.command;
  events_.record(office_.engine.now(), trace_out_, static_cast<std::uint32_t>(type), sim::Trace::hash(bytes));
  way_for(to, type).send(id);
}

}  // namespace omnisim::models
