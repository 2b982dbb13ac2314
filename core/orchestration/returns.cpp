#include "core/orchestration/returns.hpp"

#include <algorithm>
#include <utility>

#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

bool Returns::matches_lines(OrderIndex order, const Event& event) const {
  const auto was_ordered = [&](const Line& line) {
    const LineIndex found = c_.book.find_line(order, line);
    return found != no_index && line.quantity_each <= c_.book.lines[found].quantity_each;
  };
  const auto is_something = [](const Line& line) { return line.quantity_each > 0; };
  return std::all_of(event.lines.begin(), event.lines.end(), was_ordered) &&
         std::any_of(event.lines.begin(), event.lines.end(), is_something);
}

Outcome Returns::authorised(const ReturnAuthorised& body) {
  const OrderIndex order = c_.book.find(body.channel, body.order);
  const HashKey key = order_key(body.channel, body.order);
  if (order == no_index) return Outcome::wait(key, "the order is not known yet");
  announce(c_.book.open_return(order, body.rma, return_key(key, body.rma), c_.step.now));
  return Outcome::done();
}

void Returns::announce(std::uint32_t index) {
  fire(index, ReturnEvent::authorise);
  GoodsReturn& goods_return = c_.book.returns[index];
  if (goods_return.state != ReturnState::authorised || !c_.can().timeouts) return;
  goods_return.announced_by = c_.step.cause.input;
  c_.timers.arm(TimerKind::return_window, c_.step.now + c_.config.policies.return_window, c_.step.cause.input,
                index, goods_return.announced_by);
}

bool Returns::still_wanted(const Timer& timer) const {
  const GoodsReturn& goods_return = c_.book.returns[timer.subject];
  return goods_return.state == ReturnState::authorised && goods_return.announced_by == timer.version;
}

void Returns::overdue(std::uint32_t index) {
  fire(index, ReturnEvent::overdue);
  const GoodsReturn& goods_return = c_.book.returns[index];
  if (goods_return.replacement.empty()) return;
  const ChannelId channel = c_.book.orders[goods_return.order].channel;
  const OrderIndex replacement = c_.book.find(channel, goods_return.replacement);
  if (replacement != no_index && !c_.book.orders[replacement].funded) allocation_.hold_expired(replacement);
}

bool Returns::can_receive(OrderIndex order, std::uint32_t goods_return, const Event& event) const {
  // A repetition that nothing absorbs is taken in again; otherwise no more can come back than was sold.
  const bool repeated = !c_.can().idempotency && goods_return != no_index &&
                        c_.book.returns[goods_return].first_line != no_index;
  return repeated || std::all_of(event.lines.begin(), event.lines.end(), [&](const Line& line) {
           const LineIndex index = c_.book.find_line(order, line);
           std::int32_t coming = 0;  // A line may come once for each condition.
           for (const Line& other : event.lines)
             coming += c_.book.find_line(order, other) == index ? other.quantity_each : 0;
           const OrderLine& sold = c_.book.lines[index];
           return sold.refunded_each + coming <= sold.shipped_each;
         });
}

Outcome Returns::take_back(ChannelId channel, const Code& order_code, const Code& document, NodeId node,
                           const Event& event, std::uint32_t& goods_return) {
  const HashKey key = order_key(channel, order_code);
  const OrderIndex order = c_.book.find(channel, order_code);
  if (order == no_index) return Outcome::wait(key, "the order is not known yet");
  if (!matches_lines(order, event))
    return Outcome::refused(ExceptionCategory::unknown_reference, "not what was ordered");
  const HashKey found = return_key(key, document);
  if (!can_receive(order, c_.book.return_index.find(found), event))
    return Outcome::wait(key, "more comes back than was shipped");
  goods_return = c_.book.open_return(order, document, found, c_.step.now);
  receive(goods_return, node, event);
  return Outcome::done();
}

Outcome Returns::received(const ReturnReceived& body, const Event& event) {
  std::uint32_t goods_return = no_index;
  const Outcome outcome = take_back(body.channel, body.order, body.rma, body.node, event, goods_return);
  if (outcome.kind == Outcome::Kind::done)
    c_.parking.wake(return_key(order_key(body.channel, body.order), body.rma));
  return outcome;
}

