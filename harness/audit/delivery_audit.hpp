// Messages as seen from outside: what was sent, what arrived, what vanished; and from the core's log: whether
// anything had its effects twice, and whether every effect leads back to bytes that somebody sent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ports/store.hpp"
#include "core/records.hpp"
#include "models/traffic.hpp"

namespace omnisim::audit {

class DeliveryAudit {
 public:
  void on_sent(models::MessageNumber number, bool to_core, std::string_view bytes);
  void on_delivered(models::MessageNumber number);
  void on_lost(models::MessageNumber number);
  /// An effect of the core (movement, journal entry) was caused by this input.
  void on_effect(core::InputNumber cause) { effects_.push_back(cause); }
  /// Looks at every effect's cause once. `log` is the core's input log.
  void finish(const core::Store& log);

  /// Arrivals at the core count repeats: each must be taken by it.
  std::uint64_t arrivals_at_core = 0;
  std::uint64_t sent = 0, sent_to_core = 0, delivered = 0, lost = 0, lost_to_core = 0, in_flight = 0,
                repeated = 0;
  std::uint64_t effects_checked = 0, rootless = 0, doubled = 0;
  std::string first_doubled;

 private:
  enum State : std::uint8_t { under_way = 1, to_the_core = 2, arrived = 4, gone = 8 };
  std::vector<std::uint8_t> states_;
  std::vector<std::uint64_t> bytes_sent_;  ///< hashes of what was sent to the core
  std::vector<core::InputNumber> effects_;
};

}  // namespace omnisim::audit
