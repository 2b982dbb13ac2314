// The core's one hash table: from a HashKey to a 32-bit number. Open addressing, linear probing, power-of-two
// sizes, at most 5/8 full; erasing shifts back, so there are no tombstones. It is never walked over: results
// cannot depend on its order.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/support/key.hpp"

namespace omnisim::core {

class Index {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  /// The number stored for `key`, or `none`.
  std::uint32_t find(const HashKey& key) const {
    if (used_ == 0) return none;
    for (std::size_t at = home(key);; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.value == none || slot.key == key) return slot.value;
    }
  }

  /// Stores `value` (not `none`); false, and nothing changes, when the key is there already.
  bool insert(const HashKey& key, std::uint32_t value) {
    if ((used_ + 1) * 8 > slots_.size() * 5) grow();
    for (std::size_t at = home(key);; at = (at + 1) & mask()) {
      Slot& slot = slots_[at];
      if (slot.value == none) {
        slot = {key, value};
        ++used_;
        return true;
      }
      if (slot.key == key) return false;
    }
  }

  void assign(const HashKey& key, std::uint32_t value) {
    if (insert(key, value)) return;
    for (std::size_t at = home(key);; at = (at + 1) & mask()) {
      if (slots_[at].key == key) {
        slots_[at].value = value;
        return;
      }
    }
  }

  /// False when the key is not there.
  bool erase(const HashKey& key) {
    if (used_ == 0) return false;
    std::size_t hole = home(key);
    while (slots_[hole].value != none && !(slots_[hole].key == key)) hole = (hole + 1) & mask();
    if (slots_[hole].value == none) return false;
    // Every entry behind the hole that may live in it moves forward, so that no probe stops too early.
    for (std::size_t at = (hole + 1) & mask(); slots_[at].value != none; at = (at + 1) & mask()) {
      if (((at - home(slots_[at].key)) & mask()) >= ((at - hole) & mask())) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = {};
    --used_;
    return true;
  }

  /// Forgets everything and keeps the memory.
  void clear() {
    if (used_ > 0) slots_.assign(slots_.size(), Slot{});
    used_ = 0;
  }

  std::size_t size() const { return used_; }
  template <class Archive>
  void archive(Archive& a) {
    a(slots_, used_);
  }

 private:
  struct Slot {
    HashKey key;
    std::uint32_t value = none;
  };

  std::size_t mask() const { return slots_.size() - 1; }
  std::size_t home(const HashKey& key) const { return static_cast<std::size_t>(key.low) & mask(); }

  void grow() {
    std::vector<Slot> old = std::exchange(slots_, {});
    slots_.resize(old.empty() ? 64 : old.size() * 2);
    used_ = 0;
    for (const Slot& slot : old) {
      if (slot.value != none) insert(slot.key, slot.value);
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace omnisim::core
