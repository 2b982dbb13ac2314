// Clearing accounts: what has been posted to 1110 and 1150 and not been paid out yet, by the journal itself.
// A remittance that says how many items it has and what they come to takes the oldest ones.
#pragma once

#include <vector>

#include "core/orchestration/context.hpp"

namespace omnisim::core {

struct ClearingItem {
  Time occurred_at;
  Money amount;
  std::uint32_t capture = no_index;
};

struct ClearingAccount {
  std::vector<ClearingItem> items;       ///< oldest first
  std::vector<std::uint32_t> unmatched;  ///< remittances, in the order in which they came
  template <class Archive>
  void archive(Archive& a) {
    a(items, unmatched);
  }
};

class Clearing {
 public:
  /// One account for the provider, one for each channel.
  explicit Clearing(Context& context);

  /// What has been posted since the last time becomes items.
  void follow_journal();
  /// Entry of the step's message is the capture's, so that its item knows it.
  void captured(InputNumber cause, std::uint32_t capture);
  /// none: the provider.
  ClearingAccount& account(ChannelId channel) {
    return accounts_[channel.is_none() ? 0 : channel.value + std::size_t{1}];
  }
  /// Items of all accounts that are older than `before`.
  Money older_than(Time before) const;

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(accounts_, by_cause_, entries_);
  }

 private:
  void add(const JournalEntry& entry, const Posting& posting);

  Context& c_;
  std::vector<ClearingAccount> accounts_;
  std::vector<bool> pays_out_;  ///< by rule number: its postings are no items
  Index by_cause_;
  std::uint64_t entries_ = 0;  ///< of the journal, seen so far
};

}  // namespace omnisim::core
