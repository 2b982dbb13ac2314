// The tax engine: shops ask it for rates, which takes no time here, and have it commit the tax of an order
// once it is promised.
#pragma once

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/money_services.hpp"

namespace omnisim::models {

class TaxEngine final {
 public:
  TaxEngine(const Context& context, Gate& gate)
      : context_(context),
        party_("tax", context.faults),
        author_(party_.name(), false),
        commits_(&gate.open_way_in(context.network, "tax", "", core::Format::tax_json, party_)) {}

  void commit(OrderNumber order) {
    const Order& o = context_.orders[order];
    core::Money tax = o.shipping_tax;
    for (const OrderLine& line : context_.orders.lines(order)) tax += line.tax;
    const wire::Stamp stamp = author_.stamp(author_.next_id(), o.code, party_.clock_reading(context_.now()));
    const wire::TaxCommit commit{.order = o.code, .channel = o.channel, .jurisdiction = "home", .tax = tax};
    context_.post(*commits_,
                  [&](std::string& out) { wire::tax_committed(out, context_.names(), stamp, commit); });
  }

 private:
  const Context& context_;
  Party party_;
  wire::Author author_;
  Way* commits_;
};

}  // namespace omnisim::models
