#include "reports/ledger.hpp"

#include <ostream>

#include "reports/format.hpp"

namespace omnisim::reports {

namespace {

std::string_view kind_of(std::string_view number) {
  switch (number.empty() ? '\0' : number[0]) {
    case '1':
      return "assets";
    case '2':
      return "liabilities";
    case '4':
      return "revenues";
    case '5':
    case '6':
    case '7':
    case '8':
      return "expenses";
    default:
      return "equity";
  }
}

/// Text on one line, without what hledger gives a meaning to: the comment's semicolon, the tag's comma, the
/// code's brackets, the account's colon and its double blank, the payee's bar.
std::string plain(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool special = static_cast<unsigned char>(c) < ' ' || c == '\x7f' ||
                         std::string_view(";,()[]:|").find(c) != std::string_view::npos;
    const char kept = special ? ' ' : c;
    if (kept == ' ' && (safe.empty() || safe.back() == ' ')) continue;
    safe += kept;
  }
  while (!safe.empty() && safe.back() == ' ') safe.pop_back();
  return safe;
}

/// A tag's value runs to the next comma or the end of the line; colons are its own.
std::string tag_value(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += static_cast<unsigned char>(c) <= ' ' || c == ',' ? '_' : c;
  return safe;
}

/// hledger wants letters alone in a bare commodity; anything else it takes in quotes.
std::string commodity(std::string_view currency) {
  std::string safe;
  bool letters = !currency.empty();
  for (const char c : currency) {
    if (c == '"' || static_cast<unsigned char>(c) < ' ') continue;
    letters = letters && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    safe += c;
  }
  return letters ? safe : "\"" + safe + "\"";
}

}  // namespace

LedgerJournal::LedgerJournal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                             std::string_view currency, int currency_decimals)
    : out_(out), currency_(commodity(currency)), decimals_(currency_decimals) {
  out_ << "; " << plain(title) << "\n\ncommodity 1000."
       << std::string(static_cast<std::size_t>(decimals_), '0') << " " << currency_ << "\n\n";
  for (const Account& account : accounts) {
    const std::string number = plain(account.number);
    const std::string name = std::string(kind_of(number)) + ":" + plain(number + " " + account.name);
    if (account_names_.emplace(account.number, name).second) out_ << "account " << name << "\n";
  }
}

void LedgerJournal::write(const LedgerEntry& entry) {
  if (entry.postings.empty()) return;
  text_ = "\n" + entry.date;
  if (!entry.id.empty()) text_ += " (" + plain(entry.id) + ")";
  text_ += " " + plain(entry.description);
  if (!entry.cause.empty()) text_ += "  ; cause:" + tag_value(entry.cause);
  text_ += "\n";
  for (const Posting& posting : entry.postings) {
    const auto known = account_names_.find(posting.account);
    text_ += "    ";
    text_ += known != account_names_.end() ? known->second : "unknown:" + plain(posting.account);
    text_ += "  " + minor_text(posting.amount_minor, decimals_) + " " + currency_ + "\n";
  }
  out_ << text_;
}

void ledger_journal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                    std::string_view currency, int currency_decimals,
                    const std::vector<LedgerEntry>& entries) {
  LedgerJournal journal(out, title, accounts, currency, currency_decimals);
  for (const LedgerEntry& entry : entries) journal.write(entry);
}

}  // namespace omnisim::reports
