#include "core/orchestration/retention.hpp"

namespace omnisim::core {

namespace {

constexpr int orders_a_step = 16;  ///< so that no step takes long
constexpr int marks_a_window = 16;

}  // namespace

std::optional<Time> Retention::forget_old() {
  const Duration keep = c_.config.policies.keep_finished;
  if (keep == Duration::zero()) return std::nullopt;
  const auto kind = c_.timers.first();
  if (kind && c_.timers.front(*kind).due <= c_.step.now) return std::nullopt;
  forget_orders(c_.step.now - keep);
  forget_history(c_.step.now - keep);
  return c_.step.now - keep;
}

bool Retention::is_over(const Order& order) const {
  if (!order.has_ended() || c_.book.aftermath_of(order).open_disputes > 0) return false;
  // Its settlement will ask for the rate.
  const bool is_settled =
      !c_.books.foreign().of(c_.book.aftermath_of(order).foreign, ForeignBalances::settled, 0).is_zero();
  if (order.rate != no_rate && order.recognised.minor > 0 && !is_settled) return false;
  for (std::uint32_t i = order.first_capture; i != no_index; i = c_.book.captures[i].next) {
    const CaptureState state = c_.book.captures[i].state;
    if (!is_terminal(state)) return false;
    // A payout will ask for it.
    if (state == CaptureState::captured && c_.can().reconciliation) return false;
  }
  for (std::uint32_t i = order.first_return; i != no_index; i = c_.book.returns[i].next) {
    if (!is_terminal(c_.book.returns[i].state) || c_.book.returns[i].open_refunds > 0) return false;
  }
  return true;
}

void Retention::forget_orders(Time before) {
  Queue<EndedOrder>& ended = c_.book.ended;
  for (int n = 0; n < orders_a_step && !ended.empty() && ended.front().at <= before; ++n) {
    const OrderIndex index = ended.pop().order;
    const Order& order = c_.book.orders[index];
    if (order.code.empty()) continue;  // Forgotten already.
    if (!is_over(order)) {
      // Goods of a cancelled order that were on their way after all queue it again when they end.
      if (order.has_ended()) ended.push({c_.step.now, index});
      continue;
    }
    c_.books.foreign().forget(c_.book.aftermath_of(order).foreign);
    c_.book.forget(index);
  }
}

void Retention::forget_history(Time before) {
  const Duration apart = c_.config.policies.keep_finished / marks_a_window;
  if (marks_.empty() || c_.step.now - newest_mark_ >= apart) {
    newest_mark_ = c_.step.now;
    marks_.push({c_.step.now, c_.ledger.movements().size(), c_.books.journal().size()});
  }
  while (!marks_.empty() && marks_.front().at <= before) {
    const Mark mark = marks_.pop();
    c_.ledger.forget_before(mark.movements);
    c_.books.forget_before(mark.entries);
    if (c_.costs.are_derived()) c_.costs.forget_before(before);
  }
}

}  // namespace omnisim::core
