// What points are worth, as the auditors reckon it: by what is in the scheme's terms, and not as the core
// does.
#pragma once

#include <cstdint>
#include <map>

#include "harness/audit/code_map.hpp"
#include "models/crm/params.hpp"

namespace omnisim::audit {

/// The contract liability of each member. A price buys goods and points; the part that buys points is the
/// points' share of what both would cost alone. It is revenue when points are used, each at the average of
/// the member's, and breakage when they lapse.
class TrueLoyalty {
 public:
  explicit TrueLoyalty(const models::CrmParams& terms) : terms_(terms) {}

  /// What is deferred of a price of `net_minor`.
  std::int64_t earn(const core::Code& member, std::uint32_t points, std::int64_t net_minor);
  /// What `points` of the member were deferred for.
  std::int64_t use(const core::Code& member, std::uint32_t points);
  void merge(const core::Code& member, const core::Code& absorbed);

 private:
  struct Account {
    std::int64_t points = 0, liability_minor = 0;
  };
  /// Who speaks for that number now.
  core::Code person(core::Code member) const;

  models::CrmParams terms_;
  CodeMap<Account> accounts_;
  CodeMap<core::Code> known_as_;  ///< absorbed → who stays
};

}  // namespace omnisim::audit
