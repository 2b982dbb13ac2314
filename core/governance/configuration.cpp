#include "core/governance/configuration.hpp"

#include <openssl/sha.h>

#include <concepts>
#include <stdexcept>
#include <vector>

#include "core/canonical/encode.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/schema.hpp"
#include "core/governance/event_schemas.hpp"

namespace omnisim::core {
namespace {

Sha256 sha256(std::string_view bytes) {
  Sha256 hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  return hash;
}

std::string hex(const Sha256& hash) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xfU];
  }
  return text;
}

/// Values one behind the other, texts with their length. The structs are taken apart by structured bindings:
/// one that has got another member does not compile until it is here as well.
class Bytes {
 public:
  template <class... Values>
  void add(const Values&... values) {
    (put(values), ...);
  }
  template <class T>
  void add_each(const std::vector<T>& items) {
    put(items.size());
    for (const T& item : items) put(item);
  }
  std::string_view view() const { return bytes_; }

 private:
  template <class T>
  requires(std::integral<T> || std::is_enum_v<T>) void put(T value) {
    const auto word = static_cast<std::uint64_t>(value);
    for (unsigned byte = 0; byte < 8; ++byte) bytes_ += static_cast<char>((word >> (8 * byte)) & 0xffU);
  }
  void put(std::string_view text) {
    put(text.size());
    bytes_ += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const Code& code) { put(code.view()); }
  void put(Money money) { put(money.minor); }
  void put(Duration duration) { put(duration.count()); }
  void put(Time time) { put(to_us(time)); }
  template <class Tag>
  void put(Id<Tag> id) {
    put(id.value);
  }

  void put(const AccountingPolicies& accounting) {
    const auto& [revenue_at, valuation, returns_lapse, reconcile_every, freight_accrued,
                 freight_surcharge_max] = accounting;
    add(revenue_at, valuation, returns_lapse, reconcile_every, freight_accrued, freight_surcharge_max);
  }
  void put(const Period& period) {
    const auto& [from, to, soft_close, hard_close] = period;
    add(from, to, soft_close, hard_close);
  }
  void put(const AvailabilityFeed& feed) {
    const auto& [channel, push, every, offset, items_max, semantics] = feed;
    add(channel, push, every, offset, items_max, semantics);
  }
  void put(const Source& source) {
    const auto& [name, format, role] = source;
    add(name, format, role);
  }
  void put(const ExchangeRate& rate) {
    const auto& [currency, from, millionths] = rate;
    add(currency, from.time_since_epoch().count(), millionths);
  }
  void put(const FreightRate& rate) {
    const auto& [carrier, service, node, per_parcel, per_unit] = rate;
    add(carrier, service, node, per_parcel, per_unit);
  }
  void put(const ReadVersions& reads) {
    const auto& [system, type, versions] = reads;
    add(system, type, versions.from, versions.to);
  }
  void put(const WireChange& change) {
    const auto& [format, before, after, known] = change;
    add(format, before, after, known);
  }
  void put(const LedgerAccount& account) {
    const auto& [ours, theirs] = account;
    add(ours, theirs);
  }
  void put(const OtherLedger& ledger) {
    const auto& [nodes, channels, accounts, unmapped_to_suspense] = ledger;
    add_each(nodes), add_each(channels), add_each(accounts);
    add(unmapped_to_suspense);
  }
  void put(const ApiPolicy& api) {
    const auto& [kind, party, timeout, tries_max, backoff, backoff_max, failures_to_open, open_for,
                 in_flight_max, calls, per, burst, queue_max] = api;
    add(kind, party, timeout, tries_max, backoff, backoff_max, failures_to_open, open_for, in_flight_max,
        calls, per, burst, queue_max);
  }

  std::string bytes_;
};

void add(Bytes& bytes, const Directory& directory) {
  bytes.add(directory.currency(), directory.item_count(), directory.node_count(), directory.channel_count());
  for (std::uint32_t i = 0; i < directory.item_count(); ++i) {
    const auto& [code, unit_cost] = directory.item(SkuId{i});
    bytes.add(code, unit_cost);
  }
  for (std::uint32_t i = 0; i < directory.node_count(); ++i) {
    const auto& [code, kind, fulfils_online, priority] = directory.node(NodeId{i});
    bytes.add(code, kind, fulfils_online, priority);
  }
  for (std::uint32_t i = 0; i < directory.channel_count(); ++i) {
    const auto& [code, kind, priority, safety_stock_each, currency] = directory.channel(ChannelId{i});
    bytes.add(code, kind, priority, safety_stock_each, currency);
  }
  const auto add_key = [&bytes](const Code& key, std::uint32_t index) { bytes.add(key, index); };
  directory.each_gtin(add_key);
  directory.each_gln(add_key);
  for (const auto& [alias, index] : directory.item_aliases()) add_key(alias, index);
  for (const auto& [alias, index] : directory.node_aliases()) add_key(alias, index);
}

