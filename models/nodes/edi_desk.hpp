// The desk of a warehouse that others run for us: what it has to say it says as X12 files, at its own times.
// It advises what was shipped, and what was not found and will not come (945), and now and then lists what it
// has (846); of picking and packing it says nothing. What X12 has no set for (receipts, returns, counts) its
// people key into a portal, which Site writes as any warehouse does.
//
// The desk is a party of its own, named as its end of the interface ("trading_partners.3pl-1"): where it is
// down for a day the warehouse goes on working, and its files come when the desk is back.
#pragma once

#include <vector>

#include "models/gate.hpp"
#include "models/nodes/site.hpp"
#include "models/wire/x12.hpp"

namespace omnisim::models {

class EdiDesk final : private sim::Handler {
 public:
  EdiDesk(const Context& context, Gate& gate, Site& site);
  /// Schedules the stock lists of [from, to).
  void start();

  /// An interchange that is to be written; then its shipping advice, of what has left and of what was asked
  /// for and will not. Both by line number.
  core::Code next_id() { return author_.next_id(); }
  void shipped(const core::Code& id, wire::GoodsMovement movement, std::span<const core::Line> lacking);

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  void arm(sim::Time now);
  void list_stock(std::span<const core::Line> lines);

  const Context& context_;
  Site& site_;
  Party party_;
  wire::X12Author author_;
  Way* files_;
  std::vector<core::Line> lines_;
  std::uint64_t lists_ = 0;
};

}  // namespace omnisim::models
