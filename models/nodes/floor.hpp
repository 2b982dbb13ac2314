// What goes on at a site besides selling and shipping: in stores units are stolen, everywhere some break, and
// staff counts a share of the shelves now and then. After demand has ended every site counts everything.
#pragma once

#include <vector>

#include "models/nodes/site.hpp"
#include "sim/arrivals.hpp"

namespace omnisim::models {

class Floor final : private sim::Handler {
 public:
  Floor(const Context& context, Site& site);

  /// Schedules losses and counts of [from, to), and the stocktake behind it.
  void start();

 private:
  enum Event : std::uint64_t { theft, breakage, cycle_count, stocktake };
  void on_event(sim::Time now, std::uint64_t event) override;
  void arm(Event event, const sim::Arrivals& arrivals, sim::Stream& stream);
  sim::Duration count_every() const;
  void count_share(double share, sim::Time business_time);

  const Context& context_;
  Site& site_;
  const bool is_store_;
  sim::Arrivals thefts_, breakages_;
  sim::Stream &theft_chance_, &breakage_chance_, &count_chance_;
  std::vector<core::SkuId> counted_;
};

}  // namespace omnisim::models
