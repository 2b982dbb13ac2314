// stock.snapshot: what a node (a 3PL, say) believes to have, by its own books. It is compared with ours as of
// the moment at which it was true, later movements on top; open orders stay what they are. A difference is
// counted, or booked, as the policy says. An older statement than the last count of a shelf says nothing.
#pragma once

#include <vector>

#include "core/orchestration/counts.hpp"

namespace omnisim::core {

class Snapshots {
 public:
  Snapshots(Context& context, Allocation& allocation, Shelf& shelf, Counts& counts);

  Outcome compare(const StockSnapshot& body, const Event& event);

 private:
  void adjust(const StockSnapshot& body, const Event& event);

  Context& c_;
  Allocation& allocation_;
  Shelf& shelf_;
  Counts& counts_;
  ShelfHistory history_;
  std::vector<SkuId> differ_;
};

}  // namespace omnisim::core
