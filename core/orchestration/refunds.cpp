#include "core/orchestration/refunds.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

Tenders tenders_of(const Refund& refund, const Code& gift_card_no) {
  Tenders tenders;
  switch (refund.tender) {
    case RefundTender::marketplace:
      tenders.marketplace = refund.amount;
      break;
    case RefundTender::card:
      tenders.card = refund.amount;
      break;
    case RefundTender::gift_card:
      tenders.gift_card = refund.amount;
      tenders.gift_card_no = gift_card_no;
      break;
  }
  return tenders;
}

}  // namespace

void Refunds::request(OrderIndex index, std::uint32_t goods_return, Money gross) {
  Order& order = c_.book.orders[index];
  Aftermath& after = c_.book.open_aftermath(order);
  Money left = gross;
  const auto take = [&](Money paid, Money& asked) {
    const Money amount = std::max(Money{}, std::min(left, paid - asked));
    asked += amount;
    left -= amount;
    return amount;
  };
  open(order.code, goods_return, RefundTender::marketplace,
       take(order.paid.marketplace, after.refunds.marketplace));
  open(order.code, goods_return, RefundTender::card, take(order.paid.card, after.refunds.card));
  left -= cover(order, after, left);
  open(order.code, goods_return, RefundTender::gift_card,
       take(order.paid.gift_card, after.refunds.gift_card));
}

/// What would go to a card whose holder has taken it back himself is not paid again by other means.
Money Refunds::cover(const Order& order, Aftermath& after, Money amount) {
  Amounts amounts;
  amounts[Component::covered] = std::max(Money{}, std::min(amount, after.charged_back));
  if (amounts[Component::covered].is_zero()) return {};
  after.charged_back -= amounts[Component::covered];
  c_.post(Occasion::refund_covered, amounts, order.code, order.channel);
  return amounts[Component::covered];
}

void Refunds::open(const Code& paid_for, std::uint32_t goods_return, RefundTender tender, Money amount) {
  if (amount.is_zero()) return;
  GoodsReturn& owner = c_.book.returns[goods_return];
  const Order& order = c_.book.orders[owner.order];
  Refund refund;
  refund.order_code = paid_for;
  refund.channel = order.channel;
  refund.order = owner.order;
  refund.goods_return = goods_return;
  refund.next = owner.first_refund;
  refund.amount = amount;
  refund.tender = tender;
  if (tender == RefundTender::card && c_.book.aftermath_of(order).open_disputes > 0)
    refund.state = RefundState::held;
  owner.first_refund = add(refund);
  ++owner.open_refunds;
}

std::uint32_t Refunds::add(Refund refund) {
  refund.id = numbered('R', ++c_.book.refunds_made);
  refund.since = c_.step.now;
  const std::uint32_t number = c_.book.refunds.add(refund);
  c_.book.refund_index.insert(key_of(KeyKind::refund, refund.id), number);
  if (refund.state == RefundState::requested) ask(refund);
  return number;
}

void Refunds::request_for_card(const Code& order, ChannelId channel, Money amount) {
  if (amount.minor <= 0) return;
  Refund refund;
  refund.order_code = order;
  refund.channel = channel;
  refund.amount = amount;
  add(refund);
}

void Refunds::ask(const Refund& refund) {
  Destination to{System::psp, 0};
  if (refund.tender == RefundTender::marketplace) to = {System::channel, refund.channel.value};
  if (refund.tender == RefundTender::gift_card) to = {System::gift_card, 0};
  const Code gift_card_no =
      refund.order == no_index ? Code{} : c_.book.code(c_.book.orders[refund.order].tenders.gift_card_no);
  c_.outbox.start(
      RefundRequested{refund.order_code, refund.channel, refund.id, tenders_of(refund, gift_card_no)});
  const RateRow rate = refund.order == no_index ? no_rate : c_.book.orders[refund.order].rate;
  if (rate != no_rate) c_.outbox.in_currency(c_.config.rates[rate - std::size_t{1}].currency);
  c_.send(to, refund.order_code);
}

Outcome Refunds::pending(const RefundPending& body) {
  const std::uint32_t found = find(body.refund);
  if (found == no_index)
    return Outcome::refused(ExceptionCategory::unknown_reference, "a refund that nobody asked for");
  Refund& refund = c_.book.refunds[found];
  const auto* row = refund_table.find(refund.state, RefundEvent::pend);
  if (row == nullptr)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the refund is not under way");
  refund.state = row->next;
  return Outcome::done();
}

