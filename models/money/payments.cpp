#include "models/money/payments.hpp"

#include <algorithm>
#include <utility>

namespace omnisim::models {
namespace {

/// Captures and refunds are numbered apart.
enum Scope : std::uint32_t { capture_scope = 1, refund_scope = 2 };

}  // namespace

Payments::Payments(const Context& context, Gate& gate)
    : context_(context),
      party_("psp", context.faults),
      author_(party_.name(), false),
      webhooks_(&gate.open_way_in(context.network, "psp", "", core::Format::psp_json, party_)),
      payouts_(&gate.open_way_in(context.network, "payouts", "", core::Format::payout_csv, party_)),
      reader_(context.names()) {}

Payments::Payment& Payments::payment_of(OrderNumber order) {
  if (payments_.size() <= order) payments_.resize(context_.orders.size());
  return payments_[order];
}

void Payments::schedule(sim::Duration usual, const Job& job) {
  due(party_.slowed(context_.now(), usual), job);
}

void Payments::due(sim::Duration after, const Job& job) {
  std::size_t slot = jobs_.size();
  if (free_.empty()) {
    jobs_.push_back(job);
  } else {
    slot = free_.back();
    free_.pop_back();
    jobs_[slot] = job;
  }
  // Where promised units are set aside at once, a payment decides in the same moment.
  const sim::Time at = context_.now() + after;
  const bool at_once = job.what == What::authorisation && after.count() == 0;
  context_.engine.calendar().schedule(at, at_once ? sim::deliver_priority : sim::normal_priority, *this,
                                      slot);
}

void Payments::on_event(sim::Time now, std::uint64_t slot) {
  const Job job = jobs_[slot];
  free_.push_back(slot);
  switch (job.what) {
    case What::authorisation:
      return finish_authorisation(job);
    case What::expiry:
      return expire(job.order);
    case What::renewal:
      return finish_renewal(job);
    case What::capture:
      return finish_capture(job);
    case What::refund:
      return finish_refund(job);
    case What::payout:
      return pay_out(now, job.day);
    case What::rest:
      return transfer_rest(now, job.reference, job.amount);
    case What::release:
      return transfer(now, job.amount, {}, 1, {});
  }
}

void Payments::authorise(OrderNumber order, Merchant& merchant, bool tell_refusal) {
  const core::Code& code = context_.orders[order].code;
  const sim::Duration usual =
      context_.pattern.set_aside_at_once
          ? sim::Duration{}
          : context_.lasting(context_.params.payment.authorise_time, code, "authorise");
  schedule(usual, {.what = What::authorisation,
                   .order = order,
                   .merchant = &merchant,
                   .tell_refusal = tell_refusal,
                   .reference = {},
                   .correlation = {},
                   .amount = {}});
}

void Payments::finish_authorisation(const Job& job) {
  const Order& order = context_.orders[job.order];
  const core::Money amount = order.tenders.card;
  const bool accepted = amount.is_zero() || context_.chance(order.code, "decline") >=
                                                context_.master.market.habits(order.channel).decline_share;
  Payment& payment = payment_of(job.order);
  payment.code = wire::code_of("pay", job.order + 1U);
  if (accepted) {
    payment.authorised = amount;
    live(job.order);
  }
  // The shop that asked has its answer first; the webhook follows.
  job.merchant->authorised(job.order, accepted);
  if (amount.is_zero() || (!accepted && !job.tell_refusal)) return;
  notify(accepted ? wire::Charge::authorised : wire::Charge::declined, job.order, author_.next_id(), {},
         amount);
}

void Payments::live(OrderNumber order) {
  const sim::Duration life = context_.params.payment.authorisation_life;
  if (life.count() == 0) return;
  payment_of(order).lives_until = context_.now() + life;
  due(life, {.what = What::expiry, .order = order, .reference = {}, .correlation = {}, .amount = {}});
}

void Payments::expire(OrderNumber order) {
  Payment& payment = payment_of(order);
  const core::Money rest = payment.authorised - payment.captured;
  // It may have been renewed since.
  if (payment.voided || rest.minor <= 0 || context_.now() < payment.lives_until) return;
  payment.authorised = payment.captured;
  notify(wire::Charge::expired, order, author_.next_id(), {}, rest);
}

void Payments::notify(wire::Charge what, OrderNumber order, const core::Code& message,
                      const core::Code& capture, core::Money amount) {
  const Order& o = context_.orders[order];
  const wire::Stamp stamp = author_.stamp(message, o.code, party_.clock_reading(context_.now()));
  const wire::ChargeNotice notice{.what = what,
                                  .order = o.code,
                                  .channel = o.channel,
                                  .payment = payment_of(order).code,
                                  .capture = capture,
                                  .amount = amount};
  context_.post(*webhooks_,
                [&](std::string& out) { wire::psp_charge(out, context_.names(), stamp, notice); });
}

void Payments::take(sim::Time, const Mail& mail) {
  const wire::Command* command = reader_.read(mail.bytes);
  if (command == nullptr) return;
  const OrderNumber order = context_.orders.find(command->order, command->channel);
  if (order == no_order) return;
  if (mail.type == core::EventType::capture_requested) {
    const sim::Duration usual =
        context_.lasting(context_.params.payment.capture_time, command->capture, "capture");
    schedule(usual, {.what = What::capture,
                     .order = order,
                     .reference = command->capture,
                     .correlation = command->order,
                     .amount = command->amount});
  } else if (mail.type == core::EventType::refund_requested) {
    const sim::Duration usual =
        context_.lasting(context_.params.payment.refund_time, command->refund, "refund");
    schedule(usual, {.what = What::refund,
                     .order = order,
                     .reference = command->refund,
                     .correlation = command->correlation,
                     .amount = command->tenders.card});
  } else if (mail.type == core::EventType::authorisation_requested) {
    const sim::Duration usual =
        context_.lasting(context_.params.payment.authorise_time, command->order, "reauthorise");
    schedule(usual, {.what = What::renewal,
                     .order = order,
                     .reference = {},
                     .correlation = command->order,
                     .amount = command->amount});
  } else if (mail.type == core::EventType::authorisation_voided) {
    payment_of(order).voided = true;
  } else if (mail.type == core::EventType::evidence_submitted) {
    Payment& payment = payment_of(order);
    payment.has_evidence |= context_.now() <= payment.evidence_until;
  }
}

void Payments::finish_renewal(const Job& job) {
  Payment& payment = payment_of(job.order);
  const bool lives = !payment.voided;
  if (lives) {
    payment.authorised = std::max(payment.authorised, payment.captured + job.amount);
    live(job.order);
  }
  notify(lives ? wire::Charge::authorised : wire::Charge::declined, job.order, author_.next_id(), {},
         job.amount);
}

void Payments::finish_capture(const Job& job) {
  if (done_.find(job.reference, capture_scope) != CodeIndex::none) return;
  Payment& payment = payment_of(job.order);
  const core::Code message = author_.next_id();
  if (payment.voided || job.amount.minor <= 0 || payment.captured + job.amount > payment.authorised ||
      fails_once(job.reference)) {
    return notify(wire::Charge::capture_failed, job.order, message, job.reference, job.amount);
  }
  done_.insert(job.reference, 1, capture_scope);
  payment.captured += job.amount;
  const PayoutParams& flaws = context_.params.payment.payouts;
  const bool is_left_out =
      context_.pattern.faults && context_.chance(job.reference, "left out") < flaws.missing_share;
  Day& day = day_after(is_left_out ? 1 : 0);
  day.captured += job.amount;
  ++day.captures;
  ++day.items;
  const Order& order = context_.orders[job.order];
  context_.world.state({.kind = world::FactKind::captured,
                        .at = context_.now(),
                        .order = order.code,
                        .channel = order.channel,
                        .reference = job.reference,
                        .amount = job.amount,
                        .message_source = author_.name(),
                        .message_id = message});
  notify(wire::Charge::captured, job.order, message, job.reference, job.amount);
  retry_refunds(job.order);
}

bool Payments::fails_once(const core::Code& capture) {
  const double share = context_.params.payment.capture_failure_share;
  return context_.pattern.faults && context_.chance(capture, "capture fails") < share &&
         failed_.insert(capture, 1);
}

void Payments::finish_refund(const Job& job) {
  if (done_.find(job.reference, refund_scope) != CodeIndex::none) return;
  Payment& payment = payment_of(job.order);
  if (job.amount.minor <= 0) return;
  if (payment.refunded + job.amount > payment.captured) {
    waiting_.push_back(job);
    return;
  }
  done_.insert(job.reference, 1, refund_scope);
  payment.refunded += job.amount;
  Day& day = today();
  day.refunded += job.amount;
  ++day.items;
  const Order& order = context_.orders[job.order];
  const core::Code message = author_.next_id();
  context_.world.state({.kind = world::FactKind::refunded,
                        .at = context_.now(),
                        .order = order.code,
                        .channel = order.channel,
                        .reference = job.reference,
                        .amount = job.amount,
                        .tenders = {.card = job.amount},
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp stamp = author_.stamp(message, order.code, party_.clock_reading(context_.now()));
  const wire::RefundNotice notice{
      .order = order.code, .channel = order.channel, .refund = job.reference, .amount = job.amount};
  context_.post(*webhooks_,
                [&](std::string& out) { wire::psp_refund(out, context_.names(), stamp, notice); });
}

bool Payments::open_dispute(OrderNumber order) {
  Payment& payment = payment_of(order);
  const core::Money amount = payment.captured - payment.refunded;
  if (amount.minor <= 0 || !payment.dispute.empty()) return false;
  payment.disputed = amount;
  payment.dispute = wire::code_of("dispute", order + 1U);
  payment.evidence_until = context_.now() + context_.params.payment.chargebacks.evidence_within;
  tell_dispute(order, wire::DisputeNews::opened, amount, context_.params.payment.dispute_fee);
  take_from_today(amount + context_.params.payment.dispute_fee);
  return true;
}

void Payments::decide_dispute(OrderNumber order, bool won) {
  const core::Money amount = std::exchange(payment_of(order).disputed, core::Money{});
  if (amount.is_zero()) return;
  tell_dispute(order, won ? wire::DisputeNews::won : wire::DisputeNews::lost, amount, {});
  if (won) take_from_today(-amount);
}

void Payments::take_from_today(core::Money amount) {
  Day& day = today();
  day.refunded += amount;
  ++day.items;
}

void Payments::tell_dispute(OrderNumber n, wire::DisputeNews news, core::Money amount, core::Money fee) {
  constexpr world::FactKind kinds[] = {world::FactKind::dispute_opened, world::FactKind::dispute_won,
                                       world::FactKind::dispute_lost};
  const Order& order = context_.orders[n];
  const Payment& payment = payment_of(n);
  const core::Code message = author_.next_id();
  context_.world.state({.kind = kinds[static_cast<std::size_t>(news)],
                        .at = context_.now(),
                        .order = order.code,
                        .channel = order.channel,
                        .reference = payment.dispute,
                        .amount = amount,
                        .fee = fee,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp stamp = author_.stamp(message, order.code, party_.clock_reading(context_.now()));
  const wire::DisputeNotice notice{.news = news,
                                   .dispute = payment.dispute,
                                   .order = order.code,
                                   .channel = order.channel,
                                   .payment = payment.code,
                                   .amount = amount,
                                   .fee = fee,
                                   .respond_by = payment.evidence_until};
  context_.post(*webhooks_,
                [&](std::string& out) { wire::psp_dispute(out, context_.names(), stamp, notice); });
}

void Payments::retry_refunds(OrderNumber order) {
  std::vector<Job> again;
  std::erase_if(waiting_, [&](const Job& job) {
    if (job.order == order) again.push_back(job);
    return job.order == order;
  });
  for (const Job& job : again) finish_refund(job);
}

Payments::Day& Payments::day_after(std::int64_t days) {
  // The provider's day is the ledger's.
  const auto offset = std::chrono::minutes{context_.params.calendar.ledger_utc_offset_min};
  const auto midnight =
      std::chrono::floor<std::chrono::days>(context_.now() + offset) + std::chrono::days{days};
  const std::int64_t number = midnight.time_since_epoch().count();
  const auto [day, is_new] = days_.try_emplace(number);
  if (is_new) {
    const PayoutParams& flaws = context_.params.payment.payouts;
    const bool is_late =
        context_.pattern.faults &&
        context_.chance(wire::code_of("day", static_cast<std::uint64_t>(number)), "late") < flaws.late_share;
    const sim::Time paid_at = midnight - offset +
                              std::chrono::days{context_.params.payment.payout_after_days} +
                              context_.params.payment.payout_at + (is_late ? flaws.late_by : sim::Duration{});
    due(std::max(paid_at - context_.now(), sim::Duration{}),
        {.what = What::payout, .reference = {}, .correlation = {}, .amount = {}, .day = number});
  }
  return day->second;
}

void Payments::book_card_sale(core::Money amount) {
  if (amount.is_zero()) return;
  Day& day = today();
  ++day.items;
  if (amount.minor > 0) {
    day.captured += amount;
    ++day.captures;
  } else {
    day.refunded += -amount;
  }
}

void Payments::pay_out(sim::Time now, std::int64_t number) {
  const Day day = days_.at(number);
  days_.erase(number);
  const PaymentParams& terms = context_.params.payment;
  const PayoutParams& flaws = terms.payouts;
  const core::Money fee = basis_points(day.captured, terms.fee_bp) + terms.fee_fixed * day.captures;
  const core::Money withheld = basis_points(day.captured, flaws.reserve_bp);
  const core::Money gross = day.captured - day.refunded - withheld;
  const core::Money net = gross - fee;
  const bool is_short = context_.pattern.faults && net.minor > 0;
  transfer(now, gross, fee, day.items, is_short ? basis_points(net, flaws.short_bp) : core::Money{});
  if (!withheld.is_zero())
    due(flaws.reserve_for, {.what = What::release, .reference = {}, .correlation = {}, .amount = withheld});
}

void Payments::transfer(sim::Time now, core::Money gross, core::Money fee, std::uint32_t items,
                        core::Money short_of) {
  const core::Code payout = wire::code_of("payout", ++payouts_made_);
  const core::Code message = author_.next_id();
  context_.world.state({.kind = world::FactKind::payout_paid,
                        .at = now,
                        .reference = payout,
                        .amount = gross - short_of,
                        .fee = fee,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp stamp = author_.stamp(message, payout, party_.clock_reading(now));
  context_.post(*payouts_, [&](std::string& out) {
    wire::psp_payout(out, stamp, {.payout = payout, .gross = gross, .fee = fee, .items = items});
  });
  if (!short_of.is_zero())
    due(context_.params.payment.payouts.rest_after,
        {.what = What::rest, .reference = payout, .correlation = {}, .amount = short_of});
}

void Payments::transfer_rest(sim::Time now, const core::Code& payout, core::Money amount) {
  context_.world.state(
      {.kind = world::FactKind::payout_paid, .at = now, .reference = payout, .amount = amount});
}

std::vector<std::string> Payments::pending() const {
  std::vector<std::string> found;
  for (const Job& job : waiting_) {
    found.push_back("refund " + std::string(job.reference.view()) +
                    " waits at the payment provider for the capture that it would undo");
  }
  return found;
}

}  // namespace omnisim::models
