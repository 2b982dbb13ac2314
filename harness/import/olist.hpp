// The Brazilian Olist data set as a demand trace: orders, their items and their payments, three files that
// name each other's rows. docs/trace-format.md has the columns.
#pragma once

#include <string>
#include <string_view>

#include "harness/import/import.hpp"

namespace omnisim::harness {

struct OlistFiles {
  std::string orders{}, items{}, payments{};                 ///< contents
  std::string orders_file{}, items_file{}, payments_file{};  ///< names, for complaints
};

/// The three files in a folder, under the names that the data set gives them. Throws BadInput where one is
/// missing.
OlistFiles read_olist(const std::string& folder);

/// Throws BadInput where one of them is no such table. Rejected rows are of the items, or of the file that
/// their reason names.
Import import_olist(const OlistFiles& files);

}  // namespace omnisim::harness
