// One file, as an operating system offers it: what is written can be read at once, but survives a loss of
// power only once it is synced. Until then any of it may be lost, torn, reordered or damaged.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace omnisim::core {

class Disk {
 public:
  virtual ~Disk() = default;
  virtual std::uint64_t size() const = 0;
  /// Fills `into` from byte `at`; all of it lies below `size`.
  virtual void read(std::uint64_t at, std::span<char> into) const = 0;
  /// `at` ≤ `size`; the file grows as needed.
  virtual void write(std::uint64_t at, std::string_view bytes) = 0;
  /// Cuts the file off at `size`, which is not above the present one.
  virtual void cut(std::uint64_t size) = 0;
  /// Returns once everything written and cut so far is durable.
  virtual void sync() = 0;
};

}  // namespace omnisim::core
