// Versions of events in a running core: their effect, their refusal, what consumers get, and what the audit
// log says was in force.
#include <gtest/gtest.h>

#include <set>

#include "core/canonical/event_types.hpp"
#include "core/durable_core.hpp"
#include "core/governance/configuration.hpp"
#include "core/governance/event_schemas.hpp"
#include "core/observe/exceptions.hpp"
#include "core/store/log_store.hpp"
#include "core/store/simulated_disk.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error(text + " does not say " + std::string(from));
  return text.replace(at, from.size(), to);
}

/// An invoice over ten shirts that have come, as the newest version has it.
std::string invoice(SmallEstate& e) {
  Line shirts = line(1, shirt, 10);
  shirts.cost = {6'000};
  e.say(PurchaseOrderApproved{code("PO"), code("ACME"), dc, e.now + hours{48}}, {shirts});
  e.say(StockReceived{dc, code("PO")}, {line(1, shirt, 10)});
  return e.message(InvoiceReceived{code("I"), code("PO"), code("ACME"), {1'200}, {7'200}}, {shirts});
}
std::string as_version_1(const std::string& newest) {
  return with(with(newest, "\"schemaversion\":2", "\"schemaversion\":1"), "\"gross\":", "\"amount\":");
}

TEST(VersionEffects, an_older_event_has_exactly_the_effect_of_its_newest_twin) {
  SmallEstate older, newest;
  older.deliver(as_version_1(invoice(older)));
  newest.deliver(invoice(newest));
  EXPECT_EQ(newest.core.state_of(ItemKind::invoice, code("I")), "approved");
  EXPECT_EQ(older.core.state_hash(), newest.core.state_hash());
  older.check_invariants();
  // It is the same message: in the other version it is a duplicate.
  SmallEstate both;
  const std::string first = invoice(both);
  both.deliver(first);
  both.deliver(as_version_1(first));
  EXPECT_EQ(both.core.counters().duplicates_absorbed, 1U);
}

TEST(VersionEffects, a_version_that_is_not_read_is_a_dead_letter_that_says_which_are) {
  for (const char* version : {"3", "0", "70000"}) {
    SmallEstate e;
    e.deliver(with(invoice(e), "\"schemaversion\":2", std::string("\"schemaversion\":") + version));
    ASSERT_EQ(e.core.dead_letters().size(), 1U) << version;
    const DeadLetter& letter = e.core.dead_letters()[0];
    EXPECT_EQ(letter.last.category, ExceptionCategory::unsupported_version) << version;
    EXPECT_EQ(letter.last.reason, "reads versions 1 to 2 of this event") << version;
    EXPECT_TRUE(e.core.state_of(ItemKind::invoice, code("I")).empty());
    e.check_invariants();
  }
}

TEST(VersionEffects, a_refused_version_does_not_hold_up_what_its_source_sends_next) {
  SmallEstate e;
  const std::string first = e.message(ItemChanged{shirt, {600}}, {}, "erp", 1);
  e.deliver(with(first, "\"schemaversion\":1", "\"schemaversion\":2"));
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "reads version 1 only of this event");
  e.say_numbered("erp", 2, ItemChanged{shirt, {600}});
  EXPECT_EQ(e.core.counters().parked, 0U);
}

// --- consumers
// ------------------------------------------------------------------------------------------------------------

/// Keeps what the core sends, as it is.
struct Raw : Outbound {
  std::vector<std::string> of(EventType wanted) const {
    std::vector<std::string> found;
    for (const auto& [type, text] : sent)
      if (type == wanted) found.push_back(text);
    return found;
  }
  void send(Destination, EventType type, std::string_view bytes) override { sent.emplace_back(type, bytes); }
  std::vector<std::pair<EventType, std::string>> sent;
};

std::vector<std::string> approvals(Config config) {
  SmallEstate told(config);
  const std::string last = invoice(told);
  Raw raw;
  MemoryStore log;
  Core core(config, raw, log);
  for (InputNumber i = 0; i < told.log.size(); ++i) core.apply(told.log.read(i));
  core.deliver(0, last, told.now);
  return raw.of(EventType::invoice_approved);
}

