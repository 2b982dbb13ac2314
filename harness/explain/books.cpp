// What makes up the difference of the books, cause by cause: booked less true, at the hard close.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "core/observe/lineage.hpp"
#include "harness/audit/books.hpp"
#include "harness/explain/explain.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

constexpr std::size_t findings_max = 20;
constexpr std::uint16_t opening_rule = 0;

/// What one event should have put on the accounts, and what it did put there.
struct Booked {
  std::map<std::string, std::int64_t> expected, booked;  ///< by account
  int entries = 0;                                       ///< that the ERP has, whenever
  int in_time = 0;          ///< of those, dated into the period and posted before its hard close
  Time posted{};            ///< the first
  std::string description;  ///< as the true books say
};
using ByCause = std::map<std::string, Booked>;

struct Period {
  std::string last_day;
  core::BusinessDay last;
  Time end, hard_close;
};

Period period_of(const models::CalendarParams& calendar) {
  const Time end = calendar.period_end == Time{} ? calendar.to : calendar.period_end;
  const auto last = std::chrono::floor<std::chrono::days>(
      end - core::Duration{1} + std::chrono::minutes{calendar.ledger_utc_offset_min});
  return {audit::date_text(last), last, end, end + calendar.hard_close_after};
}

ByCause compare(const Case& of, const Ending& end, const Period& period) {
  ByCause causes;
  for (const reports::LedgerEntry& entry : end.outcome.truth) {
    if (entry.date > period.last_day) continue;
    Booked& it = causes[entry.cause];
    it.description = entry.description;
    for (const reports::Posting& posting : entry.postings)
      it.expected[posting.account] += posting.amount_minor;
  }
  audit::Consolidation consolidation(of.plan.scenario.estate);
  consolidation.follow(end.estate.ledgers(), [&](const audit::ConsolidatedEntry& posted) {
    const models::LedgerEntry& entry = *posted.entry;
    const bool in_time = entry.day <= period.last && entry.posted_at < period.hard_close;
    // No message says what was on the shelves at the start.
    const std::string cause(entry.rule == opening_rule ? std::string_view{} : entry.cause.view());
    if (!causes.contains(cause) && !in_time) return;
    Booked& it = causes[cause];
    if (it.entries++ == 0) it.posted = entry.posted_at;
    if (!in_time) return;
    ++it.in_time;
    for (const core::Posting& posting : posted.postings)
      it.booked[std::to_string(posting.account)] += posting.amount.minor;
  });
  return causes;
}

using Accounts = std::set<std::string>;

/// Booked less true: on the one account, or the absolute differences of several.
std::int64_t difference(const Booked& it, const Accounts& accounts) {
  std::map<std::string, std::int64_t> off = it.booked;
  for (const auto& [number, amount] : it.expected) off[number] -= amount;
  std::int64_t sum = 0;
  for (const auto& [number, amount] : off) {
    if (accounts.contains(number)) sum += accounts.size() == 1 ? amount : std::abs(amount);
  }
  return sum;
}

/// Differences that cancel out on an account (a count that another message tells) are nobody's misstatement.
Accounts accounts_apart(const Ending& end) {
  Accounts apart;
  for (const reports::Account& account : end.outcome.result.trial_balance) {
    if (account.booked_minor != account.true_minor) apart.insert(account.number);
  }
  return apart;
}

class Judge {
 public:
  Judge(const Case& of, const Ending& end, Period period)
      : of_(of), end_(end), period_(std::move(period)), lineage_(end.core.config(), end.log) {}

