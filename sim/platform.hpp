// Hosts and links. `latency` fidelity is arithmetic on our calendar; `shared` fidelity is SimGrid's: flows
// that compete for a link's bandwidth, work that competes for a host's cores.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/engine.hpp"

namespace omnisim::sim {

struct LinkSpec {
  std::string name;
  Distribution latency;              ///< seconds; shared links take the mean
  double bandwidth_bytes_per_s = 0;  ///< 0 = no limit (latency fidelity only)
  bool shared = false;
};
struct HostSpec {
  std::string name;
  std::uint32_t cores = 1;
  bool shared = false;
};
using LinkId = std::uint32_t;
using HostId = std::uint32_t;

class Platform {
 public:
  Platform(Engine& engine, Streams& streams);
  ~Platform();

  LinkId add_link(const LinkSpec& spec);
  HostId add_host(const HostSpec& spec);
  /// No link or host after this. Before the first transfer.
  void seal();

  /// Tells `done` when `bytes` have gone through.
  void transfer(LinkId link, std::uint64_t bytes, Handler& done, std::uint64_t arg);
  /// Tells `done` when `seconds` of one core's work are done. Latency fidelity: a core is always free.
  void execute(HostId host, double seconds, Handler& done, std::uint64_t arg);

  bool is_shared(LinkId link) const;
  /// Time a message of `bytes` takes on a link of latency fidelity.
  Duration delay(LinkId link, std::uint64_t bytes);
  /// Integral of work given to the host, in core seconds; of bytes given to the link.
  double host_busy_seconds(HostId host) const;
  double link_bytes(LinkId link) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace omnisim::sim
