// Tax that is due and was not charged: the seller owes it all the same. The tax engine says so once it knows
// better (a rate had changed; it could not be asked). For an order it is booked as control passes and taken
// back as goods come back or are lost, in proportion to what stays sold; a till's document is sold at once.
// What was charged too much is owed as well, to the customer or to the authority, and stays in 2200.
#include <algorithm>

#include "core/orchestration/payments.hpp"

namespace omnisim::core {

namespace {

/// What the seller owes beyond what was charged; less than zero for a document that takes goods back. Where
/// nothing was due, what was charged tells which of the two it is.
Money shortfall(const TaxCorrected& body) {
  const Money more = body.due - body.charged;
  const bool takes_back = body.due.minor < 0 || body.charged.minor < 0;
  return takes_back ? std::min(more, Money{}) : std::max(more, Money{});
}

}  // namespace

Outcome Payments::tax_corrected(const TaxCorrected& body) {
  if (body.channel.is_none()) {
    Amounts amounts;
    amounts[Component::tax] = shortfall(body);
    c_.post(Occasion::tax_corrected, amounts, body.document, {}, body.node, body.jurisdiction);
    return Outcome::done();
  }
  const OrderIndex order = c_.book.find(body.channel, body.document);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.document), "the order is not known yet");
  c_.book.open_aftermath(c_.book.orders[order]).tax_short = shortfall(body);
  bear_tax(order);
  return Outcome::done();
}

Outcome Payments::tax_voided(const TaxVoided& body) {
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index)
    return Outcome::wait(order_key(body.channel, body.order), "the order is not known yet");
  // Nothing is borne of what is not sold. Of what ships all the same, the wish to cancel having come too
  // late, the tax is due whatever the shop has told its engine.
  return Outcome::done();
}

void Payments::bear_tax(OrderIndex index) {
  const Order& order = c_.book.orders[index];
  const Aftermath& after = c_.book.aftermath_of(order);
  if (after.tax_short.is_zero() && after.tax_borne.is_zero()) return;
  const Money whole = order.tenders.total();
  const bool at_delivery = c_.config.policies.accounting.revenue_at == RecognitionPoint::delivery;
  const Money passed = at_delivery ? after.passed : order.recognised;
  const Money sold = std::clamp(passed - after.refund_approved, Money{}, std::max(whole, Money{}));
  Money borne;
  if (!whole.is_zero())
    borne.minor = static_cast<std::int64_t>(Int128{after.tax_short.minor} * sold.minor / whole.minor);
  Amounts amounts;
  amounts[Component::tax] = borne - after.tax_borne;
  c_.book.aftermaths[order.aftermath].tax_borne = borne;
  c_.post(Occasion::tax_corrected, amounts, order.code, order.channel, {}, order.jurisdiction());
}

}  // namespace omnisim::core
