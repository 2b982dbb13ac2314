#include "harness/audit/payables.hpp"

#include <algorithm>
#include <cstdlib>

namespace omnisim::audit {

using core::Money;

Money Payables::OrderLine::worth(std::int32_t from, std::int32_t to) const {
  __extension__ typedef __int128 Wide;
  const auto upto = [&](std::int32_t units) {
    return ordered == 0 ? 0 : static_cast<std::int64_t>(static_cast<Wide>(cost.minor) * units / ordered);
  };
  return {upto(to) - upto(from)};
}

void Payables::ordered(const world::Fact& fact) {
  Order& order = orders_[fact.reference];
  for (const core::Line& line : fact.lines) {
    order.lines.push_back({.line_no = line.line_no,
                           .sku = line.sku,
                           .ordered = line.quantity_each,
                           .accepted = 0,
                           .invoiced = 0,
                           .cost = line.cost});
  }
}

Payables::OrderLine* Payables::line_of(Order& order, const core::Line& like) {
  OrderLine* found = nullptr;
  for (OrderLine& line : order.lines) {
    if (line.sku != like.sku) continue;
    if (line.line_no == like.line_no) return &line;
    if (found == nullptr) found = &line;
  }
  return found;
}

Money Payables::accepted(const world::Fact& fact) {
  const auto order = orders_.find(fact.reference);
  Money value;
  if (order == orders_.end()) return value;
  for (const core::Line& came : fact.lines) {
    OrderLine* const line = line_of(order->second, came);
    if (line == nullptr || came.condition == core::Condition::damaged) continue;
    value += line->worth(line->accepted, line->accepted + came.quantity_each);
    line->accepted += came.quantity_each;
  }
  return value;
}

void Payables::invoiced(const world::Fact& fact) {
  std::vector<Invoice>& invoices = orders_[fact.order].invoices;
  const auto same = std::find_if(invoices.begin(), invoices.end(),
                                 [&](const Invoice& i) { return i.number == fact.reference; });
  if (same == invoices.end())
    invoices.push_back(
        {.number = fact.reference, .lines = {fact.lines.begin(), fact.lines.end()}, .agreed = false});
  else if (!same->agreed)
    same->lines.assign(fact.lines.begin(), fact.lines.end());
}

bool Payables::agrees(Order& order, Invoice& invoice, Agreed& result) {
  const std::vector<OrderLine> before = order.lines;
  result = {.invoice = invoice.number, .value = {}, .asked = {}};
  for (const core::Line& asked : invoice.lines) {
    OrderLine* const line = line_of(order, asked);
    const std::int32_t upto = line == nullptr ? 0 : line->invoiced + asked.quantity_each;
    if (line == nullptr || upto > line->accepted) return order.lines = before, false;
    const Money value = line->worth(line->invoiced, upto);
    // At most so much apart, without a division.
    __extension__ typedef __int128 Wide;
    const Wide apart = Wide{std::abs((asked.cost - value).minor)} * 10'000;
    if (apart > Wide{value.minor} * price_tolerance_bp_) return order.lines = before, false;
    line->invoiced = upto;
    result.value += value;
    result.asked += asked.cost;
  }
  return true;
}

std::vector<Payables::Agreed> Payables::newly_agreed(const core::Code& code) {
  std::vector<Agreed> found;
  const auto order = orders_.find(code);
  if (order == orders_.end()) return found;
  for (Invoice& invoice : order->second.invoices) {
    Agreed result;
    if (invoice.agreed || !agrees(order->second, invoice, result)) continue;
    invoice.agreed = true;
    found.push_back(result);
  }
  return found;
}

}  // namespace omnisim::audit
