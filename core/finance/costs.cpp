#include "core/finance/costs.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace omnisim::core {

namespace {

constexpr std::uint32_t none = 0xffffffffu;
constexpr std::size_t mark_every = 256;

/// `value` / `units`, half up; both are above zero.
Money unit_of(Money value, std::int64_t units) { return {(2 * value.minor + units) / (2 * units)}; }

Money part_of(Money value, std::int64_t part, std::int64_t whole) {
  return {static_cast<std::int64_t>(static_cast<Int128>(value.minor) * part / whole)};
}

/// What comes in before what leaves before what is only moved.
int rank_of(bool comes_in, bool leaves) { return comes_in ? 0 : leaves ? 1 : 2; }

}  // namespace

Costs::Costs(CostMethod method, const Directory& directory) : method_(method) {
  if (!are_derived()) return;
  items_.resize(directory.item_count());
  for (std::uint32_t i = 0; i < directory.item_count(); ++i) {
    items_[i].opening.unit = directory.item(SkuId{i}).unit_cost;
    items_[i].closing = items_[i].opening;
  }
}

void Costs::receive(SkuId sku, std::int32_t units, Money cost, const CostDocument& document) {
  Entry entry;
  entry.kind = Kind::receive;
  entry.units = units;
  entry.cost = cost;
  entry.to = CostPlace::inventory;
  add(sku, entry, document);
}

Money Costs::find(SkuId sku, std::int32_t units, CostPlace from, const CostDocument& document) {
  Entry entry;
  entry.kind = Kind::find;
  entry.units = units;
  entry.from = from;
  entry.to = CostPlace::inventory;
  return add(sku, entry, document);
}

Money Costs::take(SkuId sku, std::int32_t units, CostPlace to, const CostDocument& document) {
  Entry entry;
  entry.kind = Kind::take;
  entry.units = units;
  entry.from = CostPlace::inventory;
  entry.to = to;
  return add(sku, entry, document);
}

Money Costs::move(SkuId sku, std::int32_t from, std::int32_t to, CostPlace from_place, CostPlace to_place,
                  const CostDocument& document) {
  Entry entry;
  entry.kind = Kind::move;
  entry.units = to - from;
  entry.first = from;
  entry.from = from_place;
  entry.to = to_place;
  return add(sku, entry, document);
}

Money Costs::bring_back(SkuId sku, std::int32_t from, std::int32_t to, CostPlace from_place,
                        const CostDocument& document) {
  Entry entry;
  entry.kind = Kind::bring_back;
  entry.units = to - from;
  entry.first = from;
  entry.from = from_place;
  entry.to = CostPlace::inventory;
  return add(sku, entry, document);
}

std::int32_t Costs::next_of(const HashKey& sale, std::int32_t units) {
  if (sale == HashKey{}) return 0;
  return std::exchange(sales_[sale_of(sale)].numbered, sales_[sale_of(sale)].numbered + units);
}

std::uint32_t Costs::sale_of(const HashKey& key) {
  std::uint32_t found = by_sale_.find(key);
  if (found != none) return found;
  Sale sale;
  sale.key = key;
  found = sales_.add(sale);
  by_sale_.insert(key, found);
  return found;
}

Money Costs::add(SkuId sku, Entry entry, const CostDocument& document) {
  if (entry.units <= 0) return {};
  entry.at = document.at;
  entry.node = document.node;
  entry.document = document.document;
  entry.line_no = document.line_no;
  entry.told = ++told_;
  if (document.sale != HashKey{}) {
    entry.sale = sale_of(document.sale);
    ++sales_[entry.sale].entries;
  }
  const std::uint32_t number = entries_.add(entry);
  if (entry.kind == Kind::take && entry.sale != none)
    entries_[number].next_of_sale = std::exchange(sales_[entry.sale].first_taken, number);
  Item& item = items_[sku.value];
  const std::size_t place = place_of(item, entries_[number]);
  item.order.insert(item.order.begin() + static_cast<std::ptrdiff_t>(place), number);
  derive_from(item, place, number);
  return entries_[number].cost;
}

