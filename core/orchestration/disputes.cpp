#include "core/orchestration/disputes.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

HashKey dispute_key(const Code& code) { return key_of(KeyKind::dispute, code); }

}  // namespace

Outcome Disputes::opened(const DisputeOpened& body) {
  const HashKey key = dispute_key(body.dispute);
  if (index_.find(key) != no_index)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the dispute is known already");
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  Dispute made;
  made.code = body.dispute;
  made.order = order;
  made.state = chargeback.find(made.state, DisputeEvent::open)->next;
  made.amount = body.amount;
  made.since = c_.step.now;
  made.opened_by = c_.step.id;
  made.opened_in = c_.step.cause.input;
  const std::uint32_t index = disputes_.add(made);
  index_.insert(key, index);
  Amounts amounts;
  amounts[Component::gross] = body.amount;
  amounts[Component::fee] = body.fee;
  c_.post(Occasion::dispute_opened, amounts, body.order, body.channel);
  refunds_.dispute_opened(order);
  const auto known = grounds(made);
  const Time due = body.respond_by - c_.config.policies.evidence_margin;
  if ((known && *known != EvidenceGrounds::shipped) || due <= c_.step.now) {
    answer(disputes_[index]);
  } else if (c_.can().timeouts) {
    c_.timers.arm(TimerKind::evidence, due, c_.step.cause.input, index, made.opened_in);
  }
  c_.parking.wake(key);
  return Outcome::done();
}

std::optional<EvidenceGrounds> Disputes::grounds(const Dispute& dispute) const {
  const auto units = [&](UnitState state) {
    return c_.book.orders[dispute.order].units[static_cast<std::size_t>(state)];
  };
  if (refunds_.settled_on_card(dispute.order) >= dispute.amount) return EvidenceGrounds::already_refunded;
  if (units(UnitState::delivered) > 0) return EvidenceGrounds::delivered;
  if (units(UnitState::shipped) > 0) return EvidenceGrounds::shipped;
  return std::nullopt;
}

void Disputes::answer(Dispute& dispute) {
  const auto known = grounds(dispute);
  const auto* row = chargeback.find(dispute.state, known ? DisputeEvent::answer : DisputeEvent::concede);
  if (row == nullptr) return;
  dispute.state = row->next;
  if (!known) return;
  const Order& order = c_.book.orders[dispute.order];
  c_.outbox.start(EvidenceSubmitted{dispute.code, order.code, order.channel, *known});
  c_.send({System::psp, 0}, order.code);
}

void Disputes::due(std::uint32_t index) {
  c_.step.id = disputes_[index].opened_by;
  c_.step.correlation = c_.book.orders[disputes_[index].order].code;
  answer(disputes_[index]);
}

bool Disputes::still_wanted(const Timer& timer) const {
  const Dispute& dispute = disputes_[timer.subject];
  return dispute.opened_in == timer.version && dispute.state == DisputeState::opened;
}

void Disputes::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Dispute& dispute = disputes_[index];
    if (!is_terminal(dispute.state) || dispute.ended != ended) return;
    index_.erase(dispute_key(dispute.code));
    disputes_.free(index);
  });
}

Dispute* Disputes::decided(const Code& code, Money amount, DisputeEvent event, Outcome& outcome) {
  const HashKey key = dispute_key(code);
  const std::uint32_t found = index_.find(key);
  if (found == no_index) {
    outcome = Outcome::wait(key, "the dispute is not known yet");
    return nullptr;
  }
  Dispute& dispute = disputes_[found];
  const auto* row = chargeback.find(dispute.state, event);
  if (row == nullptr) {
    outcome = Outcome::refused(ExceptionCategory::illegal_transition, "the dispute is decided already");
    return nullptr;
  }
  if (amount != dispute.amount) {
    outcome = Outcome::refused(ExceptionCategory::invalid, "another amount than was disputed");
    return nullptr;
  }
  dispute.state = row->next;
  if (is_terminal(dispute.state)) {
    dispute.ended = c_.step.now;
    endings_.add(c_, found);
  }
  return &dispute;
}

Outcome Disputes::won(const DisputeWon& body) {
  Outcome outcome;
  const Dispute* const dispute = decided(body.dispute, body.amount, DisputeEvent::win, outcome);
  if (dispute == nullptr) return outcome;
  const Order& order = c_.book.orders[dispute->order];
  Amounts amounts;
  amounts[Component::gross] = dispute->amount;
  c_.post(Occasion::dispute_won, amounts, order.code, order.channel);
  refunds_.dispute_won(dispute->order);
  return outcome;
}

Outcome Disputes::lost(const DisputeLost& body) {
  Outcome outcome;
  const Dispute* const dispute = decided(body.dispute, body.amount, DisputeEvent::lose, outcome);
  if (dispute == nullptr) return outcome;
  const Order& order = c_.book.orders[dispute->order];
  Amounts amounts;
  amounts[Component::gross] = dispute->amount;
  amounts[Component::covered] = refunds_.dispute_lost(dispute->order, dispute->amount);
  amounts[Component::loss] = amounts[Component::gross] - amounts[Component::covered];
  c_.post(Occasion::dispute_lost, amounts, order.code, order.channel);
  return outcome;
}

void Disputes::list_open(std::vector<OpenItem>& items) const {
  for (const Dispute& dispute : disputes_) {
    if (!dispute.code.empty() && !is_terminal(dispute.state))
      items.push_back({ItemKind::dispute, dispute.code, name_of(dispute.state), dispute.since});
  }
}

std::string_view Disputes::state_of(const Code& code) const {
  const std::uint32_t found = index_.find(dispute_key(code));
  return name_of(found == no_index ? DisputeState::unknown : disputes_[found].state);
}

void Disputes::digest(Digest& digest) const {
  for (const Dispute& d : disputes_)
    digest.add(d.code, d.order, d.state, d.amount, d.since, d.opened_by, d.opened_in, d.ended);
  endings_.digest(digest);
  digest.add(disputes_.size());
}

}  // namespace omnisim::core
