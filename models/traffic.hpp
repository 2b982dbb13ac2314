// What auditors are told of messages on their way. The truth about delivery, seen from outside: parties and
// core do not know it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::models {

/// Number of a logical message, counted from 0 over a run: a resend or a duplicate has the number of its
/// original.
using MessageNumber = std::uint64_t;

class TrafficObserver {
 public:
  /// A party has written a message for the core (`to_core`), or the core one for a party. `bytes` are valid
  /// during the call.
  virtual void on_sent(core::Time now, MessageNumber number, bool to_core, std::string_view interface,
                       std::string_view bytes) = 0;
  /// It has arrived: at the core, or at its party. More than once for a duplicate.
  virtual void on_delivered(core::Time now, MessageNumber number, bool to_core) = 0;
  /// It will never arrive: its sender has given up or never knew.
  virtual void on_lost(core::Time now, MessageNumber number, bool to_core) = 0;
  /// The core has finished a step (message or timers); its read-only face may be looked at.
  virtual void after_core_step(core::Time now) = 0;

 protected:
  ~TrafficObserver() = default;
};

/// Tells every observer, in the order in which they were added.
class Traffic {
 public:
  void add_observer(TrafficObserver& observer) { observers_.push_back(&observer); }
  MessageNumber sent(core::Time now, bool to_core, std::string_view interface, std::string_view bytes) {
    const MessageNumber number = next_++;
    for (auto* o : observers_) o->on_sent(now, number, to_core, interface, bytes);
    return number;
  }
  void delivered(core::Time now, MessageNumber number, bool to_core) {
    for (auto* o : observers_) o->on_delivered(now, number, to_core);
  }
  void lost(core::Time now, MessageNumber number, bool to_core) {
    for (auto* o : observers_) o->on_lost(now, number, to_core);
  }
  void core_step(core::Time now) {
    for (auto* o : observers_) o->after_core_step(now);
  }

 private:
  std::vector<TrafficObserver*> observers_;
  MessageNumber next_ = 0;
};

}  // namespace omnisim::models
