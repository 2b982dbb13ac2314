// The law: which sales tax is due where, and when it changes. A fact of the world, which nobody's table or
// clock changes. A rate holds from midnight of its day by the jurisdiction's own clock; what decides is when
// the customer orders or pays at the till, not when goods leave or a message arrives.
#pragma once

#include <vector>

#include "core/canonical/directory.hpp"
#include "models/params.hpp"

namespace omnisim::models {

class TaxLaw {
 public:
  /// Throws std::invalid_argument, naming it, for a day that is none.
  explicit TaxLaw(const EstateParams& params);
  TaxLaw() = default;
  /// Makes the jurisdictions known to a directory that has the nodes already. Throws std::invalid_argument,
  /// naming it, for a code that is none or used twice, or a store that there is not.
  void enter(const TaxParams& params, core::Directory& directory);

  bool has_jurisdictions() const { return !jurisdictions_.empty(); }
  /// Basis points of net that are due at `at`. Without jurisdictions one rate holds everywhere and always.
  std::int32_t rate_bp(core::JurisdictionId where, Time at) const;
  /// Does a marketplace owe the tax of what is sold through it there?
  bool marketplace_remits(core::JurisdictionId where) const {
    return where.is_none() || jurisdictions_[where.value].marketplace_remits;
  }
  /// Where a store is; a store that no jurisdiction names is in the first.
  core::JurisdictionId of_node(core::NodeId node) const {
    return by_node_.empty() ? core::JurisdictionId{} : by_node_[node.value];
  }
  /// Where an order goes that draws `chance`, in [0, 1).
  core::JurisdictionId drawn(double chance) const;

 private:
  struct Change {
    Time from;  ///< midnight there
    std::int32_t rate_bp = 0;
  };
  struct Jurisdiction {
    std::vector<Change> rates;  ///< ascending; the first holds from the beginning
    bool marketplace_remits = true;
    double share_up_to = 0;  ///< of online orders, this one and all before
  };
  static Jurisdiction read(const JurisdictionParams& params);

  std::int32_t everywhere_bp_ = 0;
  std::vector<Jurisdiction> jurisdictions_;
  std::vector<core::JurisdictionId> by_node_;
};

}  // namespace omnisim::models
