// The last step out: numbers what is handed to the host. While a core is being rebuilt, what went out in an
// earlier life is counted, not told.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ports/outbound.hpp"
#include "core/records.hpp"

namespace omnisim::core {

class Handover {
 public:
  /// The first `sent` commands have been handed over in an earlier life. `host` is null where all have.
  Handover(Outbound* host, std::uint64_t sent, Counters& counters)
      : host_(host), silent_(host == nullptr ? ~std::uint64_t{0} : sent), counters_(counters) {}

  /// Is command `n`, counted from 1, one that the host is not told?
  bool is_silent(std::uint64_t n) const { return n <= silent_; }
  void send(Destination to, EventType type, std::string_view bytes) {
    if (!is_silent(++counters_.sent)) host_->send(to, type, bytes);
  }

 private:
  Outbound* host_;
  std::uint64_t silent_;
  Counters& counters_;
};

}  // namespace omnisim::core
