// Money is a signed count of minor units (pence, cents) of the ledger's currency, or of an order's own.
// Prices with more decimals are turned into line amounts by the party that sells, with explicit rounding;
// inside the core nothing is fractional.
#pragma once

#include <compare>
#include <cstdint>

namespace omnisim::core {

struct Money {
  std::int64_t minor = 0;

  constexpr bool is_zero() const { return minor == 0; }
  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) { return {a.minor + b.minor}; }
  friend constexpr Money operator-(Money a, Money b) { return {a.minor - b.minor}; }
  friend constexpr Money operator-(Money a) { return {-a.minor}; }
  friend constexpr Money operator*(Money a, std::int64_t n) { return {a.minor * n}; }
  constexpr Money& operator+=(Money b) {
    minor += b.minor;
    return *this;
  }
  constexpr Money& operator-=(Money b) {
    minor -= b.minor;
    return *this;
  }
};

/// Amounts accepted from outside stay within ±10^13 minor units and quantities within 10^6, so that products
/// and sums of a run cannot overflow 64 bits; anything larger is a decode error (`out_of_range`).
inline constexpr std::int64_t max_amount_minor = 10'000'000'000'000;
inline constexpr std::int32_t max_quantity_each = 1'000'000;

__extension__ typedef __int128 Int128;  ///< g++ and clang++ have it; -Wpedantic wants to be told

/// The part of `total` that belongs to the units numbered (`from`, `to`] of `quantity`: cumulative floor
/// division, so that the parts of a line always add up to its total, however it is split over shipments and
/// returns.
constexpr Money share(Money total, std::int32_t quantity, std::int32_t from, std::int32_t to) {
  const auto upto = [&](std::int32_t n) {
    const Int128 product = static_cast<Int128>(total.minor) * n;
    return static_cast<std::int64_t>(product / quantity);
  };
  return quantity <= 0 ? Money{} : Money{upto(to) - upto(from)};
}

}  // namespace omnisim::core
