// What is truly owed to suppliers, kept from facts: what was ordered at which cost, what was accepted of it,
// and which invoices agree with both. The policy is written here a second time (decision 0007): an invoice is
// taken as a whole when each of its lines asks for no more units than were accepted and not invoiced yet, at
// the order's cost within the tolerance; otherwise it waits, for goods or for its correction, and is nobody's
// debt. The share of units in the cost of a line is cumulative, toward zero.
#pragma once

#include <vector>

#include "harness/audit/code_map.hpp"
#include "models/world/facts.hpp"

namespace omnisim::audit {

class Payables {
 public:
  /// An invoice that agrees: its goods at the order's cost, and what it asks.
  struct Agreed {
    core::Code invoice;
    core::Money value, asked;
  };

  /// An invoice may ask so much more or less for a line than the order says.
  void tolerate(std::int32_t price_bp) { price_tolerance_bp_ = price_bp; }

  void ordered(const world::Fact& fact);
  /// What the accepted lines of a receipt are worth by the order. Nothing where nobody ordered them.
  core::Money accepted(const world::Fact& fact);
  void invoiced(const world::Fact& fact);
  /// Invoices of the order that have come to agree, oldest first. Each is given once.
  std::vector<Agreed> newly_agreed(const core::Code& order);

 private:
  struct OrderLine {
    std::uint32_t line_no = 0;
    core::SkuId sku;
    std::int32_t ordered = 0, accepted = 0, invoiced = 0;
    core::Money cost;
    core::Money worth(std::int32_t from, std::int32_t to) const;
  };
  struct Invoice {
    core::Code number;
    std::vector<core::Line> lines;
    bool agreed = false;
  };
  struct Order {
    std::vector<OrderLine> lines;
    std::vector<Invoice> invoices;
  };
  OrderLine* line_of(Order& order, const core::Line& like);
  bool agrees(Order& order, Invoice& invoice, Agreed& result);

  CodeMap<Order> orders_;
  std::int32_t price_tolerance_bp_ = 0;
};

}  // namespace omnisim::audit