void Returns::receive(std::uint32_t index, NodeId node, const Event& event) {
  fire(index, ReturnEvent::receive);
  Amounts amounts;
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    const OrderIndex order = c_.book.returns[index].order;
    const LineIndex sold = c_.book.find_line(order, line);
    take_in(index, sold, line.quantity_each);
    ReturnLine& back = c_.book.return_lines[c_.book.returns[index].first_line];
    if (arrivals_.decide()) back.sold_from = arrivals_.take_back(order, sold, line.quantity_each);
    const OrderLine& ordered = c_.book.lines[sold];
    amounts[Component::net] +=
        share(ordered.net, ordered.quantity_each, back.sold_from, back.sold_from + line.quantity_each);
    amounts[Component::cost] += hold(index);
    c_.move(line.sku, node, Bucket::delivered, Bucket::return_hold, line.quantity_each);
  }
  post_received(index, node, amounts);
}

void Returns::take_in(std::uint32_t index, LineIndex line_index, std::int32_t n) {
  GoodsReturn& goods_return = c_.book.returns[index];
  OrderLine& sold = c_.book.lines[line_index];
  const std::int32_t to = std::min(sold.refunded_each + n, std::max(sold.shipped_each, n));
  sold.refunded_each = std::max(sold.refunded_each, std::min(to, sold.shipped_each));
  ReturnLine line;
  line.line = line_index;
  line.from = line.sold_from = to - n;
  line.to = to;
  line.next = goods_return.first_line;
  goods_return.first_line = c_.book.return_lines.add(line);
  goods_return.to_inspect_each += n;
}

Money Returns::hold(std::uint32_t index) {
  const ReturnLine& back = c_.book.return_lines[c_.book.returns[index].first_line];
  return stock_cost::moved(c_, back.line, back.from, back.to, CostPlace::sold, CostPlace::returns_hold);
}

void Returns::post_received(std::uint32_t index, NodeId node, const Amounts& amounts) {
  const Order& order = c_.book.orders[c_.book.returns[index].order];
  if (!payments_.were_expected(order.key(), amounts))
    c_.post(Occasion::returns_accrued, amounts, order.code, order.channel, node);
  c_.post(Occasion::return_received, amounts, order.code, order.channel, node);
}

void Returns::came_back(OrderIndex order_index, const Code& shipment, NodeId node,
                        std::span<const ParcelUnits> units) {
  const HashKey key = return_key(c_.book.orders[order_index].key(), shipment);
  const std::uint32_t index = c_.book.open_return(order_index, shipment, key, c_.step.now);
  fire(index, ReturnEvent::receive);
  Amounts amounts;
  Money tax;
  for (const ParcelUnits& part : units) {
    take_in(index, part.line, part.quantity_each);
    const ReturnLine& back = c_.book.return_lines[c_.book.returns[index].first_line];
    const OrderLine& sold = c_.book.lines[part.line];
    amounts[Component::net] += share(sold.net, sold.quantity_each, back.from, back.to);
    tax += share(sold.tax, sold.quantity_each, back.from, back.to);
    if (!arrivals_.decide()) amounts[Component::cost] += hold(index);
    if (part.node == node) continue;
    const SkuId sku = c_.book.lines[part.line].sku;
    c_.move(sku, part.node, Bucket::return_hold, Bucket::delivered, part.quantity_each);
    c_.move(sku, node, Bucket::delivered, Bucket::return_hold, part.quantity_each);
  }
  if (arrivals_.decide()) {
    c_.book.returns[index].undelivered = true;
    arrivals_.came_back(order_index, units, amounts[Component::net] + tax);
  } else {
    post_received(index, node, amounts);
  }
  c_.parking.wake(key);
}

bool Returns::judge(std::uint32_t index, const Event& event, std::vector<Judged>& judged) const {
  const GoodsReturn& goods_return = c_.book.returns[index];
  judged.clear();
  for (const Line& line : event.lines) {
    const LineIndex line_index = c_.book.find_line(goods_return.order, line);
    std::int32_t left = line.quantity_each;
    for (std::uint32_t i = goods_return.first_line; i != no_index && left > 0;
         i = c_.book.return_lines[i].next) {
      const ReturnLine& candidate = c_.book.return_lines[i];
      if (candidate.line != line_index) continue;
      std::int32_t open = candidate.to - candidate.from - candidate.inspected;
      for (const Judged& earlier : judged) open -= earlier.return_line == i ? earlier.quantity_each : 0;
      const std::int32_t n = std::min(left, open);
      if (n > 0) judged.push_back({line_index, i, n, line.condition});
      left -= std::max(n, 0);
    }
    if (left <= 0) continue;
    const bool repeated = !c_.can().idempotency && goods_return.first_line != no_index;
    if (!repeated) return false;
    judged.push_back(
        {line_index, no_index, std::min(left, c_.book.lines[line_index].quantity_each), line.condition});
  }
  return true;
}

