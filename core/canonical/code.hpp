// A short text identifier held inline: order numbers, payment references, shipment numbers, event ids.
// Never allocates, compares bytewise, at most 31 bytes; longer input is a decode error, not a truncation.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace omnisim::core {

class Code {
 public:
  static constexpr std::size_t max_size = 31;

  constexpr Code() = default;

  /// The code holding `text`, or nothing when it is longer than `max_size` bytes.
  static std::optional<Code> from(std::string_view text) {
    if (text.size() > max_size) return std::nullopt;
    Code code;
    if (!text.empty()) std::memcpy(code.bytes_.data(), text.data(), text.size());
    code.size_ = static_cast<std::uint8_t>(text.size());
    return code;
  }

  std::string_view view() const { return {bytes_.data(), size_}; }
  bool empty() const { return size_ == 0; }

  friend bool operator==(const Code& a, const Code& b) { return a.view() == b.view(); }
  friend auto operator<=>(const Code& a, const Code& b) { return a.view() <=> b.view(); }

 private:
  std::array<char, max_size> bytes_{};
  std::uint8_t size_ = 0;
};

}  // namespace omnisim::core
