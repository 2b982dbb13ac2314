// How parties write numbers, money and times. The models' own: a party that borrowed the core's notation
// would hide a core that reads it wrongly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/canonical/code.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::models::wire {

void integer(std::string& out, std::int64_t value);
/// "12.34", with `point` between; "-0.05".
void decimal(std::string& out, core::Money value, char point);
/// 2026-11-27T10:00:00.000000Z
void iso_time(std::string& out, core::Time at);
/// 20261127100000000000: down to the microsecond.
void compact_time(std::string& out, core::Time at);
/// 27.11.2026 10:00:00.000000
void german_time(std::string& out, core::Time at);
/// A JSON string with its quotes.
void json_string(std::string& out, std::string_view text);

/// "prefix-17". A prefix that leaves no room is cut.
core::Code code_of(std::string_view prefix, std::uint64_t number);

}  // namespace omnisim::models::wire
