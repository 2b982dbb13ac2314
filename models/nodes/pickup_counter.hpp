// The shelf of a store where online orders wait for the customers who ordered them (click and collect), and
// the counter in front of it.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "models/carrier/carrier.hpp"
#include "models/nodes/site.hpp"

namespace omnisim::models {

class PickupCounter final : private sim::Handler {
 public:
  PickupCounter(const Context& context, Site& site, Recipient& recipient)
      : context_(context), site_(site), recipient_(recipient) {}

  /// Packed units of an order wait from now on; the customer hears of it, and comes sooner or later, or
  /// never.
  void shelve(OrderNumber order, std::span<const core::Line> lines);
  /// The customer comes, and is given what waits by then. Before a closed door: comes again when it opens.
  void come(OrderNumber order);
  /// Nobody is to have these units any more: what waits of them goes back onto the shelf.
  void call_back(OrderNumber order, std::uint32_t line_no, std::int32_t quantity_each);

 private:
  void on_event(sim::Time now, std::uint64_t order) override;

  const Context& context_;
  Site& site_;
  Recipient& recipient_;
  std::map<OrderNumber, std::vector<core::Line>> waiting_;
  std::uint64_t handed_over_ = 0;
};

}  // namespace omnisim::models
