#include "reports/ledger.hpp"

#include <ostream>

#include "reports/format.hpp"

namespace omnisim::reports {

namespace {

std::string_view kind_of(std::string_view number) {
  switch (number.empty() ? '\0' : number[0]) {
    case '1':
      return "Assets";
    case '2':
      return "Liabilities";
    case '4':
      return "Income";
    case '5':
    case '6':
    case '7':
    case '8':
      return "Expenses";
    default:
      return "Equity";
  }
}

/// The part of an account's name below its kind: letters, digits and single hyphens, as beancount wants it.
std::string account_part(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (kept)
      safe += c;
    else if (!safe.empty() && safe.back() != '-')
      safe += '-';
  }
  while (!safe.empty() && safe.back() == '-') safe.pop_back();
  return safe;
}

/// Text on one line, without what one of the programs gives a meaning to: the quote and its escape, the
/// comment's semicolon, the tag's comma, the code's brackets, the account's colon and its double blank, the
/// payee's bar.
std::string plain(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool special = static_cast<unsigned char>(c) < ' ' || c == '\x7f' ||
                         std::string_view("\"\\;,()[]:|").find(c) != std::string_view::npos;
    const char kept = special ? ' ' : c;
    if (kept == ' ' && (safe.empty() || safe.back() == ' ')) continue;
    safe += kept;
  }
  while (!safe.empty() && safe.back() == ' ') safe.pop_back();
  return safe;
}

/// A tag's value runs to the next comma or the end of the line; colons are its own, brackets would be dates.
std::string tag_value(std::string_view text) {
  std::string safe;
  for (const char c : text)
    safe += static_cast<unsigned char>(c) <= ' ' || std::string_view(",[]").find(c) != std::string_view::npos
                ? '_'
                : c;
  return safe;
}

}  // namespace

LedgerJournal::LedgerJournal(std::ostream& out, std::string_view title, const std::vector<Account>& accounts,
                             std::string_view currency, int currency_decimals)
    : out_(out), currency_(currency), decimals_(currency_decimals) {
  out_ << "; " << plain(title)
       << "\n; For hledger, ledger and beancount: the lines with ! declare to the first two, "
       << "those with open to the third.\n\n!commodity " << currency_ << "\n";
  for (const Account& account : accounts) {
    const std::string name =
        std::string(kind_of(account.number)) + ":" + account_part(account.number + " " + account.name);
    if (account_names_.emplace(account.number, name).second)
      out_ << "!account " << name << "\n1970-01-01 open " << name << "\n";
  }
}

void LedgerJournal::write(const LedgerEntry& entry) {
  if (entry.postings.empty()) return;
  text_ = "\n" + entry.date + " * \"" + plain(entry.description) + "\"";
  if (!entry.id.empty()) text_ += "  ; id:" + tag_value(entry.id);
  if (!entry.cause.empty()) text_ += (entry.id.empty() ? "  ; cause:" : ", cause:") + tag_value(entry.cause);
  text_ += "\n";
  for (const Posting& posting : entry.postings) {
    const auto known = account_names_.find(posting.account);
    text_ += "    ";
    text_ += known != account_names_.end() ? known->second : "Unknown:" + account_part(posting.account);
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
