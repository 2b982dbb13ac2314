#include "models/nodes/floor.hpp"

#include "models/cadence.hpp"

namespace omnisim::models {
namespace {

/// Shops are closed and lines are healthy again by then, and the night's files have not left.
constexpr sim::Duration stocktake_after = std::chrono::minutes{30};

}  // namespace

Floor::Floor(const Context& context, Site& site)
    : context_(context),
      site_(site),
      is_store_(context.names().node(site.id()).kind == core::NodeKind::store),
      thefts_(context.params.store.stolen_per_day, {}),
      breakages_(is_store_ ? context.params.store.damaged_per_day : context.params.dc.damaged_per_day, {}),
      theft_chance_(context.streams.get(site.party().name(), "theft")),
      breakage_chance_(context.streams.get(site.party().name(), "breakage")),
      count_chance_(context.streams.get(site.party().name(), "counts")) {}

void Floor::start() {
  const StoreParams& store = context_.params.store;
  if (context_.pattern.faults && !context_.master.popularity.empty()) {
    if (is_store_) arm(theft, thefts_, theft_chance_);
    if (is_store_ || context_.params.dc.damaged_per_day > 0) arm(breakage, breakages_, breakage_chance_);
  }
  if (count_every().count() > 0) {
    const sim::Time first = context_.params.calendar.from + count_every();
    if (first < context_.params.calendar.to) context_.at(first, *this, cycle_count);
  }
  if (store.final_stocktake) context_.at(context_.params.calendar.to + stocktake_after, *this, stocktake);
}

sim::Duration Floor::count_every() const {
  return is_store_ ? context_.params.store.count_every : context_.params.dc.count_every;
}

void Floor::arm(Event event, const sim::Arrivals& arrivals, sim::Stream& stream) {
  const sim::Time next = arrivals.next(context_.now(), stream);
  if (next < context_.params.calendar.to) context_.at(next, *this, event);
}

void Floor::on_event(sim::Time now, std::uint64_t event) {
  switch (event) {
    case theft:
      site_.steal({context_.master.popularity.draw(theft_chance_)}, 1);
      return arm(theft, thefts_, theft_chance_);
    case breakage:
      site_.damage({context_.master.popularity.draw(breakage_chance_)});
      return arm(breakage, breakages_, breakage_chance_);
    case cycle_count: {
      count_share(is_store_ ? context_.params.store.count_share : context_.params.dc.count_share, now);
      const sim::Time next = now + count_every();
      if (next < context_.params.calendar.to) context_.at(next, *this, cycle_count);
      return;
    }
    default:
      // What it finds missing went missing in the period that has ended, and is dated to its last moment.
      return count_share(1, context_.params.calendar.to - sim::Duration{1});
  }
}

void Floor::count_share(double share, sim::Time business_time) {
  counted_.clear();
  for (std::uint32_t sku = 0; sku < context_.master.item_count(); ++sku) {
    const bool chosen = share >= 1 || count_chance_.bernoulli(share);
    if (chosen && site_.has_had({sku})) counted_.push_back({sku});
  }
  site_.count(counted_, business_time);
}

}  // namespace omnisim::models
