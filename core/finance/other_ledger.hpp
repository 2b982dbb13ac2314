// A ledger beside the ERP's own: the one that an acquired company goes on keeping, under its own account
// numbers. Which entries it gets, and what our accounts are called there, is configuration.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/canonical/ids.hpp"

namespace omnisim::core {

struct LedgerAccount {
  std::uint16_t ours = 0, theirs = 0;
};

struct OtherLedger {
  std::vector<NodeId> nodes;            ///< entries about these are its own
  std::vector<ChannelId> channels;      ///< … and about these, where they are about no node
  std::vector<LedgerAccount> accounts;  ///< the mapping table
  /// What the table lacks is posted to suspense; else it goes out under our number, for the ledger to refuse.
  bool unmapped_to_suspense = false;

  static constexpr std::uint16_t suspense = 9999;

  std::uint16_t account(std::uint16_t ours) const {
    const auto row = std::find_if(accounts.begin(), accounts.end(),
                                  [ours](const LedgerAccount& a) { return a.ours == ours; });
    if (row != accounts.end()) return row->theirs;
    return unmapped_to_suspense ? suspense : ours;
  }
};

/// 0, or 1 + the place in `ledgers` of the one that keeps entries about `node`, or else about `channel`.
inline std::uint16_t ledger_of(std::span<const OtherLedger> ledgers, NodeId node, ChannelId channel) {
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    const OtherLedger& l = ledgers[i];
    const bool is_its_own = node.is_none()
                                ? std::find(l.channels.begin(), l.channels.end(), channel) != l.channels.end()
                                : std::find(l.nodes.begin(), l.nodes.end(), node) != l.nodes.end();
    if (is_its_own) return static_cast<std::uint16_t>(i + 1);
  }
  return 0;
}

}  // namespace omnisim::core
