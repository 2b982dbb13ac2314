#include "core/orchestration/gift_cards.hpp"

#include <algorithm>
#include <string>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

Outcome illegal(std::string_view reason) {
  return Outcome::refused(ExceptionCategory::illegal_transition, reason);
}

/// The capture of a card's price; a shipment's is "ORDER/SHIPMENT".
Code capture_of(std::uint32_t card) { return numbered('G', card + 1); }

}  // namespace

std::uint32_t GiftCards::find_or_open(const Code& code) {
  std::uint32_t found = find(code);
  if (found != no_index) return found;
  found = static_cast<std::uint32_t>(cards_.size());
  GiftCard made;
  made.code = code;
  made.since = c_.step.now;
  made.by = c_.step.id;
  cards_.push_back(made);
  index_.insert(key_of(KeyKind::gift_card, code), found);
  return found;
}

void GiftCards::fire(std::uint32_t index, GiftCardEvent event) {
  GiftCard& card = cards_[index];
  const auto* row = gift_card_table.find(card.state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a gift card " + std::string(name_of(card.state)) + " cannot " +
                          std::string(name_of(event)));
  }
  card.state = row->next;
  if (row->action == GiftCardAction::ask_for_activation) {
    c_.outbox.start(GiftCardActivationRequested{card.code, card.order, card.paid_with.total()});
    c_.send({System::gift_card, 0}, card.order);
  }
  watch(index);
}

void GiftCards::change(GiftCard& card, Money value, Money used) {
  card.value += value;
  card.used += used;
  owed_ += value - used;
}

Outcome GiftCards::ordered(const GiftCardOrdered& body) {
  const std::uint32_t known = find(body.card);
  if (known != no_index && cards_[known].state != GiftCardState::unknown)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the card is sold already");
  const std::uint32_t index = find_or_open(body.card);
  GiftCard& card = cards_[index];
  const HashKey order = order_key(body.channel, body.order);
  card.order = body.order;
  card.channel = body.channel;
  card.paid_with = body.tenders;
  card.since = c_.step.now;
  card.next = by_order_.find(order);
  by_order_.assign(order, index);
  by_capture_.insert(key_of(KeyKind::capture, capture_of(index)), index);
  fire(index, GiftCardEvent::order);
  if (card.paid_with.card.is_zero()) fire(index, GiftCardEvent::pay);
  const OrderIndex goods = c_.book.find(body.channel, body.order);
  if (goods != no_index && !c_.book.orders[goods].payment.empty())
    authorised(order, c_.book.orders[goods].payment);
  c_.parking.wake(order);
  return Outcome::done();
}

bool GiftCards::authorised(const HashKey& order, const Code& payment) {
  const std::uint32_t first = by_order_.find(order);
  for (std::uint32_t i = first; i != no_index; i = cards_[i].next) {
    GiftCard& card = cards_[i];
    card.payment = payment;
    if (card.state == GiftCardState::ordered && !std::exchange(card.asked, true)) ask_for_capture(card);
  }
  return first != no_index;
}

void GiftCards::ask_for_capture(GiftCard& card) {
  c_.outbox.start(CaptureRequested{card.order, card.channel, card.payment, capture_of(find(card.code)),
                                   card.paid_with.card});
  c_.send({System::psp, 0}, card.order);
}

bool GiftCards::declined(const HashKey& order) {
  const std::uint32_t first = by_order_.find(order);
  for (std::uint32_t i = first; i != no_index; i = cards_[i].next) {
    if (cards_[i].state == GiftCardState::ordered) fire(i, GiftCardEvent::decline);
  }
  return first != no_index;
}

std::optional<Outcome> GiftCards::captured(const PaymentCaptured& body) {
  if (by_capture_.size() == 0) return std::nullopt;
  const std::uint32_t index = by_capture_.find(key_of(KeyKind::capture, body.capture));
  if (index == no_index) return std::nullopt;
  GiftCard& card = cards_[index];
  if (body.order != card.order || body.channel != card.channel)
    return Outcome::refused(ExceptionCategory::unknown_reference, "the capture is of another order");
  if (std::exchange(card.captured, true))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "captured already");
  Amounts amounts;
  amounts[Component::card] = body.amount;
  c_.post(Occasion::payment_captured, amounts, card.order, card.channel);
  card.deposit = body.amount;
  const bool too_late = card.state == GiftCardState::deactivated;
  if (gift_card_table.find(card.state, GiftCardEvent::pay) != nullptr) fire(index, GiftCardEvent::pay);
  if (too_late) give_back(card, body.amount, Occasion::deposit_returned);
  return Outcome::done();
}

std::optional<Outcome> GiftCards::capture_failed(const CaptureFailed& body) {
  const std::uint32_t index = by_capture_.find(key_of(KeyKind::capture, body.capture));
  if (index == no_index) return std::nullopt;
  GiftCard& card = cards_[index];
  if (card.state != GiftCardState::ordered) return illegal("the card is paid, or taken back");
  if (std::exchange(card.retried, true)) {
    fire(index, GiftCardEvent::decline);
  } else {
    ask_for_capture(card);
  }
  return Outcome::done();
}

