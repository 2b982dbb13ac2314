// Goods that customers get and bring back, and what they pay for them.
#include <algorithm>
#include <utility>

#include "harness/audit/books.hpp"

namespace omnisim::audit {

using core::Money;
using world::FactKind;

Policy policy_of(const core::Policies& policies) {
  return {.revenue_at_delivery = policies.accounting.revenue_at == core::RecognitionPoint::delivery,
          .expects_returns = policies.expected_returns_at_sale,
          .expected_bp = policies.expected_returns_bp,
          .returns_lapse = policies.accounting.returns_lapse,
          .valuation = policies.accounting.valuation,
          .freight_surcharge_max = policies.accounting.freight_surcharge_max,
          .freight_at_close = policies.accounting.freight_accrued == core::FreightAccrual::soft_close};
}

namespace {

std::string line_of(const core::Code& sale, std::uint32_t line) {
  return std::string(sale.view()) + '/' + std::to_string(line);
}

}  // namespace

void TrueBooks::shipped(const world::Fact& fact, KnownOrder& order) {
  const bool collected = fact.kind == FactKind::units_collected;
  const bool goes_its_way = policy_.revenue_at_delivery && !collected;
  begin(collected ? 51 : goes_its_way ? 56 : 5, fact, collected ? "collected" : "shipped");
  Goods goods;
  for (const core::Line& line : fact.lines) {
    const OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t to = known.shipped, from = to - line.quantity_each,
                       of = known.agreed.quantity_each;  // Promises has counted it already.
    goods.net += part(known.agreed.net, of, from, to);
    goods.discount += part(known.agreed.discount, of, from, to);
    goods.tax += part(known.agreed.tax, of, from, to);
    goods.cost += value(fact, line,
                        {.flow = Flow::out,
                         .debit = account_key(goes_its_way ? 1230 : 5000),
                         .credit = account_key(1200, dimension_of(fact.node)),
                         .document = fact.reference,
                         .sale = line_of(order.code, line.line_no)});
    if (!goes_its_way) sales_units_net += line.quantity_each;
  }
  if (!goes_its_way) sell(order, goods, fact.at);
  end();
}

/// What was paid for them is of as many units as have ended their way; what they are sold for, of as many as
/// were delivered: nobody can say which ones they are.
TrueBooks::Goods TrueBooks::end_of_way(const world::Fact& fact, KnownOrder& order, std::uint32_t to_account) {
  Goods goods;
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t units = line.quantity_each, from = known.way_ended, of = known.agreed.quantity_each;
    known.way_ended += units;
    const std::int32_t first = to_account == 5000 ? std::exchange(known.sold, known.sold + units) : from;
    const Money net = part(known.agreed.net, of, first, first + units),
                tax = part(known.agreed.tax, of, first, first + units),
                paid = part(known.agreed.net, of, from, from + units) +
                       part(known.agreed.tax, of, from, from + units);
    goods.net += net, goods.tax += tax, goods.rounding += paid - net - tax;
    goods.discount += part(known.agreed.discount, of, first, first + units);
    goods.cost += value(fact, line,
                        {.flow = Flow::between,
                         .debit = account_key(to_account),
                         .credit = account_key(1230),
                         .document = fact.reference,
                         .sale = line_of(order.code, line.line_no),
                         .after = from});
  }
  return goods;
}

void TrueBooks::delivered(const world::Fact& fact, KnownOrder& order) {
  begin(57, fact, "delivered");
  for (const core::Line& line : fact.lines) sales_units_net += line.quantity_each;
  sell(order, end_of_way(fact, order, 5000), fact.at);
  end();
}

void TrueBooks::sell(KnownOrder& order, const Goods& goods, Time at) {
  settle(order, goods.net + goods.tax + goods.rounding);
  debit(4020, goods.discount), credit(6900, goods.rounding);
  credit(4000, goods.net + goods.discount, dimension_of(order.channel));
  credit(2200, goods.tax, core::dimension_of(order.jurisdiction));
  bear_tax(order);
  sales_value_net_minor += in_ledger_currency(goods.net, rate_).minor;
  expect(order.code, goods.net, goods.cost, at);
}

void TrueBooks::settle(KnownOrder& order, Money goods_gross) {
  Money shipping_net, shipping_tax;
  if (!order.shipping_recognised) shipping_net = order.shipping_net, shipping_tax = order.shipping_tax;
  order.shipping_recognised = true;
  const Money gross = goods_gross + shipping_net + shipping_tax, before = order.recognised;
  order.recognised += gross;
  if (!order.tenders.marketplace.is_zero()) {
    debit(1150, gross, dimension_of(order.channel));
  } else {
    const Money gift =
        std::min(order.tenders.gift_card, order.recognised) - std::min(order.tenders.gift_card, before);
    debit(2400, gift);
    debit(2100, gross - gift);
  }
  credit(4010, shipping_net);
  credit(2200, shipping_tax, core::dimension_of(order.jurisdiction));
  sales_value_net_minor += in_ledger_currency(shipping_net, rate_).minor;
}

