// A log of inputs that survives crashes. The rules that make "no message lost, no effect doubled" out of it:
//
//   1. A message is acknowledged to its source only after a `sync` that came after its `append`.
//   2. A command leaves only after a `sync` that came after the `append` of the input that caused it:
//   otherwise a
//      crash could forget the cause, and other inputs would produce another command of the same number.
//   3. After a crash the core is rebuilt from the log, and commands above `sent` are sent (again). A command
//   has the
//      same id and the same bytes every time, so whoever receives it absorbs a repetition.
//
// A failure of the medium is thrown by any of these functions. What the core is then in memory is undefined:
// the host throws it away and recovers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ports/store.hpp"

namespace omnisim::core {

/// The state of a core after the first `inputs` records: a short cut, never the truth. Where there is none,
/// or none that fits, the log is replayed from its beginning.
struct Snapshot {
  std::uint64_t inputs = 0;
  std::string state;
};

class DurableStore : public Store {
 public:
  /// Makes everything appended so far durable. What has not been synced may or may not be there after a
  /// crash, but always as a prefix: never a record without the ones before it.
  virtual void sync() = 0;

  /// Notes that the first `commands` commands have been handed over. The note becomes durable with a later
  /// record, so after a crash it may be behind, never ahead.
  virtual void mark_sent(std::uint64_t commands) = 0;
  virtual std::uint64_t sent() const = 0;

  /// Keeps `snapshot`, which replaces older ones once it is durable: that is, when this returns. Its inputs
  /// have been synced before.
  virtual void save(const Snapshot& snapshot) = 0;
  /// The newest one that is whole.
  virtual std::optional<Snapshot> snapshot() const = 0;
};

}  // namespace omnisim::core
