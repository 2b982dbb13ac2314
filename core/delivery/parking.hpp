// Messages that came before what they are about: a payment before its order, a delivery scan before its
// shipment. They wait under the key of what is missing, by the number of their record in the Store, and are
// tried again when it turns up.
#pragma once

#include <cstdint>
#include <vector>

#include "core/records.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"
#include "core/support/queue.hpp"

namespace omnisim::core {

class Parking {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot none = Index::none;

  /// A new slot for `input`, waiting for `key`.
  Slot park(const HashKey& key, InputNumber input, ExceptionCategory why, std::string_view reason);
  /// A slot taken from `woken` waits again, for the same or another key.
  void park_again(Slot slot, const HashKey& key);
  /// Everything that waits for `key` moves to the queue of woken ones, oldest first.
  void wake(const HashKey& key);

  bool has_woken() const { return !woken_.empty(); }
  Slot pop_woken() { return woken_.pop(); }
  /// Ends the slot's life: its message is dealt with.
  void free(Slot slot);
  /// Takes a waiting slot out before its key turned up, and frees it.
  void give_up(Slot slot);

  InputNumber input(Slot slot) const { return slots_[slot].input; }
  ExceptionCategory category(Slot slot) const { return slots_[slot].category; }
  std::string_view reason(Slot slot) const { return slots_[slot].reason; }
  /// Changes when the slot is freed, so that a timer armed for an earlier guest is stale.
  std::uint64_t version(Slot slot) const { return slots_[slot].version; }
  std::uint64_t waiting() const { return waiting_; }

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(slots_, free_, first_, woken_, waiting_);
  }

 private:
  struct Guest {
    HashKey key;
    InputNumber input = 0;
    std::uint64_t version = 0;
    Slot next = none;
    Slot last = none;  ///< of the chain; kept in its first slot
    bool waits = false;
    ExceptionCategory category = ExceptionCategory::out_of_order;
    std::string_view reason;

    template <class Archive>
    void archive(Archive& a) {
      a(key, input, version, next, last, waits, category);
      a.text(reason);
    }
  };
  void link(Slot slot);

  std::vector<Guest> slots_;
  std::vector<Slot> free_;
  Index first_;  ///< key → first slot of its chain, oldest first
  Queue<Slot> woken_;
  std::uint64_t waiting_ = 0;  ///< occupied slots
};

}  // namespace omnisim::core