bool Costs::comes_before(const Entry& a, const Entry& b) const {
  const auto rank = [](const Entry& e) {
    return rank_of(e.to == CostPlace::inventory, e.kind == Kind::take);
  };
  if (a.at != b.at) return a.at < b.at;
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (a.node.value != b.node.value) return a.node.value < b.node.value;
  if (a.document != b.document) return a.document.view() < b.document.view();
  return a.line_no != b.line_no ? a.line_no < b.line_no : a.told < b.told;
}

std::size_t Costs::place_of(const Item& item, const Entry& entry) const {
  std::size_t place = item.order.size();
  while (place > 0 && comes_before(entry, entries_[item.order[place - 1]])) --place;
  return place;
}

void Costs::derive_from(Item& item, std::size_t place, std::uint32_t fresh) {
  const bool at_the_end = place + 1 == item.order.size();
  std::size_t at = place;
  CostPool pool;
  if (at_the_end) {
    pool = std::move(item.closing);
  } else {
    while (!item.marks.empty() && item.marks.back().place > place) item.marks.pop_back();
    at = item.marks.empty() ? 0 : item.marks.back().place;
    pool = item.marks.empty() ? item.opening : item.marks.back().pool;
  }
  for (; at < item.order.size(); ++at) {
    const std::size_t marked = item.marks.empty() ? 0 : item.marks.back().place;
    if (at >= marked + mark_every) item.marks.push_back({at, pool});
    Entry& entry = entries_[item.order[at]];
    const Money cost = entry.cost, rounding = entry.rounding;
    derive(entry, pool);
    const bool is_fresh = item.order[at] == fresh;
    if ((entry.cost != cost && !is_fresh) || entry.rounding != rounding)
      correct(entry, is_fresh ? Money{} : entry.cost - cost, entry.rounding - rounding);
  }
  item.closing = std::move(pool);
}

void Costs::derive(Entry& entry, CostPool& pool) const {
  switch (entry.kind) {
    case Kind::receive:
      return put(pool, entry.units, entry.cost);
    case Kind::find:
      entry.cost = pool.unit * entry.units;
      return put(pool, entry.units, entry.cost);
    case Kind::bring_back:
      entry.cost = cost_of_sold(entry, pool);
      return put(pool, entry.units, entry.cost);
    case Kind::take:
      entry.cost = take_from(pool, entry.units);
      // What whole minor units have left of the value goes with the last unit, and is told apart.
      entry.rounding = pool.units == 0 && pool.missing == 0 ? std::exchange(pool.value, Money{}) : Money{};
      return;
    case Kind::move:
      entry.cost = cost_of_sold(entry, pool);
      return;
  }
}

void Costs::put(CostPool& pool, std::int64_t units, Money cost) const {
  pool.units += units;
  pool.value += cost;
  if (method_ == CostMethod::moving_average) {
    if (pool.units > 0) pool.unit = unit_of(std::max(pool.value, Money{}), pool.units);
    return;
  }
  pool.unit = unit_of(std::max(cost, Money{}), units);
  // What has left before it came is the first to be covered.
  const std::int64_t covered = std::min(units, pool.missing);
  cost += pool.rest;
  pool.rest = {};
  pool.missing -= covered;
  if (covered == units) {
    pool.rest = cost;
  } else {
    pool.layers.push_back({units - covered, cost});
  }
}

Money Costs::take_from(CostPool& pool, std::int64_t units) const {
  Money cost;
  if (method_ == CostMethod::moving_average) {
    cost = pool.unit * units;
  } else {
    std::int64_t left = units;
    while (left > 0 && pool.first_layer < pool.layers.size()) {
      CostLayer& layer = pool.layers[pool.first_layer];
      const std::int64_t n = std::min(left, layer.units);
      const Money part = part_of(layer.value, n, layer.units);
      cost += part;
      layer.value -= part;
      layer.units -= n;
      left -= n;
      if (layer.units == 0) ++pool.first_layer;
    }
    if (pool.first_layer > 64 && pool.first_layer * 2 > pool.layers.size()) {
      pool.layers.erase(pool.layers.begin(),
                        pool.layers.begin() + static_cast<std::ptrdiff_t>(pool.first_layer));
      pool.first_layer = 0;
    }
    const Money unknown = pool.unit * left;
    cost += unknown;
    pool.rest -= unknown;
    pool.missing += left;
  }
  pool.units -= units;
  pool.value -= cost;
  return cost;
}

