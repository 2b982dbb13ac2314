#include "core/orchestration/expected_returns.hpp"

#include <algorithm>

namespace omnisim::core {

void ExpectedReturns::sold(const HashKey& sale, const Amounts& amounts, const Code& correlation,
                           RateRow rate) {
  const Policies& policies = c_.config.policies;
  if (!policies.expected_returns_at_sale) return;
  Amounts expected;
  for (const Component part : {Component::net, Component::cost})
    expected[part] = share(amounts[part], 10'000, 0, policies.expected_returns_bp);
  const bool undone = amounts[Component::net].minor < 0;
  std::uint32_t at = index_.find(sale);
  if (at == no_index) {
    if (undone) return;  // Its window has lapsed: nothing is expected of it.
    Row row;
    row.sale = sale;
    row.correlation = correlation;
    row.rate = rate;
    at = rows_.add(row);
    index_.insert(sale, at);
  }
  Row& row = rows_[at];
  row.net += expected[Component::net];
  row.cost += expected[Component::cost];
  post(row, expected);
  const Time due = c_.step.cause.occurred_at + policies.accounting.returns_lapse;
  if (undone || (row.version != 0 && due <= row.due)) return;
  row.due = due;
  row.version = ++armed_;
  if (c_.can().timeouts) c_.timers.arm(TimerKind::returns_lapse, due, c_.step.cause.input, at, row.version);
}

bool ExpectedReturns::came_back(const HashKey& sale, Money net, Money cost) {
  const std::uint32_t at = index_.find(sale);
  if (at == no_index) return false;
  rows_[at].net -= net;
  rows_[at].cost -= cost;
  return true;
}

void ExpectedReturns::lapse(std::uint32_t at) {
  const Row row = rows_[at];
  Amounts left;
  left[Component::net] = -row.net;
  left[Component::cost] = -row.cost;
  post(row, left);
  index_.erase(row.sale);
  rows_.free(at);
}

/// An order may have been forgotten before its window lapses.
void ExpectedReturns::post(const Row& row, Amounts amounts) {
  const ForeignOrder foreign = row.rate == no_rate ? ForeignOrder{} : c_.foreign_order(row.sale);
  if (foreign.rate != row.rate)
    amounts[Component::net] = exchanged(amounts[Component::net], c_.millionths(row.rate));
  c_.post(Occasion::returns_accrued, amounts, row.correlation, {}, {}, {}, foreign);
}

bool ExpectedReturns::still_wanted(const Timer& timer) const {
  return rows_[timer.subject].version == timer.version;
}

void ExpectedReturns::add_net(SumOfOrders& sum) const {
  for (const Row& row : rows_) sum.add(c_.book.order_index.find(row.sale), row.rate, row.net);
}

Money ExpectedReturns::cost() const {
  Money sum;
  for (const Row& row : rows_) sum += row.cost;
  return sum;
}

void ExpectedReturns::digest(Digest& digest) const {
  for (const Row& row : rows_) digest.add(row.net, row.cost, row.rate, row.due, row.correlation, row.version);
  digest.add(rows_.size(), index_.size(), armed_);
}

}  // namespace omnisim::core
