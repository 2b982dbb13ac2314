// The core's one hash table, in two forms: from a HashKey to a 32-bit number, and a set of HashKeys. Open
// addressing, linear probing, from 3/5 to 3/4 full as it grows (a key's home is its share of the table, so
// growing by a quarter copies in order); erasing shifts back, so there are no tombstones. It is never walked
// over: results cannot depend on its order.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/support/key.hpp"

namespace omnisim::core {

__extension__ typedef unsigned __int128 Uint128;  ///< as Int128 (money.hpp)

/// `Slot` has a key(), says whether it is free, and is free when made.
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
    for (std::size_t at = after(hole); !slots_[at].is_free(); at = after(at)) {
      if (distance(home(slots_[at].key()), at) >= distance(hole, at)) {
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
    Slot& found = slots_[place(slot.key())];
    const bool fresh = found.is_free();
    if (fresh) {
      found = slot;
      ++used_;
    }
    return {&found, fresh};
  }

 private:
  static constexpr std::size_t nowhere = ~std::size_t{0};
  std::size_t after(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }
  /// Steps from `from` on to `to`, around the end if need be.
  std::size_t distance(std::size_t from, std::size_t to) const {
    return to >= from ? to - from : to + slots_.size() - from;
  }
  /// Spread first: not every key is a hash, some are a number.
  std::size_t home(const HashKey& key) const {
    const std::uint64_t spread = key.low * 0x9e3779b97f4a7c15U;
    return static_cast<std::size_t>((static_cast<Uint128>(spread) * slots_.size()) >> 64);
  }
  /// Where `key` is, or the free slot where it would be.
  std::size_t place(const HashKey& key) const {
    if (slots_.empty()) return nowhere;
    std::size_t at = home(key);
    while (!slots_[at].is_free() && !(slots_[at].key() == key)) at = after(at);
    return at;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, {});
    slots_.resize(old.empty() ? 64 : old.size() + old.size() / 4);
    used_ = 0;
    for (const Slot& slot : old) {
      if (!slot.is_free()) put(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

namespace detail {
/// Twenty bytes: halves of the key, so that it needs no padding.
struct NumberSlot {
  NumberSlot() = default;
  NumberSlot(const HashKey& key, std::uint32_t number)
      : halves{static_cast<std::uint32_t>(key.high), static_cast<std::uint32_t>(key.high >> 32),
               static_cast<std::uint32_t>(key.low), static_cast<std::uint32_t>(key.low >> 32)},
        value(number) {}
  HashKey key() const {
    return {halves[0] | std::uint64_t{halves[1]} << 32, halves[2] | std::uint64_t{halves[3]} << 32};
  }
  std::array<std::uint32_t, 4> halves{};
  std::uint32_t value = 0xffffffffu;
  bool is_free() const { return value == 0xffffffffu; }
};
struct KeySlot {
  HashKey hash;
  const HashKey& key() const { return hash; }
  bool is_free() const { return hash == HashKey{}; }
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
