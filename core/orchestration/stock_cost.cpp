#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core::stock_cost {

namespace {

constexpr std::uint64_t line_factor = 0x9E3779B97F4A7C15ull;

HashKey line_key(const HashKey& sale, std::uint32_t line) {
  return {sale.high ^ (line_factor * (line + std::uint64_t{1})), sale.low};
}

CostDocument document(const Context& c, NodeId node, const Code& code, std::uint32_t line_no,
                      const HashKey& sale = {}) {
  const Time at = c.can().business_time ? c.step.cause.occurred_at : c.step.now;
  return {at, node, code, line_no, sale};
}

CostDocument of_line(const Context& c, LineIndex line, NodeId node, const Code& code) {
  const OrderLine& sold = c.book.lines[line];
  return document(c, node, code, sold.line_no, line_key(c.book.orders[sold.order].key(), sold.line_no));
}

HashKey till_line(const Line& line, NodeId node, const Code& sale) {
  return sale.empty() ? HashKey{} : line_key(key_of(KeyKind::sale, sale, node.value), line.sku.value);
}

}  // namespace

Money received(Context& c, const Line& line, NodeId node, Money cost, const Code& code) {
  if (c.costs.are_derived())
    c.costs.receive(line.sku, line.quantity_each, cost, document(c, node, code, line.line_no));
  return cost;
}

Money gone(Context& c, SkuId sku, NodeId node, std::int32_t units, CostPlace to) {
  if (!c.costs.are_derived()) return c.cost(sku, units);
  const CostDocument told = document(c, node, c.step.id, 0);
  return units < 0 ? -c.costs.find(sku, -units, to, told) : c.costs.take(sku, units, to, told);
}

Money shipped(Context& c, LineIndex line, NodeId node, std::int32_t units, CostPlace to,
              const Code& shipment) {
  const SkuId sku = c.book.lines[line].sku;
  if (!c.costs.are_derived()) return c.cost(sku, units);
  return c.costs.take(sku, units, to, of_line(c, line, node, shipment));
}

Money moved(Context& c, LineIndex line, std::int32_t from, std::int32_t to, CostPlace from_place,
            CostPlace to_place) {
  const SkuId sku = c.book.lines[line].sku;
  if (!c.costs.are_derived()) return c.cost(sku, to - from);
  return c.costs.move(sku, from, to, from_place, to_place, of_line(c, line, {}, c.step.id));
}

Money restocked(Context& c, LineIndex line, std::int32_t from, std::int32_t to, CostPlace from_place,
                NodeId node, const Code& code) {
  const SkuId sku = c.book.lines[line].sku;
  if (!c.costs.are_derived()) return c.cost(sku, to - from);
  return c.costs.bring_back(sku, from, to, from_place, of_line(c, line, node, code));
}

Money sold_at_till(Context& c, const Line& line, NodeId node, const Code& sale) {
  if (!c.costs.are_derived()) return c.cost(line.sku, line.quantity_each);
  return c.costs.take(line.sku, line.quantity_each, CostPlace::sold,
                      document(c, node, sale, line.line_no, till_line(line, node, sale)));
}

Money back_at_till(Context& c, const Line& line, NodeId node, const Code& sale, CostPlace to,
                   const Code& code) {
  const std::int32_t units = line.quantity_each;
  if (!c.costs.are_derived()) return c.cost(line.sku, units);
  const HashKey sold = till_line(line, node, sale);
  const std::int32_t from = c.costs.next_of(sold, units);
  const CostDocument told = document(c, node, code, line.line_no, sold);
  return to == CostPlace::inventory ? c.costs.bring_back(line.sku, from, from + units, CostPlace::sold, told)
                                    : c.costs.move(line.sku, from, from + units, CostPlace::sold, to, told);
}

void post_corrections(Context& c) {
  if (!c.costs.has_corrections()) return;
  for (const CostCorrection& correction : c.costs.take_corrections()) {
    const auto change = [&](CostPlace place) { return correction.by_place[static_cast<std::size_t>(place)]; };
    Amounts amounts;
    amounts[Component::inventory] = change(CostPlace::inventory);
    amounts[Component::held] = change(CostPlace::returns_hold);
    amounts[Component::moving] = change(CostPlace::in_transit);
    amounts[Component::cost] = change(CostPlace::sold);
    amounts[Component::cost_damaged] = change(CostPlace::written_off);
    amounts[Component::loss] = change(CostPlace::transit_loss);
    amounts[Component::variance] = change(CostPlace::price_variance);
    amounts[Component::rounding] = change(CostPlace::rounding);
    c.post(Occasion::stock_revalued, amounts, c.step.id, {}, correction.node);
  }
}

}  // namespace omnisim::core::stock_cost
