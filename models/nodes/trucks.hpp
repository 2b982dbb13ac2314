// Trucks between the retailer's own sites: what one site loads another unloads some time later, less what
// got lost on the way. Each side records what it sees; nobody records what is lost.
#pragma once

#include <vector>

#include "models/nodes/site.hpp"

namespace omnisim::models {

class Trucks final : private sim::Handler {
 public:
  explicit Trucks(const Context& context) : context_(context) {}

  struct Load {
    core::SkuId sku;
    std::int32_t quantity_each = 0;
    std::int32_t missing_each = 0;  ///< of it, lost on the way
  };
  /// From the shelf of `from`, as far as it is there; the way takes as long as the carrier's.
  void send(Site& from, Site& to, Load load);
  std::size_t under_way() const { return trips_.size() - arrived_; }

 private:
  struct Trip {
    Site *from = nullptr, *to = nullptr;
    core::Code number;
    Load load;
  };
  void on_event(sim::Time now, std::uint64_t trip) override;

  const Context& context_;
  std::vector<Trip> trips_;
  std::size_t arrived_ = 0;
};

}  // namespace omnisim::models
