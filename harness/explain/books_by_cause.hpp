// What one event of the world should have put on the accounts, and what it did put there, at the hard close.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/run_once.hpp"

namespace omnisim::harness {

using core::Time;

/// The period whose books are closed.
struct Period {
  std::string last_day;  ///< "2026-11-30"
  core::BusinessDay last;
  Time end, hard_close;
};
Period period_of(const models::CalendarParams& calendar);

/// Entries by the message that reports what they are about. What nobody reports (the stock at the start, what
/// was stolen) has no message: it is a cause by its reference, or by its description.
struct Cause {
  std::string_view message;
  std::vector<const reports::LedgerEntry*> truth, booked;  ///< whenever, in the order of the books

  std::string_view reference() const;    ///< its order, till sale, settlement …, or else its description
  std::string_view description() const;  ///< as the true books say, or else the ERP's
};

/// Numbers of accounts.
using Accounts = std::set<std::string, std::less<>>;

class BooksByCause {
 public:
  /// `outcome` has its ledgers, and outlives this.
  BooksByCause(const Outcome& outcome, const models::CalendarParams& calendar);

  const Period& period() const { return period_; }
  /// Is that what the books of the period should hold?
  bool is_due(const reports::LedgerEntry& truth) const { return truth.date <= period_.last_day; }
  /// Was it dated into the period and posted before its hard close?
  bool is_in_time(const reports::LedgerEntry& booked) const {
    return booked.date <= period_.last_day && booked.at < period_.hard_close;
  }
  bool is_any_due(const Cause& cause) const;
  std::size_t in_time(const Cause& cause) const;
  /// The first of its entries that was posted in time once more, under the same number; null where none was.
  const reports::LedgerEntry* posted_again(const Cause& cause) const;

  const std::vector<Cause>& causes() const { return causes_; }
  /// Booked less true at the hard close: on the one account, or the absolute differences of several.
  std::int64_t difference(const Cause& cause, const Accounts& accounts) const;

 private:
  using Index = std::unordered_map<std::string_view, std::size_t>;
  Cause& cause_of(Index& index, std::string_view key);

  Period period_;
  std::vector<Cause> causes_;      ///< in the order of their first entry
  Index by_message_, unreported_;  ///< looked up, never walked
};

}  // namespace omnisim::harness
