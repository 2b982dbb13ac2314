#include "models/erp/erp.hpp"

#include <algorithm>

#include "models/cadence.hpp"
#include "models/erp/releases.hpp"
#include "models/wire/others.hpp"

namespace omnisim::models {
namespace {

constexpr std::uint64_t errand_bits = 3;
constexpr sim::Duration first_retry = std::chrono::seconds{2};
constexpr std::uint16_t suspense_account = 9999;

bool is_called_by_core(const PatternParams& pattern) {
  return std::any_of(pattern.interfaces.begin(), pattern.interfaces.end(), [](const InterfaceParams& i) {
    return i.name == "journal" && i.delivery == Delivery::core;
  });
}

sim::StationSpec api_spec(const ErpParams& erp) {
  return {.servers = erp.api_slots, .queue_max = erp.api_queue_max, .service = erp.api_time};
}

}  // namespace

Erp::Erp(const Context& context, Gate& gate, const OtherErpParams* acquired)
    : context_(context),
      acquired_(acquired),
      params_(acquired == nullptr ? context.params.erp : acquired->system),
      called_by_core_(is_called_by_core(context.pattern)),
      party_(acquired == nullptr ? "erp" : acquired->name, context.faults),
      author_(party_.name(), false),
      replies_(&gate.open_way_in(context.network, "erp_replies",
                                 acquired == nullptr ? std::string_view{} : party_.name(),
                                 core::Format::erp_json, party_)),
      reader_(context.names()),
      served_(*this),
      hours_(params_),
      api_(context.engine.calendar(), api_spec(params_), context.streams.get(party_.name(), "api"), served_),
      probes_(acquired == nullptr ? context.params.demand.erp_calls_per_s * 86'400 : 0, {}),
      probe_times_(context.streams.get(party_.name(), "further calls")) {}

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
  if (mail.type != core::EventType::journal_posted) return desk_ != nullptr ? desk_->take(now, mail) : void();
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr) return;
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
                .day = business_day(*command),
                .business_day = business_day(*command),
                .occurred_at = command->at,
                .posted_at = now,
                .rule = command->rule,
                .cause = command->causation,
                .correlation = command->correlation};
  call.postings = command->postings;
  call.tries = 0;
  ++calls_open_;
  if (!context_.pattern.limits) return finished(now, slot);
  if (const sim::Time open = called_by_core_ ? now : opens_at(now); open > now) return refuse(slot, open);
  submit(slot);
}

sim::Time Erp::opens_at(sim::Time now) {
  const sim::Time maintained = hours_.maintained_until(now);
  return maintained > now ? maintained : hours_.take(now);
}

core::CallResult Erp::admit(sim::Time now) {
  if (!context_.pattern.limits) return core::CallResult::ok;
  const bool is_closed = hours_.maintained_until(now) > now;
  if (!is_closed && hours_.take(now) == now) return core::CallResult::ok;
  ++throttled_;
  return is_closed ? core::CallResult::failed : core::CallResult::throttled;
}

void Erp::submit(std::uint32_t slot) {
  if (api_.submit(slot)) return;
  // The caller waits twice as long each time, at most an hour.
  const sim::Duration wait = std::min<sim::Duration>(
      first_retry * (std::int64_t{1} << std::min(calls_held_[slot].tries, 16U)), std::chrono::hours{1});
  ++calls_held_[slot].tries;
  refuse(slot, context_.now() + wait);
}

void Erp::refuse(std::uint32_t slot, sim::Time at) {
  ++throttled_;
  if (params_.retry_refused) return context_.at(at, *this, (std::uint64_t{slot} << errand_bits) | call_again);
  --calls_open_;
  free_.push_back(slot);
}

void Erp::on_event(sim::Time now, std::uint64_t arg) {
  const auto slot = static_cast<std::uint32_t>(arg >> errand_bits);
  switch (arg & ((1U << errand_bits) - 1)) {
    case call_again:
      ++retries_;
      if (const sim::Time open = opens_at(now); open > now) return refuse(slot, open);
      return submit(slot);
    case posting_window:
      for (const std::uint32_t waiting : window_) post(now, waiting);
      return window_.clear();
    case probe:
      ++calls_;
      if (opens_at(now) > now || !api_.submit(probe_job)) ++throttled_;
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
  const sim::Duration close = acquired_ == nullptr
                                  ? calendar.hard_close_after
                                  : acquired_->hard_close_after.value_or(calendar.hard_close_after);
  return now >= end + close && day < next_period ? next_period : day;
}

core::BusinessDay Erp::business_day(const wire::Command& command) const {
  if (acquired_ == nullptr || !acquired_->utc_offset_min) return command.day;
  return std::chrono::floor<std::chrono::days>(command.at + std::chrono::minutes{*acquired_->utc_offset_min});
}

/// An account that is not in its chart, whenever it comes. And once, where somebody has a record locked: it
/// is free when the entry comes again.
bool Erp::rejects(const Call& call) {
  const auto is_known = [this](const core::Posting& posting) {
    return posting.account == suspense_account ||
           std::any_of(acquired_->accounts.begin(), acquired_->accounts.end(),
                       [&](const AccountPairParams& a) { return a.theirs == posting.account; });
  };
  if (acquired_ != nullptr && !std::all_of(call.postings.begin(), call.postings.end(), is_known)) return true;
  const core::Code& entry = call.entry.entry;
  const double share = params_.reject_share;
  const sim::Time now = context_.now();
  const bool is_locked =
      end_of_window(params_.locked, now) > now || (share > 0 && context_.chance(entry, "reject") < share);
  return context_.pattern.limits && is_locked && rejected_.insert(entry, 1);
}

void Erp::post(sim::Time now, std::uint32_t slot) {
  Call& call = calls_held_[slot];
  free_.push_back(slot);
  if (rejects(call)) return acknowledge(now, call.entry.entry, false);
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
  context_.post(*replies_, [&](std::string& out) {
    wire::erp_result(out, stamp, entry, accepted);
    const std::span<const ErpReleaseParams> releases(params_.releases);
    if (releases.empty() || !context_.pattern.faults) return;
    rename_members(out, releases.first(releases_served(releases, params_.api_version, now)));
  });
}

}  // namespace omnisim::models
