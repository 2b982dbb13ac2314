// What the ERP says about the books: which of our entries it has taken, and which it has made itself. With
// it the balances that reconciliations compare.
#pragma once

#include <vector>

#include "core/orchestration/breaks.hpp"
#include "core/orchestration/posted_entry.hpp"

namespace omnisim::core {

class GeneralLedger {
 public:
  GeneralLedger(Context& context, Breaks& breaks);

  Outcome acknowledged(const JournalAcknowledged& body);
  Outcome imported(const JournalImported& body, const Event& event);

  /// Folds what has been posted since the last time into the balances.
  void follow_journal();
  /// Forgets entries that the ERP took before, after it had refused them.
  void forget_before(Time before);
  Money balance(std::uint16_t account) const { return totals_[account - account_first]; }
  /// What customers' tenders were used for by the rules under which orders are recognised (5 and its like).
  Money recognised() const { return recognised_; }
  /// Of account 1200.
  Money inventory(NodeId node) const { return inventory_[node.value + std::size_t{1}]; }
  /// The last day of a period that is closed for good; nothing is dated up to it any more.
  BusinessDay closed_through() const { return c_.books.closed_through(); }

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& entry) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(totals_, inventory_, recognised_, followed_, entries_followed_, imported_, entries_, index_, accepted_,
      endings_);
  }

 private:
  void post_again(std::uint32_t place, InputNumber cause);
  /// An entry that the ERP has refused at least once.
  struct Refused {
    Code entry;
    EntryState state = EntryState::posted;
    Time since;
    Time ended;  ///< terminal only
  };
  void add(const Posting& posting);

  Context& c_;
  Breaks& breaks_;
  std::vector<bool> in_chart_;
  std::vector<Money> totals_;     ///< by account, debits positive
  std::vector<Money> inventory_;  ///< of 1200, by dimension
  std::vector<bool> recognises_;  ///< by rule number: what is sold by order
  Money recognised_;
  std::uint64_t followed_ = 0;          ///< postings folded
  std::uint64_t entries_followed_ = 0;  ///< entries looked at for `recognised_`
  KeySet imported_;
  Pool<Refused> entries_;
  Index index_;
  std::uint64_t accepted_ = 0;
  Endings endings_;
};

}  // namespace omnisim::core
