// Tax that is due by law and was not charged. The seller owes it (6300 against 2200), for as much of an order
// as stays sold; a till's document is sold, or taken back, at once. What was charged too much is owed as it
// was charged, so it needs no entry.
#include <algorithm>

#include "harness/audit/books.hpp"

namespace omnisim::audit {

using core::Money;

void TrueBooks::tax_due(const world::Fact& fact, KnownOrder* order) {
  Money charged = fact.shipping_tax;
  for (const core::Line& line : fact.lines) charged += line.tax;
  const bool taken_back = !fact.reference.empty();
  const Money lacking = std::max(fact.amount - charged, Money{});
  if (!taken_back) {
    tax_undercharged_minor += lacking.minor;
    tax_overcharged_minor += std::max(charged - fact.amount, Money{}).minor;
  }
  if (!fact.channel.is_none()) {
    if (order != nullptr) order->tax_short = lacking;
    return;
  }
  begin(60, fact, "tax due that nobody was charged");
  const Money owed = taken_back ? -lacking : lacking;
  debit(6300, owed), credit(2200, owed, core::dimension_of(fact.jurisdiction));
  end();
}

/// In proportion to what was agreed and stays sold, toward zero.
void TrueBooks::bear_tax(KnownOrder& order) {
  const std::int64_t agreed = order.tenders.total().minor;
  if (order.tax_short.is_zero() || agreed <= 0) return;
  __extension__ typedef __int128 Wide;
  const std::int64_t sold = std::clamp<std::int64_t>((order.recognised - order.due_back).minor, 0, agreed);
  const Money borne{static_cast<std::int64_t>(static_cast<Wide>(order.tax_short.minor) * sold / agreed)};
  const Money more = borne - order.tax_borne;
  order.tax_borne = borne;
  debit(6300, more), credit(2200, more, core::dimension_of(order.jurisdiction));
}

void TrueBooks::tax_remitted(const world::Fact& fact) {
  const std::uint16_t where = core::dimension_of(fact.jurisdiction);
  tax_remitted_minor[where] += fact.amount.minor;
  begin(16, fact, "tax paid to the authority");
  debit(2200, fact.amount, where), credit(1000, fact.amount);
  end();
}

}  // namespace omnisim::audit