void add(Bytes& bytes, const Capabilities& capabilities) {
  for (const CapabilityRow& row : capability_table()) bytes.add(capabilities.*row.on);
}

void add(Bytes& bytes, const Policies& policies) {
  const auto& [hold, authorisation_life, reauthorise_margin, pick_deadline, backorder_wait, parking_life,
               gap_timeout, return_window, keep_finished, inbox_window, inbox_max, replays_per_minute,
               ledger_utc_offset_min, expected_returns_at_sale, expected_returns_bp, evidence_margin,
               gift_card_breakage_bp, gift_card_escheat_bp, loyalty_point_value, loyalty_breakage_bp,
               gift_card_dormancy, bank_wait, rounding_limit_minor, break_age, transfer_grace, void_window,
               exchange_wait, without_receipt, pickup_shelf, marketplace_cancels_after, supplier_grace,
               receipt_ageing, price_tolerance_bp, quantity_tolerance_bp, count_approval_above, count_wait,
               approval_wait, snapshots, accounting] = policies;
  bytes.add(hold, authorisation_life, reauthorise_margin, pick_deadline, backorder_wait, parking_life,
            gap_timeout, return_window, keep_finished, inbox_window, inbox_max, replays_per_minute,
            ledger_utc_offset_min, expected_returns_at_sale, expected_returns_bp, evidence_margin,
            gift_card_breakage_bp, gift_card_escheat_bp, loyalty_point_value, loyalty_breakage_bp,
            gift_card_dormancy, bank_wait, rounding_limit_minor, break_age, transfer_grace, void_window,
            exchange_wait, without_receipt, pickup_shelf, marketplace_cancels_after, supplier_grace,
            receipt_ageing, price_tolerance_bp, quantity_tolerance_bp, count_approval_above, count_wait,
            approval_wait, snapshots, accounting);
}

/// The first line of `text`, which is then without it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

Sha256 hash_of(const Config& config) {
  const auto& [directory, capabilities, policies, periods, feeds, notices, sources, apis, rates,
               freight_rates, reads, wire_changes, other_ledgers, jitter_seed, posting_rules_json] = config;
  Bytes bytes;
  add(bytes, directory);
  add(bytes, capabilities);
  add(bytes, policies);
  bytes.add_each(periods);
  bytes.add_each(feeds);
  bytes.add_each(notices);
  bytes.add_each(sources);
  bytes.add_each(apis);
  bytes.add_each(rates);
  bytes.add_each(freight_rates);
  bytes.add_each(reads);
  bytes.add_each(wire_changes);
  bytes.add_each(other_ledgers);
  bytes.add(jitter_seed, posting_rules_json);
  return sha256(bytes.view());
}

std::string describe_configuration(const Config& config) {
  SchemaRegistry registry;
  if (const auto refused = register_event_schemas(registry); !refused.empty())
    throw std::invalid_argument(refused.front());
  std::string schemas, versions;
  std::size_t count = 0;
  for (const EventTypeRow& row : event_type_table()) {
    for (std::uint16_t version = 1; version <= row.newest; ++version, ++count)
      schemas += *registry.find(std::string(row.name), version);
    if (row.newest > 1) {
      versions += '\n' + std::string(row.name) + " version " + std::to_string(row.newest) + ", reads from " +
                  std::to_string(row.oldest_read);
    }
  }
  return "sha256 " + hex(hash_of(config)) + '\n' + std::to_string(count) + " schemas, sha256 " +
         hex(sha256(schemas)) + versions;
}

bool is_in_force(const AuditLog& audit, std::string_view description) {
  const auto entries = audit.entries();
  std::size_t at = entries.size();
  while (at > 0 && entries[at - 1].action != AuditAction::configuration_loaded) --at;
  if (at == 0) return false;
  for (--at; !description.empty(); ++at) {
    if (at == entries.size() || entries[at].detail.view() != take_line(description)) return false;
  }
  return at == entries.size() || entries[at].action != AuditAction::schema_registered;
}

void note_configuration(AuditLog& audit, Time now, std::string_view description) {
  const Code actor = *Code::from("core");
  audit.add(now, AuditAction::configuration_loaded, actor, take_line(description));
  while (!description.empty()) audit.add(now, AuditAction::schema_registered, actor, take_line(description));
}

}  // namespace omnisim::core
