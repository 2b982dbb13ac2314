#include "core/orchestration/shelf.hpp"

#include <algorithm>

#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

void Shelf::open(NodeId node, SkuId sku, std::int32_t quantity_each) {
  c_.move(sku, node, Bucket::supplier, Bucket::sellable, quantity_each);
  Amounts amounts;
  Line line;
  line.line_no = 1;
  line.sku = sku;
  line.quantity_each = quantity_each;
  amounts[Component::cost] = stock_cost::received(c_, line, node, c_.cost(sku, quantity_each), {});
  c_.post(Occasion::stock_opened, amounts, c_.step.correlation, {}, node);
}

Outcome Shelf::received(const StockReceived& body, const Event& event) {
  Amounts amounts;
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    c_.move(line.sku, body.node, Bucket::supplier, Bucket::sellable, line.quantity_each);
    amounts[Component::cost] += stock_cost::received(c_, line, body.node, line.cost, body.purchase_order);
  }
  c_.post(Occasion::stock_received, amounts, body.purchase_order, {}, body.node);
  for (const Line& line : event.lines) allocation_.serve_backorders(line.sku);
  return Outcome::done();
}

Outcome Shelf::counted(const StockCounted& body, const Event& event) {
  // Freshness is per SKU and node: a stocktake comes in several messages, and each line speaks for its own
  // shelf.
  // What was moved since the shelf was read, and is known already, stays on top.
  const bool by_time = c_.can().freshness;
  if (by_time) history_.read(body.node, c_.step.observed_at, c_.step.observed_at, c_.step.told.in_order);
  Money loss;
  for (const Line& line : event.lines) {
    if (line.quantity_each < 0 || !take_reading(line.sku, body.node)) continue;
    loss += by_time
                ? change(line.sku, body.node, line.quantity_each - history_.booked_then(line.sku, body.node))
                : set(line.sku, body.node, line.quantity_each);
  }
  post_adjustment(Occasion::stock_adjusted, loss, body.node, body.count);
  for (const Line& line : event.lines) {
    allocation_.break_reservations(line.sku, body.node);
    allocation_.serve_backorders(line.sku);
  }
  return Outcome::done();
}

Money Shelf::set(SkuId sku, NodeId node, std::int32_t shelf_each) {
  const std::int32_t booked = c_.ledger.sellable(sku, node) + c_.ledger.balance(sku, node, Bucket::reserved);
  return change(sku, node, shelf_each - booked);
}

Money Shelf::change(SkuId sku, NodeId node, std::int32_t difference_each) {
  if (difference_each > 0) c_.move(sku, node, Bucket::found, Bucket::sellable, difference_each);
  if (difference_each < 0) c_.move(sku, node, Bucket::sellable, Bucket::shrink, -difference_each);
  return stock_cost::gone(c_, sku, node, -difference_each, CostPlace::written_off);
}

bool Shelf::is_fresh(SkuId sku, NodeId node) {
  if (!c_.can().freshness || c_.step.observed_at >= c_.counted.at(sku, node)) return true;
  ++c_.counters.stale_ignored;
  return false;
}

bool Shelf::take_reading(SkuId sku, NodeId node) {
  if (!is_fresh(sku, node)) return false;
  c_.counted.read(sku, node, c_.step.observed_at, c_.step.cause, c_.step.source, c_.step.told);
  return true;
}

Outcome Shelf::adjusted(const StockAdjusted& body, const Event& event) {
  if (!adjustments_.insert(key_of(KeyKind::adjustment, body.adjustment, body.node.value), 0))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the adjustment is booked already");
  Money loss, damage;
  for (const Line& line : event.lines) {
    const std::int32_t n = line.quantity_each;
    if (n <= 0) continue;
    // What was written off as damaged is scrapped first: that costs nothing more.
    const std::int32_t written_off =
        std::clamp(c_.ledger.balance(line.sku, body.node, Bucket::damaged), 0, n);
    switch (body.reason) {
      case AdjustReason::shrinkage:
        loss += change(line.sku, body.node, -n);
        break;
      case AdjustReason::found:
        loss += change(line.sku, body.node, n);
        break;
      case AdjustReason::damage:
        c_.move(line.sku, body.node, Bucket::sellable, Bucket::damaged, n);
        damage += stock_cost::gone(c_, line.sku, body.node, n, CostPlace::written_off);
        break;
      case AdjustReason::scrap:
        if (written_off > 0) c_.move(line.sku, body.node, Bucket::damaged, Bucket::scrap, written_off);
        if (written_off < n) c_.move(line.sku, body.node, Bucket::sellable, Bucket::scrap, n - written_off);
        loss += stock_cost::gone(c_, line.sku, body.node, n - written_off, CostPlace::written_off);
        break;
    }
  }
  post_adjustment(Occasion::stock_adjusted, loss, body.node, body.adjustment);
  post_adjustment(Occasion::stock_damaged, damage, body.node, body.adjustment);
  for (const Line& line : event.lines) {
    allocation_.break_reservations(line.sku, body.node);
    allocation_.serve_backorders(line.sku);
  }
  return Outcome::done();
}

void Shelf::correct(SkuId sku, NodeId node, PickReason reason, std::int32_t quantity_each,
                    const Code& correlation) {
  switch (reason) {
    case PickReason::not_in_stock:
      post_adjustment(Occasion::stock_adjusted, set(sku, node, 0), node, correlation);
      break;
    case PickReason::short_by: {
      // A record that says "none" already cannot be short: where nothing was held, the order was, not the
      // shelf.
      const std::int32_t missing = std::min(quantity_each, std::max(0, c_.ledger.sellable(sku, node)));
      if (missing > 0) c_.move(sku, node, Bucket::sellable, Bucket::shrink, missing);
      post_adjustment(Occasion::stock_adjusted,
                      stock_cost::gone(c_, sku, node, missing, CostPlace::written_off), node, correlation);
      break;
    }
    case PickReason::damaged:
      c_.move(sku, node, Bucket::sellable, Bucket::damaged, quantity_each);
      post_adjustment(Occasion::stock_damaged,
                      stock_cost::gone(c_, sku, node, quantity_each, CostPlace::written_off), node,
                      correlation);
      break;
    case PickReason::no_variance:
      break;
  }
  allocation_.break_reservations(sku, node);
}

void Shelf::post_adjustment(Occasion occasion, Money loss, NodeId node, const Code& correlation) {
  Amounts amounts;
  amounts[Component::cost] = loss;
  c_.post(occasion, amounts, correlation, {}, node);
}

void Shelf::post_settled() {
  if (!c_.counted.has_settled()) return;
  const Time told = c_.step.cause.occurred_at;
  for (const CountedShelves::Settled& it : c_.counted.take_settled()) {
    c_.step.cause.occurred_at = c_.counted.dated(it);
    post_adjustment(Occasion::stock_adjusted,
                    stock_cost::gone(c_, it.sku, it.node, it.quantity_each, CostPlace::written_off), it.node,
                    c_.step.id);
  }
  c_.step.cause.occurred_at = told;
}

}  // namespace omnisim::core