Outcome Returns::inspected(const ReturnInspected& body, const Event& event) {
  const HashKey key = order_key(body.channel, body.order);
  const OrderIndex order = c_.book.find(body.channel, body.order);
  if (order == no_index) return Outcome::wait(key, "the order is not known yet");
  if (!matches_lines(order, event))
    return Outcome::refused(ExceptionCategory::unknown_reference, "not what was ordered");
  const HashKey document = return_key(key, body.rma);
  const std::uint32_t goods_return = c_.book.return_index.find(document);
  if (goods_return == no_index || !judge(goods_return, event, judged_)) {
    return Outcome::wait(document, "inspected before it was received");
  }
  inspect(goods_return, body.node, judged_, {});
  c_.parking.wake(document);
  return Outcome::done();
}

std::int32_t Returns::first_unit_of(std::uint32_t goods_return, const Judged& part) {
  if (part.return_line == no_index) {
    return std::max(0, c_.book.lines[part.line].shipped_each - part.quantity_each);
  }
  ReturnLine& line = c_.book.return_lines[part.return_line];
  const std::int32_t first = line.from + line.inspected;
  line.inspected += part.quantity_each;
  c_.book.returns[goods_return].to_inspect_each -= part.quantity_each;
  return first;
}

void Returns::restock(NodeId node, const Judged& part) {
  // Inspected at another node than received, or repeated: the books there hold less than is judged.
  const SkuId sku = c_.book.lines[part.line].sku;
  const Bucket to = part.condition == Condition::resellable ? Bucket::sellable : Bucket::damaged;
  const std::int32_t in_hold =
      std::clamp(c_.ledger.balance(sku, node, Bucket::return_hold), 0, part.quantity_each);
  if (in_hold > 0) c_.move(sku, node, Bucket::return_hold, to, in_hold);
  if (in_hold < part.quantity_each) c_.move(sku, node, Bucket::delivered, to, part.quantity_each - in_hold);
  if (to == Bucket::sellable) allocation_.serve_backorders(sku);
  if (part.return_line == no_index) return;
  ReturnLine& line = c_.book.return_lines[part.return_line];
  (to == Bucket::sellable ? line.resellable : line.damaged) += part.quantity_each;
}

void Returns::inspect(std::uint32_t index, NodeId node, std::span<const Judged> judged,
                      const Tenders& paid_out) {
  const OrderIndex order_index = c_.book.returns[index].order;
  Amounts amounts;
  Owed owed;
  for (const Judged& part : judged) {
    const std::int32_t from = first_unit_of(index, part);
    owe(owed, part, from);
    const bool resellable = part.condition == Condition::resellable;
    const std::int32_t to = from + part.quantity_each;
    const Code& document = c_.book.returns[index].code;
    if (resellable)
      amounts[Component::cost_resellable] +=
          stock_cost::restocked(c_, part.line, from, to, CostPlace::returns_hold, node, document);
    else
      amounts[Component::cost_damaged] +=
          stock_cost::moved(c_, part.line, from, to, CostPlace::returns_hold, CostPlace::written_off);
    restock(node, part);
  }
  const Order& order = c_.book.orders[order_index];
  amounts[Component::cost] = amounts[Component::cost_resellable] + amounts[Component::cost_damaged];
  c_.post(Occasion::return_inspected, amounts, order.code, order.channel, node);
  const GoodsReturn& goods_return = c_.book.returns[index];
  if (goods_return.state == ReturnState::received) {
    fire(index, goods_return.to_inspect_each == 0 ? ReturnEvent::inspect_rest : ReturnEvent::inspect_part);
  }
  approve(index, owed);
  if (paid_out.total().is_zero()) {
    refunds_.request(order_index, index, owed.refund - pay_replacement(index, owed.refund));
  } else {
    payments_.refunded_at_till(order_index, paid_out);
  }
  settle_if_nothing_is_owed(index);
}

