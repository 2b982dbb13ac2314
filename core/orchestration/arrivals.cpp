#include "core/orchestration/arrivals.hpp"

#include <algorithm>
#include <utility>

#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

Arrivals::Ends& Arrivals::ends_of(LineIndex line) {
  if (ends_.size() <= line) ends_.resize(line + std::size_t{1});
  return ends_[line];
}

void Arrivals::begin(LineIndex line) { ends_of(line) = {}; }

Amounts Arrivals::end(std::span<const ParcelUnits> units, CostPlace to) {
  Amounts goods;
  for (const ParcelUnits& part : units) {
    const OrderLine& line = c_.book.lines[part.line];
    Ends& ends = ends_of(part.line);
    const bool sold = to == CostPlace::sold;
    const std::int32_t more = sold ? std::max(ends.scanned, ends.back) - ends.delivered : part.quantity_each;
    const std::int32_t from = ends.all, n = std::clamp(more, 0, std::max(0, line.shipped_each - from));
    ends.all += n;
    const std::int32_t first = sold ? std::exchange(ends.delivered, ends.delivered + n) : from;
    const auto paid = [&](Money total) { return share(total, line.quantity_each, from, from + n); };
    const auto of = [&](Money total) { return share(total, line.quantity_each, first, first + n); };
    goods[Component::net] += of(line.net);
    goods[Component::discount] += of(line.discount);
    goods[Component::tax] += of(line.tax);
    goods[Component::rounding] += paid(line.net) + paid(line.tax) - of(line.net) - of(line.tax);
    goods[Component::cost] += stock_cost::moved(c_, part.line, from, from + n, CostPlace::in_transit, to);
  }
  return goods;
}

void Arrivals::settle(OrderIndex index, Amounts& goods) {
  const Order& order = c_.book.orders[index];
  Aftermath& after = c_.book.open_aftermath(c_.book.orders[index]);
  if (after.passed.is_zero()) {
    goods[Component::shipping_net] = order.shipping_net;
    goods[Component::shipping_tax] = order.shipping_tax;
  }
  const Money gross = goods[Component::net] + goods[Component::tax] + goods[Component::rounding] +
                      goods[Component::shipping_net] + goods[Component::shipping_tax];
  const Money before = after.passed, card = order.tenders.gift_card;
  after.passed += gross;
  c_.book.recognised += c_.receivable(order, gross);
  if (c_.config.directory.channel(order.channel).kind == ChannelKind::marketplace) {
    goods[Component::marketplace] = gross;
    return;
  }
  goods[Component::gift_card] = std::min(card, after.passed) - std::min(card, before);
  goods[Component::card] = gross - goods[Component::gift_card];
  Tenders used;
  used.gift_card = goods[Component::gift_card];
  used.gift_card_no = c_.book.code(order.tenders.gift_card_no);
  payments_.gift_card_used(used);
}

void Arrivals::delivered(OrderIndex index, std::span<const ParcelUnits> units) {
  for (const ParcelUnits& part : units) ends_of(part.line).scanned += part.quantity_each;
  sell(index, units);
}

void Arrivals::sell(OrderIndex index, std::span<const ParcelUnits> units) {
  Amounts goods = end(units, CostPlace::sold);
  if ((goods[Component::net] + goods[Component::cost]).is_zero()) return;
  settle(index, goods);
  const Order& order = c_.book.orders[index];
  c_.post(Occasion::shipment_delivered, goods, order.code, order.channel, {}, order.jurisdiction());
  payments_.bear_tax(index);
  payments_.accrue_expected_returns(order.key(), goods, order.code, order.rate);
}

std::int32_t Arrivals::take_back(OrderIndex order, LineIndex line, std::int32_t n) {
  const std::int32_t shipped = c_.book.lines[line].shipped_each;
  Ends& ends = ends_of(line);
  const std::int32_t to = std::min(ends.back + n, std::max(shipped, n));
  ends.back = std::max(ends.back, std::min(to, shipped));
  const ParcelUnits back{line, {}, n};
  sell(order, {&back, 1});
  return to - n;
}

void Arrivals::not_delivered(Occasion occasion, OrderIndex index, std::span<const ParcelUnits> units,
                             CostPlace to, Money refund) {
  Amounts goods = end(units, to);
  settle(index, goods);
  // What was paid for these units, and what is owed for as many, may be different parts of their line.
  goods[Component::gross] = refund;
  goods[Component::rounding] = goods[Component::net] + goods[Component::tax] - refund;
  const Order& order = c_.book.orders[index];
  c_.post(occasion, goods, order.code, order.channel, {}, order.jurisdiction());
}

}  // namespace omnisim::core
