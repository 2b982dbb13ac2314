// Small shared tools: look-up by code, rounding.
#pragma once

#include <xxhash.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/money.hpp"

namespace omnisim::models {

/// From a code (and a scope, such as a channel) to a number. Open addressing over 64-bit hashes: with 10^7
/// codes the chance that any two are mistaken for each other is below 10^-5. Never walked over.
class CodeIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  std::uint32_t find(const core::Code& code, std::uint32_t scope = 0) const {
    if (slots_.empty()) return none;
    const std::uint64_t hash = hash_of(code, scope);
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].second == none || slots_[at].first == hash) return slots_[at].second;
    }
  }
  /// False, and nothing changes, where the code is there already.
  bool insert(const core::Code& code, std::uint32_t value, std::uint32_t scope = 0) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    return put(hash_of(code, scope), value);
  }

 private:
  using Slot = std::pair<std::uint64_t, std::uint32_t>;
  static std::uint64_t hash_of(const core::Code& code, std::uint32_t scope) {
    // Spread over all bits: of the shortest codes, XXH3 only adds its seed to their bytes, so that "2" under
    // one small seed would be "3" under another.
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    return XXH3_64bits_withSeed(code.view().data(), code.view().size(), odd * scope);
  }
  bool put(std::uint64_t hash, std::uint32_t value) {
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].second == none) {
        slots_[at] = {hash, value};
        ++used_;
        return true;
      }
      if (slots_[at].first == hash) return false;
    }
  }
  void grow() {
    std::vector<Slot> old = std::exchange(slots_, {});
    slots_.assign(old.empty() ? 64 : old.size() * 2, {0, none});
    used_ = 0;
    for (const auto& [hash, value] : old) {
      if (value != none) put(hash, value);
    }
  }
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

/// `amount` × `basis_points` / 10,000, rounded half away from zero.
inline core::Money basis_points(core::Money amount, std::int32_t points) {
  const core::Int128 product = static_cast<core::Int128>(amount.minor) * points;
  const core::Int128 half = product < 0 ? -5'000 : 5'000;
  return {static_cast<std::int64_t>((product + half) / 10'000)};
}

/// The part of a price with tax at `basis_points` that is not tax, rounded half up; `gross` ≥ 0.
inline core::Money without_tax(core::Money gross, std::int32_t basis_points) {
  const core::Int128 whole = 10'000 + basis_points;
  return {static_cast<std::int64_t>((static_cast<core::Int128>(gross.minor) * 20'000 + whole) / (2 * whole))};
}

/// What `units` more of a line of `quantity` are worth when `before` of them have been counted already:
/// cumulative, so that all parts add up to the line, however it is split.
inline core::Money part_of(core::Money line, std::int32_t quantity, std::int32_t before, std::int32_t units) {
  if (quantity <= 0) return {};
  const auto upto = [&](std::int32_t n) {
    return static_cast<std::int64_t>(static_cast<core::Int128>(line.minor) * n / quantity);
  };
  return {upto(before + units) - upto(before)};
}

}  // namespace omnisim::models