void Returns::owe(Owed& owed, const Judged& part, std::int32_t from) const {
  const OrderLine& line = c_.book.lines[part.line];
  const auto of = [&](Money total, std::int32_t first) {
    return share(total, line.quantity_each, first, first + part.quantity_each);
  };
  std::int32_t sold = from;
  if (part.return_line != no_index) {
    const ReturnLine& back = c_.book.return_lines[part.return_line];
    sold += back.sold_from - back.from;
  }
  owed.net += of(line.net, sold);
  owed.tax += of(line.tax, sold);
  owed.refund += of(line.net, from) + of(line.tax, from);
}

void Returns::approve(std::uint32_t index, Owed owed) {
  const GoodsReturn& goods_return = c_.book.returns[index];
  // Of what was never delivered no tax was ever owed: all of it was owed back before.
  if (goods_return.undelivered) owed.net += std::exchange(owed.tax, Money{});
  payments_.approve_refund(goods_return.order, owed.net, owed.tax, owed.refund);
}

void Returns::settle_if_nothing_is_owed(std::uint32_t index) {
  const GoodsReturn& goods_return = c_.book.returns[index];
  if (goods_return.state == ReturnState::refund_pending && goods_return.open_refunds == 0)
    fire(index, ReturnEvent::settle_rest);
}

Outcome Returns::at_the_counter(const PosReturn& body, const Event& event) {
  std::uint32_t goods_return = no_index;
  const Outcome outcome = take_back(body.channel, body.order, body.document, body.node, event, goods_return);
  if (outcome.kind != Outcome::Kind::done) return outcome;
  judge(goods_return, event, judged_);
  inspect(goods_return, body.node, judged_, body.tenders);
  return outcome;
}

void Returns::lost(OrderIndex order_index, const Code& shipment, std::span<const ParcelUnits> units) {
  Amounts amounts;
  Money tax;
  for (const ParcelUnits& part : units) {
    OrderLine& sold = c_.book.lines[part.line];
    std::int32_t n = std::min(part.quantity_each, sold.quantity_each);
    // What has been taken back is not refunded again, wherever it was lost.
    if (c_.can().idempotency) n = std::clamp(sold.shipped_each - sold.refunded_each, 0, n);
    if (n == 0) continue;
    const std::int32_t to = std::max(n, std::min(sold.refunded_each + n, sold.shipped_each));
    sold.refunded_each = std::max(sold.refunded_each, std::min(to, sold.shipped_each));
    amounts[Component::net] += share(sold.net, sold.quantity_each, to - n, to);
    tax += share(sold.tax, sold.quantity_each, to - n, to);
    const std::int32_t all = c_.can().idempotency ? n : part.quantity_each;
    if (!arrivals_.decide())
      amounts[Component::cost] +=
          stock_cost::moved(c_, part.line, to - n, to - n + all, CostPlace::sold, CostPlace::transit_loss);
  }
  const Order& order = c_.book.orders[order_index];
  if (arrivals_.decide()) {
    arrivals_.lost(order_index, units, amounts[Component::net] + tax);
  } else {
    c_.post(Occasion::shipment_lost, amounts, order.code, order.channel);
  }
  const std::uint32_t goods_return =
      c_.book.open_return(order_index, shipment, own_return_key(order.key(), shipment), c_.step.now);
  fire(goods_return, ReturnEvent::lose);
  c_.book.returns[goods_return].undelivered = arrivals_.decide();
  const Money refund = amounts[Component::net] + tax;
  approve(goods_return, {amounts[Component::net], tax, refund});
  refunds_.request(order_index, goods_return, refund);
  settle_if_nothing_is_owed(goods_return);
}

Outcome Returns::refunded(const RefundSucceeded& body) {
  std::uint32_t index = no_index;
  const Outcome outcome = refunds_.succeeded(body, index);
  if (index != no_index) refund_ended(index);
  return outcome;
}

void Returns::refund_ended(std::uint32_t index) {
  GoodsReturn& goods_return = c_.book.returns[index];
  --goods_return.open_refunds;
  if (goods_return.state == ReturnState::closed) return;
  fire(index, goods_return.open_refunds == 0 ? ReturnEvent::settle_rest : ReturnEvent::settle_part);
}

}  // namespace omnisim::core
