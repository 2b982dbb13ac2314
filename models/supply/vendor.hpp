// The supplier, as a party that is ordered from: goods come after a lead time, late or short as it happens,
// announced by ship notices that need not be right; invoices come when they come, and need not be right
// either. What it announces and invoices is what it believes to have loaded.
#pragma once

#include <deque>
#include <vector>

#include "models/gate.hpp"
#include "models/nodes/receiving.hpp"
#include "models/wire/x12.hpp"

namespace omnisim::models {

/// One order, as both sides have it.
struct Purchase {
  core::Code number;
  Receiving* dock = nullptr;
  std::vector<core::Line> lines;  ///< with cost: for the whole line
  std::int32_t missing_each = 0;  ///< of the first line, what the truck lacks and nobody notices; 0: chance
};

/// Told what a truck brought of an order, and that the rest is not counted on any more.
class DeliveryWatcher {
 public:
  virtual void delivered(core::NodeId node, std::span<const core::Line> ordered) = 0;

 protected:
  ~DeliveryWatcher() = default;
};

class Vendor final : private sim::Handler {
 public:
  Vendor(const Context& context, Gate& gate);
  void set_watcher(DeliveryWatcher& watcher) { watcher_ = &watcher; }

  static const core::Code& name();
  void accept(const Purchase& purchase);
  /// The buyer disputes an invoice's price or quantities.
  void dispute(const core::Code& invoice);
  std::size_t trucks_under_way() const { return trucks_; }

 private:
  enum Errand : std::uint64_t { leaves, arrives, invoices, corrects };
  struct Shipment {
    Purchase purchase;
    // Parallel to the order's lines:
    std::vector<core::Line> loaded;
    std::vector<core::Line> told;      ///< what ship notice and invoice say
    std::vector<core::Line> accepted;  ///< once it has arrived: less what is broken
    core::Money invoiced;              ///< in all, as last written
    core::Code invoice;
    sim::Time due{};
    bool is_rest = false;
  };
  void on_event(sim::Time now, std::uint64_t arg) override;
  void schedule(sim::Time at, Errand errand, std::size_t shipment);
  bool happens(const core::Code& order, std::string_view what, double share) const;
  void leave(std::size_t shipment, sim::Time now, sim::Time due, sim::Time comes);
  void load(Shipment& shipment) const;
  void follow_up(std::size_t shipment, sim::Time comes);
  void announce(const Shipment& shipment);
  void deliver(Shipment& shipment);
  std::int32_t broken(const Shipment& shipment, const core::Line& line) const;
  void invoice(std::size_t shipment);
  void correct(Shipment& shipment);
  void send_invoice(Shipment& shipment, std::span<const core::Line> lines);

  const Context& context_;
  const SupplierParams& params_;
  Party party_;
  wire::X12Author notices_author_;
  wire::Author author_;
  Way* notices_;
  Way* invoices_;
  DeliveryWatcher* watcher_ = nullptr;
  std::deque<Shipment> shipments_;
  CodeIndex by_invoice_;
  std::uint64_t notices_sent_ = 0, invoices_sent_ = 0;
  std::size_t trucks_ = 0;
};

}  // namespace omnisim::models
