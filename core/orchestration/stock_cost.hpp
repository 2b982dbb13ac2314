// What the units of an event cost, for every place where goods come, go or change their account: the item's
// standard cost times units; or, where costs follow from history (core/finance/costs.hpp), what that says,
// which is told of the event at the same time.
#pragma once

#include "core/orchestration/context.hpp"

namespace omnisim::core::stock_cost {

/// Units come in at `cost`.
Money received(Context& c, const Line& line, NodeId node, Money cost, const Code& document);
/// Units leave `node` for good, or for a place of their own; below zero: so many turn up.
Money gone(Context& c, SkuId sku, NodeId node, std::int32_t units, CostPlace to);
/// Units of an order's line leave in a parcel.
Money shipped(Context& c, LineIndex line, NodeId node, std::int32_t units, CostPlace to,
              const Code& shipment);
/// The units (from, to] of an order's line, which have left, go from one place to another.
Money moved(Context& c, LineIndex line, std::int32_t from, std::int32_t to, CostPlace from_place,
            CostPlace to_place);
/// … and are on the shelf of `node` again.
Money restocked(Context& c, LineIndex line, std::int32_t from, std::int32_t to, CostPlace from_place,
                NodeId node, const Code& document);

/// A line of a till's sale, and what comes back of it (an empty `sale`: of one that nobody knows).
Money sold_at_till(Context& c, const Line& line, NodeId node, const Code& sale);
Money back_at_till(Context& c, const Line& line, NodeId node, const Code& sale, CostPlace to,
                   const Code& document);

/// Books what this step's documents have changed about costs that were booked before (rule 21).
void post_corrections(Context& c);

}  // namespace omnisim::core::stock_cost
