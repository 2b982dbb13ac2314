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
    const std::int32_t most_short = type == EventType::shipment_shipped ? max_quantity_each : 0;
    if (line.short_each < 0 || line.short_each > most_short) return {DecodeCode::out_of_range, "short"};
    const std::int32_t least = may_say_none(type) || line.short_each > 0 ? 0 : 1;
    if (line.quantity_each > max_quantity_each || line.quantity_each < least)
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
    if (b.no_receipt) {
      if (!b.order.empty()) return {DecodeCode::bad_value, "order"};
      return b.tenders.total().is_zero() ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
    }
    if (!b.order.empty() && b.channel.is_none()) return {DecodeCode::missing_field, "channel"};
    if (b.order.empty() && b.tenders.total() != goods_total(event)) return {DecodeCode::bad_value, "tenders"};
    return ok;
  }
  DecodeResult operator()(const RefundSucceeded& b) const {
    // Nothing: the customer has been repaid before.
    return b.tenders.total().is_zero() && !any_negative(b.tenders) ? ok : one_tender(b.tenders);
  }
  DecodeResult operator()(const RefundRequested& b) const { return one_tender(b.tenders); }
  DecodeResult operator()(const GiftCardActivated& b) const { return sold_card(b.value, b.tenders); }
  DecodeResult operator()(const LoyaltyEarned& b) const {
    return b.net.minor < 0 ? DecodeResult{DecodeCode::out_of_range, "net"} : some_points(b.points);
  }
  DecodeResult operator()(const LoyaltyReversed& b) const { return some_points(b.points); }
  DecodeResult operator()(const LoyaltyRedeemed& b) const { return some_points(b.points); }
  DecodeResult operator()(const LoyaltyExpired& b) const { return some_points(b.points); }
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
  DecodeResult operator()(const AuthorisationRequested& b) const { return positive(b.amount); }
  DecodeResult operator()(const GiftCardRedeemed& b) const { return positive(b.value, "value"); }
  DecodeResult operator()(const RefundPending& b) const { return one_tender(b.tenders); }
  DecodeResult operator()(const RefundFailed& b) const { return one_tender(b.tenders); }
  DecodeResult operator()(const DisputeOpened& b) const {
    return b.fee.minor < 0 ? DecodeResult{DecodeCode::out_of_range, "fee"} : positive(b.amount);
  }
  DecodeResult operator()(const DisputeWon& b) const { return positive(b.amount); }
  DecodeResult operator()(const DisputeLost& b) const { return positive(b.amount); }
  DecodeResult operator()(const GiftCardOrdered& b) const { return sold_card(b.value, b.tenders); }
  DecodeResult operator()(const GiftCardCredited& b) const { return positive(b.value, "value"); }
  DecodeResult operator()(const GiftCardBreakage& b) const { return positive(b.value, "value"); }
  DecodeResult operator()(const GiftCardDeactivated& b) const { return not_negative(b.value, "value"); }
  DecodeResult operator()(const GiftCardActivationRequested& b) const { return positive(b.value, "value"); }
  DecodeResult operator()(const InvoiceReceived& b) const {
    Money total = b.tax;
    for (const Line& line : event.lines) total += line.cost;
    if (b.tax.minor < 0) return {DecodeCode::out_of_range, "tax_total"};
    return total == b.gross ? ok : DecodeResult{DecodeCode::bad_value, "gross"};
  }
  DecodeResult operator()(const InvoicePaid& b) const { return positive(b.amount); }
  DecodeResult operator()(const InvoiceApproved& b) const { return positive(b.gross, "gross"); }
  DecodeResult operator()(const TransferRequested& b) const { return other_node(b.node, b.to_node); }
  DecodeResult operator()(const TransferShipped& b) const { return other_node(b.node, b.to_node); }
  DecodeResult operator()(const ItemChanged& b) const { return not_negative(b.cost, "cost"); }
  DecodeResult operator()(const PriceChanged& b) const { return not_negative(b.price, "price"); }
  DecodeResult operator()(const AdjustmentProposed&) const { return balanced(); }
  DecodeResult operator()(const JournalPosted&) const { return balanced(); }
  DecodeResult operator()(const JournalImported&) const { return balanced(); }
  DecodeResult operator()(const BankStatement& b) const {
    Money sum = b.opening;
    for (const StatementEntry& entry : event.entries) sum += entry.amount;
    return sum == b.closing ? ok : DecodeResult{DecodeCode::bad_value, "closing"};
  }
  template <class Other>
  DecodeResult operator()(const Other&) const {
    return ok;
  }

  DecodeResult balanced() const {
    if (event.postings.empty()) return {DecodeCode::missing_field, "postings"};
    Money sum;
    for (const Posting& posting : event.postings) {
      if (posting.account < account_first || posting.account > account_last)
        return {DecodeCode::out_of_range, "account"};
      sum += posting.amount;
    }
    return sum.is_zero() ? ok : DecodeResult{DecodeCode::bad_value, "postings"};
  }
  static DecodeResult positive(Money amount, std::string_view field = "amount") {
    return amount.minor > 0 ? ok : DecodeResult{DecodeCode::out_of_range, field};
  }
  static DecodeResult some_points(std::uint32_t points) {
    return points > 0 && points <= max_points ? ok : DecodeResult{DecodeCode::out_of_range, "points"};
  }
  static DecodeResult not_negative(Money amount, std::string_view field) {
    return amount.minor >= 0 ? ok : DecodeResult{DecodeCode::out_of_range, field};
  }
  static DecodeResult other_node(NodeId from, NodeId to) {
    return from != to ? ok : DecodeResult{DecodeCode::bad_value, "to_node"};
  }
  static DecodeResult sold_card(Money value, const Tenders& tenders) {
    if (value.minor <= 0) return {DecodeCode::out_of_range, "value"};
    if (any_negative(tenders)) return {DecodeCode::out_of_range, "tenders"};
    return tenders.total() == value ? ok : DecodeResult{DecodeCode::bad_value, "tenders"};
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
