// The UCI "Online Retail" table (InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
// CustomerID, Country) as a demand trace. Every row becomes what it is, or is rejected with its line and a
// reason; the totals say that none is lost.
#pragma once

#include <string>
#include <string_view>

#include "harness/import/import.hpp"

namespace omnisim::harness {

/// True where `text` begins as the UCI table does.
bool looks_like_online_retail(std::string_view text);

/// Throws BadInput where `text` is no such table at all (no header, columns missing).
Import import_online_retail(std::string_view text, const std::string& file);

}  // namespace omnisim::harness
