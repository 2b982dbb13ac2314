// Facts of the period that the ledger did not know by its hard close, by what they are and by how old they
// were then: `close.unmatched`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/audit/books.hpp"

namespace omnisim::audit {

/// What a fact waits for its counterpart as.
enum class UnmatchedKind : std::uint8_t {
  shipments,  ///< … and what was collected: the sale
  captures,
  payouts,
  settlements,
  returns,
  refunds,
  receipts,
  freight  ///< of parcels, and the carrier's invoices
};
inline constexpr std::size_t unmatched_kind_count = 8;
const char* name_of(UnmatchedKind kind);
/// As what facts by this rule are counted; nothing where they have no counterpart.
std::optional<UnmatchedKind> unmatched_kind_of(std::uint16_t rule);

/// Up to a day, up to a week, older.
enum class Age : std::uint8_t { day, week, older };
inline constexpr std::size_t age_count = 3;
const char* name_of(Age age);
Age age_of(core::Duration time);

using Unmatched = std::array<std::array<std::int64_t, age_count>, unmatched_kind_count>;
Unmatched unmatched_at(core::Time hard_close, const TrueBooks& truth, const BookedBooks& booked);

}  // namespace omnisim::audit
