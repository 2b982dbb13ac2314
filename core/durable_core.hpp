// A core that survives crashes: what a live host runs. It keeps the three rules of
// core/ports/durable_store.hpp, so that the host has one thing to remember: acknowledge messages when
// `commit` has returned.
//
//   DurableCore live(config, outbound, store);       // recovers what `store` holds
//   live.commit();                                   // sends again what may not have left before the crash
//   for (const Message& m : batch) live.core().deliver(m.source, m.bytes, now);
//   live.commit();                                   // one sync a batch, then the commands leave
//   acknowledge(batch);
//
// A source that can be asked to resume starts behind the messages in the log; one that sends everything
// unacknowledged again is absorbed by the inbox.
#pragma once

#include <memory>

#include "core/core.hpp"
#include "core/ports/durable_store.hpp"

namespace omnisim::core {

class DurableCore {
 public:
  /// A snapshot is taken at the first commit that comes `snapshot_every` inputs or more after the last one;
  /// 0: never.
  ///
  /// Rebuilds the core from `store`, which must have been written with the same `config`: std::runtime_error
  /// if it shows that it was not. Sends nothing yet. `outbound` and `store` must outlive the core.
  DurableCore(Config config, Outbound& outbound, DurableStore& store, std::uint64_t snapshot_every = 0);
  ~DurableCore();

  /// Inputs go in here; what the core commands is held back until `commit`.
  Core& core();
  const Core& core() const;

  /// Makes every input so far durable, then hands the commands over. `Outbound::send` returns once somebody
  /// else is responsible for the command. After an exception the object is of no more use: recover.
  void commit();

  /// Inputs that were replayed at the start: those behind the snapshot.
  std::uint64_t replayed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace omnisim::core
