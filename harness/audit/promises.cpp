#include "harness/audit/promises.hpp"

#include <algorithm>

namespace omnisim::audit {
namespace {

/// The units of the order's line that a fact speaks of; nothing for a line that was never agreed.
OrderLine* line_of(KnownOrder& order, const core::Line& line) {
  return line.line_no >= 1 && line.line_no <= order.lines.size() ? &order.lines[line.line_no - 1] : nullptr;
}

}  // namespace

Promises::Promises(const core::Directory& directory, StockAudit& stock)
    : stock_(stock),
      carts_(directory.item_count()),
      channels_(directory.channel_count()),
      by_item_(directory.item_count(), 0) {}

KnownOrder* Promises::find(const core::Code& order) {
  const auto found = by_code_.find(order);
  return found == by_code_.end() ? nullptr : &orders_[found->second];
}

Promises::PerChannel Promises::total() const {
  PerChannel sum;
  for (const PerChannel& c : channels_) {
    sum.units += c.units, sum.orders += c.orders, sum.promised_units += c.promised_units,
        sum.accepted_orders += c.accepted_orders;
    sum.seller_cancelled_orders += c.seller_cancelled_orders, sum.revenue_minor += c.revenue_minor;
  }
  return sum;
}

std::vector<core::Code> Promises::most_oversold(std::size_t at_most) const {
  struct Sold {
    std::int32_t units = 0;
    std::int64_t value_minor = 0;
    std::size_t order = 0;
  };
  std::vector<Sold> found;
  for (std::size_t i = 0; i < orders_.size(); ++i) {
    if (!oversold_order_[i]) continue;
    Sold sold{.order = i};
    for (const OrderLine& line : orders_[i].lines) {
      sold.units += line.oversold;
      if (line.oversold > 0) sold.value_minor += in_ledger_currency(line.agreed.net, orders_[i].rate).minor;
    }
    found.push_back(sold);
  }
  std::stable_sort(found.begin(), found.end(), [](const Sold& a, const Sold& b) {
    return std::pair(a.units, a.value_minor) > std::pair(b.units, b.value_minor);
  });
  std::vector<core::Code> orders;
  for (std::size_t i = 0; i < std::min(at_most, found.size()); ++i)
    orders.push_back(orders_[found[i].order].code);
  return orders;
}

void Promises::on_fact(const world::Fact& fact) {
  using enum world::FactKind;
  switch (fact.kind) {
    case demand_wanted:
      for (const core::Line& line : fact.lines) wanted_units += line.quantity_each;
      return;
    case demand_refused:
      return refuse(fact);
    case demand_substituted:
      for (const core::Line& line : fact.lines) {
        substituted_units += line.quantity_each;
        if (!fact.channel.is_none())
          needlessly_substituted_units += std::clamp(stock_.free_units(line.sku), 0, line.quantity_each);
      }
      return;
    case till_sold:
      for (const core::Line& line : fact.lines) on_time_units += line.quantity_each;
      return;
    case stock_counted:
      for (const core::Line& line : fact.lines) stock_.counted(line.sku, fact.node);
      return;
    case order_placed: {
      KnownOrder order;
      order.code = fact.order;
      order.channel = fact.channel;
      order.jurisdiction = fact.jurisdiction;
      for (const core::Line& line : fact.lines) order.lines.push_back({line});
      order.shipping_net = fact.shipping_net;
      order.shipping_tax = fact.shipping_tax;
      order.tenders = fact.tenders;
      order.placed = fact.at;
      if (params_ != nullptr) order.rate = rate_of_order(*params_, order.channel, order.placed);
      order.promised_by = fact.promised_by;
      by_code_.emplace(fact.order, orders_.size());
      orders_.push_back(std::move(order));
      oversold_order_.push_back(false);
      cancelled_order_.push_back(false);
      ++orders_captured;
      return;
    }
    default:
      break;
  }
  KnownOrder* order = find(fact.order);
  if (order == nullptr) return;
  const auto lines = [&](auto member) {
    for (const core::Line& line : fact.lines) {
      if (OrderLine* known = line_of(*order, line)) known->*member += line.quantity_each;
    }
  };
  switch (fact.kind) {
    case order_promised:
      return promise(fact, *order);
    case order_cancelled:
      return cancel(fact, *order);
    case units_shipped:
      return ship(fact, *order);
    case customer_cancelled:
      return customer_cancels(fact, *order);
    case order_declined:
      return decline(fact, *order);
    case units_ready:
      return in_time(fact, *order);
    case units_collected:
      return collect(fact, *order);
    case not_collected:
      ++orders_not_collected;
      return customer_cancels(fact, *order);
    case returned_to_sender:
      for (const core::Line& line : fact.lines) units_back += line.quantity_each;
      return lines(&OrderLine::back);
    case cart_held:
      return keep_cart(fact, *order);
    case cart_abandoned:
      return abandon_cart(fact.at, *order);
    case cart_refused:
      ++carts_refused;
      return no_order(*order);
    case units_delivered:
      return lines(&OrderLine::delivered);
    case units_lost:
      return lines(&OrderLine::lost);
    case return_received:
      for (const core::Line& line : fact.lines) units_returned += line.quantity_each;
      return lines(&OrderLine::returned);
    default:
      return;
  }
}

void Promises::refuse(const world::Fact& fact) {
  for (const core::Line& line : fact.lines) {
    refused_units += line.quantity_each;
    if (fact.channel.is_none()) continue;
    const std::int32_t there = std::clamp(stock_.free_units(line.sku), 0, line.quantity_each);
    undersold_units += there;
    Carts& carts = carts_[line.sku.value];
    if (carts.open > 0 && there < line.quantity_each)
      carts.refusals.push_back({fact.at, line.quantity_each - there});
  }
}

void Promises::promise(const world::Fact& fact, KnownOrder& order) {
  let_go(fact.at, order);
  order.promised = true;
  PerChannel& channel = channels_[order.channel.value];
  ++channel.accepted_orders;
  for (OrderLine& line : order.lines) {
    const SkuId sku = line.agreed.sku;
    const std::int32_t wanted = line.agreed.quantity_each, free = stock_.free_units(sku);
    ++promises_checked;
    line.short_at_promise = wanted - std::clamp(free, 0, wanted);
    line.stolen_at_promise = stock_.stolen_ever(sku);
    if (line.short_at_promise > 0) {
      line.cause_at_promise = free + stock_.stolen_uncounted(sku) >= wanted ? Cause::phantom
                              : stock_.shown(order.channel, sku) + wanted > stock_.booked_online(sku)
                                  ? Cause::double_count
                              : fact.at - stock_.last_taken(sku) < std::chrono::seconds{1} ? Cause::race
                                                                                           : Cause::latency;
    }
    channel.promised_units += wanted;
    stock_.on_promise(fact.at, sku, wanted);
  }
}

void Promises::oversell(Time at, KnownOrder& order, OrderLine& line, std::int32_t units, Cause cause) {
  if (units <= 0) return;
  PerChannel& channel = channels_[order.channel.value];
  const auto index = static_cast<std::size_t>(&order - orders_.data());
  if (!oversold_order_[index]) ++channel.orders;
  oversold_order_[index] = true;
  channel.units += units;
  // Parts of a line by cumulative floor, so that they add up (decision 0006).
  const auto upto = [&](std::int32_t n) { return line.agreed.net.minor * n / line.agreed.quantity_each; };
  channel.revenue_minor +=
      in_ledger_currency({upto(line.oversold + units) - upto(line.oversold)}, order.rate).minor;
  line.oversold += units;
  causes_[static_cast<std::size_t>(cause)] += units;
  by_item_[line.agreed.sku.value] += units;
  oversold_.push_back({at, order.channel, units});
}

/// Of units that ship too late or never, those that were short at the promise.
void Promises::oversell_short(Time at, KnownOrder& order, OrderLine& line, std::int32_t units) {
  units = std::min(units, line.short_at_promise);
  line.short_at_promise -= units;
  oversell(at, order, line, units, line.cause_at_promise);
}

void Promises::cancel(const world::Fact& fact, KnownOrder& order) {
  if (order.declined) return;
  const auto index = static_cast<std::size_t>(&order - orders_.data());
  if (!cancelled_order_[index]) ++orders_cancelled, ++channels_[order.channel.value].seller_cancelled_orders;
  cancelled_order_[index] = true;
  if (!order.promised) return;
  for (const core::Line& cancelled : fact.lines) {
    OrderLine* line = line_of(order, cancelled);
    if (line == nullptr) continue;
    // A cancellation that is told twice cancels once.
    const std::int32_t units = std::min(cancelled.quantity_each, line->open());
    if (units <= 0) continue;
    line->cancelled += units;
    const SkuId sku = line->agreed.sku;
    stock_.on_promise(fact.at, sku, -units);
    const std::int32_t there = std::clamp(stock_.free_units(sku), 0, units);
    undersold_units += there;
    undersold_cancelled_units += there;
    const std::int32_t was_short = std::min(units - there, line->short_at_promise);
    oversell_short(fact.at, order, *line, was_short);
    oversell(fact.at, order, *line, units - there - was_short,
             stock_.stolen_ever(sku) > line->stolen_at_promise ? Cause::phantom : Cause::broken_reservation);
  }
}

void Promises::customer_cancels(const world::Fact& fact, KnownOrder& order) {
  if (order.declined) return;
  for (const core::Line& unwanted : fact.lines) {
    OrderLine* line = line_of(order, unwanted);
    if (line == nullptr) continue;
    const std::int32_t units = std::min(unwanted.quantity_each, line->open());
    if (units <= 0) continue;
    line->cancelled += units;
    if (order.promised) stock_.on_promise(fact.at, line->agreed.sku, -units);
  }
}

void Promises::decline(const world::Fact& fact, KnownOrder& order) {
  if (order.declined) return;
  order.declined = true;
  ++orders_declined;
  if (!order.promised) return;
  for (const OrderLine& line : order.lines) {
    stock_.on_promise(fact.at, line.agreed.sku, -line.open());
    channels_[order.channel.value].promised_units -= line.open();
  }
}

/// What is handed to the carrier, or waits for the customer, by the promised time.
void Promises::in_time(const world::Fact& fact, KnownOrder& order) {
  if (!order.shipped_any) order_to_ship.add(static_cast<double>((fact.at - order.placed).count()) * 1e-6);
  order.shipped_any = true;
  for (const core::Line& done : fact.lines) {
    OrderLine* line = line_of(order, done);
    if (line == nullptr) continue;
    if (fact.at <= order.promised_by)
      on_time_units += done.quantity_each;
    else
      oversell_short(fact.at, order, *line, done.quantity_each);
  }
}

void Promises::collect(const world::Fact& fact, KnownOrder& order) {
  for (const core::Line& taken : fact.lines) {
    units_collected += taken.quantity_each;
    if (OrderLine* line = line_of(order, taken)) line->delivered += taken.quantity_each;
  }
  take_away(fact, order);
}

void Promises::ship(const world::Fact& fact, KnownOrder& order) {
  in_time(fact, order);
  take_away(fact, order);
}

void Promises::take_away(const world::Fact& fact, KnownOrder& order) {
  for (const core::Line& shipped : fact.lines) {
    OrderLine* line = line_of(order, shipped);
    if (line == nullptr) continue;
    line->shipped += shipped.quantity_each;
    // What leaves although it was cancelled was taken off the promises twice: then, and when it was set
    // aside.
    const std::int32_t unwanted = line->shipped + line->cancelled - line->agreed.quantity_each;
    stock_.went_unpromised(fact.at, line->agreed.sku, std::clamp(unwanted, 0, shipped.quantity_each));
  }
}

void Promises::finish() {
  for (KnownOrder& order : orders_) {
    if (order.kept) comes_to_nothing(order);
    for (const OrderLine& line : order.lines) unpaid_units += order.declined ? line.shipped : 0;
    if (!order.promised || order.declined) continue;
    bool fulfilled = true;
    for (OrderLine& line : order.lines) {
      const std::int32_t unsettled =
          line.agreed.quantity_each - line.cancelled - line.delivered - line.lost - line.back;
      if (unsettled > 0) {
        stuck_units += unsettled;
        if (first_stuck.empty()) first_stuck = std::string(order.code.view());
      }
      if (line.open() > 0) oversell_short(order.promised_by, order, line, line.open());
      fulfilled = fulfilled && line.delivered == line.agreed.quantity_each;
    }
    if (fulfilled) ++orders_fulfilled;
  }
}

}  // namespace omnisim::audit
