// What a marketplace takes from what it owes us, part by part, and what orders in other currencies are worth.
#include <cstdlib>

#include "harness/audit/books.hpp"

namespace omnisim::audit {

using core::Money, core::SettlementKind;

void TrueBooks::books_of(const KnownOrder* order) {
  rate_ = order == nullptr ? 0 : order->rate;
  abroad_ = order == nullptr ? core::Code{} : order->code;
}

/// What an order has come to on an account is exchanged as a whole, so that it is the same whatever parts it
/// came in: a part is worth what it changes.
Money TrueBooks::worth(AccountKey account, Money amount) {
  std::int64_t& balance = foreign_[{abroad_, account}];
  const Money before = in_ledger_currency({balance}, rate_);
  balance += amount.minor;
  return in_ledger_currency({balance}, rate_) - before;
}

/// In the order's currency an entry balances to the cent, and so do costs in ours; what rounding leaves then
/// is at most a cent of each account.
void TrueBooks::exchange_open() {
  Balances sums;
  for (const auto& [key, amount] : open_) sums[key] += amount;
  std::int64_t priced = 0, left = 0;
  open_.clear();
  for (const auto& [key, amount] : sums) {
    const bool at_cost = is_kept_at_cost(key / 65536);
    const Money ours = at_cost ? Money{amount} : worth(key, {amount});
    priced += at_cost ? 0 : amount;
    left += ours.minor;
    if (!ours.is_zero()) open_.emplace_back(key, ours.minor);
  }
  const bool is_rounding = priced == 0 && std::abs(left) <= static_cast<std::int64_t>(sums.size());
  if (is_rounding && left != 0) open_.emplace_back(account_key(6900), -left);
}

/// Principals and refunds were booked when the goods left and when the customer was repaid; the rest comes
/// off what the marketplace owes, and what it withholds it owes still.
void TrueBooks::settlement_line(const world::Fact& fact, const KnownOrder* order) {
  books_of(nullptr);  // A settlement is in the ledger's currency.
  std::uint32_t account = 0;
  switch (fact.settlement_kind) {
    case SettlementKind::commission:
      account = 6110;
      break;
    case SettlementKind::fulfilment_fee:
      account = 6120;
      break;
    case SettlementKind::shipping_fee:
      account = 6200;
      break;
    case SettlementKind::reserve_held:
    case SettlementKind::reserve_released:
      account = 1160;
      break;
    case SettlementKind::sale:
    case SettlementKind::refund:
      if (order != nullptr && order->rate != 0) settled_at_another_rate(fact, *order);
      return;
    default:
      return;
  }
  const std::uint32_t channel = fact.channel.value + 1;
  begin(111, fact, "settlement line");
  debit(account, -fact.amount, account == 1160 ? channel : 0);
  credit(1150, -fact.amount, channel);
  end();
}

/// What the marketplace paid for it less what it was booked at, which has been on 1150 until now.
void TrueBooks::settled_at_another_rate(const world::Fact& fact, const KnownOrder& order) {
  // Account 0: what the marketplace has settled of the order.
  books_of(&order);
  const Money difference = fact.amount - worth(0, fact.original);
  books_of(nullptr);
  begin(18, fact, "settled at another rate");
  debit(1150, difference, fact.channel.value + 1);
  credit(7100, difference);
  end();
}

}  // namespace omnisim::audit
