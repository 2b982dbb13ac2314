#include "sim/calendar.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace omnisim::sim {
namespace {

[[noreturn]] void broken(const char* what, Time now, Time at) {
  std::fprintf(stderr, "omnisim: broken invariant in the calendar: %s (now %lld us, event %lld us)\n", what,
               static_cast<long long>(to_us(now)), static_cast<long long>(to_us(at)));
  std::abort();
}

constexpr std::size_t arity = 4;

}  // namespace

EventId Calendar::schedule(Time at, Priority priority, Handler& handler, std::uint64_t arg) {
  if (at < now_) broken("scheduled before now", now_, at);
  std::uint32_t slot;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Slot& s = slots_[slot];
  s.handler = &handler;
  s.arg = arg;
  s.live = true;
  const auto biased = static_cast<std::uint64_t>(static_cast<int>(priority) + 128);
  push({to_us(at), (biased << 56) | sequence_++, slot, s.generation});
  ++live_;
  return {slot, s.generation};
}

bool Calendar::cancel(EventId id) {
  if (id.slot >= slots_.size()) return false;
  const Slot& s = slots_[id.slot];
  if (!s.live || s.generation != id.generation) return false;
  release(id.slot);
  if (heap_.size() > 64 && live_ < heap_.size() / 2) compact();
  return true;
}

Time Calendar::next_time() {
  drop_dead();
  return Time{Duration{heap_.front().time_us}};
}

bool Calendar::step() {
  drop_dead();
  if (heap_.empty()) return false;
  const Entry next = heap_.front();
  const Time at{Duration{next.time_us}};
  if (at < now_) broken("time went back", now_, at);
  pop();
  Handler* const handler = slots_[next.slot].handler;
  const std::uint64_t arg = slots_[next.slot].arg;
  release(next.slot);
  now_ = at;
  ++executed_;
  handler->on_event(now_, arg);
  return true;
}

void Calendar::advance_to(Time t) {
  if (t < now_) broken("the clock was turned back", now_, t);
  if (!empty() && next_time() < t) broken("an event would be skipped", next_time(), t);
  now_ = t;
}

void Calendar::push(const Entry& entry) {
  std::size_t i = heap_.size();
  heap_.push_back(entry);
  while (i > 0) {
    const std::size_t parent = (i - 1) / arity;
    if (!before(entry, heap_[parent])) break;
    heap_[i] = heap_[parent];
    i = parent;
  }
  heap_[i] = entry;
}

void Calendar::pop() {
  heap_.front() = heap_.back();
  heap_.pop_back();
  if (!heap_.empty()) sift_down(0);
}

void Calendar::sift_down(std::size_t i) {
  const Entry entry = heap_[i];
  for (;;) {
    const std::size_t first = i * arity + 1;
    if (first >= heap_.size()) break;
    const std::size_t last = std::min(first + arity, heap_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < last; ++child) {
      if (before(heap_[child], heap_[least])) least = child;
    }
    if (!before(heap_[least], entry)) break;
    heap_[i] = heap_[least];
    i = least;
  }
  heap_[i] = entry;
}

void Calendar::drop_dead() {
  while (!heap_.empty() && is_dead(heap_.front())) pop();
}

void Calendar::compact() {
  std::erase_if(heap_, [this](const Entry& e) { return is_dead(e); });
  for (std::size_t i = heap_.size() / arity + 1; i-- > 0;) {
    if (i < heap_.size()) sift_down(i);
  }
}

void Calendar::release(std::uint32_t slot) {
  slots_[slot].live = false;
  ++slots_[slot].generation;
  free_.push_back(slot);
  --live_;
}

}  // namespace omnisim::sim
