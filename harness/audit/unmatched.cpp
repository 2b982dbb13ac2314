#include "harness/audit/unmatched.hpp"

#include <algorithm>
#include <map>

namespace omnisim::audit {
namespace {

constexpr const char* kind_names[unmatched_kind_count] = {"shipments", "captures", "payouts",  "settlements",
                                                          "returns",   "refunds",  "receipts", "freight"};
constexpr const char* age_names[age_count] = {"day", "week", "older"};

}  // namespace

const char* name_of(UnmatchedKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
const char* name_of(Age age) { return age_names[static_cast<std::size_t>(age)]; }

std::optional<UnmatchedKind> unmatched_kind_of(std::uint16_t rule) {
  switch (rule) {
    case 5:
    case 51:
    case 56:
    case 57:
      return UnmatchedKind::shipments;
    case 4:
      return UnmatchedKind::captures;
    case 10:
      return UnmatchedKind::payouts;
    case 11:
      return UnmatchedKind::settlements;
    case 7:
      return UnmatchedKind::returns;
    case 80:
      return UnmatchedKind::refunds;
    case 1:
      return UnmatchedKind::receipts;
    case 17:
    case 171:
      return UnmatchedKind::freight;
    default:
      return std::nullopt;
  }
}

Age age_of(core::Duration time) {
  return time <= std::chrono::days{1} ? Age::day : time <= std::chrono::days{7} ? Age::week : Age::older;
}

Unmatched unmatched_at(core::Time hard_close, const TrueBooks& truth, const BookedBooks& booked) {
  // By rule, as many as the ledger has too few: what was booked without a fact makes up for one that was not.
  std::map<std::uint16_t, std::int64_t> short_of;
  for (const auto& [rule, expected] : truth.expected()) {
    const auto found = booked.matched().find(rule);
    const std::int64_t have = found == booked.matched().end() ? 0 : found->second;
    if (unmatched_kind_of(rule)) short_of[rule] = std::max<std::int64_t>(0, expected - have);
  }
  Unmatched counts{};
  const auto count = [&](std::uint16_t rule, Age age, std::int64_t n) {
    counts[static_cast<std::size_t>(*unmatched_kind_of(rule))][static_cast<std::size_t>(age)] += n;
  };
  // Facts come in the order of their time, so these are the oldest ones.
  for (const Due& due : truth.dues()) {
    std::int64_t& left = short_of[due.rule];
    if (left == 0 || booked.knows(due.message, due.rule)) continue;
    --left;
    count(due.rule, age_of(hard_close - due.at), 1);
  }
  // A message that reports two facts of a kind is booked once: nobody can say which of them it was.
  for (const auto& [rule, left] : short_of) count(rule, Age::older, left);
  return counts;
}

}  // namespace omnisim::audit
