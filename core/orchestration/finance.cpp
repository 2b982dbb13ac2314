#include "core/orchestration/finance.hpp"

namespace omnisim::core {

Finance::Finance(Context& context)
    : breaks(context),
      refunds(context, breaks),
      disputes(context, refunds),
      gift_cards(context, refunds),
      loyalty(context),
      remittances(context, breaks),
      ledger(context, breaks),
      expected(context),
      freight(context, breaks),
      closes(context, breaks, refunds, gift_cards, remittances, ledger, expected, freight) {}

void Finance::fire(TimerKind kind, const Timer& timer) {
  if (kind == TimerKind::evidence) disputes.due(timer.subject);
  if (kind == TimerKind::break_age) breaks.age(timer.subject);
  if (kind == TimerKind::gift_card_dormancy) gift_cards.sleep(timer.subject);
  if (kind == TimerKind::remittance) remittances.late(timer.subject);
  if (kind == TimerKind::period) closes.due(timer.subject);
  if (kind == TimerKind::returns_lapse) expected.lapse(timer.subject);
  if (kind == TimerKind::reconciliation) closes.look(timer.subject);
}

bool Finance::still_wanted(TimerKind kind, const Timer& timer) const {
  if (kind == TimerKind::evidence) return disputes.still_wanted(timer);
  if (kind == TimerKind::gift_card_dormancy) return gift_cards.still_wanted(timer);
  if (kind == TimerKind::remittance) return remittances.still_wanted(timer);
  if (kind == TimerKind::period || kind == TimerKind::reconciliation) return closes.still_wanted(timer);
  if (kind == TimerKind::returns_lapse) return expected.still_wanted(timer);
  return breaks.still_wanted(timer);
}

void Finance::follow_journal() {
  ledger.follow_journal();
  remittances.follow_journal();
}

void Finance::forget_before(Time before) {
  breaks.forget_before(before);
  disputes.forget_before(before);
  remittances.forget_before(before);
  ledger.forget_before(before);
  freight.forget_before(before);
}

void Finance::list_open(std::vector<OpenItem>& items) const {
  refunds.list_open(items);
  disputes.list_open(items);
  gift_cards.list_open(items);
  remittances.list_open(items);
  ledger.list_open(items);
  closes.list_open(items);
  breaks.list_open(items);
}

std::string_view Finance::state_of(ItemKind kind, const Code& id) const {
  if (kind == ItemKind::dispute) return disputes.state_of(id);
  if (kind == ItemKind::refund) return refunds.state_of(id);
  if (kind == ItemKind::gift_card) return gift_cards.state_of(id);
  if (kind == ItemKind::remittance) return remittances.state_of(id);
  if (kind == ItemKind::entry) return ledger.state_of(id);
  if (kind == ItemKind::period) return closes.state_of(id);
  if (kind == ItemKind::difference) return breaks.state_of(id);
  return {};
}

void Finance::digest(Digest& digest) const {
  breaks.digest(digest);
  disputes.digest(digest);
  gift_cards.digest(digest);
  loyalty.digest(digest);
  remittances.digest(digest);
  ledger.digest(digest);
  expected.digest(digest);
  freight.digest(digest);
  closes.digest(digest);
}

}  // namespace omnisim::core
