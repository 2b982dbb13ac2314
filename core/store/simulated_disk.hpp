// A disk for crash tests: power can be cut at any operation, and what was not synced then suffers a chosen
// fault.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/ports/disk.hpp"

namespace omnisim::core {

/// Thrown by the operation during which power fails, and by every one after it until `restart`.
struct PowerCut : std::runtime_error {
  PowerCut() : std::runtime_error("power cut") {}
};

/// The power supply of one machine: counts the operations on all of its disks.
class Power {
 public:
  /// Operation `after` from now on (0: the next one) is the last one begun.
  void cut(std::uint64_t after) { cut_at_ = operations_ + after; }
  void restore() { cut_at_.reset(); }
  std::uint64_t operations() const { return operations_; }
  /// True when power fails during this operation.
  bool fails() { return operations_++ >= cut_at_.value_or(~std::uint64_t{0}); }

 private:
  std::uint64_t operations_ = 0;
  std::optional<std::uint64_t> cut_at_;
};

/// What becomes of the operations since the last sync.
enum class Fault : std::uint8_t {
  lose,     ///< none has reached the disk
  keep,     ///< all have
  tear,     ///< some first ones have, and the next one in part
  reorder,  ///< any of them have, whatever their order
  corrupt   ///< all have, one of them with flipped bits
};
inline constexpr std::size_t fault_count = 5;

class SimulatedDisk final : public Disk {
 public:
  /// `power` must outlive the disk. `seed` decides what exactly a fault does.
  SimulatedDisk(Power& power, std::uint64_t seed) : power_(power), chance_(seed) {}

  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t at, std::span<char> into) const override;
  void write(std::uint64_t at, std::string_view bytes) override;
  void cut(std::uint64_t size) override;
  void sync() override;

  /// The machine starts again after a power cut (or without one: then it is a reset).
  void restart(Fault fault);
  /// Flips a bit of what is there, synced or not.
  void damage(std::uint64_t at) { bytes_.at(at) = static_cast<char>(bytes_.at(at) ^ 1); }
  std::size_t unsynced() const { return unsynced_.size(); }

 private:
  /// A write replaces `before` (as much of it as there was) by `after`; a cut replaces it by nothing.
  struct Operation {
    std::uint64_t at = 0;
    std::string before, after;
    bool is_cut = false;
  };

  void apply(const Operation& operation, std::string_view after);
  void undo(const Operation& operation);
  std::uint64_t draw(std::uint64_t below);

  Power& power_;
  std::uint64_t chance_;
  std::string bytes_;
  std::vector<Operation> unsynced_;
};

}  // namespace omnisim::core
