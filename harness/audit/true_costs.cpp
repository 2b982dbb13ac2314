#include "harness/audit/true_costs.hpp"

#include <algorithm>

namespace omnisim::audit {
namespace {

constexpr std::uint32_t rounding_account = 6900;

__extension__ typedef __int128 Wide;

std::int64_t fraction(std::int64_t value, std::int64_t part, std::int64_t whole) {
  return static_cast<std::int64_t>(static_cast<Wide>(value) * part / whole);
}

std::int64_t half_up(std::int64_t value, std::int64_t units) {
  const std::int64_t whole = value / units, left = value % units;
  return whole + (2 * left >= units ? 1 : 0);
}

int turn(Flow flow) {
  if (flow == Flow::out) return 1;
  return flow == Flow::between ? 2 : 0;
}

}  // namespace

TrueCosts::TrueCosts(core::CostMethod method, std::vector<core::Money> master_costs) : method_(method) {
  if (!are_derived()) return;
  items_.resize(master_costs.size());
  for (std::size_t i = 0; i < items_.size(); ++i)
    items_[i].now.unit = items_[i].master_cost = master_costs[i].minor;
}

core::Money TrueCosts::add(core::SkuId sku, StockDocument document, std::vector<CostChange>& changes) {
  Item& item = items_[sku.value];
  const DocumentOrder& order = document.order;
  const Key key{order.at, turn(order.flow), order.node, order.document, order.line_no, ++documents_};
  const bool is_last = item.documents.empty() || item.documents.rbegin()->first < key;
  Known& fresh = item.documents[key];
  fresh.document = std::move(document);
  const auto change = [&](Known& known, std::pair<std::int64_t, std::int64_t> found) {
    const StockDocument& d = known.document;
    const auto [cost, rounding] = found;
    if (cost != known.cost) changes.push_back({d.debit, d.credit, cost - known.cost, d.message});
    if (rounding != known.rounding)
      changes.push_back({rounding_account * 65536, d.credit, rounding - known.rounding, d.message});
    known.cost = cost, known.rounding = rounding;
  };
  if (is_last) {
    change(fresh, work(item.now, fresh.document));
  } else {
    item.now = {};
    item.now.unit = item.master_cost;
    for (auto& [place, known] : item.documents) change(known, work(item.now, known.document));
  }
  return {fresh.cost};
}

std::pair<std::int64_t, std::int64_t> TrueCosts::work(Stock& stock, const StockDocument& document) const {
  std::int64_t cost = document.cost.minor;
  switch (document.order.flow) {
    case Flow::in:
      come_in(stock, document.units, cost);
      return {cost, 0};
    case Flow::turned_up:
      cost = stock.unit * document.units;
      come_in(stock, document.units, cost);
      return {cost, 0};
    case Flow::came_back:
      cost = original_cost(stock, document);
      come_in(stock, document.units, cost);
      return {cost, 0};
    case Flow::between:
      return {original_cost(stock, document), 0};
    case Flow::out:
      break;
  }
  cost = go_out(stock, document.units);
  if (!document.sale.empty()) stock.sold[document.sale].emplace_back(document.units, cost);
  const std::int64_t rest = stock.units == 0 ? stock.value : 0;
  stock.value -= rest;
  return {cost, rest};
}

void TrueCosts::come_in(Stock& stock, std::int64_t units, std::int64_t cost) const {
  stock.units += units;
  stock.value += cost;
  if (method_ == core::CostMethod::moving_average) {
    stock.unit = half_up(stock.value, stock.units);
  } else {
    stock.unit = half_up(cost, units);
    stock.receipts.emplace_back(units, cost);
  }
}

std::int64_t TrueCosts::go_out(Stock& stock, std::int64_t units) const {
  std::int64_t cost = 0;
  if (method_ == core::CostMethod::moving_average) {
    cost = stock.unit * units;
  } else {
    for (std::int64_t left = units; left > 0 && stock.oldest < stock.receipts.size();) {
      auto& [there, value] = stock.receipts[stock.oldest];
      const std::int64_t n = std::min(left, there), part = fraction(value, n, there);
      cost += part, value -= part, there -= n, left -= n;
      if (there == 0) ++stock.oldest;
    }
  }
  stock.units -= units;
  stock.value -= cost;
  return cost;
}

std::int64_t TrueCosts::original_cost(const Stock& stock, const StockDocument& document) const {
  const auto found = stock.sold.find(document.sale);
  if (found == stock.sold.end()) return stock.unit * document.units;
  std::int64_t cost = 0, before = 0;
  for (const auto& [units, total] : found->second) {
    const std::int64_t from = std::clamp<std::int64_t>(document.after - before, 0, units),
                       to = std::clamp<std::int64_t>(document.after + document.units - before, 0, units);
    cost += fraction(total, to, units) - fraction(total, from, units);
    before += units;
  }
  return cost;
}

}  // namespace omnisim::audit