void TrueBooks::lost(const world::Fact& fact, KnownOrder& order) {
  begin(30, fact, "lost by the carrier");
  if (policy_.revenue_at_delivery) return undelivered(fact, order);
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t from = known.refunded, to = from + line.quantity_each, of = known.agreed.quantity_each;
    const Money net = part(known.agreed.net, of, from, to), tax = part(known.agreed.tax, of, from, to);
    known.refunded = to;
    value(fact, line,
          {.flow = Flow::between,
           .debit = account_key(5210),
           .credit = account_key(5000),
           .document = fact.reference,
           .sale = line_of(order.code, line.line_no),
           .after = from});
    debit(4030, net), credit(2310, net + tax);
    debit(2200, tax, core::dimension_of(order.jurisdiction));
    order.due_back += net + tax;
  }
  bear_tax(order);
  settle_by_chargeback(order);
  end();
}

/// What was paid for it is owed back. The cents by which its part of the line differs from the part that is
/// refunded are rounding.
void TrueBooks::undelivered(const world::Fact& fact, KnownOrder& order) {
  const Goods goods = end_of_way(fact, order, 5210);
  Money refund;
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t from = known.refunded, to = from + line.quantity_each, of = known.agreed.quantity_each;
    refund += part(known.agreed.net, of, from, to) + part(known.agreed.tax, of, from, to);
    known.refunded = to;
  }
  settle(order, goods.net + goods.tax);
  credit(2310, refund), credit(6900, goods.net + goods.tax - refund);
  order.due_back += refund;
  bear_tax(order);
  settle_by_chargeback(order);
  end();
}

/// As what is lost, but the goods are there: what is owed back for them is paid once they are inspected.
void TrueBooks::came_back(const world::Fact& fact, KnownOrder& order) {
  begin(59, fact, "returned to sender");
  const Goods goods = end_of_way(fact, order, 1210);
  Money refund;
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t from = known.refunded, to = from + line.quantity_each, of = known.agreed.quantity_each;
    refund += part(known.agreed.net, of, from, to) + part(known.agreed.tax, of, from, to);
    known.refunded = to;
    known.returns.push_back({fact.reference, from, to, 0, from, true});
  }
  settle(order, goods.net + goods.tax);
  credit(2300, refund), credit(6900, goods.net + goods.tax - refund);
  end();
}

void TrueBooks::return_received(const world::Fact& fact, KnownOrder& order) {
  begin(7, fact, fact.kind == FactKind::returned_to_sender ? "returned to sender" : "return received");
  Expected* const expected = expected_of(order.code);
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const std::int32_t from = known.refunded, to = from + line.quantity_each;
    known.refunded = to;
    const std::int32_t sold =
        policy_.revenue_at_delivery ? std::exchange(known.unsold, known.unsold + line.quantity_each) : from;
    known.returns.push_back({fact.reference, from, to, 0, sold, false});
    const Money net = part(known.agreed.net, known.agreed.quantity_each, sold, sold + line.quantity_each);
    const Money goods = value(fact, line,
                              {.flow = Flow::between,
                               .debit = account_key(1210),
                               .credit = account_key(5000),
                               .document = fact.reference,
                               .sale = line_of(order.code, line.line_no),
                               .after = from});
    if (expected != nullptr) {
      expected->net -= net, expected->cost -= goods;
      debit(5000, goods), credit(1250, goods);
    } else {
      debit(4030, net), credit(2300, net);
    }
    sales_units_net -= line.quantity_each;
    sales_value_net_minor -= in_ledger_currency(net, rate_).minor;
  }
  end();
}

