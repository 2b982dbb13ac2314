// An imported demand trace: what a real retailer's documents say happened, row by row, in time order. The
// harness fills it from a file (harness/import/); the demand model replays it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/event.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::models {

/// sale: goods sold. cancellation: goods that came back, or never left (negative quantity and amount).
/// write_off, found: stock adjustments without money (quantity negative, positive). charge: money without
/// goods.
enum class TraceKind : std::uint8_t { sale, cancellation, write_off, found, charge };
inline constexpr std::size_t trace_kind_count = 5;

struct TraceRow {
  core::Time at{};
  TraceKind kind = TraceKind::sale;
  core::ChargeKind charge = core::ChargeKind::manual;  ///< kind charge only
  bool has_customer = false;
  core::Code customer{};           ///< who it is, where the source says so
  core::Code document;             ///< invoice; rows of one document are neighbours
  core::Code item;                 ///< goods, or the charge's own code
  std::int32_t quantity_each = 0;  ///< signed as in the source
  core::Money amount;  ///< of the whole row, signed, net; rounded half away from zero to a minor unit
  std::uint32_t source_line = 0;  ///< line in the file that it came from, from 1
  std::string description;
};

struct Trace {
  std::string currency;
  std::vector<TraceRow> rows;  ///< ascending in time; ties in the order of the source
};

}  // namespace omnisim::models
