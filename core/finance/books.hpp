// The journal: what the rules make of each occasion. Append-only; every entry balances, names its cause, and
// leaves as a journal.posted command for the ERP.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/config.hpp"
#include "core/delivery/outbox.hpp"
#include "core/finance/exchange.hpp"
#include "core/finance/journal.hpp"
#include "core/finance/rules.hpp"
#include "core/inventory/ledger.hpp"
#include "core/records.hpp"

namespace omnisim::core {

/// Who and what an entry is about.
struct PostingContext {
  Cause cause;
  Time now;
  Code source, id, correlation;   ///< of the message that caused it
  ChannelId channel;              ///< for accounts kept by channel; none = dimension 0
  NodeId node;                    ///< for accounts kept by node
  JurisdictionId jurisdiction{};  ///< for accounts kept by tax jurisdiction
  ForeignOrder foreign{};         ///< the amounts, but for costs, are in its currency
};

class Books {
 public:
  /// `config` and `outbox` must outlive the books. Throws as PostingRules::load, and where there are rates of
  /// exchange and no account for what rounding leaves.
  Books(const Config& config, Outbox& outbox);

  /// Posts every rule of `occasion`. Zero lines are left out, and an entry without lines is not written.
  void post(Occasion occasion, const Amounts& amounts, const PostingContext& context);
  /// Whether any rule does.
  bool posts_on(Occasion occasion) const { return !rules_.on(occasion).empty(); }

  const Journal& journal() const { return journal_; }
  const Postings& postings() const { return journal_.postings(); }
  void forget_before(std::size_t entry) { journal_.forget_before(entry); }
  /// Nothing is dated up to `day` any more: the period was closed by somebody's word before its time.
  void close_through(BusinessDay day) { closed_through_ = std::max(closed_through_, day); }
  BusinessDay closed_through() const { return closed_through_; }
  /// The ERP has refused entry `at`: it goes again, under its id, dated to a day that is open at `now`.
  void send_again(std::size_t at, Time now, const Code& causation);
  const PostingRules& rules() const { return rules_; }
  /// What orders in other currencies have come to.
  ForeignBalances& foreign() { return foreign_; }

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(journal_, closed_through_, foreign_);
  }

 private:
  void post(const Rule& rule, const Amounts& amounts, const PostingContext& context);
  /// Adds what the rule puts on each account; returns what the postings leave, which has to be zero.
  Money add_lines(const Rule& rule, const Amounts& amounts, const PostingContext& context);
  /// … of amounts in another currency, by what they change on each account; the cents that rounding leaves go
  /// to 6900, and what is left then has to be zero.
  Money add_exchanged(const Rule& rule, const Amounts& amounts, const PostingContext& context);
  void send(const JournalEntry& entry, const PostingContext& context);
  /// To the command that is being made, in the account numbers of the ledger that it goes to.
  void add_postings(const JournalEntry& entry);

  const Config& config_;
  Outbox& outbox_;
  PostingRules rules_;
  Journal journal_;
  ForeignBalances foreign_;
  BusinessDay closed_through_ = BusinessDay::min();
};

}  // namespace omnisim::core