/// The units judged are those that came back under the same number, in their order: what was accrued for them
/// is what is cleared, whatever else came back or was lost in between.
void TrueBooks::return_inspected(const world::Fact& fact, KnownOrder& order) {
  begin(8, fact, "return inspected, refund approved");
  for (const core::Line& line : fact.lines) {
    OrderLine& known = order.lines[line.line_no - 1];
    const bool damaged = line.condition == core::Condition::damaged;
    std::int32_t left = line.quantity_each;
    for (ReturnedPart& back : known.returns) {
      const std::int32_t from = back.from + back.inspected, units = std::min(left, back.to - from);
      if (units <= 0 || back.document != fact.reference) continue;
      back.inspected += units, left -= units;
      const std::int32_t of = known.agreed.quantity_each;
      core::Line judged = line;
      judged.quantity_each = units;
      value(fact, judged,
            {.flow = damaged ? Flow::between : Flow::came_back,
             .debit = damaged ? account_key(5200) : account_key(1200, dimension_of(fact.node)),
             .credit = account_key(1210),
             .document = fact.reference,
             .sale = line_of(order.code, line.line_no),
             .after = from});
      const std::int32_t sold = from - back.from + back.sold_from;
      const Money net = part(known.agreed.net, of, sold, sold + units),
                  tax = part(known.agreed.tax, of, sold, sold + units),
                  refund = part(known.agreed.net, of, from, from + units) +
                           part(known.agreed.tax, of, from, from + units);
      debit(2300, back.undelivered ? net + tax : net), credit(2310, refund);
      if (!back.undelivered) debit(2200, tax, core::dimension_of(order.jurisdiction));
      credit(6900, net + tax - refund);
      order.due_back += refund;
    }
  }
  bear_tax(order);
  settle_by_chargeback(order);
  end();
}

void TrueBooks::till(const world::Fact& fact) {
  const bool sold = fact.kind == FactKind::till_sold;
  begin(sold ? 50 : 81, fact, sold ? "till sale" : "till return");
  Money net, discount, tax, all_goods;
  for (const core::Line& line : fact.lines) {
    net += line.net, discount += line.discount, tax += line.tax;
    const bool damaged = !sold && line.condition == core::Condition::damaged;
    const AccountKey shelf = account_key(1200, dimension_of(fact.node));
    Way way{.flow = sold      ? Flow::out
                    : damaged ? Flow::between
                              : Flow::came_back,
            .debit = sold      ? account_key(5000)
                     : damaged ? account_key(5200)
                               : shelf,
            .credit = sold ? shelf : account_key(5000),
            .document = sold ? fact.order : fact.reference,
            .sale = line_of(fact.order, line.sku.value)};
    if (!sold && costs_.are_derived())
      way.after = std::exchange(back_at_till_[way.sale], back_at_till_[way.sale] + line.quantity_each);
    all_goods += value(fact, line, way);
    sales_units_net += sold ? line.quantity_each : -line.quantity_each;
  }
  sales_value_net_minor += sold ? net.minor : -net.minor;
  if (sold) {
    tenders_in(fact.tenders, {});
    debit(4020, discount), credit(4000, net + discount);
    credit(2200, tax, core::dimension_of(fact.jurisdiction));
    expect(fact.order, net, all_goods, fact.at);
  } else {
    debit(4030, net), debit(2200, tax, core::dimension_of(fact.jurisdiction));
    credit(1110, fact.tenders.card), credit(2400, fact.tenders.gift_card), credit(1100, fact.tenders.cash);
    if (Expected* const expected = expected_of(fact.order)) {
      expected->net -= net, expected->cost -= all_goods;
      debit(2300, net), credit(4030, net);
      debit(5000, all_goods), credit(1250, all_goods);
    }
  }
  end();
}

void TrueBooks::expect(const core::Code& sale, Money net, Money goods, Time at) {
  if (!policy_.expects_returns) return;
  const Money back = part(net, 10'000, 0, policy_.expected_bp),
              worth = part(goods, 10'000, 0, policy_.expected_bp);
  debit(4030, back), credit(2300, back);
  debit(1250, worth), credit(5000, worth);
  Expected& expected = expected_back_[sale];
  expected.net += back, expected.cost += worth;
  expected.due = at + policy_.returns_lapse;
  lapses_.emplace(expected.due, sale);
}

TrueBooks::Expected* TrueBooks::expected_of(const core::Code& sale) {
  const auto found = expected_back_.find(sale);
  return found == expected_back_.end() ? nullptr : &found->second;
}

void TrueBooks::lapse_until(Time now) {
  while (!lapses_.empty() && lapses_.begin()->first <= now) {
    const auto [due, sale] = *lapses_.begin();
    lapses_.erase(lapses_.begin());
    const Expected* const expected = expected_of(sale);
    if (expected == nullptr || expected->due != due) continue;  // A later sale of the order goes on.
    books_of(promises_.find(sale));
    begin(6, {.at = due, .order = sale}, "returns not expected any more");
    credit(4030, expected->net), debit(2300, expected->net);
    credit(1250, expected->cost), debit(5000, expected->cost);
    end();
    expected_back_.erase(sale);
  }
}

}  // namespace omnisim::audit
