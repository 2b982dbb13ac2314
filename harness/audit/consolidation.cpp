#include "harness/audit/consolidation.hpp"

namespace omnisim::audit {

Consolidation::Consolidation(const models::EstateParams& params) {
  for (const models::OtherErpParams& other : params.erps) {
    std::map<std::uint16_t, std::uint16_t>& meaning = accounts_.emplace_back();
    for (const models::AccountPairParams& pair : other.accounts)
      meaning[static_cast<std::uint16_t>(pair.theirs)] = static_cast<std::uint16_t>(pair.ours);
  }
}

std::size_t Consolidation::earliest(std::span<const models::GeneralLedger* const> ledgers) const {
  std::size_t first = ledgers.size();
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    if (cursors_[i] == ledgers[i]->entries().size()) continue;
    const bool is_earlier =
        first == ledgers.size() ||
        ledgers[i]->entries()[cursors_[i]].posted_at < ledgers[first]->entries()[cursors_[first]].posted_at;
    if (is_earlier) first = i;
  }
  return first;
}

std::span<const core::Posting> Consolidation::ours(std::size_t ledger,
                                                   std::span<const core::Posting> postings) {
  if (ledger == 0) return postings;
  mapped_.assign(postings.begin(), postings.end());
  const auto& meaning = accounts_[ledger - 1];
  for (core::Posting& posting : mapped_) {
    const auto found = meaning.find(posting.account);
    if (found != meaning.end()) posting.account = found->second;
  }
  return mapped_;
}

}  // namespace omnisim::audit
