// What the orchestrations of documents (transfers, purchases, counts) share.
#pragma once

#include <cstdint>
#include <vector>

#include "core/canonical/event.hpp"

namespace omnisim::core {

/// Units that all messages of one document may name together, and what a purchase order may be worth:
/// products and sums stay within 64 bits, and no count of units overflows.
inline constexpr std::int64_t max_document_each = 10'000'000;
inline constexpr Money max_document_value{100'000'000'000};

constexpr bool is_document_quantity(std::int64_t each) { return each > 0 && each <= max_document_each; }

inline std::int64_t quantity_of(const Event& event) {
  std::int64_t each = 0;
  for (const Line& line : event.lines) each += line.quantity_each > 0 ? line.quantity_each : 0;
  return each;
}

/// The next line of a document that the core writes.
inline Line document_line(const std::vector<Line>& before, SkuId sku, std::int32_t quantity_each) {
  Line line;
  line.line_no = static_cast<std::uint32_t>(before.size() + 1);
  line.sku = sku;
  line.quantity_each = quantity_each;
  return line;
}

}  // namespace omnisim::core
