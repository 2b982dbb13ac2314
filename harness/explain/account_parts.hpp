// The difference of each account, document by document: what is booked, what is true, and what is behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/explain/books_by_cause.hpp"
#include "harness/explain/judge.hpp"

namespace omnisim::harness {

/// Of every account that differs at the hard close or at rest, the largest references; each judged by its
/// largest part, where there is a judge.
std::vector<reports::AccountParts> account_parts(const Outcome& outcome, const BooksByCause& books,
                                                 const Judge* judge);

/// The reference that the account with the largest difference at the hard close owes most of it to; nothing
/// where the books are true.
struct LargestPart {
  std::string account, reference;
};
std::optional<LargestPart> largest_part(const Outcome& outcome, const models::CalendarParams& calendar);

}  // namespace omnisim::harness
