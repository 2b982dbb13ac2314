// Where a deployment keeps the audit log: a table without rights to update or delete, a WORM bucket.
#pragma once

#include "core/governance/audit_log.hpp"

namespace omnisim::core {

class AuditSink {
 public:
  virtual ~AuditSink() = default;
  /// Keeps `entry`, which follows the last one kept.
  virtual void append(const AuditEntry& entry) = 0;
  /// How many entries are kept, and the hash of the last.
  virtual AuditAnchor kept() const = 0;
};

/// Hands `sink` the entries that it does not have yet: call it after `DurableCore::commit`. A core that was
/// rebuilt makes the same entries again, so a crash between the two loses and doubles nothing. Where what was
/// kept is of another log, or the log is shorter or broken, nothing is appended and the place is returned.
std::optional<BrokenLink> persist(std::span<const AuditEntry> entries, AuditSink& sink);

}  // namespace omnisim::core
