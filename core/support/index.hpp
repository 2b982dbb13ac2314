// The core's one hash table, in two forms: from a HashKey to a 32-bit number, and a set of HashKeys. It keeps
// 96 bits of a key: with 10^9 of them the chance that any two are taken for one is about 10^-11. Open
// addressing, linear probing, from 3/5 to 3/4 full as it grows (a key's home is its share of the table, so
// growing by a quarter copies in order); erasing shifts back, so there are no tombstones. It is never walked
// over: results cannot depend on its order.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/support/key.hpp"

namespace omnisim::core {

__extension__ typedef unsigned __int128 Uint128;  ///< as Int128 (money.hpp)

namespace detail {
/// The 96 bits of a key that a slot holds, in three parts, so that it needs no padding.
class ShortKey {
 public:
  ShortKey() = default;
  explicit ShortKey(const HashKey& key)
      : high_(static_cast<std::uint32_t>(key.high)),
        middle_(static_cast<std::uint32_t>(key.low >> 32)),
        low_(static_cast<std::uint32_t>(key.low)) {}
  HashKey key() const { return {high_, std::uint64_t{middle_} << 32 | low_}; }
  friend bool operator==(const ShortKey&, const ShortKey&) = default;

 private:
  std::uint32_t high_ = 0, middle_ = 0, low_ = 0;
};
struct NumberSlot {
  NumberSlot() = default;
  NumberSlot(const HashKey& key, std::uint32_t number) : name(key), value(number) {}
  ShortKey name;
  std::uint32_t value = 0xffffffffu;
  bool is_free() const { return value == 0xffffffffu; }
};
struct KeySlot {
  ShortKey name;
  bool is_free() const { return name == ShortKey{}; }
};
static_assert(sizeof(NumberSlot) == 16 && sizeof(KeySlot) == 12);
}  // namespace detail

/// `Slot` has the key as its `name`, says whether it is free, and is free when made.
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
      if (distance(home(slots_[at].name.key()), at) >= distance(hole, at)) {
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
    Slot& found = slots_[place(slot.name.key())];
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
    const detail::ShortKey name(key);
    std::size_t at = home(key);
    while (!slots_[at].is_free() && !(slots_[at].name == name)) at = after(at);
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

/// Twelve bytes a key. The key 0 is taken for 1: that a hash is either is as likely as that two are alike.
class KeySet : public HashTable<detail::KeySlot> {
 public:
  bool contains(const HashKey& key) const { return look_up(not_zero(key)) != nullptr; }
  /// False when the key is there already.
  bool insert(const HashKey& key) { return put({detail::ShortKey(not_zero(key))}).second; }
  bool erase(const HashKey& key) { return HashTable::erase(not_zero(key)); }

 private:
  static HashKey not_zero(const HashKey& key) {
    return detail::ShortKey(key) == detail::ShortKey{} ? HashKey{0, 1} : key;
  }
};

}  // namespace omnisim::core