Money Costs::cost_of_sold(const Entry& entry, const CostPool& pool) const {
  std::int32_t before = 0;
  Money cost;
  const auto share_of = [&](std::int32_t units, Money total) {
    const std::int32_t from = std::clamp(entry.first - before, 0, units),
                       to = std::clamp(entry.first + entry.units - before, 0, units);
    if (units > 0) cost += part_of(total, to, units) - part_of(total, from, units);
    before += units;
  };
  if (entry.sale != none) {
    const Sale& sale = sales_[entry.sale];
    share_of(sale.folded_units, sale.folded_cost);
    // A line leaves in a parcel or two: each pass finds the next of them.
    for (const Entry* last = nullptr;;) {
      const Entry* next = nullptr;
      for (std::uint32_t i = sale.first_taken; i != none; i = entries_[i].next_of_sale) {
        const Entry& taken = entries_[i];
        if ((last == nullptr || comes_before(*last, taken)) &&
            (next == nullptr || comes_before(taken, *next)))
          next = &taken;
      }
      if (next == nullptr) break;
      share_of(next->units, next->cost);
      last = next;
    }
  }
  // Nobody has told what it was sold for: it counts as what one costs now.
  const std::int32_t unknown = entry.first + entry.units - std::max(entry.first, before);
  return cost + pool.unit * std::max(0, unknown);
}

void Costs::correct(const Entry& entry, Money cost, Money rounding) {
  const bool in_stock = entry.from == CostPlace::inventory || entry.to == CostPlace::inventory;
  const NodeId node = in_stock ? entry.node : NodeId{};
  auto found = std::find_if(corrections_.begin(), corrections_.end(),
                            [&](const CostCorrection& c) { return c.node == node; });
  if (found == corrections_.end()) found = corrections_.insert(found, CostCorrection{node, {}});
  const auto at = [&](CostPlace place) -> Money& { return found->by_place[static_cast<std::size_t>(place)]; };
  at(entry.to) += cost;
  at(entry.from) -= cost;
  at(CostPlace::rounding) += rounding;
  at(CostPlace::inventory) -= rounding;
}

std::vector<CostCorrection> Costs::take_corrections() {
  std::sort(corrections_.begin(), corrections_.end(),
            [](const CostCorrection& a, const CostCorrection& b) { return a.node.value < b.node.value; });
  return std::exchange(corrections_, {});
}

Money Costs::stock_value() const {
  Money sum;
  for (const Item& item : items_) sum += item.closing.value;
  return sum;
}

void Costs::forget_before(Time before) {
  for (Item& item : items_) {
    const auto stays = std::find_if(item.order.begin(), item.order.end(),
                                    [&](std::uint32_t i) { return entries_[i].at >= before; });
    const auto count = static_cast<std::size_t>(stays - item.order.begin());
    if (count >= mark_every) fold(item, count);
  }
}

void Costs::fold(Item& item, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Entry& entry = entries_[item.order[i]];
    derive(entry, item.opening);
    let_go(entry, item.order[i]);
    entries_.free(item.order[i]);
  }
  item.order.erase(item.order.begin(), item.order.begin() + static_cast<std::ptrdiff_t>(count));
  item.marks.clear();
}

void Costs::let_go(Entry& entry, std::uint32_t number) {
  if (entry.sale == none) return;
  Sale& sale = sales_[entry.sale];
  if (entry.kind == Kind::take) {
    sale.folded_units += entry.units;
    sale.folded_cost += entry.cost;
    std::uint32_t* link = &sale.first_taken;
    while (*link != number) link = &entries_[*link].next_of_sale;
    *link = entry.next_of_sale;
  }
  if (--sale.entries > 0) return;
  by_sale_.erase(sale.key);
  sales_.free(entry.sale);
}

void Costs::digest(Digest& digest) const {
  for (const Item& item : items_) {
    digest.add(item.order.size(), item.closing.units, item.closing.value, item.closing.unit,
               item.closing.missing, item.closing.rest);
  }
  for (const Entry& e : entries_) {
    digest.add(e.at, e.document, e.node, e.line_no, e.units, e.first, e.sale, e.cost, e.rounding, e.kind,
               e.from, e.to);
  }
  for (const Sale& s : sales_)
    digest.add(s.first_taken, s.entries, s.numbered, s.folded_units, s.folded_cost);
  digest.add(by_sale_.size(), told_);
}

}  // namespace omnisim::core
