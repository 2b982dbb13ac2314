#include "harness/explain/books_by_cause.hpp"

#include <algorithm>
#include <cstdlib>

#include "harness/audit/books.hpp"

namespace omnisim::harness {
namespace {

/// No message says what was on the shelves at the start: how the ERP books it, and the true books call it.
constexpr std::uint16_t opening_rule = 0;
constexpr std::string_view opening_name = "opening stock";

}  // namespace

Period period_of(const models::CalendarParams& calendar) {
  const Time end = calendar.period_end == Time{} ? calendar.to : calendar.period_end;
  const auto last = std::chrono::floor<std::chrono::days>(
      end - core::Duration{1} + std::chrono::minutes{calendar.ledger_utc_offset_min});
  return {audit::date_text(last), last, end, end + calendar.hard_close_after};
}

std::string_view Cause::reference() const {
  for (const auto* list : {&truth, &booked}) {
    if (list->empty()) continue;
    if (!list->front()->reference.empty()) return list->front()->reference;
    if (message.empty()) break;  // it has no other name than its description
  }
  return description();
}

std::string_view Cause::description() const {
  if (!truth.empty()) return truth.front()->description;
  return booked.empty() ? std::string_view{} : std::string_view(booked.front()->description);
}

BooksByCause::BooksByCause(const Outcome& outcome, const models::CalendarParams& calendar)
    : period_(period_of(calendar)) {
  for (const reports::LedgerEntry& entry : outcome.truth) {
    const std::string_view name = entry.reference.empty() ? entry.description : entry.reference;
    Cause& cause = entry.cause.empty() ? cause_of(unreported_, name) : cause_of(by_message_, entry.cause);
    cause.message = entry.cause;
    cause.truth.push_back(&entry);
  }
  for (const reports::LedgerEntry& entry : outcome.booked) {
    const bool is_reported = entry.rule != opening_rule && !entry.cause.empty();
    Cause& cause = entry.rule == opening_rule ? cause_of(unreported_, opening_name)
                   : is_reported              ? cause_of(by_message_, entry.cause)
                                              : cause_of(unreported_, entry.description);
    if (is_reported) cause.message = entry.cause;
    cause.booked.push_back(&entry);
  }
}

Cause& BooksByCause::cause_of(Index& index, std::string_view key) {
  const auto [at, is_new] = index.emplace(key, causes_.size());
  if (is_new) causes_.push_back({});
  return causes_[at->second];
}

bool BooksByCause::is_any_due(const Cause& cause) const {
  return std::any_of(cause.truth.begin(), cause.truth.end(),
                     [&](const reports::LedgerEntry* entry) { return is_due(*entry); });
}

std::size_t BooksByCause::in_time(const Cause& cause) const {
  return static_cast<std::size_t>(
      std::count_if(cause.booked.begin(), cause.booked.end(),
                    [&](const reports::LedgerEntry* entry) { return is_in_time(*entry); }));
}

const reports::LedgerEntry* BooksByCause::posted_again(const Cause& cause) const {
  std::set<std::string_view> seen;
  for (const reports::LedgerEntry* entry : cause.booked) {
    if (is_in_time(*entry) && !seen.insert(entry->id).second) return entry;
  }
  return nullptr;
}

std::int64_t BooksByCause::difference(const Cause& cause, const Accounts& accounts) const {
  std::vector<std::pair<std::string_view, std::int64_t>> off;
  const auto add = [&](const reports::LedgerEntry& entry, std::int64_t sign) {
    for (const reports::Posting& posting : entry.postings) {
      if (!accounts.contains(posting.account)) continue;
      auto same =
          std::find_if(off.begin(), off.end(), [&](const auto& o) { return o.first == posting.account; });
      if (same == off.end()) same = off.insert(off.end(), {posting.account, 0});
      same->second += sign * posting.amount_minor;
    }
  };
  for (const reports::LedgerEntry* entry : cause.truth) {
    if (is_due(*entry)) add(*entry, -1);
  }
  for (const reports::LedgerEntry* entry : cause.booked) {
    if (is_in_time(*entry)) add(*entry, 1);
  }
  std::int64_t sum = 0;
  for (const auto& [number, amount] : off) sum += accounts.size() == 1 ? amount : std::abs(amount);
  return sum;
}

}  // namespace omnisim::harness
