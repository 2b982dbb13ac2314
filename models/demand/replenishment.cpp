#include "models/demand/replenishment.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {
namespace {

/// An event is a review, or the arrival of an order: store and item.
constexpr std::uint64_t review_all = ~std::uint64_t{0};
constexpr std::uint64_t arrival_of(std::size_t store, core::SkuId sku) {
  return std::uint64_t{store} << 32U | sku.value;
}

}  // namespace

Replenishment::Replenishment(const Context& context, Supplier& supplier, const std::vector<Site*>& sites)
    : context_(context), policy_(context.params.replenishment), supplier_(supplier) {
  if (policy_.order_each <= 0) return;
  for (Site* site : sites) {
    if (context.names().node(site->id()).kind == core::NodeKind::store)
      stores_.push_back({site, std::vector<std::int32_t>(context.master.item_count())});
  }
}

void Replenishment::start() {
  if (!stores_.empty()) arm();
}

void Replenishment::arm() {
  const sim::Time next = next_tick(context_.now(), policy_.review_every, policy_.review_at);
  if (next < context_.params.calendar.to) context_.at(next, *this, review_all);
}

void Replenishment::on_event(sim::Time, std::uint64_t what) {
  if (what == review_all) {
    for (std::size_t i = 0; i < stores_.size(); ++i) review(i);
    return arm();
  }
  Store& store = stores_[what >> 32U];
  const core::SkuId sku{static_cast<std::uint32_t>(what)};
  store.on_order[sku.value] -= policy_.order_each;
  supplier_.deliver(*store.site, sku, policy_.order_each);
}

void Replenishment::delivered(core::NodeId node, std::span<const core::Line> ordered) {
  for (Store& store : stores_) {
    if (store.site->id() != node) continue;
    for (const core::Line& line : ordered)
      store.on_order[line.sku.value] = std::max(0, store.on_order[line.sku.value] - line.quantity_each);
  }
}

void Replenishment::review(std::size_t index) {
  Store& store = stores_[index];
  for (std::uint32_t s = 0; s < store.on_order.size(); ++s) {
    const core::SkuId sku{s};
    if (store.site->on_record(sku) + store.on_order[s] > policy_.reorder_point_each) continue;
    store.on_order[s] += policy_.order_each;
    if (context_.params.procurement.by_order) {
      const core::Line line{.line_no = 1, .sku = sku, .quantity_each = policy_.order_each};
      supplier_.order(*store.site, {.lines = {&line, 1}});
      continue;
    }
    context_.after(policy_.lead_time, *this, arrival_of(index, sku));
  }
}

}  // namespace omnisim::models
