// The carrier: parcels travel, arrive or get lost, and scans of that follow some time later.
#pragma once

#include <span>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/nodes/site.hpp"

namespace omnisim::models {

/// Told when a parcel has reached the customer.
class Recipient {
 public:
  virtual void delivered(OrderNumber order, core::NodeId from, const core::Code& shipment,
                         std::span<const core::Line> lines) = 0;

 protected:
  ~Recipient() = default;
};

class Carrier final : private sim::Handler {
 public:
  Carrier(const Context& context, Gate& gate, Recipient& recipient);

  /// Takes a parcel over at `site`. The goods are in transit already.
  void carry(Site& site, OrderNumber order, const core::Code& shipment, std::span<const core::Line> lines);
  std::size_t on_the_road() const { return parcels_.size() - free_.size(); }

 private:
  struct Parcel {
    Site* site = nullptr;
    OrderNumber order = no_order;
    core::Code shipment, scan;
    std::vector<core::Line> lines;
    bool lost = false;
    bool ended = false;  ///< with the customer or lost; the scan is still to come
    sim::Time ended_at{};
  };
  void on_event(sim::Time now, std::uint64_t parcel) override;
  void end(sim::Time now, Parcel& parcel);
  void scan(const Parcel& parcel);

  const Context& context_;
  Party party_;
  wire::Author author_;
  Recipient& recipient_;
  Way* scans_;
  std::vector<Parcel> parcels_;
  std::vector<std::size_t> free_;
};

}  // namespace omnisim::models
