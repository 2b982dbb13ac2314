#include "models/erp/erp.hpp"

#include <algorithm>

#include "models/cadence.hpp"
#include "models/wire/others.hpp"

namespace omnisim::models {
namespace {

constexpr std::uint64_t errand_bits = 3;
constexpr sim::Duration first_retry = std::chrono::seconds{2};

sim::StationSpec api_spec(const ErpParams& erp) {
  return {.servers = erp.api_slots, .queue_max = erp.api_queue_max, .service = erp.api_time};
}

}  // namespace

Erp::Erp(const Context& context, Gate& gate)
    : context_(context),
      party_("erp", context.faults),
      author_(party_.name(), false),
      replies_(&gate.open_way_in(context.network, "erp_replies", "", core::Format::erp_json, party_)),
      reader_(context.names()),
      served_(*this),
      api_(context.engine.calendar(), api_spec(context.params.erp), context.streams.get("erp", "api"),
           served_),
      probes_(context.params.demand.erp_calls_per_s * 86'400, {}),
      probe_times_(context.streams.get("erp", "further calls")) {}

void Erp::start() {
  if (party_.faults() != nullptr) {
    for (const sim::Time t : party_.faults()->changes()) {
      if (t >= context_.now()) context_.at(t, *this, slowdown);
    }
  }
  if (context_.pattern.limits) arm_probe(context_.now());
}

void Erp::arm_probe(sim::Time now) {
  const sim::Time next = probes_.next(now, probe_times_);
  if (next < context_.params.calendar.to) context_.at(next, *this, probe);
}

void Erp::take(sim::Time now, const Mail& mail) {
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr || mail.type != core::EventType::journal_posted) return;
  ++calls_;
  auto slot = static_cast<std::uint32_t>(calls_held_.size());
  if (free_.empty()) {
    calls_held_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Call& call = calls_held_[slot];
  call.entry = {.entry = command->entry,
                .day = command->day,
                .business_day = command->day,
                .occurred_at = command->at,
                .posted_at = now,
                .rule = command->rule,
                .cause = command->causation,
                .correlation = command->correlation};
  call.postings = command->postings;
  call.tries = 0;
  ++calls_open_;
  if (!context_.pattern.limits) return finished(now, slot);
  submit(slot);
}

void Erp::submit(std::uint32_t slot) {
  if (api_.submit(slot)) return;
  ++throttled_;
  if (!context_.params.erp.retry_refused) {
    --calls_open_;
    free_.push_back(slot);
    return;
  }
  // The caller waits twice as long each time, at most an hour.
  const sim::Duration wait = std::min<sim::Duration>(
      first_retry * (std::int64_t{1} << std::min(calls_held_[slot].tries, 16U)), std::chrono::hours{1});
  ++calls_held_[slot].tries;
  context_.after(wait, *this, (std::uint64_t{slot} << errand_bits) | call_again);
}

void Erp::on_event(sim::Time now, std::uint64_t arg) {
  switch (arg & ((1U << errand_bits) - 1)) {
    case call_again:
      ++retries_;
      return submit(static_cast<std::uint32_t>(arg >> errand_bits));
    case posting_window:
      for (const std::uint32_t slot : window_) post(now, slot);
      return window_.clear();
    case probe:
      ++calls_;
      if (!api_.submit(probe_job)) ++throttled_;
      return arm_probe(now);
    case slowdown:
      return api_.set_slowdown(party_.slowdown(now));
    default:
      return;
  }
}

void Erp::finished(sim::Time now, std::uint32_t slot) {
  --calls_open_;
  if (!context_.pattern.limits || context_.pattern.erp_post_every.count() == 0) return post(now, slot);
  if (window_.empty())
    context_.at(next_tick(now, context_.pattern.erp_post_every, context_.pattern.erp_post_offset), *this,
                posting_window);
  window_.push_back(slot);
}

core::BusinessDay Erp::open_day(sim::Time now, core::BusinessDay day) const {
  const CalendarParams& calendar = context_.params.calendar;
  const sim::Time end = calendar.period_end == sim::Time{} ? calendar.to : calendar.period_end;
  const auto next_period =
      std::chrono::floor<std::chrono::days>(end + std::chrono::minutes{calendar.ledger_utc_offset_min});
  return now >= end + calendar.hard_close_after && day < next_period ? next_period : day;
}

/// Once: the record that the entry needs is free when it comes again.
bool Erp::rejects(const core::Code& entry) {
  const double share = context_.params.erp.reject_share;
  return context_.pattern.limits && share > 0 && context_.chance(entry, "reject") < share &&
         rejected_.insert(entry, 1);
}

void Erp::post(sim::Time now, std::uint32_t slot) {
  Call& call = calls_held_[slot];
  free_.push_back(slot);
  if (rejects(call.entry.entry)) return acknowledge(now, call.entry.entry, false);
  const bool is_new = posted_.insert(call.entry.entry, 1);
  if (!is_new && context_.pattern.erp_checks_entry_id) return acknowledge(now, call.entry.entry, true);
  call.entry.posted_at = now;
  call.entry.day = open_day(now, call.entry.business_day);
  ledger_.append(call.entry, call.postings);
  acknowledge(now, call.entry.entry, true);
}

core::Code Erp::book(const core::Code& entry, std::uint16_t rule, std::span<const core::Posting> postings) {
  const sim::Time now = context_.now();
  const std::chrono::minutes zone{context_.params.calendar.ledger_utc_offset_min};
  const core::BusinessDay day = std::chrono::floor<std::chrono::days>(now + zone);
  const core::Code message = author_.next_id();
  ledger_.append({.entry = entry,
                  .day = day,
                  .business_day = day,
                  .occurred_at = now,
                  .posted_at = now,
                  .rule = rule,
                  .cause = message,
                  .correlation = entry},
                 postings);
  if (!context_.pattern.capabilities.reconciliation) return message;
  const wire::Stamp stamp = author_.stamp(message, entry, party_.clock_reading(now));
  context_.post(*replies_, [&](std::string& out) { wire::erp_entry(out, stamp, {entry, day, postings}); });
  return message;
}

void Erp::acknowledge(sim::Time now, const core::Code& entry, bool accepted) {
  const wire::Stamp stamp = author_.stamp(author_.next_id(), entry, party_.clock_reading(now));
  context_.post(*replies_, [&](std::string& out) { wire::erp_result(out, stamp, entry, accepted); });
}

}  // namespace omnisim::models
