// Trace files: a demand trace as JSON Lines (docs/trace-format.md). The first line is the header, each
// further one a row.
#pragma once

#include <string>
#include <string_view>

#include "models/trace.hpp"

namespace omnisim::harness {

inline constexpr std::string_view trace_schema = "omnisim.trace/1";

std::string_view name_of(models::TraceKind kind);
std::string_view name_of(core::ChargeKind kind);

/// The same trace gives the same bytes.
std::string write_trace(const models::Trace& trace);

/// Throws BadInput with a line for each row that is wrong (`file:/12/quantity: …`).
models::Trace read_trace(std::string_view text, const std::string& file);

}  // namespace omnisim::harness