  Finding judge(const std::string& cause, const Booked& it, const std::string& what) const {
    const core::Code id = core::Code::from(cause).value_or(core::Code{});
    const auto input = lineage_.message(id);
    if (!input) return not_arrived(id, it, what);
    const core::InputRecord record = end_.log.read(*input);
    const std::string bytes(record.bytes);
    const Letter* letter = of_.chronicle.letter_of(bytes, record.now);
    if (it.in_time == 0 && record.now >= period_.hard_close && letter != nullptr)
      return finding_of_delay(of_, *letter, period_.hard_close, what);
    if (it.entries == 0) {
      for (const core::DeadLetter& dead : end_.core.dead_letters()) {
        if (dead.input == *input)
          return with(finding_of_refusal(of_, dead, interface_of(record),
                                         letter == nullptr ? record.now : letter->sent),
                      what);
      }
    }
    const std::vector<std::size_t> entries = lineage_.effects_of(*input).entries;
    if (it.in_time == 0 && !entries.empty()) {
      const bool is_dated_later = lineage_.core().journal()[entries.front()].day > period_.last;
      if (is_dated_later && record.now < period_.end)
        return dated_by_its_clock(interface_of(record), bytes, record.now, what);
      if (is_dated_later && letter != nullptr) return dated_by_arrival(*letter, what);
      return at_the_erp(record.now, it, what);
    }
    return booked_wrongly(record, it, what);
  }

 private:
  static Finding with(Finding finding, const std::string& what) {
    finding.what = what + ": " + finding.what;
    return finding;
  }
  std::string interface_of(const core::InputRecord& record) const {
    const std::string name(end_.core.config().sources.at(record.source).name);
    return name.substr(0, name.find('.'));
  }

  Finding not_arrived(const core::Code& id, const Booked& it, const std::string& what) const {
    for (const Letter& letter : of_.chronicle.letters) {
      if (letter.bytes.empty() || (letter.arrived != never && !letter.lost) || id.empty()) continue;
      if (names(letter.bytes, id.view())) return finding_of_delay(of_, letter, period_.hard_close, what);
    }
    for (const core::DeadLetter& dead : end_.core.dead_letters()) {
      const core::InputRecord record = end_.log.read(dead.input);
      if (!id.empty() && names(record.bytes, id.view()))
        return with(finding_of_refusal(of_, dead, interface_of(record), record.now), what);
    }
    const std::vector<std::string> wrong = distortions_text(of_, "", Time{}, of_.chronicle.last);
    if (!wrong.empty())
      return {of_.plan.scenario.estate.calendar.from, Stage::transformation, what, wrong.front(),
              "a mapping or rule that is right"};
    const bool said = it.entries > 0;
    return {of_.plan.scenario.estate.calendar.from,
            said ? Stage::transformation : Stage::source_capture,
            what,
            said ? "the entry leads to no event of the world"
                 : "no message reports it, or none that could be read",
            {}};
  }

  Finding dated_by_its_clock(const std::string& interface, const std::string& bytes, Time now,
                             const std::string& what) const {
    Finding finding{now, Stage::source_capture, what,
                    "the message states a time after the period's end, and came before it",
                    "clocks that are set, and times with their zone"};
    std::vector<std::string> wrong = distortions_text(of_, interface, now, now);
    if (wrong.empty()) wrong = faults_text(of_, interface, now, now, bytes);
    if (!wrong.empty()) finding.because = wrong.front() + ": " + finding.because;
    return finding;
  }

  Finding dated_by_arrival(const Letter& letter, const std::string& what) const {
    Finding finding = finding_of_delay(of_, letter, period_.hard_close, what);
    finding.because += ", and its entry is dated by when it came";
    finding.instead = "entries dated by when it happened (business_time)";
    return finding;
  }

  Finding at_the_erp(Time known, const Booked& it, const std::string& what) const {
    const std::string because =
        it.entries == 0 ? "the core made the entry and the ERP never posted it"
        : it.posted >= period_.hard_close
            ? fmt::format("the core knew {} before the hard close; the ERP posted it {} later",
                          span_text(period_.hard_close - known), span_text(it.posted - known))
            : "the ERP dated the entry to another period";
    auto faults = faults_text(of_, "journal", known, it.entries == 0 ? period_.hard_close : it.posted);
    const std::string gap = it.entries == 0 ? table_text() : std::string();
    if (faults.empty() && !gap.empty()) faults.push_back(gap);
    return {
        known, Stage::erp_posting, what, faults.empty() ? because : faults.front() + ": " + because,
        "entries that are held against the ERP's answers (reconciliation), and a close that waits for them"};
  }