TEST(VersionsForConsumers, who_reads_only_an_older_version_gets_it) {
  Config config = small_config();
  const auto newest = approvals(config);
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_NE(newest[0].find(R"("schemaversion":2)"), std::string::npos);
  EXPECT_NE(newest[0].find(R"("gross":7200)"), std::string::npos);
  config.reads = {{System::erp, EventType::invoice_approved, {1, 1}}};
  const auto older = approvals(config);
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0], as_version_1(newest[0]));
  // Who reads both gets the newest, and a system's versions are not another's.
  config.reads = {{System::erp, EventType::invoice_approved, {1, 9}},
                  {System::psp, EventType::invoice_approved, {1, 1}}};
  EXPECT_EQ(approvals(config), newest);
}

std::string refusal_of(const std::vector<ReadVersions>& reads,
                       std::span<const RenamedMember> changes = renamed_members()) {
  try {
    AgreedVersions agreed(reads, changes);
  } catch (const std::invalid_argument& refused) {
    return refused.what();
  }
  return "";
}

TEST(VersionsForConsumers, what_cannot_be_written_is_refused_when_it_is_configured) {
  Config config = small_config();
  config.reads = {{System::erp, EventType::invoice_approved, {3, 4}}};
  Raw raw;
  MemoryStore log;
  EXPECT_THROW(Core(config, raw, log), std::invalid_argument);
  EXPECT_EQ(refusal_of(config.reads),
            "/reads/0: versions 3 to 4 of invoice.approved cannot be written, only versions 1 to 2");
  const ReadVersions one{System::erp, EventType::invoice_approved, {1, 1}};
  EXPECT_EQ(refusal_of({one}), "");
  const RenamedMember one_way[] = {{EventType::invoice_approved, 2, "amount", "gross", false}};
  EXPECT_EQ(refusal_of({one}, one_way),
            "/reads/0: version 1 of invoice.approved cannot be written, only version 2");
  EXPECT_EQ(refusal_of({one, one}), "/reads/1: invoice.approved is there twice for this system");
  EXPECT_EQ(refusal_of({{System::erp, EventType::invoice_received, {1, 1}}}),
            "/reads/0: invoice.received is not an event that the core sends");
}

// --- the registry
// ---------------------------------------------------------------------------------------------------------

TEST(EventSchemas, of_every_version_are_registered_in_order) {
  SchemaRegistry registry;
  const auto refused = register_event_schemas(registry);
  EXPECT_TRUE(refused.empty()) << refused[0];
  for (const EventTypeRow& row : event_type_table())
    EXPECT_EQ(registry.newest(std::string(row.name)), row.newest) << row.name;
}

TEST(EventSchemas, a_version_that_breaks_readers_needs_a_translation) {
  SchemaRegistry registry;
  const auto refused = register_event_schemas(registry, {});
  ASSERT_EQ(refused.size(), 4U) << "two events, both ways";
  EXPECT_EQ(
      refused[0],
      "invoice.received version 2: /data/gross: not backward compatible: in an older event it is required, "
      "and may be absent");
  EXPECT_EQ(
      refused[1],
      "invoice.received version 2: /data/amount: not forward compatible: in a newer event it is required, "
      "and may be absent");
  EXPECT_EQ(registry.newest("invoice.received"), 1U);
  // A translation of something else is none; one that goes one way has to hold that way only.
  const RenamedMember wrong[] = {{EventType::invoice_received, 2, "tax_total", "gross"},
                                 {EventType::invoice_approved, 2, "amount", "gross", false}};
  SchemaRegistry other;
  EXPECT_FALSE(register_event_schemas(other, wrong).empty());
  EXPECT_EQ(other.newest("invoice.received"), 1U);
  EXPECT_EQ(other.newest("invoice.approved"), 2U);
}

// --- what was in force
// ----------------------------------------------------------------------------------------------------