Outcome Refunds::failed(const RefundFailed& body) {
  const std::uint32_t found = find(body.refund);
  if (found == no_index)
    return Outcome::refused(ExceptionCategory::unknown_reference, "a refund that nobody asked for");
  Refund& refund = c_.book.refunds[found];
  const auto* row = refund_table.find(refund.state, RefundEvent::fail);
  if (row == nullptr)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the refund is not under way");
  refund.state = row->next;
  if (row->action == RefundAction::ask) ask(refund);
  if (row->action == RefundAction::raise) breaks_.compare(BreakKind::refund, refund.id, -refund.amount);
  return Outcome::done();
}

Outcome Refunds::succeeded(const RefundSucceeded& body, std::uint32_t& goods_return) {
  goods_return = no_index;
  const std::uint32_t found = find(body.refund);
  const bool of_card = found != no_index && c_.book.refunds[found].order == no_index;
  if (!of_card && c_.book.find(body.channel, body.order) == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  const bool is_nothing = body.tenders.total().is_zero();
  if (is_nothing && (found == no_index || c_.book.refunds[found].tender != RefundTender::marketplace))
    return Outcome::refused(ExceptionCategory::invalid, "only a marketplace repays before it is asked");
  if (found != no_index) {
    Refund& refund = c_.book.refunds[found];
    const auto* row = refund_table.find(refund.state, RefundEvent::succeed);
    if (row == nullptr && c_.can().idempotency)
      return Outcome::refused(ExceptionCategory::duplicate_conflict, "refunded already");
    if (row != nullptr) {
      if (refund.state == RefundState::failed) breaks_.compare(BreakKind::refund, refund.id, {});
      refund.state = row->next;
      if (refund.state == RefundState::settled) goods_return = refund.goods_return;
      if (refund.state == RefundState::doubled)
        breaks_.compare(BreakKind::refund, refund.id, body.tenders.total());
    }
  }
  Amounts amounts;
  amounts[Component::card] = body.tenders.card;
  amounts[Component::gift_card] = body.tenders.gift_card;
  amounts[Component::cash] = body.tenders.cash;
  amounts[Component::marketplace] = body.tenders.marketplace;
  amounts[Component::gross] = body.tenders.total();
  c_.post(Occasion::refund_settled, amounts, body.order, body.channel);
  return Outcome::done();
}

void Refunds::dispute_opened(OrderIndex order) {
  ++c_.book.open_aftermath(c_.book.orders[order]).open_disputes;
}

void Refunds::dispute_won(OrderIndex order) {
  if (--c_.book.open_aftermath(c_.book.orders[order]).open_disputes == 0) release(order);
}

Money Refunds::dispute_lost(OrderIndex index, Money amount) {
  Money covered;
  for_each(index, [&](Refund& refund) {
    if (refund.state != RefundState::held || covered == amount) return;
    const Money part = std::min(refund.amount, amount - covered);
    covered += part;
    if (part < refund.amount) {
      refund.amount -= part;  // The rest is owed still.
      return;
    }
    refund.state = refund_table.find(refund.state, RefundEvent::supersede)->next;
    ended_.push_back(refund.goods_return);
  });
  Aftermath& after = c_.book.open_aftermath(c_.book.orders[index]);
  after.charged_back += amount - covered;
  after.refunds.card += amount - covered;
  if (--after.open_disputes == 0) release(index);
  return covered;
}

void Refunds::release(OrderIndex order) {
  for_each(order, [&](Refund& refund) {
    const auto* row = refund_table.find(refund.state, RefundEvent::release);
    if (row == nullptr) return;
    refund.state = row->next;
    ask(refund);
  });
}

Money Refunds::owed() const {
  SumOfOrders owed(c_);
  for (const Refund& refund : c_.book.refunds) {
    if (refund.id.empty() || is_terminal(refund.state)) continue;
    const RateRow rate = refund.order == no_index ? no_rate : c_.book.orders[refund.order].rate;
    owed.add(refund.order, rate, refund.amount);
  }
  return owed.total();
}

Money Refunds::settled_on_card(OrderIndex order) const {
  Money settled =
      c_.book.aftermath_of(c_.book.orders[order]).refunds.card;  // What a till has paid out is settled.
  for_each(order, [&](const Refund& refund) {
    if (refund.tender == RefundTender::card && refund.state != RefundState::settled) settled -= refund.amount;
  });
  return settled;
}

void Refunds::list_open(std::vector<OpenItem>& items) const {
  for (const Refund& refund : c_.book.refunds) {
    if (refund.id.empty()) continue;
    // One that is on its way is its return's business.
    const bool by_return = refund.state == RefundState::requested && refund.goods_return != no_index;
    if (!is_terminal(refund.state) && !by_return)
      items.push_back({ItemKind::refund, refund.id, name_of(refund.state), refund.since});
  }
}

std::string_view Refunds::state_of(const Code& id) const {
  const std::uint32_t found = find(id);
  return found == no_index ? std::string_view{} : name_of(c_.book.refunds[found].state);
}

}  // namespace omnisim::core
