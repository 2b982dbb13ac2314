#include "core/governance/audit_log.hpp"

#include <openssl/sha.h>

#include <string>

#include "core/ports/audit_sink.hpp"

namespace omnisim::core {
namespace {

constexpr std::array<std::string_view, audit_action_count> names{
    "dead letters replayed", "commands resent",      "ownership refused",  "count approved",
    "purchase approved",     "invoice paid",         "period soft closed", "period closed",
    "journal imported",      "configuration loaded", "schema registered",  "mapping changed"};

/// Little-endian on every machine, so that a persisted chain can be checked anywhere.
void put(std::string& into, std::uint64_t value) {
  for (int byte = 0; byte < 8; ++byte) into += static_cast<char>((value >> (8 * byte)) & 0xff);
}
/// With its length, so that text cannot move from one member to the next.
void put(std::string& into, std::string_view text) {
  put(into, text.size());
  into += text;
}

}  // namespace

std::string_view name_of(AuditAction action) { return names[static_cast<std::size_t>(action)]; }

std::optional<AuditAction> audited_as(EventType type) {
  switch (type) {
    case EventType::count_approved:
      return AuditAction::count_approved;
    case EventType::purchase_order_approved:
      return AuditAction::purchase_approved;
    case EventType::invoice_paid:
      return AuditAction::invoice_paid;
    case EventType::period_soft_closed:
      return AuditAction::period_soft_closed;
    case EventType::period_closed:
      return AuditAction::period_closed;
    case EventType::journal_imported:
      return AuditAction::journal_imported;
    default:
      return std::nullopt;
  }
}

Sha256 hash_of(const AuditEntry& entry) {
  std::string bytes;
  put(bytes, entry.number);
  put(bytes, static_cast<std::uint64_t>(to_us(entry.at)));
  put(bytes, static_cast<std::uint64_t>(entry.action));
  put(bytes, entry.actor.view());
  put(bytes, entry.detail.view());
  bytes.append(reinterpret_cast<const char*>(entry.previous.data()), entry.previous.size());
  Sha256 hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  return hash;
}

std::optional<BrokenLink> verify(std::span<const AuditEntry> entries, const AuditAnchor& anchor) {
  Sha256 previous{};
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    const AuditEntry& entry = entries[i];
    if (entry.number != i) return BrokenLink{i, "the entry has another number"};
    if (entry.previous != previous) return BrokenLink{i, "the entry does not follow the one before"};
    if (entry.hash != hash_of(entry)) return BrokenLink{i, "the entry has been changed"};
    previous = entry.hash;
    if (i + 1 == anchor.entries && previous != anchor.head)
      return BrokenLink{i, "the anchor was taken of another log"};
  }
  if (entries.size() < anchor.entries) return BrokenLink{entries.size(), "entries are missing at the end"};
  return std::nullopt;
}

void AuditLog::add(Time at, AuditAction action, const Code& actor, std::string_view detail) {
  AuditEntry entry{entries_.size(), at, action, actor, AuditText(detail), anchor().head, {}};
  entry.hash = hash_of(entry);
  entries_.push_back(entry);
}

AuditAnchor AuditLog::anchor() const {
  if (entries_.empty()) return {};
  return {entries_.size(), entries_.back().hash};
}

void AuditLog::digest(Digest& digest) const {
  const AuditAnchor now = anchor();
  digest.add(now.entries);
  digest.add_array(std::span<const std::uint8_t>(now.head));
}

std::optional<BrokenLink> persist(std::span<const AuditEntry> entries, AuditSink& sink) {
  const AuditAnchor kept = sink.kept();
  if (const auto broken = verify(entries, kept)) return broken;
  for (const AuditEntry& entry : entries.subspan(kept.entries)) sink.append(entry);
  return std::nullopt;
}

}  // namespace omnisim::core
