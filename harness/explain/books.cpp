// What makes up the difference of the books, cause by cause: booked less true, at the hard close.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "harness/explain/explain.hpp"
#include "harness/explain/judge.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

constexpr std::size_t findings_max = 20;
/// Differences that cancel out on an account (a count that another message tells) are nobody's misstatement.
Accounts accounts_apart(const Ending& end) {
  Accounts apart;
  for (const reports::Account& account : end.outcome.result.trial_balance) {
    if (account.booked_minor != account.true_minor) apart.insert(account.number);
  }
  return apart;
}

}  // namespace

std::vector<Finding> findings_of_books(const Case& of, const Ending& end, const std::string& account) {
  const BooksByCause books(end.outcome, of.plan.scenario.estate.calendar);
  const Accounts accounts = account.empty() ? accounts_apart(end) : Accounts{account};
  std::vector<std::pair<std::int64_t, const Cause*>> off;
  for (const Cause& cause : books.causes()) {
    if (const std::int64_t amount = books.difference(cause, accounts); amount != 0)
      off.emplace_back(amount, &cause);
  }
  std::stable_sort(off.begin(), off.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
  std::vector<Finding> found;
  if (off.empty()) return found;
  const Judge judge(of, end, books);
  const int decimals = end.outcome.result.currency_decimals;
  for (std::size_t i = 0; i < std::min(off.size(), findings_max); ++i) {
    const auto& [amount, cause] = off[i];
    const std::string text = reports::grouped_minor_text(amount, decimals);
    const std::string_view name = cause->description();
    found.push_back(judge.judge(*cause, fmt::format("{} {} {} ({})", text, end.outcome.result.currency,
                                                    name.empty() ? "an entry" : name,
                                                    cause->message.empty() ? "no message" : cause->message)));
    found.back().amount_minor = amount;
  }
  return found;
}

Explanation explain_account(const Case& of, const Ending& end, const std::string& account) {
  Explanation it;
  it.subject = "account " + account;
  const auto& balance = end.outcome.result.trial_balance;
  const auto row = std::find_if(balance.begin(), balance.end(),
                                [&](const reports::Account& a) { return a.number == account; });
  if (row == balance.end()) {
    it.verdict = "Nothing was posted to that account, in truth or in the books.";
    return it;
  }
  const auto text = [&](std::int64_t minor) {
    return reports::grouped_minor_text(minor, end.outcome.result.currency_decimals);
  };
  it.subject += " " + row->name;
  it.currency_decimals = end.outcome.result.currency_decimals;
  it.findings = findings_of_books(of, end, account);
  it.verdict = fmt::format("At the hard close {} {} were booked, {} are true: {} apart.",
                           text(row->booked_minor), end.outcome.result.currency, text(row->true_minor),
                           text(row->booked_minor - row->true_minor));
  if (!it.findings.empty()) {
    const Finding& first = it.findings.front();
    it.parted = first.at;
    it.verdict +=
        fmt::format(" Most of it: {}, {}, because {}.", first.what, name_of(first.stage), first.because);
  }
  std::int64_t rest = row->booked_minor - row->true_minor;
  for (const Finding& finding : it.findings) rest -= *finding.amount_minor;
  if (rest != 0) it.verdict += fmt::format(" Smaller ones that are not listed make up {}.", text(rest));
  return it;
}

}  // namespace omnisim::harness
