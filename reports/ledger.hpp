#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

namespace omnisim::reports {

/// Writes a general ledger as an hledger journal, entry by entry, so that its size is bounded by nothing
/// here. The file declares its commodity and every account, so `hledger -f FILE check --strict` accepts it,
/// and refuses an entry that is out by one minor unit.
///
/// Accounts appear below hledger's five kinds by the first digit of their number (1 assets, 2 liabilities,
/// 3 equity, 4 revenues, 5 to 8 expenses, 9 equity): "assets:1000 Bank". Debits are positive.
class LedgerJournal {
 public:
  /// `title` becomes a comment on the first line. Accounts may come in any order.
  LedgerJournal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                std::string_view currency, int currency_decimals);

  /// An entry without postings is left out, since hledger has no such thing. A posting to an account that was
  /// not declared is written under "unknown:", where the strict check finds it.
  void write(const LedgerEntry& entry);

 private:
  std::ostream& out_;
  std::string currency_;
  int decimals_;
  std::map<std::string, std::string, std::less<>> account_names_;  ///< by number
  std::string text_;                                               ///< reused from entry to entry
};

/// The same for entries that are all at hand.
void ledger_journal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                    std::string_view currency, int currency_decimals,
                    const std::vector<LedgerEntry>& entries);

}  // namespace omnisim::reports
