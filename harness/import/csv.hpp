// Comma-separated values as RFC 4180 has them: quoted fields with doubled quotes, CRLF or LF, line breaks
// inside quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::harness {

struct CsvRow {
  std::uint32_t line = 0;           ///< where it begins, from 1
  std::vector<std::string> fields;  ///< unquoted; reused from row to row
  const char* error = nullptr;  ///< what is wrong with the row as CSV; its fields are then what could be read
};

class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  /// False at the end. Empty lines are skipped.
  bool next(CsvRow& row);

 private:
  void quoted_field(std::string& field, CsvRow& row);
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

/// A field as CSV writes it: quoted where it must be.
std::string csv_field(std::string_view text);

/// `text` where it is UTF-8, else read as Latin-1 and turned into UTF-8: every byte sequence has a reading.
std::string to_utf8(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace omnisim::harness
