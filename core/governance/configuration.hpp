// What is in force where a core starts, for its audit log: which configuration, and which versions of which
// events it reads and writes.
#pragma once

#include <string>
#include <string_view>

#include "core/config.hpp"
#include "core/governance/audit_log.hpp"

namespace omnisim::core {

/// SHA-256 over every member of `config`, master data and posting rules included.
Sha256 hash_of(const Config& config);

/// Registers the schema of every version of every event, oldest first, and says what is in force then, a line
/// an audit entry: the hash of the configuration, that of all schemas, each event that has had more than one
/// version. Throws std::invalid_argument, naming event, member and reason, where a version may not follow.
std::string describe_configuration(const Config& config);

/// Whether `description` is what the log says was in force last.
bool is_in_force(const AuditLog& audit, std::string_view description);
void note_configuration(AuditLog& audit, Time now, std::string_view description);

}  // namespace omnisim::core
