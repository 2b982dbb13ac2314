#include "core/canonical/decode.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"

namespace omnisim::core {
namespace {

constexpr DecodeResult ok{};

/// Ascending numbers make "distinct" one comparison a line. A returned line may come once for each condition.
bool follows(const Line& line, const Line* before) {
  return before == nullptr || line.line_no > before->line_no ||
         (line.line_no == before->line_no && line.condition > before->condition);
}

DecodeResult check_lines(const Event& event) {
  const EventType type = event.type();
  if (!has_lines(type)) return ok;
  if (event.lines.empty()) return {DecodeCode::missing_field, "lines"};
  if (event.lines.size() > max_lines) return {DecodeCode::out_of_range, "lines"};
  const Line* before = nullptr;
  for (const Line& line : event.lines) {
    const bool may_be_zero = type == EventType::stock_counted;
    if (line.quantity_each > max_quantity_each || line.quantity_each < (may_be_zero ? 0 : 1))
      return {DecodeCode::out_of_range, "quantity"};
    if (line.discount.minor < 0 || line.net.minor < 0 || line.tax.minor < 0 || line.cost.minor < 0)
      return {DecodeCode::out_of_range, "net"};
    if (line.line_no == 0) return {DecodeCode::out_of_range, "line_no"};
    if (!follows(line, before)) return {DecodeCode::bad_value, "line_no"};
    before = &line;
  }
  return ok;
}

bool any_negative(const Tenders& t) {
  return t.card.minor < 0 || t.gift_card.minor < 0 || t.cash.minor < 0 || t.marketplace.minor < 0;
}

Money goods_total(const Event& event) {
  Money total;
  for (const Line& line : event.lines) total += line.net + line.tax;
  return total;
}

struct BodyCheck {
  const Event& event;

  DecodeResult operator()(const OrderPlaced& b) const {
    if (b.shipping_net.minor < 0 || b.shipping_tax.minor < 0)
      return {DecodeCode::out_of_range, "shipping_net"};
    if (any_negative(b.tenders)) return {DecodeCode::out_of_range, "tenders"};
    if (!b.tenders.gift_card.is_zero() && b.tenders.gift_card_no.empty())
      return {DecodeCode::missing_field, "gift_card_no"};
    if (b.fulfilment == Fulfilment::collect && b.collect_at.is_none())
      return {DecodeCode::missing_field, "collect_at"};
    const bool adds_up = b.tenders.total() == goods_total(event) + b.shipping_net + b.shipping_tax;
    return adds_up ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
  }
  DecodeResult operator()(const PosSale& b) const {
    if (any_negative(b.tenders)) return {DecodeCode::out_of_range, "tenders"};
    return b.tenders.total() == goods_total(event) ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
  }
  DecodeResult operator()(const PosReturn& b) const {
    if (any_negative(b.tenders)) return {DecodeCode::out_of_range, "tenders"};
    if (!b.order.empty() && b.channel.is_none()) return {DecodeCode::missing_field, "channel"};
    if (b.order.empty() && b.tenders.total() != goods_total(event)) return {DecodeCode::bad_value, "tenders"};
    return ok;
  }
  DecodeResult operator()(const RefundSucceeded& b) const { return one_tender(b.tenders); }
  DecodeResult operator()(const RefundRequested& b) const { return one_tender(b.tenders); }
  DecodeResult operator()(const GiftCardActivated& b) const {
    if (b.value.minor <= 0) return {DecodeCode::out_of_range, "value"};
    if (any_negative(b.tenders)) return {DecodeCode::out_of_range, "tenders"};
    return b.tenders.total() == b.value ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
  }
  DecodeResult operator()(const PayoutPaid& b) const {
    return b.net + b.fee == b.gross ? ok : DecodeResult{DecodeCode::bad_value, "net"};
  }
  DecodeResult operator()(const SettlementClosed& b) const {
    return b.net + b.commission == b.gross ? ok : DecodeResult{DecodeCode::bad_value, "net"};
  }
  DecodeResult operator()(const PaymentAuthorised& b) const { return positive(b.amount); }
  DecodeResult operator()(const PaymentDeclined& b) const { return positive(b.amount); }
  DecodeResult operator()(const PaymentCaptured& b) const { return positive(b.amount); }
  DecodeResult operator()(const CaptureFailed& b) const { return positive(b.amount); }
  DecodeResult operator()(const CaptureRequested& b) const { return positive(b.amount); }
  DecodeResult operator()(const GiftCardRedeemed& b) const {
    return b.value.minor > 0 ? ok : DecodeResult{DecodeCode::out_of_range, "value"};
  }
  DecodeResult operator()(const JournalPosted&) const {
    if (event.postings.empty()) return {DecodeCode::missing_field, "postings"};
    Money sum;
    for (const Posting& posting : event.postings) {
      if (posting.account < account_first || posting.account > account_last)
        return {DecodeCode::out_of_range, "account"};
      sum += posting.amount;
    }
    return sum.is_zero() ? ok : DecodeResult{DecodeCode::bad_value, "postings"};
  }
  template <class Other>
  DecodeResult operator()(const Other&) const {
    return ok;
  }

  static DecodeResult positive(Money amount) {
    return amount.minor > 0 ? ok : DecodeResult{DecodeCode::out_of_range, "amount"};
  }
  static DecodeResult one_tender(const Tenders& t) {
    if (any_negative(t)) return {DecodeCode::out_of_range, "tenders"};
    const int used =
        (t.card.minor > 0) + (t.gift_card.minor > 0) + (t.cash.minor > 0) + (t.marketplace.minor > 0);
    return used == 1 ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
  }
};

}  // namespace

DecodeResult validate(const Event& event, const Directory&) {
  if (const DecodeResult r = check_lines(event); !r.ok()) return r;
  return std::visit(BodyCheck{event}, event.body);
}

}  // namespace omnisim::core
