// The ERP's purchasing desk: what it orders the supplier delivers, and what the core has matched and approved
// it pays when it is due. A held invoice that only the supplier can put right is disputed.
#pragma once

#include <deque>
#include <vector>

#include "models/supply/vendor.hpp"

namespace omnisim::models {

class Buyer final : public Sink, private sim::Handler {
 public:
  Buyer(const Context& context, Gate& gate, Vendor& vendor);

  /// Does anything in the scenario go by purchase orders?
  static bool is_wanted(const EstateParams& params);

  struct Order {
    std::span<const core::Line> lines;  ///< item and quantity; with cost where that is not the item's own
    core::Code number = {};             ///< empty: the next one
    std::int32_t missing_each = 0;      ///< of the first line, what the truck lacks and nobody notices
  };
  void order(Receiving& dock, const Order& order);
  /// The core's verdicts on invoices.
  void take(sim::Time now, const Mail& mail) override;
  std::size_t payments_due() const { return due_; }

 private:
  struct Payment {
    core::Code invoice;
    core::Money amount;
  };
  void on_event(sim::Time now, std::uint64_t payment) override;

  const Context& context_;
  Party party_;
  wire::Author author_;
  Way* way_;
  Vendor& vendor_;
  std::deque<Payment> payments_;
  CodeIndex approved_;
  std::uint64_t orders_ = 0;
  std::size_t due_ = 0;
};

}  // namespace omnisim::models
