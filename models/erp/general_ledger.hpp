// The ERP's general ledger: what is booked. Append-only; a reader keeps a cursor.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/canonical/event.hpp"

namespace omnisim::models {

struct LedgerEntry {
  core::Code entry;                ///< external id, given by whoever sent it
  core::BusinessDay day;           ///< posted to
  core::BusinessDay business_day;  ///< as the entry itself was dated before the ERP looked at its periods
  core::Time occurred_at;          ///< as the entry states it
  core::Time posted_at;            ///< true time of posting
  std::uint16_t rule = 0;
  core::Code cause;  ///< id of the event that caused it
  core::Code correlation;
  std::uint64_t first_posting = 0;
  std::uint32_t posting_count = 0;
};

class GeneralLedger {
 public:
  void append(LedgerEntry entry, std::span<const core::Posting> postings) {
    entry.first_posting = postings_.size();
    entry.posting_count = static_cast<std::uint32_t>(postings.size());
    postings_.insert(postings_.end(), postings.begin(), postings.end());
    entries_.push_back(entry);
  }
  std::span<const LedgerEntry> entries() const { return entries_; }
  std::span<const core::Posting> postings(const LedgerEntry& entry) const {
    return std::span(postings_).subspan(entry.first_posting, entry.posting_count);
  }

 private:
  std::vector<LedgerEntry> entries_;
  std::vector<core::Posting> postings_;
};

}  // namespace omnisim::models