Outcome GiftCards::activated(const GiftCardActivated& body) {
  const std::uint32_t known = find(body.card);
  const GiftCardState state = known == no_index ? GiftCardState::unknown : cards_[known].state;
  const auto* row = gift_card_table.find(state, GiftCardEvent::activate);
  if (row == nullptr && c_.can().idempotency)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the card is activated already");
  const std::uint32_t index = find_or_open(body.card);
  GiftCard& card = cards_[index];
  if (row != nullptr && row->action == GiftCardAction::issue) {
    if (body.value != card.paid_with.total())
      return Outcome::refused(ExceptionCategory::invalid, "another value than was ordered");
    sell(card, card.paid_with, body.value, Occasion::gift_card_issued);
  } else {
    sell(card, body.tenders, body.value, Occasion::gift_card_sold);
  }
  change(cards_[index], body.value, {});
  if (row != nullptr) fire(index, GiftCardEvent::activate);
  c_.parking.wake(key_of(KeyKind::gift_card, body.card));
  return Outcome::done();
}

void GiftCards::sell(GiftCard& card, const Tenders& tenders, Money value, Occasion occasion) {
  Amounts amounts;
  amounts[Component::card] = tenders.card;
  amounts[Component::gift_card] = tenders.gift_card;
  amounts[Component::cash] = tenders.cash;
  amounts[Component::marketplace] = tenders.marketplace;
  amounts[Component::gross] = value;
  amounts[Component::unexplained] = tenders.total() - value;
  c_.post(occasion, amounts, card.code, card.channel);
  use(tenders.gift_card_no, tenders.gift_card);
}

Outcome GiftCards::redeemed(const GiftCardRedeemed& body) {
  const std::uint32_t index = find(body.card);
  // Without reconciliation the service's word is counted: it need not say what it has put back onto a card.
  const bool strict = c_.can().reconciliation;
  const auto not_taken = [&](const Outcome& outcome) {
    counted_ += strict ? 0 : 1;
    return strict ? outcome : Outcome::done();
  };
  if (index == no_index || cards_[index].state == GiftCardState::unknown)
    return not_taken(
        Outcome::wait(key_of(KeyKind::gift_card, body.card), "redeemed before the card was activated"));
  GiftCard& card = cards_[index];
  if (card.state == GiftCardState::ordered || card.state == GiftCardState::paid)
    return not_taken(
        Outcome::wait(key_of(KeyKind::gift_card, body.card), "redeemed before the card was activated"));
  const Money left = card.spendable() - body.value;
  const auto event = left.is_zero() ? GiftCardEvent::redeem_rest : GiftCardEvent::redeem_part;
  if (gift_card_table.find(card.state, event) == nullptr)
    return not_taken(illegal("the card is used up or out of use"));
  if (left.minor < 0) return not_taken(illegal("more than is left on the card"));
  ++counted_;
  card.redeemed += body.value;
  fire(index, event);
  accrue_breakage(card);
  return Outcome::done();
}

