// The carrier's billing: what it is owed for each parcel by its contract, and the invoices that say what it
// wants, line by line: late, with surcharges, and not without mistakes.
#pragma once

#include <deque>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/others.hpp"

namespace omnisim::models {

class CarrierBilling final : public world::Observer, private sim::Handler {
 public:
  CarrierBilling(const Context& context, Gate& gate);
  /// Without a contract nobody owes anything.
  static bool is_wanted(const EstateParams& params) { return !params.carrier.freight.rates.empty(); }

  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}

  /// Lines that are not with us yet.
  std::size_t unsent() const { return waiting_.size() + unsent_; }

 private:
  /// A line of an invoice that is to be written, on the first one after `from`.
  struct Line {
    core::Code order, shipment;
    core::NodeId node;
    std::uint32_t first_line_no = 0;  ///< of the parcel: with the order, its identity
    core::Money owed, charge, surcharge;
    sim::Time from{};
    bool again = false;  ///< it was billed before, or is credited
  };
  struct Written {
    wire::Stamp stamp;
    wire::FreightLine line;
  };
  void on_event(sim::Time now, std::uint64_t event) override;
  bool happens(const Line& line, std::string_view what, double share, bool is_mistake = true) const;
  sim::Time next_date(sim::Time now) const;
  void arm();
  void write(sim::Time now, const Line& line, const core::Code& invoice, std::vector<Written>& to);
  /// What follows from a line that was written: it comes again, or is credited.
  void follow_up(sim::Time now, const Line& line);
  void send(std::size_t invoice);

  const Context& context_;
  const FreightParams& params_;
  Party party_;
  wire::Author author_;
  Way* way_;
  std::deque<Line> waiting_;  ///< in the order in which they came up
  std::vector<std::vector<Written>> invoices_;
  std::uint64_t lines_ = 0;
  std::size_t unsent_ = 0;
  bool armed_ = false;
};

}  // namespace omnisim::models
