// Rates of exchange. An order in another currency than the ledger's is booked at the rate of the day on which
// it was placed, to its end: revenue, returns and refunds alike (decision 0019). What the marketplace pays
// for it at another day's rate is a realised difference. What an order has come to on an account is exchanged
// as a whole, whatever parts it came in and in whichever order: a part is worth what it changes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"
#include "core/support/digest.hpp"
#include "core/support/pool.hpp"

namespace omnisim::core {

/// From that day of the ledger on, until the next one of the same currency.
struct ExchangeRate {
  Code currency;
  BusinessDay from;
  std::int64_t millionths = 0;  ///< minor units of the ledger's currency for a million of this one's, > 0
};

/// Number of a rate in the configuration's list, plus one.
using RateRow = std::uint16_t;
inline constexpr RateRow no_rate = 0;

/// The rate of `currency` on `day`; `no_rate` where there is none.
inline RateRow rate_on(const std::vector<ExchangeRate>& rates, const Code& currency, BusinessDay day) {
  RateRow found = no_rate;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const ExchangeRate& rate = rates[i];
    if (rate.currency != currency || rate.from > day) continue;
    if (found == no_rate || rate.from >= rates[found - std::size_t{1}].from)
      found = static_cast<RateRow>(i + 1);
  }
  return found;
}

/// In the ledger's currency, to the nearest minor unit, halves away from zero.
constexpr Money exchanged(Money amount, std::int64_t millionths) {
  constexpr std::int64_t million = 1'000'000;
  const Int128 product = static_cast<Int128>(amount.minor) * millionths;
  const Int128 half = product < 0 ? -million / 2 : million / 2;
  return {static_cast<std::int64_t>((product + half) / million)};
}

/// What orders in other currencies have come to, account by account, in their own.
class ForeignBalances {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;
  /// No account: what the marketplace has settled of the order.
  static constexpr std::uint16_t settled = 0;

  /// Adds `amount` to what the order has on an account; the change in the ledger's currency. `first` is the
  /// order's: `none` where nothing is booked of it yet.
  Money add(std::uint32_t& first, std::uint16_t account, std::uint16_t dimension, Money amount,
            std::int64_t millionths);
  /// The change that adding `amount` would make.
  Money change(std::uint32_t first, std::uint16_t account, std::uint16_t dimension, Money amount,
               std::int64_t millionths) const;
  /// What the order has on an account, in its own currency.
  Money of(std::uint32_t first, std::uint16_t account, std::uint16_t dimension) const {
    const std::uint32_t row = find(first, account, dimension);
    return row == none ? Money{} : rows_[row].amount;
  }
  void forget(std::uint32_t first);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(rows_);
  }

 private:
  struct Row {
    std::uint16_t account = 0, dimension = 0;
    std::uint32_t next = none;  ///< of the same order
    Money amount;
  };
  std::uint32_t find(std::uint32_t first, std::uint16_t account, std::uint16_t dimension) const;

  Pool<Row> rows_;
};

/// Of an order in another currency: at which rate, and its first row of ForeignBalances.
struct ForeignOrder {
  RateRow rate = no_rate;
  std::uint32_t* first = nullptr;
};

}  // namespace omnisim::core
