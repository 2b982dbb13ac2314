// The UCI "Online Retail" table (InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
// CustomerID, Country) as a demand trace. Every row becomes what it is, or is rejected with its line and a
// reason; the totals say that none is lost.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
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
  std::string currency;
};

struct Import {
  models::Trace trace;
  ImportSummary summary;
  std::vector<RejectedRow> rejected;
};

inline constexpr std::size_t import_bytes_max = std::size_t{512} << 20U;

/// True where `text` begins as the UCI table does.
bool looks_like_online_retail(std::string_view text);

/// Throws BadInput where `text` is no such table at all (no header, columns missing).
Import import_online_retail(std::string_view text, const std::string& file);

}  // namespace omnisim::harness