std::vector<std::string> in_audit(const Core& core) {
  std::vector<std::string> found;
  for (const AuditEntry& entry : core.audit_log().entries())
    found.push_back(std::string(name_of(entry.action)) + ": " + std::string(entry.detail.view()));
  return found;
}

TEST(Configured, the_audit_log_says_what_is_in_force_once) {
  SmallEstate e;
  EXPECT_TRUE(e.core.configured(opening));
  const auto said = in_audit(e.core);
  ASSERT_EQ(said.size(), 4U);
  EXPECT_TRUE(said[0].starts_with("configuration loaded: sha256 ")) << said[0];
  EXPECT_TRUE(said[1].starts_with("schema registered: ") && said[1].size() > 80) << said[1];
  EXPECT_EQ(said[2], "schema registered: invoice.received version 2, reads from 1");
  EXPECT_EQ(said[3], "schema registered: invoice.approved version 2, reads from 1");
  EXPECT_FALSE(e.core.configured(opening + hours{1})) << "a restart changes nothing";
  EXPECT_EQ(in_audit(e.core), said);
  EXPECT_FALSE(verify(e.core.audit_log().entries()));
  e.check_invariants();
}

TEST(Configured, another_configuration_is_another_entry_also_when_it_is_the_one_before_the_last) {
  Config config = small_config();
  Power power;
  SimulatedDisk disk(power, 1);
  std::vector<std::size_t> entries;
  for (const Duration hold : {hours{1}, hours{1}, hours{2}, hours{1}}) {
    config.policies.hold = hold;
    Recorder receiver(config.directory);
    LogStore log(disk);
    DurableCore live(config, receiver, log);
    live.core().configured(opening);
    live.commit();
    entries.push_back(live.core().audit_log().entries().size());
  }
  EXPECT_EQ(entries, (std::vector<std::size_t>{4, 4, 8, 12}));
}

TEST(Configured, a_core_that_is_rebuilt_says_what_was_in_force_then) {
  Config config = small_config();
  SmallEstate e(config);
  e.core.configured(opening);
  config.policies.evidence_margin = hours{1};  // Of no effect on what has happened.
  ReplayStore replayed(e.log);
  const auto again = rebuild(config, replayed);
  EXPECT_EQ(in_audit(*again), in_audit(e.core));
  EXPECT_EQ(again->state_hash(), e.core.state_hash());
}

TEST(Configured, the_hash_depends_on_every_part) {
  const std::vector<void (*)(Config&)> changes = {
      [](Config& c) { c.directory.set_gtin(shirt, "036000291452"); },
      [](Config& c) { c.directory.set_currency(code("EUR")); },
      [](Config& c) {
        c.directory.add_item({code("tie"), {1}});
      },
      [](Config& c) { c.capabilities.backorders = !c.capabilities.backorders; },
      [](Config& c) { c.policies.snapshots = SnapshotPolicy::adjust; },
      [](Config& c) { c.policies.hold += Duration{1}; },
      [](Config& c) {
        c.periods.push_back({opening, opening, opening, opening});
      },
      [](Config& c) { c.feeds.push_back({.channel = web}); },
      [](Config& c) { c.notices.push_back(EventType::stock_reserved); },
      [](Config& c) { c.sources[0].role = Role::bank; },
      [](Config& c) { c.apis.push_back({}); },
      [](Config& c) {
        c.reads.push_back({System::erp, EventType::invoice_approved, {1, 1}});
      },
      [](Config& c) { c.freight_rates.push_back({}); },
      [](Config& c) { c.policies.accounting.freight_surcharge_max = {1}; },
      [](Config& c) { c.jitter_seed += 1; },
      [](Config& c) { c.posting_rules_json += ' '; }};
  std::set<Sha256> hashes{hash_of(small_config())};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Config config = small_config();
    changes[i](config);
    EXPECT_TRUE(hashes.insert(hash_of(config)).second) << i;
  }
  EXPECT_EQ(hash_of(small_config()), hash_of(small_config()));
}

}  // namespace
}  // namespace omnisim::core::testing
