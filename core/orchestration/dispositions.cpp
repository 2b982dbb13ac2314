// What becomes of goods, and of the money, after a return was inspected: dispositions and exchanges.
#include <algorithm>

#include "core/orchestration/returns.hpp"
#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

bool Returns::plan_disposal(std::uint32_t goods_return, const ReturnDisposed& body, const Event& event) {
  disposed_.clear();
  const auto already = [&](std::uint32_t line, Bucket from) {
    std::int32_t n = 0;
    for (const Disposed& part : disposed_)
      n += part.return_line == line && part.from == from ? part.quantity_each : 0;
    return n;
  };
  for (const Line& told : event.lines) {
    const LineIndex wanted = c_.book.find_line(c_.book.returns[goods_return].order, told);
    std::int32_t left = told.quantity_each;
    const auto take = [&](std::uint32_t line, std::int32_t there, Bucket from) {
      const std::int32_t n = std::min(left, there - already(line, from));
      if (n <= 0) return;
      disposed_.push_back({line, n, from});
      left -= n;
    };
    for (std::uint32_t i = c_.book.returns[goods_return].first_line; i != no_index;
         i = c_.book.return_lines[i].next) {
      const ReturnLine& line = c_.book.return_lines[i];
      if (line.line != wanted) continue;
      take(i, line.damaged, Bucket::damaged);
      if (body.disposition != Disposition::quarantine) take(i, line.quarantined, Bucket::quarantine);
      if (body.disposition == Disposition::restock) take(i, line.resellable, Bucket::sellable);
    }
    if (left > 0) return false;
  }
  // The node that disposes of them need not be the one that has inspected them.
  return std::all_of(disposed_.begin(), disposed_.end(), [&](const Disposed& part) {
    const SkuId sku = c_.book.lines[c_.book.return_lines[part.return_line].line].sku;
    std::int32_t n = 0;
    for (const Disposed& other : disposed_) {
      const ReturnLine& line = c_.book.return_lines[other.return_line];
      n += other.from == part.from && c_.book.lines[line.line].sku == sku ? other.quantity_each : 0;
    }
    return part.from == Bucket::sellable || n <= c_.ledger.balance(sku, body.node, part.from);
  });
}

Outcome Returns::disposed(const ReturnDisposed& body, const Event& event) {
  const HashKey key = order_key(body.channel, body.order);
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index) return Outcome::wait(key, "the order is not known yet");
  if (!matches_lines(order, event))
    return Outcome::refused(ExceptionCategory::unknown_reference, "not what was ordered");
  const HashKey document = return_key(key, body.rma);
  const std::uint32_t index = c_.book.return_index.find(document);
  if (index == no_index || c_.book.returns[index].first_line == no_index)
    return Outcome::wait(document, "disposed of before it was received");
  if (!plan_disposal(index, body, event)) {
    if (c_.book.returns[index].to_inspect_each > 0)
      return Outcome::wait(document, "disposed of before it was inspected");
    return Outcome::refused(ExceptionCategory::illegal_transition, "not there, or not damaged");
  }
  fire(index, ReturnEvent::dispose);
  static constexpr std::array<Bucket, 4> places = {Bucket::sellable, Bucket::scrap, Bucket::supplier,
                                                   Bucket::quarantine};
  const Bucket to = places[static_cast<std::size_t>(body.disposition)];
  Amounts amounts;
  for (const Disposed& part : disposed_) {
    ReturnLine& line = c_.book.return_lines[part.return_line];
    const SkuId sku = c_.book.lines[line.line].sku;
    if (part.from == Bucket::sellable) {
      line.resellable -= part.quantity_each;
      continue;
    }
    (part.from == Bucket::damaged ? line.damaged : line.quarantined) -= part.quantity_each;
    if (to == Bucket::quarantine) line.quarantined += part.quantity_each;
    c_.move(sku, body.node, part.from, to, part.quantity_each);
    const std::int32_t last = line.from + part.quantity_each;
    if (to == Bucket::sellable) {
      amounts[Component::cost_resellable] +=
          stock_cost::restocked(c_, line.line, line.from, last, CostPlace::written_off, body.node, body.rma);
    }
    if (to == Bucket::supplier) {
      amounts[Component::cost_damaged] += stock_cost::moved(
          c_, line.line, line.from, last, CostPlace::written_off, CostPlace::price_variance);
    }
  }
  c_.post(Occasion::return_disposed, amounts, body.order, body.channel, body.node);
  if (to == Bucket::sellable)
    for (const Line& line : event.lines) allocation_.serve_backorders(line.sku);
  return Outcome::done();
}

Outcome Returns::exchanged(const OrderExchanged& body) {
  const HashKey key = order_key(body.channel, body.order);
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index) return Outcome::wait(key, "the order is not known yet");
  const OrderIndex replacement = c_.book.find(body.channel, body.replacement);
  if (replacement == no_index)
    return Outcome::wait(order_key(body.channel, body.replacement), "the replacement is not known yet");
  if (replacement == order || c_.book.orders[order].tenders.marketplace.minor > 0)
    return Outcome::refused(ExceptionCategory::invalid, "not an order that can be exchanged");
  const HashKey document = return_key(key, body.rma);
  Order& next = c_.book.orders[replacement];
  const std::uint32_t known = c_.book.return_index.find(document);
  if (c_.book.aftermath_of(next).replaces != no_index ||
      (known != no_index && !c_.book.returns[known].replacement.empty()))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "exchanged already");
  const bool came = known != no_index && c_.book.returns[known].first_line != no_index;
  if (came && c_.book.returns[known].to_inspect_each == 0)
    return Outcome::refused(ExceptionCategory::illegal_transition, "refunded already");
  const std::uint32_t index = c_.book.open_return(order, body.rma, document, c_.step.now);
  announce(index);
  c_.book.returns[index].replacement = body.replacement;
  c_.book.open_aftermath(next).replaces = c_.book.keep(body.order);
  if (!next.funded && c_.can().timeouts) {
    c_.timers.arm(TimerKind::exchange, c_.step.now + c_.config.policies.exchange_wait, c_.step.cause.input,
                  replacement, next.placed_by);
  }
  return Outcome::done();
}

Money Returns::pay_replacement(std::uint32_t goods_return, Money gross) {
  const GoodsReturn& from = c_.book.returns[goods_return];
  if (from.replacement.empty()) return {};
  const OrderIndex replacement = c_.book.find(c_.book.orders[from.order].channel, from.replacement);
  if (replacement == no_index) return {};  // over and forgotten
  const Money credit = payments_.credit_replacement(from.order, replacement, gross);
  Order& next = c_.book.orders[replacement];
  const bool gone = next.units[static_cast<std::size_t>(UnitState::cancelled)] >= next.ordered_each;
  if (!next.funded && !gone && payments_.is_covered(next)) {
    next.funded = true;
    allocation_.allocate(replacement);
  }
  return credit;
}

}  // namespace omnisim::core
