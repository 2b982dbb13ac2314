// Which element of which segment says which field: a table for each transaction set that the core exchanges.
// The tables follow release 004010 of ASC X12 as retailers and warehouses use it; what a partner adds beside
// is ignored.
#pragma once

#include <span>

#include "core/canonical/event.hpp"

namespace omnisim::core::x12 {

enum class Part : std::uint8_t {
  text,      ///< as it stands
  date,      ///< CCYYMMDD, and in `time_at` HHMM, HHMMSS or more; without a time, the last second of the day
  place,     ///< a code, or where the element before it says UL, a GLN
  products,  ///< pairs of qualifier and product, from `element` on; our own number before a GTIN
  cents,     ///< type N2: the last two digits are decimals
  promised,  ///< is the order accepted already? (Acknowledgment Type)
  unit,      ///< unit of measure: EA
  sscc       ///< checked, not kept
};

struct Row {
  std::string_view segment;
  std::uint8_t qualifier_at;  ///< element that has to be `qualifier`; 0: the segment means one thing only
  std::string_view qualifier;
  std::uint8_t element;
  std::string_view field;  ///< canonical name
  Part part = Part::text;
  std::uint8_t time_at = 0;
};

/// What the last segment before SE adds up.
enum class Total : std::uint8_t { lines, units, levels };

struct TransactionSet {
  std::string_view id;     ///< ST01
  std::string_view group;  ///< GS01
  EventType type;
  std::span<const Row> head;
  std::string_view line_begins;  ///< with this segment
  std::span<const Row> line;
  std::string_view total_segment;
  std::string_view total_element;  ///< its first element's designator
  Total total;
};

/// Null where the core knows no such set.
const TransactionSet* set_of(std::string_view id);

}  // namespace omnisim::core::x12
