// What an import of real data gives: a demand trace, totals that say that nothing is lost, and the rows that
// could not be replayed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/trace.hpp"

namespace omnisim::harness {

struct RejectedRow {
  std::uint32_t line = 0;
  std::string reason;
  std::string text;  ///< the row's fields, for whoever has to repair it
};

struct KindTotal {
  std::int64_t rows = 0;
  std::int64_t quantity_each = 0;
  std::int64_t value_minor = 0;
};

/// Totals over the rows that were taken.
struct ImportSummary {
  std::int64_t rows = 0;  ///< rows in the file below the header, rejected ones included
  std::int64_t rejected = 0;
  std::int64_t documents = 0;               ///< distinct invoices
  std::int64_t cancellation_documents = 0;  ///< those that begin with C
  std::int64_t cancellation_value_minor = 0;
  std::int64_t net_quantity_each = 0;
  std::int64_t net_value_minor = 0;
  std::int64_t rounding_micro = 0;  ///< Σ (rounded − exact) in millionths of a currency unit
  std::array<KindTotal, models::trace_kind_count> by_kind{};
  std::map<std::string, KindTotal> payments;  ///< by means of payment, where the source says
  std::string currency;
};

struct Import {
  models::Trace trace;
  ImportSummary summary;
  std::vector<RejectedRow> rejected;
};

inline constexpr std::size_t import_bytes_max = std::size_t{512} << 20U;

}  // namespace omnisim::harness
