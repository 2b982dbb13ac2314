#include "models/demand/supplier.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {

void Supplier::start() {
  if (context_.params.deliveries.days_of_demand > 0 && context_.params.deliveries.every.count() > 0) arm();
}

void Supplier::arm() {
  const sim::Time next =
      next_tick(context_.now(), context_.params.deliveries.every, context_.params.deliveries.at);
  if (next < context_.params.calendar.to) context_.at(next, *this, 0);
}

void Supplier::on_event(sim::Time, std::uint64_t) {
  ++deliveries_;
  for (Site* site : sites_) deliver_all(*site);
  arm();
}

void Supplier::deliver_all(Site& site) {
  constexpr std::size_t lines_max = 200;
  const bool is_dc = context_.names().node(site.id()).kind == core::NodeKind::dc;
  const auto dcs = static_cast<double>(std::max<std::size_t>(1, context_.master.dcs.size()));
  lines_.clear();
  const auto hand_over = [&] {
    if (!lines_.empty() && by_order())
      order(site, {.lines = lines_});
    else if (!lines_.empty())
      site.receive(lines_, wire::code_of("PO", ++orders_));
    lines_.clear();
  };
  for (std::uint32_t s = 0; s < context_.master.item_count(); ++s) {
    const core::SkuId sku{s};
    const double a_day = is_dc ? online_units_per_day(context_.params, context_.master, sku) / dcs
                               : store_units_per_day(context_.params, context_.master, sku);
    const std::int32_t units = whole_units(a_day * context_.params.deliveries.days_of_demand,
                                           context_.streams.root(), sku, site.id(), deliveries_);
    if (units <= 0) continue;
    lines_.push_back(
        {.line_no = static_cast<std::uint32_t>(lines_.size() + 1), .sku = sku, .quantity_each = units});
    if (lines_.size() == lines_max) hand_over();
  }
  hand_over();
}

void Supplier::deliver(Site& site, core::SkuId sku, std::int32_t quantity_each,
                       std::optional<sim::Time> dated, core::Money unit_cost) {
  core::Line line{
      .line_no = 1, .sku = sku, .quantity_each = quantity_each, .cost = unit_cost * quantity_each};
  site.receive({&line, 1}, wire::code_of("PO", ++orders_), dated);
}

}  // namespace omnisim::models
