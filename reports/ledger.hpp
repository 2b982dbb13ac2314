#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

namespace omnisim::reports {

/// Writes a general ledger as one journal that hledger, ledger and beancount all read, entry by entry, so
/// that its size is bounded by nothing here. It is written in what their languages have in common.
/// Declarations are not common: beancount skips lines that begin with "!", by which hledger and ledger take
/// directives, and these two take beancount's "DATE open ACCOUNT" for an entry without postings. So `hledger
/// check --strict`, `ledger --pedantic` and `bean-check` accept the file, and refuse an entry that is out by
/// one minor unit and an account that was not declared.
///
/// Accounts appear below the five kinds by the first digit of their number (1 assets, 2 liabilities, 3
/// equity, 4 income, 5 to 8 expenses, 9 equity): "Assets:1000-Bank". Debits are positive.
class LedgerJournal {
 public:
  /// `title` becomes a comment on the first line. Accounts may come in any order. `currency` is an ISO 4217
  /// code.
  LedgerJournal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                std::string_view currency, int currency_decimals);

  /// An entry without postings is left out. A posting to an account that was not declared is written under
  /// "Unknown:", where every one of the three finds it.
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
