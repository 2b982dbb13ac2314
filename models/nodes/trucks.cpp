#include "models/nodes/trucks.hpp"

#include <algorithm>

namespace omnisim::models {

void Trucks::send(Site& from, Site& to, Load load) {
  load.quantity_each = std::min(load.quantity_each, from.shelf(load.sku));
  load.missing_each = std::min(load.missing_each, load.quantity_each);
  if (load.quantity_each <= 0 || &from == &to) return;
  const core::Code number = wire::code_of("TR", trips_.size() + 1);
  from.ship_transfer(to.id(), number, load.sku, load.quantity_each);
  trips_.push_back({.from = &from, .to = &to, .number = number, .load = load});
  context_.after(context_.lasting(context_.params.carrier.transit, number, "truck"), *this,
                 trips_.size() - 1);
}

void Trucks::on_event(sim::Time, std::uint64_t slot) {
  const Trip& trip = trips_[slot];
  ++arrived_;
  trip.from->lose_transfer(trip.number, trip.load.sku, trip.load.missing_each);
  trip.to->take_transfer(trip.number, trip.load.sku, trip.load.quantity_each - trip.load.missing_each);
}

}  // namespace omnisim::models