  /// The first account that the mapping table of an acquired ERP gets wrong; empty where none does.
  std::string table_text() const {
    for (const models::OtherErpParams& other : of_.plan.scenario.estate.erps) {
      for (const models::AccountPairParams& pair : other.accounts) {
        const std::uint32_t said = pair.in_table.value_or(pair.theirs);
        if (said == pair.theirs) continue;
        return said == 0 ? fmt::format("the mapping table of {} lacks account {}", other.name, pair.ours)
                         : fmt::format("the mapping table of {} says {} for account {}, which is {} there",
                                       other.name, said, pair.ours, pair.theirs);
      }
    }
    return {};
  }

  Finding booked_wrongly(const core::InputRecord& record, const Booked& it, const std::string& what) const {
    Finding finding{record.now, Stage::transformation, what, {}, {}};
    const std::vector<std::string> wrong =
        distortions_text(of_, interface_of(record), record.now, record.now);
    const std::vector<std::string> any = distortions_text(of_, "", record.now, record.now);
    const Letter* letter = of_.chronicle.letter_of(record.bytes, record.now);
    if (it.in_time > 1 && letter != nullptr && letter->copies > 1) {
      finding.stage = Stage::orchestration_timing;
      const auto faults =
          faults_text(of_, interface_of(record), letter->sent, of_.chronicle.last, record.bytes);
      finding.because = faults.empty() ? "it came twice and was booked twice"
                                       : faults.front() + ": it came twice and was booked twice";
      finding.instead = "an inbox that absorbs what comes twice (idempotency)";
    } else if (!wrong.empty() || !any.empty()) {
      finding.because = wrong.empty() ? any.front() : wrong.front();
      finding.instead = "a mapping or rule that is right";
    } else if (letter != nullptr && letter->copies > 1 && it.expected.empty()) {
      const auto faults =
          faults_text(of_, interface_of(record), letter->sent, of_.chronicle.last, record.bytes);
      finding.stage = Stage::orchestration_timing;
      finding.because = fmt::format("{}{}a copy of an old message came late and was taken for news",
                                    faults.empty() ? "" : faults.front(), faults.empty() ? "" : ": ");
      finding.instead = "old news that is known to be old (freshness)";
    } else if (const std::string gap = table_text(); !gap.empty() && !it.expected.empty()) {
      finding.because = gap;
      finding.instead = "a mapping table that is whole, checked against both charts";
    } else {
      finding.because = it.expected.empty() ? "it was booked, and it did not happen, or not yet"
                                            : "it was booked with other amounts or dated to another day";
    }
    return finding;
  }

  const Case& of_;
  const Ending& end_;
  Period period_;
  core::Lineage lineage_;
};

}  // namespace

std::vector<Finding> findings_of_books(const Case& of, const Ending& end, const std::string& account) {
  const Period period = period_of(of.plan.scenario.estate.calendar);
  const Accounts accounts = account.empty() ? accounts_apart(end) : Accounts{account};
  std::vector<std::pair<std::int64_t, const ByCause::value_type*>> off;
  const ByCause causes = compare(of, end, period);
  for (const auto& each : causes) {
    if (const std::int64_t amount = difference(each.second, accounts); amount != 0)
      off.emplace_back(amount, &each);
  }
  std::stable_sort(off.begin(), off.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
  std::vector<Finding> found;
  if (off.empty()) return found;
  const Judge judge(of, end, period);
  const int decimals = end.outcome.result.currency_decimals;
  for (std::size_t i = 0; i < std::min(off.size(), findings_max); ++i) {
    const auto& [cause, booked] = *off[i].second;
    const std::string text = reports::grouped_minor_text(off[i].first, decimals);
    const std::string name = booked.description.empty() ? "an entry" : booked.description;
    found.push_back(judge.judge(cause, booked,
                                fmt::format("{} {} {} ({})", text, end.outcome.result.currency, name,
                                            cause.empty() ? "no message" : cause)));
    found.back().amount_minor = off[i].first;
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
    it.verdict +=
        fmt::format(" Most of it: {}, {}, because {}.", first.what, name_of(first.stage), first.because);
  }
  std::int64_t rest = row->booked_minor - row->true_minor;
  for (const Finding& finding : it.findings) rest -= *finding.amount_minor;
  if (rest != 0) it.verdict += fmt::format(" Smaller ones that are not listed make up {}.", text(rest));
  return it;
}

}  // namespace omnisim::harness
