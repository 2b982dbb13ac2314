#include "core/delivery/parking.hpp"

namespace omnisim::core {

Parking::Slot Parking::park(const HashKey& key, InputNumber input, ExceptionCategory why,
                            std::string_view reason) {
  Slot slot;
  if (free_.empty()) {
    slot = static_cast<Slot>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Guest& guest = slots_[slot];
  guest.key = key;
  guest.input = input;
  guest.category = why;
  guest.reason = reason;
  ++waiting_;
  link(slot);
  return slot;
}

void Parking::park_again(Slot slot, const HashKey& key) {
  slots_[slot].key = key;
  link(slot);
}

void Parking::link(Slot slot) {
  Guest& guest = slots_[slot];
  guest.next = none;
  guest.waits = true;
  guest.last = slot;
  if (first_.insert(guest.key, slot)) return;
  Guest& first = slots_[first_.find(guest.key)];
  slots_[first.last].next = slot;
  first.last = slot;
}

void Parking::wake(const HashKey& key) {
  const Slot first = first_.find(key);
  if (first == none) return;
  for (Slot slot = first; slot != none; slot = slots_[slot].next) {
    slots_[slot].waits = false;
    woken_.push(slot);
  }
  first_.erase(key);
}

void Parking::free(Slot slot) {
  ++slots_[slot].version;
  --waiting_;
  free_.push_back(slot);
}

void Parking::give_up(Slot slot) {
  Guest& guest = slots_[slot];
  const Slot first = first_.find(guest.key);
  if (first == slot) {
    if (guest.next == none) {
      first_.erase(guest.key);
    } else {
      slots_[guest.next].last = guest.last;
      first_.assign(guest.key, guest.next);
    }
  } else {
    Slot before = first;
    while (slots_[before].next != slot) before = slots_[before].next;
    slots_[before].next = guest.next;
    if (guest.next == none) slots_[first].last = before;
  }
  guest.waits = false;
  free(slot);
}

void Parking::digest(Digest& digest) const {
  digest.add(waiting_, slots_.size());
  for (const Guest& g : slots_) {
    digest.add(g.version);
    if (g.waits) digest.add(g.key.high, g.key.low, g.input, g.next);
  }
}

}  // namespace omnisim::core
