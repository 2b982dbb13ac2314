// The carrier: parcels travel, arrive, get lost, or come back because nobody takes them. Scans say so, some
// time later, in the wrong order, or never.
#pragma once

#include <span>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/nodes/site.hpp"

namespace omnisim::models {

/// Told when goods have reached the customer.
class Recipient {
 public:
  virtual void delivered(OrderNumber order, core::NodeId from, const core::Code& shipment,
                         std::span<const core::Line> lines) = 0;
  /// … or is back at the site that had sent it.
  virtual void came_back(Site& site, OrderNumber order, const core::Code& shipment,
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
  enum class Fate : std::uint8_t { delivered, lost, returned };
  /// A scan on the way: the first one is the pick-up.
  struct Seen {
    core::Code id;
    std::uint32_t number = 0;
    sim::Time at{};
  };
  struct Parcel {
    Site* site = nullptr;
    OrderNumber order = no_order;
    core::Code shipment, scan;
    std::vector<core::Line> lines;
    Fate fate = Fate::delivered;
    bool turned_back = false;  ///< on its way back to the sender
    bool ended = false;        ///< nothing more happens to it; the scan is still to come
    sim::Time ended_at{};
    std::vector<Seen> unsent;  ///< scans on its way that are still in somebody's pocket
  };
  void on_event(sim::Time now, std::uint64_t event) override;
  Fate fate_of(const Parcel& parcel) const;
  bool happens(const Parcel& parcel, const char* what, std::uint64_t n, double share) const;
  void plan_scans(std::size_t slot, sim::Duration transit);
  void see(sim::Time now, std::size_t slot, std::uint32_t number);
  void send(const Parcel& parcel, const Seen& seen);
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
