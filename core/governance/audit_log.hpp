// Who did what when, for auditors: decisions of people and refusals that change what a message alone would
// have done. Append-only; every entry carries the SHA-256 of itself and of the entry before, so that whoever
// changes, removes, inserts or swaps one breaks the chain behind it. Cutting off the tail breaks nothing that
// is left: keep an anchor (`AuditLog::anchor`) elsewhere and check against it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/event.hpp"
#include "core/canonical/time.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

enum class AuditAction : std::uint8_t {
  dead_letters_replayed,  ///< by an operator; detail: how many were tried and are left
  commands_resent,        ///< undelivered commands were queued again; detail: how many
  ownership_refused,      ///< a source stated a fact that it does not own; detail: type and id of the message
  count_approved,         ///< somebody let a correction of stock above the limit through
  purchase_approved,
  invoice_paid,
  period_soft_closed,
  period_closed,
  journal_imported,      ///< entries made by hand in the ERP
  configuration_loaded,  ///< a core was started with another configuration; detail: its hash
  schema_registered,     ///< and with these versions of events; detail: which, or the hash of all
  mapping_changed        ///< messages of a format are read with another name of a member from now on
};
inline constexpr std::size_t audit_action_count = 12;
std::string_view name_of(AuditAction action);

/// What the log says once an event of this type has been acted on; nothing for the day's business.
std::optional<AuditAction> audited_as(EventType type);

using Sha256 = std::array<std::uint8_t, 32>;

/// At most 95 bytes; what is longer is cut.
class AuditText {
 public:
  AuditText() = default;
  explicit AuditText(std::string_view text) : size_(static_cast<std::uint8_t>(text.substr(0, max).size())) {
    text.copy(bytes_.data(), max);
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  static constexpr std::size_t max = 95;
  std::array<char, max> bytes_{};
  std::uint8_t size_ = 0;
};

struct AuditEntry {
  std::uint64_t number = 0;  ///< counted from 0
  Time at;                   ///< the core's time
  AuditAction action = AuditAction::dead_letters_replayed;
  Code actor;  ///< source of the message, or who asked; empty where nobody said
  AuditText detail;
  Sha256 previous{};  ///< hash of the entry before; zeros for the first
  Sha256 hash{};      ///< of all of the above
};
Sha256 hash_of(const AuditEntry& entry);

/// How long a log is, and its last hash (zeros for an empty one).
struct AuditAnchor {
  std::uint64_t entries = 0;
  Sha256 head{};
  friend bool operator==(const AuditAnchor&, const AuditAnchor&) = default;
};

/// The first entry that does not fit, and why.
struct BrokenLink {
  std::uint64_t number = 0;
  std::string_view reason;
};
/// Nothing for a whole chain (that holds at least what `anchor` says).
std::optional<BrokenLink> verify(std::span<const AuditEntry> entries, const AuditAnchor& anchor = {});

class AuditLog {
 public:
  void add(Time at, AuditAction action, const Code& actor, std::string_view detail);
  std::span<const AuditEntry> entries() const { return entries_; }
  AuditAnchor anchor() const;

  void digest(Digest& digest) const;
  /// A chain that does not verify after loading is whoever loads its to refuse.
  template <class Archive>
  void archive(Archive& a) {
    a(entries_);
  }

 private:
  std::vector<AuditEntry> entries_;
};

}  // namespace omnisim::core
