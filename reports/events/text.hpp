#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// JSON written piece by piece at the end of a string.
namespace omnisim::reports {

/// A JSON string with its quotes; bytes that are not UTF-8 are replaced.
void append_quoted(std::string& out, std::string_view text);

/// `,"name":"text"`. `name` is plain.
void append_member(std::string& out, std::string_view name, std::string_view text);

/// 16 hexadecimal digits, in small letters.
void append_hex(std::string& out, std::uint64_t value);

/// The same for the same bytes on every machine (FNV-1a, its bits mixed). Not zero.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed);

}  // namespace omnisim::reports
