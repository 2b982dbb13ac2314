#include "core/orchestration/clearing.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

constexpr std::uint16_t provider_account = 1110;
constexpr std::uint16_t marketplace_account = 1150;

HashKey cause_key(InputNumber cause) { return {1, cause}; }

}  // namespace

Clearing::Clearing(Context& context)
    : c_(context), accounts_(context.config.directory.channel_count() + std::size_t{1}), pays_out_(1000) {
  for (const Occasion occasion :
       {Occasion::payout_paid, Occasion::settlement_closed, Occasion::settlement_paid,
        Occasion::settlement_line, Occasion::settlement_revalued}) {
    for (const std::uint16_t rule : c_.books.rules().on(occasion))
      pays_out_[c_.books.rules().rules()[rule].number] = true;
  }
}

void Clearing::captured(InputNumber cause, std::uint32_t capture) {
  by_cause_.insert(cause_key(cause), capture);
}

void Clearing::follow_journal() {
  for (entries_ = std::max<std::uint64_t>(entries_, c_.books.journal().first());
       entries_ < c_.books.journal().size(); ++entries_) {
    const JournalEntry& entry = c_.books.journal()[entries_];
    if (pays_out_[entry.rule]) continue;
    for (std::size_t i = 0; i < entry.posting_count; ++i)
      add(entry, c_.books.postings()[entry.first_posting + i]);
  }
  // Whatever a step so far has captured is an item now.
  by_cause_ = {};
}

void Clearing::add(const JournalEntry& entry, const Posting& posting) {
  std::size_t account = 0;
  if (posting.account == marketplace_account) {
    account = posting.dimension;
  } else if (posting.account != provider_account) {
    return;
  }
  if (account >= accounts_.size()) return;
  std::vector<ClearingItem>& items = accounts_[account].items;
  const ClearingItem item{entry.occurred_at, posting.amount, by_cause_.find(cause_key(entry.cause))};
  auto place = items.end();
  while (place != items.begin() && std::prev(place)->occurred_at > item.occurred_at) --place;
  items.insert(place, item);
}

Money Clearing::older_than(Time before) const {
  Money sum;
  for (const ClearingAccount& account : accounts_) {
    for (const ClearingItem& item : account.items) sum += item.occurred_at < before ? item.amount : Money{};
  }
  return sum;
}

void Clearing::digest(Digest& digest) const {
  for (const ClearingAccount& account : accounts_) {
    for (const ClearingItem& item : account.items) digest.add(item.occurred_at, item.amount, item.capture);
    for (const std::uint32_t remittance : account.unmatched) digest.add(remittance);
    digest.add(account.items.size(), account.unmatched.size());
  }
  digest.add(entries_, by_cause_.size());
}

}  // namespace omnisim::core
