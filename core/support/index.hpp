// The core's one hash table, in two forms: from a HashKey to a 32-bit number, and a set of HashKeys. Open
// addressing, linear probing, power-of-two sizes, at most 3/4 full; erasing shifts back, so there are no
// tombstones. It is never walked over: results cannot depend on its order.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/support/key.hpp"

namespace omnisim::core {

/// `Slot` has a key, says whether it is free, and is free when made.
template <class Slot>
class HashTable {
 public:
  std::size_t size() const { return used_; }
  /// Forgets everything and keeps the memory.
  void clear() {
    if (used_ > 0) slots_.assign(slots_.size(), Slot{});
    used_ = 0;
  }
  /// False when the key is not there.
  bool erase(const HashKey& key) {
    std::size_t hole = place(key);
    if (hole == nowhere || slots_[hole].is_free()) return false;
    // Every entry behind the hole that may live in it moves forward, so that no probe stops too early.
    for (std::size_t at = (hole + 1) & mask(); !slots_[at].is_free(); at = (at + 1) & mask()) {
      if (((at - home(slots_[at].key)) & mask()) >= ((at - hole) & mask())) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = {};
    --used_;
    return true;
  }
  template <class Archive>
  void archive(Archive& a) {
    a(slots_, used_);
  }

 protected:
  /// Null when the key is not there.
  const Slot* look_up(const HashKey& key) const {
    const std::size_t at = place(key);
    return at == nowhere || slots_[at].is_free() ? nullptr : &slots_[at];
  }
  /// The slot of `slot.key`, and whether it had to be made.
  std::pair<Slot*, bool> put(const Slot& slot) {
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    Slot& found = slots_[place(slot.key)];
    const bool fresh = found.is_free();
    if (fresh) {
      found = slot;
      ++used_;
    }
    return {&found, fresh};
  }

 private:
  static constexpr std::size_t nowhere = ~std::size_t{0};
  std::size_t mask() const { return slots_.size() - 1; }
  std::size_t home(const HashKey& key) const { return static_cast<std::size_t>(key.low) & mask(); }
  /// Where `key` is, or the free slot where it would be.
  std::size_t place(const HashKey& key) const {
    if (slots_.empty()) return nowhere;
    std::size_t at = home(key);
    while (!slots_[at].is_free() && !(slots_[at].key == key)) at = (at + 1) & mask();
    return at;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, {});
    slots_.resize(old.empty() ? 64 : old.size() * 2);
    used_ = 0;
    for (const Slot& slot : old) {
      if (!slot.is_free()) put(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

namespace detail {
struct NumberSlot {
  HashKey key;
  std::uint32_t value = 0xffffffffu;
  bool is_free() const { return value == 0xffffffffu; }
};
struct KeySlot {
  HashKey key;
  bool is_free() const { return key == HashKey{}; }
};
}  // namespace detail

class Index : public HashTable<detail::NumberSlot> {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  /// The number stored for `key`, or `none`.
  std::uint32_t find(const HashKey& key) const {
    const auto* slot = look_up(key);
    return slot == nullptr ? none : slot->value;
  }
  /// Stores `value` (not `none`); false, and nothing changes, when the key is there already.
  bool insert(const HashKey& key, std::uint32_t value) { return put({key, value}).second; }
  void assign(const HashKey& key, std::uint32_t value) { put({key, value}).first->value = value; }
};

/// Sixteen bytes a key. The key 0 is taken for 1: that a hash is either is as likely as that two are alike.
class KeySet : public HashTable<detail::KeySlot> {
 public:
  bool contains(const HashKey& key) const { return look_up(not_zero(key)) != nullptr; }
  /// False when the key is there already.
  bool insert(const HashKey& key) { return put({not_zero(key)}).second; }
  bool erase(const HashKey& key) { return HashTable::erase(not_zero(key)); }

 private:
  static HashKey not_zero(const HashKey& key) { return key == HashKey{} ? HashKey{0, 1} : key; }
};

}  // namespace omnisim::core
