#include "core/delivery/command_queue.hpp"

namespace omnisim::core {

using State = QueuedCommand::State;

CommandQueue::Slot CommandQueue::replaceable(const HashKey& key) const {
  const Slot first = first_.find(key);
  if (first == none) return none;
  const Slot last = slots_[first].last;
  return slots_[last].coalesces && slots_[last].state != State::in_flight ? last : none;
}

CommandQueue::Slot CommandQueue::add(const HashKey& key) {
  Slot slot;
  if (free_.empty()) {
    slot = static_cast<Slot>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  QueuedCommand& made = slots_[slot];
  made.key = key;
  made.tries = 0;
  made.call = 0;
  made.first = {};
  made.next = none;
  made.last = slot;
  ++made.version;
  made.state = State::ready;
  if (first_.insert(key, slot)) return slot;
  made.state = State::behind;
  QueuedCommand& first = slots_[first_.find(key)];
  slots_[first.last].next = slot;
  first.last = slot;
  return slot;
}

CommandQueue::Slot CommandQueue::remove(Slot slot) {
  QueuedCommand& done = slots_[slot];
  const Slot next = done.next;
  if (next == none) {
    first_.erase(done.key);
  } else {
    slots_[next].last = done.last;
    slots_[next].state = State::ready;
    ++slots_[next].version;
    first_.assign(done.key, next);
  }
  done.state = State::free;
  ++done.version;
  free_.push_back(slot);
  return next;
}

void CommandQueue::digest(Digest& digest) const {
  digest.add(slots_.size(), free_.size());
  for (const Slot slot : free_) digest.add(slot);
  for (const QueuedCommand& c : slots_) {
    digest.add(c.state, c.version);
    if (c.state == State::free) continue;
    digest.add(c.coalesces, c.type, c.to.system, c.to.index, c.api, c.tries, c.command, c.call, c.key.high,
               c.key.low, c.first.at, c.first.category, c.next, c.last, c.bytes.size());
    digest.add_bytes(c.bytes);
  }
}

}  // namespace omnisim::core
