// What carriers may ask for a parcel, by contract: the table from which freight is accrued (decision 0020).
#pragma once

#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"

namespace omnisim::core {

/// A row of the table. Which carrier and service a node ships by is configuration, too: no message says so.
struct FreightRate {
  Code carrier;  ///< source of its messages; nobody else may bill the parcel
  Code service;  ///< the contract's word for it, for people
  NodeId node;   ///< none: every node that has no row of its own
  Money per_parcel;
  Money per_unit;  ///< on top, for each unit in the parcel
};

/// The row by which `node` ships; null where it has none. Of rows that are as good, the first.
inline const FreightRate* freight_rate_of(const std::vector<FreightRate>& rates, NodeId node) {
  const FreightRate* found = nullptr;
  for (const FreightRate& rate : rates) {
    if (rate.node == node) return &rate;
    if (rate.node.is_none() && found == nullptr) found = &rate;
  }
  return found;
}

}  // namespace omnisim::core
