#include "core/finance/exchange.hpp"

#include <utility>

namespace omnisim::core {

std::uint32_t ForeignBalances::find(std::uint32_t first, std::uint16_t account,
                                    std::uint16_t dimension) const {
  while (first != none && (rows_[first].account != account || rows_[first].dimension != dimension))
    first = rows_[first].next;
  return first;
}

Money ForeignBalances::change(std::uint32_t first, std::uint16_t account, std::uint16_t dimension,
                              Money amount, std::int64_t millionths) const {
  const Money before = of(first, account, dimension);
  return exchanged(before + amount, millionths) - exchanged(before, millionths);
}

Money ForeignBalances::add(std::uint32_t& first, std::uint16_t account, std::uint16_t dimension, Money amount,
                           std::int64_t millionths) {
  std::uint32_t row = find(first, account, dimension);
  if (row == none) row = first = rows_.add({account, dimension, first, {}});
  const Money before = std::exchange(rows_[row].amount, rows_[row].amount + amount);
  return exchanged(before + amount, millionths) - exchanged(before, millionths);
}

void ForeignBalances::forget(std::uint32_t first) {
  while (first != none) rows_.free(std::exchange(first, rows_[first].next));
}

void ForeignBalances::digest(Digest& digest) const {
  for (const Row& row : rows_) digest.add(row.account, row.dimension, row.next, row.amount);
  digest.add(rows_.size());
}

}  // namespace omnisim::core