void GiftCards::accrue_breakage(GiftCard& card) {
  const std::int32_t rate = c_.config.policies.gift_card_breakage_bp;
  if (rate <= 0 || rate >= 10'000) return;
  const Money expected = share(card.redeemed, 10'000 - rate, 0, rate);
  set_breakage(card, std::clamp(expected, Money{}, std::max(Money{}, card.spendable())),
               Occasion::gift_card_breakage);
}

void GiftCards::set_breakage(GiftCard& card, Money breakage, Occasion occasion) {
  const Money escheat = share(breakage, 10'000, 0, c_.config.policies.gift_card_escheat_bp);
  Amounts amounts;
  amounts[Component::breakage] = breakage - card.breakage;
  amounts[Component::escheat] = escheat - card.escheat;
  owed_ -= amounts[Component::breakage];
  card.breakage = breakage;
  card.escheat = escheat;
  c_.post(occasion, amounts, card.code);
}

Outcome GiftCards::credited(const GiftCardCredited& body) {
  const std::uint32_t index = find(body.card);
  if (index == no_index || cards_[index].state == GiftCardState::unknown)
    return Outcome::wait(key_of(KeyKind::gift_card, body.card), "credited before the card was activated");
  GiftCard& card = cards_[index];
  if (gift_card_table.find(card.state, GiftCardEvent::credit) == nullptr)
    return illegal("the card is not in use");
  // What was redeemed for goods that were never handed over comes back without a posting: 2400 owed it all
  // along. More than that is a gift of ours.
  const Money unused = std::clamp(card.redeemed - card.used, Money{}, body.value);
  card.redeemed -= unused;
  Amounts amounts;
  amounts[Component::gross] = body.value - unused;
  c_.post(Occasion::gift_card_credited, amounts, card.code);
  change(card, body.value - unused, {});
  fire(index, GiftCardEvent::credit);
  accrue_breakage(card);
  return Outcome::done();
}

Outcome GiftCards::lapsed(const GiftCardBreakage& body) {
  const std::uint32_t index = find(body.card);
  if (index == no_index || cards_[index].state == GiftCardState::unknown)
    return Outcome::wait(key_of(KeyKind::gift_card, body.card), "lapsed before the card was activated");
  GiftCard& card = cards_[index];
  if (gift_card_table.find(card.state, GiftCardEvent::lapse) == nullptr)
    return illegal("nothing is left on it");
  if (body.value != card.spendable()) return illegal("another value than is left on the card");
  set_breakage(card, body.value, Occasion::gift_card_breakage);
  card.value -= body.value;
  card.breakage = card.escheat = {};
  fire(index, GiftCardEvent::lapse);
  return Outcome::done();
}

Outcome GiftCards::deactivated(const GiftCardDeactivated& body) {
  const std::uint32_t index = find(body.card);
  if (index == no_index || cards_[index].state == GiftCardState::unknown)
    return Outcome::wait(key_of(KeyKind::gift_card, body.card), "the card is not known yet");
  GiftCard& card = cards_[index];
  const auto* row = gift_card_table.find(card.state, GiftCardEvent::deactivate);
  if (row == nullptr) return illegal("the card is out of use already");
  const bool is_deposit = card.state == GiftCardState::paid || card.state == GiftCardState::ordered;
  if (!is_deposit && body.value > card.spendable()) return illegal("more than is left on the card");
  fire(index, GiftCardEvent::deactivate);
  if (is_deposit) {
    give_back(card, std::exchange(card.deposit, Money{}), Occasion::deposit_returned);
    return Outcome::done();
  }
  set_breakage(card, {}, Occasion::gift_card_breakage);
  change(card, -body.value, {});
  give_back(card, body.value, Occasion::gift_card_reversed);
  return Outcome::done();
}

void GiftCards::give_back(GiftCard& card, Money left, Occasion occasion) {
  if (left.minor <= 0) return;
  Amounts amounts;
  amounts[Component::gross] = left;
  c_.post(occasion, amounts, card.code, card.channel);
  // Who bought it at a till is known to people alone: the payable is theirs to pay.
  if (!card.order.empty())
    refunds_.request_for_card(card.order, card.channel, std::min(left, card.paid_with.card));
}

void GiftCards::use(const Code& code, Money amount) {
  if (amount.is_zero()) return;
  if (code.empty()) return owe(-amount);
  change(cards_[find_or_open(code)], {}, amount);
}

void GiftCards::refill(const Code& code, Money amount) {
  if (amount.is_zero()) return;
  if (code.empty()) return owe(amount);
  const std::uint32_t index = find_or_open(code);
  change(cards_[index], amount, {});
  if (gift_card_table.find(cards_[index].state, GiftCardEvent::credit) != nullptr)
    fire(index, GiftCardEvent::credit);
}

void GiftCards::watch(std::uint32_t index) {
  GiftCard& card = cards_[index];
  ++card.version;
  const Duration wait = c_.config.policies.gift_card_dormancy;
  if (wait <= Duration{} || !c_.can().timeouts || card.state != GiftCardState::active) return;
  c_.timers.arm(TimerKind::gift_card_dormancy, c_.step.now + wait, c_.step.cause.input, index, card.version);
}

void GiftCards::sleep(std::uint32_t index) { fire(index, GiftCardEvent::sleep); }

bool GiftCards::still_wanted(const Timer& timer) const {
  const GiftCard& card = cards_[timer.subject];
  return card.version == timer.version && card.state == GiftCardState::active;
}

void GiftCards::list_open(std::vector<OpenItem>& items) const {
  // A card in a customer's purse waits for nobody.
  for (const GiftCard& card : cards_) {
    if (card.state == GiftCardState::ordered || card.state == GiftCardState::paid)
      items.push_back({ItemKind::gift_card, card.code, name_of(card.state), card.since});
  }
}

std::string_view GiftCards::state_of(const Code& code) const {
  const std::uint32_t found = find(code);
  return name_of(found == no_index ? GiftCardState::unknown : cards_[found].state);
}

void GiftCards::digest(Digest& digest) const {
  for (const GiftCard& g : cards_) {
    digest.add(g.code, g.state, g.asked, g.retried, g.captured, g.order, g.channel, g.payment, g.deposit,
               g.value, g.redeemed, g.used, g.breakage, g.escheat, g.since, g.by, g.next, g.version);
    digest.add(g.paid_with.card, g.paid_with.cash, g.paid_with.gift_card, g.paid_with.marketplace);
  }
  digest.add(cards_.size(), owed_, without_card_, counted_);
}

}  // namespace omnisim::core
