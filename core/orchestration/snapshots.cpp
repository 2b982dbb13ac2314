#include "core/orchestration/snapshots.hpp"

namespace omnisim::core {

Snapshots::Snapshots(Context& context, Allocation& allocation, Shelf& shelf, Counts& counts)
    : c_(context),
      allocation_(allocation),
      shelf_(shelf),
      counts_(counts),
      history_(context.config.directory, context.ledger) {}

Outcome Snapshots::compare(const StockSnapshot& body, const Event& event) {
  history_.read(body.node, c_.step.observed_at, c_.step.observed_at);
  if (c_.config.policies.snapshots == SnapshotPolicy::adjust) {
    adjust(body, event);
    return Outcome::done();
  }
  differ_.clear();
  for (const Line& line : event.lines) {
    if (line.quantity_each < 0 || !shelf_.is_fresh(line.sku, body.node)) continue;
    if (line.quantity_each != history_.booked_then(line.sku, body.node)) differ_.push_back(line.sku);
  }
  counts_.request(body.node, differ_);
  return Outcome::done();
}

void Snapshots::adjust(const StockSnapshot& body, const Event& event) {
  Money loss;
  for (const Line& line : event.lines) {
    if (line.quantity_each < 0 || !shelf_.take_reading(line.sku, body.node)) continue;
    loss +=
        shelf_.change(line.sku, body.node, line.quantity_each - history_.booked_then(line.sku, body.node));
  }
  shelf_.post_adjustment(Occasion::stock_adjusted, loss, body.node, body.snapshot);
  for (const Line& line : event.lines) {
    allocation_.break_reservations(line.sku, body.node);
    allocation_.serve_backorders(line.sku);
  }
}

}  // namespace omnisim::core
