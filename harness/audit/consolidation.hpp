// One set of books from those of all ERPs: the auditors' own reading of the mapping, which is what the
// accounts of an acquired ERP mean, and not what the integration's table says that they do.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "models/erp/general_ledger.hpp"
#include "models/params.hpp"

namespace omnisim::audit {

/// An entry of any ERP, under the group's account numbers.
struct ConsolidatedEntry {
  const models::LedgerEntry* entry = nullptr;
  std::span<const core::Posting> postings;
  std::size_t ledger = 0;  ///< 0: the group's own; n: the n-th of EstateParams::erps
};

class Consolidation {
 public:
  explicit Consolidation(const models::EstateParams& params);

  /// Calls `take(ConsolidatedEntry)` for every entry that is new in `ledgers` (as Estate::ledgers()), in the
  /// order in which they were posted; of the same instant, the group's first.
  template <class Take>
  void follow(std::span<const models::GeneralLedger* const> ledgers, Take&& take) {
    cursors_.resize(ledgers.size());
    while (true) {
      const std::size_t next = earliest(ledgers);
      if (next == ledgers.size()) return;
      const models::LedgerEntry& entry = ledgers[next]->entries()[cursors_[next]++];
      take(ConsolidatedEntry{&entry, ours(next, ledgers[next]->postings(entry)), next});
    }
  }

 private:
  std::size_t earliest(std::span<const models::GeneralLedger* const> ledgers) const;
  /// Valid until the next call.
  std::span<const core::Posting> ours(std::size_t ledger, std::span<const core::Posting> postings);

  std::vector<std::map<std::uint16_t, std::uint16_t>> accounts_;  ///< of each acquired ERP: theirs → ours
  std::vector<std::size_t> cursors_;
  std::vector<core::Posting> mapped_;
};

}  // namespace omnisim::audit
