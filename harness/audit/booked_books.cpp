#include <algorithm>
#include <cstdlib>

#include "harness/audit/books.hpp"

namespace omnisim::audit {
namespace {

/// What the core concludes when nothing more is reported (a transfer that never came): caused by a message
/// that reports something else.
constexpr std::uint16_t concluded_rule = 132;

void add(Amounts& amounts, AccountKey key, std::int64_t amount) {
  for (auto& [known, sum] : amounts) {
    if (known == key) return static_cast<void>(sum += amount);
  }
  amounts.emplace_back(key, amount);
}

/// What the tax engine finds out later: reported by a message of its own, about a sale that has its own.
constexpr std::uint16_t tax_rule = 60;

/// Whether `more` is `expected` once or several times over.
bool is_multiple(const Amounts& more, const Amounts& expected) {
  std::int64_t times = 0;
  for (const auto& [key, amount] : more) {
    const auto same =
        std::find_if(expected.begin(), expected.end(), [&](const auto& e) { return e.first == key; });
    const std::int64_t whole = same == expected.end() ? 0 : same->second;
    if (amount == 0 && whole == 0) continue;
    if (whole == 0 || amount % whole != 0 || amount / whole < 1) return false;
    if (times != 0 && amount / whole != times) return false;
    times = amount / whole;
  }
  return times > 0;
}

/// A settlement that came line by line is closed by a rule of its own; it is one settlement all the same.
constexpr std::uint16_t settlement_rule = 11, settlement_by_lines_rule = 112;

/// An accrual of the close that is taken back: caused by what it was accrued for, and of the period after.
constexpr std::uint16_t reversal_rule = 172;

/// Rules under which a sale is booked, whose facts always name the message that reports them.
bool is_sale(std::uint16_t rule) {
  return rule == 5 || rule == 20 || rule == 50 || rule == 51 || rule == 55 || rule == 57;
}

}  // namespace

BookedBooks::BookedBooks(Time period_end, Time hard_close, std::int32_t ledger_utc_offset_min,
                         bool keep_entries)
    : period_end_(period_end),
      hard_close_(hard_close),
      last_day_(std::chrono::floor<std::chrono::days>(period_end - core::Duration{1} +
                                                      std::chrono::minutes{ledger_utc_offset_min})),
      keep_(keep_entries) {}

void BookedBooks::take(const models::LedgerEntry& entry, std::span<const core::Posting> postings,
                       const TrueBooks& truth) {
  ++checked;
  if (entry.posted_at >= period_end_ && truth.closed() && !gap_known_) open_gap(truth);
  std::int64_t sum = 0;
  const bool of_period = is_of_period(entry, truth);
  const bool in_close = entry.day <= last_day_ && entry.posted_at < hard_close_;
  const bool again = seen_[entry.entry]++ > 0;
  if (again) ++doubled_entries;
  if (of_period && entry.posted_at >= hard_close_) ++late_events;
  for (const core::Posting& posting : postings) {
    sum += posting.amount.minor;
    const AccountKey key = account_key(posting.account, posting.dimension);
    all_[key] += posting.amount.minor;
    if (in_close) at_close_[key] += posting.amount.minor;
    if (of_period) of_period_[key] += posting.amount.minor;
    if (of_period != in_close) cut_off_[key] += of_period ? -posting.amount.minor : posting.amount.minor;
    if (again && in_close) duplicated_[key] += posting.amount.minor;
  }
  if (sum != 0) ++unbalanced;
  if (of_period && !again && entry.rule != concluded_rule) add_reported(entry, postings, truth);
  if (of_period && entry.posted_at < hard_close_ && !again && is_first_of_its_cause(entry))
    ++matched_[entry.rule == settlement_by_lines_rule ? settlement_rule : entry.rule];
  latency_[entry.rule].add(static_cast<double>((entry.posted_at - entry.occurred_at).count()) * 1e-6);
  look_for_agreement(entry, postings, truth);
  if (!keep_) return;
  reports::LedgerEntry kept;
  kept.date = date_text(entry.day);
  kept.id = std::string(entry.entry.view());
  kept.description = kept.reference = std::string(entry.correlation.view());
  kept.at = entry.posted_at;
  kept.rule = entry.rule;
  kept.cause = std::string(entry.cause.view());
  for (const core::Posting& posting : postings)
    kept.postings.push_back({std::to_string(posting.account), posting.amount.minor});
  entries_.push_back(std::move(kept));
}

bool BookedBooks::is_of_period(const models::LedgerEntry& entry, const TrueBooks& truth) const {
  if (entry.rule == reversal_rule) return false;
  if (truth.of_message(entry.cause) != nullptr) return true;
  // What nobody states as a fact (a count, a short pick) is dated by who reports it.
  return !truth.is_later(entry.cause) && entry.occurred_at < period_end_;
}

/// What came again under another entry's id makes up for nothing that is missing.
bool BookedBooks::is_first_of_its_cause(const models::LedgerEntry& entry) {
  if (entry.cause.empty()) return true;
  std::vector<std::uint16_t>& rules = rules_of_[entry.cause];
  if (std::find(rules.begin(), rules.end(), entry.rule) != rules.end()) return false;
  rules.push_back(entry.rule);
  return true;
}

bool BookedBooks::knows(const core::Code& message, std::uint16_t rule) const {
  const auto found = rules_of_.find(message);
  if (found == rules_of_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [rule](std::uint16_t booked) {
    return booked == rule || (rule == settlement_rule && booked == settlement_by_lines_rule);
  });
}

/// An event may be booked in several entries: what they put where is added up. A sale without a fact is kept
/// by its order, which may be booked at another moment than the true one.
void BookedBooks::add_reported(const models::LedgerEntry& entry, std::span<const core::Posting> postings,
                               const TrueBooks& truth) {
  const Amounts* const expected = truth.of_message(entry.cause);
  if (expected == nullptr && entry.rule == tax_rule) {
    // It makes up for what its sale was booked wrongly with.
    for (const core::Posting& posting : postings)
      misclassified_[account_key(posting.account, posting.dimension)] += posting.amount.minor;
    return;
  }
  if (expected == nullptr) {
    if (!is_sale(entry.rule) || entry.correlation.empty()) return;
    const auto [found, is_new] = without_fact_by_.emplace(entry.correlation, without_fact_.size());
    if (is_new) without_fact_.emplace_back();
    for (const core::Posting& posting : postings)
      add(without_fact_[found->second], account_key(posting.account, posting.dimension),
          posting.amount.minor);
    return;
  }
  const auto [found, is_new] = reported_by_.emplace(entry.cause, reported_.size());
  if (is_new) reported_.push_back({expected, {}, entry.correlation});
  for (const core::Posting& posting : postings)
    add(reported_[found->second].booked, account_key(posting.account, posting.dimension),
        posting.amount.minor);
}

void BookedBooks::finish(const TrueBooks& truth) {
  // Where no entry came after the period's end, nobody has looked yet.
  if (truth.closed() && !gap_known_) open_gap(truth);
  for (const Reported& event : reported_) {
    Amounts more = event.booked, expected;
    for (const auto& [key, amount] : *event.truth) add(expected, key, amount), add(more, key, -amount);
    const auto of_order = without_fact_by_.find(event.correlation);
    if (of_order != without_fact_by_.end()) {
      for (const auto& [key, amount] : more) add(without_fact_[of_order->second], key, amount);
      continue;
    }
    Balances& part = is_multiple(more, expected) ? duplicated_ : misclassified_;
    for (const auto& [key, amount] : more) part[key] += amount;
  }
  for (const Amounts& order : without_fact_) {
    for (const auto& [key, amount] : order) unfounded_[key] += amount;
  }
}

void BookedBooks::open_gap(const TrueBooks& truth) {
  gap_known_ = true;
  gap_ = by_account(of_period_);
  for (const auto& [account, amount] : by_account(truth.period())) gap_[account] -= amount;
  for (const auto& [account, amount] : gap_) gap_sum_ += std::abs(amount);
  if (gap_sum_ == 0) agreed_at_ = period_end_;
}

void BookedBooks::look_for_agreement(const models::LedgerEntry& entry,
                                     std::span<const core::Posting> postings, const TrueBooks& truth) {
  if (!gap_known_ || !is_of_period(entry, truth)) return;
  for (const core::Posting& posting : postings) {
    std::int64_t& gap = gap_[posting.account];
    gap_sum_ -= std::abs(gap);
    gap += posting.amount.minor;
    gap_sum_ += std::abs(gap);
  }
  if (gap_sum_ != 0)
    agreed_at_.reset();
  else if (!agreed_at_)
    agreed_at_ = std::max(entry.posted_at, period_end_);
}

}  // namespace omnisim::audit
