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
  expected[Component::net] = c_.in_ledger(rate, expected[Component::net]);
  c_.post(Occasion::returns_accrued, expected, correlation);
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
  left[Component::net] = -c_.in_ledger(row.rate, row.net);
  left[Component::cost] = -row.cost;
  c_.post(Occasion::returns_accrued, left, row.correlation);
  index_.erase(row.sale);
  rows_.free(at);
}

bool ExpectedReturns::still_wanted(const Timer& timer) const {
  return rows_[timer.subject].version == timer.version;
}

Money ExpectedReturns::net() const {
  Money sum;
  for (const Row& row : rows_) sum += c_.in_ledger(row.rate, row.net);
  return sum;
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
